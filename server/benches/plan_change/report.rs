//! The table that the benchmark prints: every measure beside its floor, and what the ratio means. Absolute figures are
//! shown for the reader's sense of proportion; only ratios are judged.

use crate::rounds::Compared;

/// What a ratio must be.
#[derive(Debug, Clone, Copy)]
pub enum Bound {
    /// A share of the floor's rate: at least the target, and an alarm below the second number.
    AtLeast(f64, f64),
    /// A multiple of the floor's time: at most the target, and an alarm above the second number.
    AtMost(f64, f64),
    /// Shown, not judged, for the reason.
    Shown(&'static str),
}

/// The unit of floor and measure.
#[derive(Debug, Clone, Copy)]
pub enum Unit {
    PerSecond,
    Microseconds,
}

/// The table.
#[derive(Debug, Default)]
pub struct Report {
    rows: Vec<[String; 7]>,
}

impl Report {
    /// Adds a row.
    pub fn row(&mut self, what: &str, unit: Unit, floor: &str, compared: Compared, bound: Bound) {
        let number = |value: f64| match unit {
            Unit::PerSecond => format!("{value:.0}/s"),
            Unit::Microseconds => format!("{value:.0} µs"),
        };
        let ratio = compared.ratio;
        let (target, alarm, verdict) = match bound {
            Bound::AtLeast(target, alarm) => {
                (format!("≥ {target:.2}"), format!("< {alarm:.2}"), verdict(ratio >= target, ratio < alarm))
            }
            Bound::AtMost(target, alarm) => {
                (format!("≤ {target:.2}"), format!("> {alarm:.2}"), verdict(ratio <= target, ratio > alarm))
            }
            Bound::Shown(why) => ("–".to_owned(), "–".to_owned(), why),
        };
        let row = [
            what.to_owned(),
            number(compared.measure),
            format!("{} ({floor})", number(compared.floor)),
            format!("{ratio:.2}"),
            target,
            alarm,
            verdict.to_owned(),
        ];
        eprintln!("{}: {} of {}, ratio {} ({})", row[0], row[1], row[2], row[3], row[6]);
        self.rows.push(row);
    }

    /// Prints it.
    pub fn print(&self) {
        let head = ["measure", "figure", "floor", "ratio", "target", "alarm", "verdict"].map(str::to_owned);
        let rule = [3; 7].map(|dashes| "-".repeat(dashes));
        let lines: Vec<&[String; 7]> = [&head, &rule].into_iter().chain(&self.rows).collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..7).map(width).collect();
        println!();
        for line in lines {
            let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
            println!("| {} |", cells.collect::<Vec<_>>().join(" | "));
        }
        println!();
    }
}

fn verdict(met: bool, alarming: bool) -> &'static str {
    match (met, alarming) {
        (true, _) => "ok",
        (false, false) => "below target",
        (false, true) => "ALARM",
    }
}
