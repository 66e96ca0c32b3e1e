-- One row per ${{ values.grain }}. Owner: ${{ values.owner }}.
select
  *
from events.orders
where not is_test
