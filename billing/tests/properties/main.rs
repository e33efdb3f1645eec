//! Properties: what holds for any amount, any calendar and any sequence of changes, not only for the examples of the
//! stories. Each is stated against something simpler than the code: exact fractions, or counting day by day.

mod calendar;
mod changes;
mod first_period;
mod money;
mod payments;
mod trials;
