//! The picture of a day: what is expected by the hour above, people needed and planned below. Drawn on the server; the table beside it
//! says the same to those who do not see it.

use desk::staffing::{DayAhead, Gap, HourAhead};
use maud::{Markup, html};

/// The width of an hour, and where the drawing begins.
const COLUMN: f64 = 20.0;
const LEFT: f64 = 34.0;
/// Room for half of the last hour's number.
const RIGHT: f64 = 14.0;
/// Heights: of the upper part, the gap, the lower part.
const UPPER: f64 = 70.0;
const BETWEEN: f64 = 18.0;
const LOWER: f64 = 80.0;
const TOP: f64 = 12.0;
const WIDTH: f64 = LEFT + 24.0 * COLUMN + RIGHT;
const HEIGHT: f64 = TOP + UPPER + BETWEEN + LOWER + 20.0;

/// A scale from nothing up to the most that is shown, rounded up to a number that is easily read.
struct Scale {
    most: f64,
    base: f64,
    height: f64,
}

impl Scale {
    fn of(most: f64, base: f64, height: f64) -> Scale {
        Scale { most: easy(most), base, height }
    }

    fn at(&self, value: f64) -> f64 {
        self.base - self.height * (value / self.most).clamp(0.0, 1.0)
    }
}

/// The next of 1, 2, 5, 10, 20, …
fn easy(most: f64) -> f64 {
    if !most.is_finite() || most <= 1.0 {
        return 1.0;
    }
    let power = 10_f64.powf(most.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|step| step * power).find(|step| *step >= most - 1e-9).unwrap_or(most)
}

/// A number for an attribute.
fn n(value: f64) -> String {
    format!("{:.1}", value)
}

/// A day; `label` says what it shows.
pub(crate) fn day(day: &DayAhead, label: &str) -> Markup {
    let most = |of: fn(&HourAhead) -> f64| day.hours.iter().map(of).fold(0.0, f64::max);
    let arrivals = Scale::of(most(|hour| hour.expected.high.max(hour.expected.mean)), TOP + UPPER, UPPER);
    let base = TOP + UPPER + BETWEEN + LOWER;
    let people = Scale::of(most(|hour| f64::from(hour.needed).max(hour.planned)), base, LOWER);
    html! {
        svg.chart viewBox={ "0 0 " (n(WIDTH)) " " (n(HEIGHT)) } role="img" aria-label=(label) {
            (axis(&arrivals))
            (axis(&people))
            @for hour in &day.hours { (column(hour, &arrivals, &people)) }
            polyline.planned points=(steps(day, &people)) {}
            @for hour in (0..=24).step_by(6) {
                text x=(n(LEFT + f64::from(hour) * COLUMN)) y=(n(base + 15.0)) text-anchor="middle" { (hour) }
            }
        }
    }
}

fn axis(scale: &Scale) -> Markup {
    html! {
        line.axis x1=(n(LEFT)) x2=(n(WIDTH - RIGHT)) y1=(n(scale.base)) y2=(n(scale.base)) {}
        line.grid x1=(n(LEFT)) x2=(n(WIDTH - RIGHT)) y1=(n(scale.at(scale.most))) y2=(n(scale.at(scale.most))) {}
        text x=(n(LEFT - 5.0)) y=(n(scale.at(scale.most) + 4.0)) text-anchor="end" { (scale.most) }
        text x=(n(LEFT - 5.0)) y=(n(scale.base + 4.0)) text-anchor="end" { "0" }
    }
}

fn column(hour: &HourAhead, arrivals: &Scale, people: &Scale) -> Markup {
    let left = LEFT + hour.hour as f64 * COLUMN;
    let middle = left + COLUMN / 2.0;
    let (mean, needed) = (arrivals.at(hour.expected.mean), people.at(f64::from(hour.needed)));
    let is_short = !hour.over && matches!(hour.gap(), Gap::Short(_));
    html! {
        @if hour.expected.mean > 0.0 {
            rect.expected.over[hour.over] x=(n(left + 3.0)) width=(n(COLUMN - 6.0)) y=(n(mean)) height=(n(arrivals.base - mean)) {}
            @if hour.expected.high > 0.0 {
                line.range x1=(n(middle)) x2=(n(middle)) y1=(n(arrivals.at(hour.expected.low))) y2=(n(arrivals.at(hour.expected.high))) {}
            }
        }
        @if hour.needed > 0 {
            rect.needed.short[is_short] x=(n(left + 2.0)) width=(n(COLUMN - 4.0)) y=(n(needed)) height=(n(people.base - needed)) {}
            @if is_short { rect.missing x=(n(left + 2.0)) width=(n(COLUMN - 4.0)) y=(n(needed)) height="3" {} }
        }
    }
}

/// The line of those planned, as steps from hour to hour.
fn steps(day: &DayAhead, people: &Scale) -> String {
    let mut points = String::new();
    for hour in &day.hours {
        let (left, height) = (LEFT + hour.hour as f64 * COLUMN, people.at(hour.planned));
        points.push_str(&format!("{},{} {},{} ", n(left), n(height), n(left + COLUMN), n(height)));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_numbers_that_are_easily_read() {
        assert_eq!(
            [0.0, 1.0, 1.2, 3.0, 7.0, 10.0, 11.0, 420.0].map(easy),
            [1.0, 1.0, 2.0, 5.0, 10.0, 10.0, 20.0, 500.0]
        );
        assert_eq!(easy(f64::NAN), 1.0);
        let scale = Scale::of(8.0, 100.0, 50.0);
        assert_eq!([0.0, 5.0, 10.0, 99.0].map(|value| scale.at(value)), [100.0, 75.0, 50.0, 50.0]);
    }
}
