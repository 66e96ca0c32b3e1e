-- One row per pantry and hour. Grain: pantry, hour. Late = delivered after the slot's end.
select
  pantry,
  date_trunc('hour', placed_at)                        as hour,
  count(*)                                             as orders,
  count(*) filter (where delivered_at > slot_ends_at)  as late,
  sum(total_minor) / 100.0                             as revenue
from orders
where not is_test
group by 1, 2
