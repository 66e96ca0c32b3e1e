"""Where in a route does one more stop cost least?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Insertion:
    after: int
    extra_seconds: float


def cheapest_insertion(route, stop, seconds):
    """The cheapest place for `stop`; `seconds(a, b)` is the riding time between two stops."""
    best = None
    for i, (a, b) in enumerate(zip(route, route[1:])):
        extra = seconds(a, stop) + seconds(stop, b) - seconds(a, b)
        if best is None or extra < best.extra_seconds:
            best = Insertion(i, extra)
    return best
