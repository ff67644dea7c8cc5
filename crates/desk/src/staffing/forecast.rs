//! How many arrivals to expect in each hour of the coming days.
//!
//! A day's expectation is a recent level with a damped trend (E. S. Gardner, E. McKenzie, "Forecasting trends in time series",
//! Management Science 31(10), 1985) times how busy its weekday is; days off are a kind of their own. Its hours are shared out by the
//! profile of that kind of day. What is far out of line is drawn in before it counts (F. R. Hampel's identifier). The range around it
//! is that of a negative binomial distribution, which is the Poisson distribution where history varies no more than by chance.
//!
//! How good it is, is measured from rolling origins (L. J. Tashman, "Out-of-sample tests of forecasting accuracy", IJF 16(4), 2000): a
//! week ahead from each of the last weeks, with what was known at that time only, against the plainest forecast there is, that every
//! hour will be as it was a week before. MASE: R. J. Hyndman, A. B. Koehler, IJF 22(4), 2006.

/// The fewest days of history from which something is said.
pub const LEAST_DAYS: usize = 14;
/// The days from which level, trend, weekdays and profiles are taken.
const WINDOW: usize = 56;
/// The weeks that a back-test goes back.
const TEST_WEEKS: usize = 8;
/// The days before an origin that a back-test needs.
const TEST_HISTORY: usize = 28;
/// How quickly level and trend follow, and how quickly a trend dies away.
const ALPHA: f64 = 0.12;
const BETA: f64 = 0.05;
const PHI: f64 = 0.93;
/// The range holds this share of what comes, if history goes on as it was.
pub const RANGE: f64 = 0.9;

/// What kind of day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// 0 for Monday.
    pub weekday: usize,
    /// A public holiday, or a day off of the desk's own.
    pub off: bool,
}

/// A day that is over.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// What kind of day it was.
    pub kind: Kind,
    /// How many came in each hour.
    pub hours: [f64; 24],
}

impl Day {
    fn total(&self) -> f64 {
        self.hours.iter().sum()
    }
}

/// What is expected of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Expected {
    /// On average.
    pub mean: f64,
    /// Hardly fewer.
    pub low: f64,
    /// Hardly more.
    pub high: f64,
}

/// How far a forecast was off when it was tried on what is known by now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Errors {
    /// From how many weeks it was tried.
    pub weeks: usize,
    /// Mean error of an hour, in arrivals.
    pub mae: f64,
    /// The same against the mean error of "as a week before" within the history: below 1 is better than that.
    pub mase: f64,
    /// Errors of the hours against all that came.
    pub wape: f64,
    /// Errors of the days against all that came.
    pub daily_wape: f64,
    /// As `wape`, of "as a week before".
    pub naive_wape: f64,
    /// As `daily_wape`, of "as a week before".
    pub naive_daily_wape: f64,
    /// By how much too many were expected in all, against all that came; negative: too few.
    pub bias: f64,
    /// Share of the hours that lay within their range.
    pub within_range: f64,
}

/// What history says.
#[derive(Debug, Clone)]
struct Model {
    level: f64,
    trend: f64,
    most: f64,
    weekdays: [f64; 7],
    off: f64,
    /// Shares of a day's hours, for each weekday; days off stand last.
    profiles: [[f64; 24]; 8],
    /// Variance against the mean; 1 is chance alone.
    dispersion: f64,
}

/// What is expected of the days after `history`, whose days follow one another. None while there are too few.
pub fn forecast(history: &[Day], ahead: &[Kind]) -> Option<Vec<[Expected; 24]>> {
    if history.len() < LEAST_DAYS {
        return None;
    }
    let model = Model::of(history);
    let mut damped = 0.0;
    let mut step = PHI;
    let days = ahead.iter().map(|kind| {
        damped += step;
        step *= PHI;
        let level = (model.level + model.trend * damped).clamp(0.0, model.most);
        model.hours(level, *kind).map(|mean| {
            let (low, high) = range(mean, model.dispersion);
            Expected { mean, low, high }
        })
    });
    Some(days.collect())
}

