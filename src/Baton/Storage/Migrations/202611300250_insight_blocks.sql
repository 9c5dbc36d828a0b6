-- Sums of blocks of 16 days besides those of days: a year is about 22 of them and a few days at its ends. The cut says so
-- ("route/16"), and day is then the number of the block, day / 16.
insert into insight_days (cut, figure, day, name, step, n, amount)
select cut || '/16', figure, day / 16, name, step, sum(n), sum(amount) from insight_days
group by cut, figure, day / 16, name, step;

-- The customers of a period by what was spent on them.
create index spending_by_period on spending (scope, period, cost desc);
