"""Rounding as each country's law and coins want it."""

from decimal import ROUND_HALF_UP, Decimal

SMALLEST_COIN = {"EUR": Decimal("0.01"), "GBP": Decimal("0.01"), "JPY": Decimal("1")}


def to_payable(amount: Decimal, currency: str) -> Decimal:
    """The amount that appears on the receipt."""
    return amount.quantize(SMALLEST_COIN[currency], rounding=ROUND_HALF_UP)