impl Model {
    fn of(history: &[Day]) -> Self {
        let recent = &history[history.len().saturating_sub(WINDOW)..];
        let weekdays = weekdays(recent);
        let profiles = profiles(history, recent);
        let scaled = scaled(recent, &weekdays);
        let known: Vec<f64> = scaled.iter().flatten().copied().collect();
        let (centre, reach) = centre_and_reach(&known);
        let start: Vec<f64> = known.iter().take(14).copied().collect();
        let most = 2.0 * known.iter().copied().fold(0.0, f64::max);
        let mut model =
            Self { level: drawn_in_mean(&start), trend: 0.0, most, weekdays, off: 0.0, profiles, dispersion: 1.0 };
        model.off = off_days(history, &weekdays);
        let (mut squares, mut means) = (0.0, 0.0);
        for (place, (day, value)) in recent.iter().zip(&scaled).enumerate() {
            let expected = (model.level + PHI * model.trend).clamp(0.0, most);
            if place >= 7 && place + 28 >= recent.len() {
                for (mean, came) in model.hours(expected, day.kind).iter().zip(day.hours) {
                    // What is far out of line says little about usual days.
                    squares += (came - mean).powi(2).min(25.0 * (mean + 1.0));
                    means += mean;
                }
            }
            model.follow(expected, value.map(|value| value.clamp(centre - reach, centre + reach)), day.kind);
        }
        if means > 0.0 {
            model.dispersion = (squares / means).clamp(1.0, 100.0);
        }
        model
    }

    /// One step of smoothing; days that say little about the level move it little.
    fn follow(&mut self, expected: f64, value: Option<f64>, kind: Kind) {
        let before = self.level;
        let alpha = if value.is_some() { ALPHA * self.weekdays[kind.weekday].min(1.0) } else { 0.0 };
        self.level = expected + alpha * (value.unwrap_or(expected) - expected);
        let beta = if value.is_some() { BETA } else { 0.0 };
        self.trend = beta * (self.level - before) + (1.0 - beta) * PHI * self.trend;
    }

    fn hours(&self, level: f64, kind: Kind) -> [f64; 24] {
        let (factor, profile) = if kind.off { (self.off, 7) } else { (self.weekdays[kind.weekday], kind.weekday) };
        self.profiles[profile].map(|share| (level * factor * share).max(0.0))
    }
}

/// How busy each weekday is; 1 on average.
fn weekdays(recent: &[Day]) -> [f64; 7] {
    let totals = |wanted: usize| -> Vec<f64> {
        recent.iter().filter(|day| !day.kind.off && day.kind.weekday == wanted).map(Day::total).collect()
    };
    let all: Vec<f64> = recent.iter().filter(|day| !day.kind.off).map(Day::total).collect();
    let overall = drawn_in_mean(&all);
    let means: [f64; 7] = std::array::from_fn(|weekday| match totals(weekday) {
        totals if totals.is_empty() => overall,
        totals => drawn_in_mean(&totals),
    });
    let mean = means.iter().sum::<f64>() / 7.0;
    if mean > 0.0 { means.map(|of_day| of_day / mean) } else { [1.0; 7] }
}

/// Each day's total as if all weekdays were alike; none for days off and for weekdays on which hardly anything comes.
fn scaled(days: &[Day], weekdays: &[f64; 7]) -> Vec<Option<f64>> {
    let value = |day: &Day| {
        let factor = weekdays[day.kind.weekday];
        (!day.kind.off && factor >= 0.1).then(|| day.total() / factor)
    };
    days.iter().map(value).collect()
}

/// What comes on a day off against the level around it. Until some were seen, such a day is taken for the quietest of the week.
fn off_days(history: &[Day], weekdays: &[f64; 7]) -> f64 {
    let quietest = weekdays.iter().copied().fold(1.0, f64::min);
    let scaled = scaled(history, weekdays);
    let mut ratios = Vec::new();
    for place in (0..history.len()).filter(|place| history[*place].kind.off) {
        let around = &scaled[place.saturating_sub(28)..(place + 28).min(scaled.len())];
        let level = drawn_in_mean(&around.iter().flatten().copied().collect::<Vec<_>>());
        if level > 0.0 {
            ratios.push((history[place].total() / level).min(3.0));
        }
    }
    let count = ratios.len() as f64;
    (drawn_in_mean(&ratios) * count + 2.0 * quietest) / (count + 2.0)
}

/// How a day's arrivals are shared out over its hours. What was seen of few days leans on what was seen of more.
fn profiles(history: &[Day], recent: &[Day]) -> [[f64; 24]; 8] {
    let sums = |days: &[&Day]| -> [f64; 24] {
        std::array::from_fn(|hour| {
            let values: Vec<f64> = days.iter().map(|day| day.hours[hour]).collect();
            drawn_in_mean(&values) * values.len() as f64
        })
    };
    let shares = |sums: [f64; 24], base: [f64; 24], weight: f64| -> [f64; 24] {
        let total = sums.iter().sum::<f64>() + weight;
        std::array::from_fn(|hour| (sums[hour] + weight * base[hour]) / total)
    };
    let normal: Vec<&Day> = recent.iter().filter(|day| !day.kind.off).collect();
    let whole = shares(sums(&normal), [1.0 / 24.0; 24], 1.0);
    let class = |weekend: bool| {
        let days: Vec<&Day> = normal.iter().copied().filter(|day| (day.kind.weekday >= 5) == weekend).collect();
        shares(sums(&days), whole, 5.0)
    };
    let classes = [class(false), class(true)];
    let off: Vec<&Day> = history.iter().filter(|day| day.kind.off).collect();
    std::array::from_fn(|kind| {
        if kind == 7 {
            return shares(sums(&off), classes[1], 10.0);
        }
        let days: Vec<&Day> = normal.iter().copied().filter(|day| day.kind.weekday == kind).collect();
        shares(sums(&days), classes[usize::from(kind >= 5)], 10.0)
    })
}

fn median(values: &mut [f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}

/// The median, and how far from it a value may lie before it is drawn in: three standard deviations by the median deviation, at least by
/// chance.
fn centre_and_reach(values: &[f64]) -> (f64, f64) {
    let centre = median(&mut values.to_vec());
    let mut far: Vec<f64> = values.iter().map(|value| (value - centre).abs()).collect();
    (centre, 3.0 * (1.4826 * median(&mut far)).max(centre.max(1.0).sqrt()))
}

/// The mean of values of which those far out of line are drawn in.
fn drawn_in_mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let (centre, reach) = centre_and_reach(values);
    values.iter().map(|value| value.clamp(centre - reach, centre + reach)).sum::<f64>() / values.len() as f64
}

/// The range around a mean whose variance is `dispersion` times as much.
fn range(mean: f64, dispersion: f64) -> (f64, f64) {
    let tail = (1.0 - RANGE) / 2.0;
    let (ratio, size) = if dispersion > 1.001 { (1.0 / dispersion, mean / (dispersion - 1.0)) } else { (1.0, 0.0) };
    let none = if ratio < 1.0 { (size * ratio.ln()).exp() } else { (-mean).exp() };
    if mean > 400.0 || none < 1e-280 {
        let reach = 1.645 * (mean * dispersion).sqrt();
        return ((mean - reach).max(0.0).round(), (mean + reach).round());
    }
    let (mut weight, mut sum, mut low) = (none, none, None);
    for count in 0_u32..100_000 {
        let k = f64::from(count);
        if low.is_none() && sum >= tail {
            low = Some(k);
        }
        if sum >= 1.0 - tail {
            return (low.unwrap_or(k), k);
        }
        weight *= if ratio < 1.0 { (k + size) / (k + 1.0) * (1.0 - ratio) } else { mean / (k + 1.0) };
        sum += weight;
    }
    (low.unwrap_or(0.0), mean)
}

/// Tries the forecast on the last weeks of a history. None while there is too little of it, or nothing came.
pub fn back_test(history: &[Day]) -> Option<Errors> {
    let weeks = (history.len().saturating_sub(TEST_HISTORY) / 7).min(TEST_WEEKS);
    let (mut hours, mut came_in_all, mut surplus, mut inside, mut scale) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut off, mut off_daily, mut naive, mut naive_daily) = (0.0, 0.0, 0.0, 0.0);
    for back in 1..=weeks {
        let (known, after) = history.split_at(history.len() - 7 * back);
        let week = &after[..7];
        let kinds: Vec<Kind> = week.iter().map(|day| day.kind).collect();
        let expected = forecast(known, &kinds)?;
        for (place, (day, expected)) in week.iter().zip(&expected).enumerate() {
            let before = &known[known.len() - 7 + place];
            for ((came, before), expected) in day.hours.iter().zip(before.hours).zip(expected) {
                let mean = expected.mean;
                hours += 1.0;
                came_in_all += came;
                surplus += mean - came;
                off += (mean - came).abs();
                naive += (before - came).abs();
                inside += f64::from(u8::from((expected.low..=expected.high).contains(came)));
            }
            let total: f64 = expected.iter().map(|hour| hour.mean).sum();
            off_daily += (total - day.total()).abs();
            naive_daily += (before.total() - day.total()).abs();
        }
        scale += naive_error(known);
    }
    if hours == 0.0 || came_in_all == 0.0 {
        return None;
    }
    let mae = off / hours;
    let scale = scale / weeks as f64;
    Some(Errors {
        weeks,
        mae,
        mase: if scale > 0.0 { mae / scale } else { 1.0 },
        wape: off / came_in_all,
        daily_wape: off_daily / came_in_all,
        naive_wape: naive / came_in_all,
        naive_daily_wape: naive_daily / came_in_all,
        bias: surplus / came_in_all,
        within_range: inside / hours,
    })
}

/// The mean error of "as a week before" within a history.
fn naive_error(history: &[Day]) -> f64 {
    let mut errors = (0.0, 0.0);
    for pair in history.windows(8) {
        for (before, after) in pair[0].hours.iter().zip(pair[7].hours) {
            errors = (errors.0 + (before - after).abs(), errors.1 + 1.0);
        }
    }
    if errors.1 > 0.0 { errors.0 / errors.1 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Chance that is the same every time.
    struct Dice(u64);

    impl Dice {
        fn uniform(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        }

        fn poisson(&mut self, mean: f64) -> f64 {
            let (limit, mut product, mut count) = ((-mean).exp(), self.uniform(), 0.0);
            while product > limit {
                product *= self.uniform();
                count += 1.0;
            }
            count
        }
    }

    const WEEK: [f64; 7] = [1.5, 1.2, 1.1, 1.0, 0.9, 0.3, 0.2];

    fn mean_of(kind: Kind, hour: usize, level: f64) -> f64 {
        let by_day = (8..18).contains(&hour);
        let factor = if kind.off { 0.25 } else { WEEK[kind.weekday] };
        level * factor * if by_day { 1.0 } else { 0.1 }
    }

    fn kind(place: usize, off: bool) -> Kind {
        Kind { weekday: place % 7, off }
    }

    /// Days of a busy desk; every 23rd is a day off.
    fn days(count: usize, level: f64, growth: f64) -> Vec<Day> {
        let mut dice = Dice(7);
        (0..count)
            .map(|place| {
                let kind = kind(place, place % 23 == 22);
                let level = level * (1.0 + growth * place as f64);
                Day { kind, hours: std::array::from_fn(|hour| dice.poisson(mean_of(kind, hour, level))) }
            })
            .collect()
    }

    fn off_by(expected: &[[Expected; 24]], truth: impl Fn(usize, usize) -> f64) -> f64 {
        let (mut off, mut all) = (0.0, 0.0);
        for (day, hours) in expected.iter().enumerate() {
            for (hour, expected) in hours.iter().enumerate() {
                off += (expected.mean - truth(day, hour)).abs();
                all += truth(day, hour);
            }
        }
        off / all
    }

    #[test]
    fn weekdays_hours_and_days_off_are_learnt() {
        let history = days(8 * 7 * 3, 20.0, 0.0);
        let ahead: Vec<Kind> = (0..7).map(|place| kind(place, place == 3)).collect();
        let expected = forecast(&history, &ahead).unwrap();
        let off = off_by(&expected, |day, hour| mean_of(ahead[day], hour, 20.0));
        assert!(off < 0.1, "{off}");
        let holiday: f64 = expected[3].iter().map(|hour| hour.mean).sum();
        let usual: f64 = expected[2].iter().map(|hour| hour.mean).sum();
        assert!(holiday < usual * 0.4, "{holiday} {usual}");
    }

    #[test]
    fn growth_is_followed() {
        let history = days(140, 10.0, 0.01);
        let ahead: Vec<Kind> = (0..7).map(|place| kind(place, false)).collect();
        let now = 10.0 * (1.0 + 0.01 * 143.0);
        let off = off_by(&forecast(&history, &ahead).unwrap(), |day, hour| mean_of(ahead[day], hour, now));
        assert!(off < 0.15, "{off}");
    }

    #[test]
    fn one_mad_day_moves_little() {
        let mut history = days(112, 20.0, 0.0);
        let ahead: Vec<Kind> = (0..7).map(|place| kind(place, false)).collect();
        let calm = forecast(&history, &ahead).unwrap();
        for hour in &mut history[105].hours {
            *hour *= 30.0;
        }
        let mad = forecast(&history, &ahead).unwrap();
        let off = off_by(&mad, |day, hour| calm[day][hour].mean);
        assert!(off < 0.15, "{off}");
    }

    #[test]
    fn the_back_test_beats_the_week_before_and_its_range_holds() {
        for level in [1.0, 8.0, 40.0] {
            let errors = back_test(&days(200, level, 0.001)).unwrap();
            assert_eq!(errors.weeks, 8);
            assert!(errors.wape < errors.naive_wape && errors.daily_wape < errors.naive_daily_wape, "{errors:?}");
            assert!(errors.mase < 0.9 && errors.bias.abs() < 0.1, "{errors:?}");
            assert!((0.85..=0.995).contains(&errors.within_range), "{errors:?}");
        }
    }

    #[test]
    fn history_that_repeats_exactly_is_foretold_exactly() {
        let history: Vec<Day> = (0..70)
            .map(|place| {
                let kind = kind(place, false);
                Day { kind, hours: std::array::from_fn(|hour| (mean_of(kind, hour, 20.0)).round()) }
            })
            .collect();
        let errors = back_test(&history).unwrap();
        assert!(errors.naive_wape < 1e-12 && errors.wape < 0.05, "{errors:?}");
    }

    #[test]
    fn too_little_is_not_guessed_from() {
        assert_eq!(forecast(&days(13, 5.0, 0.0), &[kind(0, false)]), None);
        assert_eq!(back_test(&days(30, 5.0, 0.0)), None);
        assert_eq!(back_test(&days(80, 0.0, 0.0)), None);
        let nothing = forecast(&days(14, 0.0, 0.0), &[kind(0, false)]).unwrap();
        assert!(nothing[0].iter().all(|hour| hour.mean == 0.0 && hour.high == 0.0));
    }

    fn some_days() -> impl Strategy<Value = Vec<Day>> {
        let count = prop_oneof![4 => 0_u32..50, 1 => 0_u32..2_000_000_000];
        let hours = proptest::collection::vec(count, 24);
        proptest::collection::vec((hours, proptest::bool::weighted(0.1)), 14..80).prop_map(|days| {
            let day = |(place, (hours, off)): (usize, (Vec<u32>, bool))| Day {
                kind: kind(place, off),
                hours: std::array::from_fn(|hour| f64::from(hours[hour])),
            };
            days.into_iter().enumerate().map(day).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

        #[test]
        fn whatever_came_the_expectation_is_a_number_within_its_range(history in some_days()) {
            let ahead: Vec<Kind> = (0..9).map(|place| kind(place, place == 4)).collect();
            for hour in forecast(&history, &ahead).unwrap().iter().flatten() {
                prop_assert!(hour.mean.is_finite() && hour.low.is_finite() && hour.high.is_finite());
                prop_assert!(hour.mean >= 0.0 && hour.low >= 0.0 && hour.low <= hour.high);
                prop_assert!(hour.low <= hour.mean.ceil() && hour.high >= hour.mean.floor() - 1.0 - hour.mean.sqrt() * 3.0);
            }
            if let Some(errors) = back_test(&history) {
                prop_assert!(errors.wape.is_finite() && errors.mase.is_finite() && errors.bias.is_finite());
                prop_assert!((0.0..=1.0).contains(&errors.within_range));
            }
        }

        #[test]
        fn twice_as_much_every_day_is_twice_as_much_expected(level in 30.0_f64..100.0) {
            let history = days(70, level, 0.0);
            let doubled: Vec<Day> = history.iter().map(|day| Day { hours: day.hours.map(|count| count * 2.0), ..day.clone() }).collect();
            let ahead = [kind(0, false), kind(6, false)];
            let total = |history: &[Day]| forecast(history, &ahead).unwrap().iter().flatten().map(|hour| hour.mean).sum::<f64>();
            let (once, twice) = (total(&history), total(&doubled));
            prop_assert!((twice / once - 2.0).abs() < 0.1, "{once} {twice}");
        }

        #[test]
        fn a_range_holds_its_share(mean in 0.01_f64..300.0, dispersion in 1.0_f64..10.0) {
            let (low, high) = range(mean, dispersion);
            prop_assert!(low <= mean.ceil() && high >= 0.0 && low <= high);
            let (_, wider) = range(mean, dispersion * 2.0);
            prop_assert!(mean < 3.0 * dispersion || wider >= high, "more spread is no wider");
        }
    }
}
