//! How many people answer calls and chats in time. Callers come by chance (Poisson), talk for exponentially distributed times, and wait
//! in their order. Erlang B and C: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic
//! telephone exchanges", 1917. Erlang A, in which those who wait lose patience: C. Palm, 1946; O. Garnett, A. Mandelbaum, M. Reiman,
//! "Designing a call center with impatient customers", M&SOM 4(3), 2002. All of it: N. Gans, G. Koole, A. Mandelbaum, "Telephone call
//! centers: tutorial, review, and research prospects", M&SOM 5(2), 2003.

/// The most servers that are looked at.
pub const MOST_SERVERS: u32 = 20_000;
/// The most states beyond the servers that are summed up; what lies behind them weighs nothing.
const MOST_WAITING: u32 = 400_000;
/// Weights are scaled down before they overflow.
const HUGE: f64 = 1e200;

/// What comes in an hour, and how long each takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// Arrivals in an hour.
    pub per_hour: f64,
    /// Mean seconds that one takes.
    pub handling: f64,
}

impl Load {
    /// Offered load in erlangs: how many would be busy on average if nobody waited.
    pub fn erlangs(self) -> f64 {
        (self.per_hour * self.handling / 3600.0).max(0.0)
    }

    fn is_none(self) -> bool {
        let erlangs = self.erlangs();
        erlangs.is_nan() || erlangs <= 0.0
    }
}

/// How a queue does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Service {
    /// Probability that one who comes waits at all.
    pub waits: f64,
    /// Share of all who come that is answered within the target's seconds.
    pub in_time: f64,
    /// Mean seconds of waiting, over all who come (with patience: also of those who give up). Infinite where the queue grows without end.
    pub mean_wait: f64,
    /// Share of all who come that gives up.
    pub gives_up: f64,
    /// Share of their time in which people are busy.
    pub busy: f64,
}

impl Service {
    const IDLE: Self = Self { waits: 0.0, in_time: 1.0, mean_wait: 0.0, gives_up: 0.0, busy: 0.0 };
    const DROWNED: Self = Self { waits: 1.0, in_time: 0.0, mean_wait: f64::INFINITY, gives_up: 0.0, busy: 1.0 };
}

/// Erlang B: the probability that all servers are busy where nobody waits, by the recurrence
/// `B(0) = 1`, `B(n) = a B(n-1) / (n + a B(n-1))`, which neither overflows nor cancels.
pub fn blocking(servers: u32, erlangs: f64) -> f64 {
    if erlangs <= 0.0 {
        return if servers == 0 { 1.0 } else { 0.0 };
    }
    (1..=servers).fold(1.0, |b, n| erlangs * b / (f64::from(n) + erlangs * b))
}

/// Erlang C (M/M/n): everybody waits until they are answered.
pub fn patient(servers: u32, load: Load, within: f64) -> Service {
    if load.is_none() {
        return Service::IDLE;
    }
    let (a, n) = (load.erlangs(), f64::from(servers));
    if n <= a {
        return Service::DROWNED;
    }
    let b = blocking(servers, a);
    let busy = a / n;
    let waits = b / (1.0 - busy * (1.0 - b));
    let in_time = 1.0 - waits * (-(n - a) * within.max(0.0) / load.handling).exp();
    Service { waits, in_time, mean_wait: waits * load.handling / (n - a), gives_up: 0.0, busy }
}

/// Erlang A (M/M/n+M): who waits gives up after an exponentially distributed time of this mean.
///
/// The weights of the states are taken relative to that in which all are busy and nobody waits: those below sum up to `1/B`, those above
/// follow one another by `λ/(nμ + jθ)`. Whoever finds `k` waiting is answered after `k + 1` departures; their sum is a minimum's order
/// statistic, so that `1 − e^(−θt)` of it is beta-distributed, whose tail is summed up along with the weights.
pub fn impatient(servers: u32, load: Load, within: f64, patience: f64) -> Service {
    if load.is_none() {
        return Service::IDLE;
    }
    if !patience.is_finite() || patience <= 0.0 {
        return patient(servers, load, within);
    }
    if servers == 0 {
        return Service { gives_up: 1.0, mean_wait: patience, busy: 0.0, ..Service::DROWNED };
    }
    let (lambda, mu, theta) = (load.per_hour / 3600.0, 1.0 / load.handling, 1.0 / patience);
    let full = f64::from(servers) * mu;
    let within = within.max(0.0);
    let ratio = full / theta;
    let x = -(-theta * within).exp_m1();
    let blocked = blocking(servers, load.erlangs());
    if blocked < 1e-280 {
        // So many that nobody ever waits.
        return Service { busy: load.erlangs() / f64::from(servers), ..Service::IDLE };
    }
    let mut below = 1.0 / blocked - 1.0;
    let (mut weight, mut above, mut waiting, mut answered) = (1.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    // The probability that exactly j of the departures needed lie within the time: negative binomial.
    let mut log_of_j = -(full + theta) * within;
    let mut fewer = 0.0_f64;
    for k in 0..MOST_WAITING {
        let j = f64::from(k);
        fewer += log_of_j.exp();
        above += weight;
        waiting += j * weight;
        answered += weight * ratio / (ratio + j + 1.0) * (1.0 - fewer).max(0.0);
        log_of_j += ((ratio + 1.0 + j) / (j + 1.0)).ln() + x.ln();
        let next = lambda / (full + (j + 1.0) * theta);
        weight *= next;
        if next < 1.0 && weight * (j + 2.0) < 1e-16 * (1.0 - next) * (above + below) {
            break;
        }
        if weight > HUGE {
            for sum in [&mut weight, &mut above, &mut waiting, &mut answered, &mut below] {
                *sum /= HUGE;
            }
        }
    }
    let total = below + above;
    let mean_queue = waiting / total;
    let gives_up = (theta * mean_queue / lambda).clamp(0.0, 1.0);
    Service {
        waits: above / total,
        in_time: ((below + answered) / total).clamp(0.0, 1.0),
        mean_wait: mean_queue / lambda,
        gives_up,
        busy: (load.erlangs() * (1.0 - gives_up) / f64::from(servers)).min(1.0),
    }
}

/// What is promised to those who call or chat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Promise {
    /// Share to be answered in time, from 0 to 1.
    pub share: f64,
    /// In how many seconds.
    pub within: f64,
    /// Mean seconds until one who waits gives up; none: they wait until they are answered.
    pub patience: Option<f64>,
    /// The most of their time in which people are to be busy, from 0 to 1.
    pub busy: f64,
}

/// How a number of servers does under a promise.
pub fn service(servers: u32, load: Load, promise: &Promise) -> Service {
    match promise.patience {
        Some(patience) => impatient(servers, load, promise.within, patience),
        None => patient(servers, load, promise.within),
    }
}

/// The fewest servers that keep the promise; none where nothing comes, and [`MOST_SERVERS`] where not even so many would do.
pub fn servers_needed(load: Load, promise: &Promise) -> u32 {
    if load.is_none() {
        return 0;
    }
    let keeps = |n: u32| {
        let served = service(n, load, promise);
        served.in_time >= promise.share.min(0.9999) && served.busy <= promise.busy.clamp(0.05, 1.0)
    };
    let (mut low, mut high) = (0_u32, 1_u32);
    while high < MOST_SERVERS && !keeps(high) {
        (low, high) = (high, high.saturating_mul(2).min(MOST_SERVERS));
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if keeps(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// How many people must be planned so that `working` are at work, when this share of the time paid is breaks, meetings, leave and
/// illness (shrinkage).
pub fn with_shrinkage(working: f64, shrinkage: f64) -> u32 {
    let people = working.max(0.0) / (1.0 - shrinkage.clamp(0.0, 0.9));
    // What is a whole number but for rounding stays one.
    (people - 1e-9).ceil().clamp(0.0, f64::from(MOST_SERVERS) * 10.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(value: f64, expected: f64, tolerance: f64) {
        assert!((value - expected).abs() <= tolerance, "{value} is not {expected}");
    }

    #[test]
    fn blocking_is_that_of_the_printed_tables() {
        // Erlang B tables (e.g. ITU-D, Teletraffic Engineering Handbook): the load at which one call in a hundred is lost.
        for (servers, erlangs) in
            [(1, 0.0101), (2, 0.1526), (5, 1.3608), (10, 4.4612), (20, 12.031), (50, 37.901), (100, 84.064)]
        {
            near(blocking(servers, erlangs), 0.01, 2e-5);
        }
        near(blocking(10, 10.0), 0.21458, 1e-5);
        near(blocking(0, 3.0), 1.0, 0.0);
    }

    #[test]
    fn a_well_known_example_of_erlang_c() {
        // 100 calls in half an hour of three minutes each and fourteen people: printed in many handbooks of call centres.
        let service = patient(14, Load { per_hour: 200.0, handling: 180.0 }, 20.0);
        near(service.waits, 0.1741, 5e-5);
        near(service.in_time, 0.888, 5e-4);
        near(service.mean_wait, 7.8, 0.05);
        near(service.busy, 0.714, 5e-4);
        let promise = Promise { share: 0.8, within: 20.0, patience: None, busy: 1.0 };
        assert_eq!(servers_needed(Load { per_hour: 200.0, handling: 180.0 }, &promise), 14);
        assert_eq!(with_shrinkage(14.0, 0.3), 20);
    }

    #[test]
    fn patience_changes_what_garnett_mandelbaum_and_reiman_say_it_changes() {
        // Their comparison: 48 calls a minute of one minute each, fifty people, patience of two minutes.
        let load = Load { per_hour: 48.0 * 60.0, handling: 60.0 };
        let c = patient(50, load, 20.0);
        near(c.mean_wait, 20.8, 0.1);
        near(c.busy, 0.96, 1e-9);
        let a = impatient(50, load, 20.0, 120.0);
        near(a.gives_up, 0.031, 5e-4);
        near(a.mean_wait, 3.7, 0.1);
        near(a.busy, 0.93, 2e-3);
        near(a.mean_wait * load.per_hour / 3600.0, 3.0, 0.1);
    }

    #[test]
    fn extreme_loads_neither_overflow_nor_stumble() {
        for (servers, per_hour, handling, patience) in [
            (1, 1e6, 3600.0, 60.0),
            (20_000, 1e7, 3600.0, 1.0),
            (10, 1e-9, 1.0, 1e6),
            (3, 500.0, 86_400.0, 86_400.0),
            (1, 0.0, 300.0, 60.0),
            (0, 10.0, 300.0, 60.0),
        ] {
            let load = Load { per_hour, handling };
            for service in [patient(servers, load, 20.0), impatient(servers, load, 20.0, patience)] {
                for share in [service.waits, service.in_time, service.gives_up, service.busy] {
                    assert!((0.0..=1.0 + 1e-9).contains(&share), "{servers} {load:?} {patience}: {service:?}");
                }
                assert!(service.mean_wait >= 0.0, "{service:?}");
            }
        }
        assert_eq!(servers_needed(Load { per_hour: f64::NAN, handling: 1.0 }, &PROMISE), 0);
        assert_eq!(servers_needed(Load { per_hour: 1e12, handling: 3600.0 }, &PROMISE), MOST_SERVERS);
    }

    const PROMISE: Promise = Promise { share: 0.8, within: 20.0, patience: None, busy: 1.0 };

    /// Chance that is the same every time.
    struct Dice(u64);

    impl Dice {
        fn exponential(&mut self, mean: f64) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let uniform = ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
            -mean * uniform.ln()
        }
    }

    /// Lets callers come, wait, give up and be answered one by one; gives back the shares answered in time and given up.
    fn simulated(servers: usize, load: Load, within: f64, patience: f64, callers: usize) -> (f64, f64) {
        let mut dice = Dice(42);
        let mut free_at = vec![0.0_f64; servers];
        let (mut now, mut in_time, mut gave_up) = (0.0_f64, 0_usize, 0_usize);
        for _ in 0..callers {
            now += dice.exponential(3600.0 / load.per_hour);
            let first = (0..servers).min_by(|a, b| free_at[*a].total_cmp(&free_at[*b])).unwrap();
            let wait = (free_at[first] - now).max(0.0);
            if wait > dice.exponential(patience) {
                gave_up += 1;
                continue;
            }
            free_at[first] = now + wait + dice.exponential(load.handling);
            in_time += usize::from(wait <= within);
        }
        (in_time as f64 / callers as f64, gave_up as f64 / callers as f64)
    }

    #[test]
    fn the_formulas_are_what_a_simulation_counts() {
        for (servers, per_hour, handling, patience) in
            [(14, 200.0, 180.0, 60.0), (5, 100.0, 180.0, 120.0), (8, 200.0, 180.0, 90.0), (14, 200.0, 180.0, 1e9)]
        {
            let load = Load { per_hour, handling };
            let (in_time, gave_up) = simulated(servers, load, 20.0, patience, 400_000);
            let formula = impatient(servers as u32, load, 20.0, patience);
            near(formula.in_time, in_time, 0.01);
            near(formula.gives_up, gave_up, 0.01);
        }
    }

    prop_compose! {
        fn a_load()(per_hour in 0.1_f64..3000.0, handling in 10.0_f64..1800.0) -> Load {
            Load { per_hour, handling }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

        #[test]
        fn more_people_never_serve_worse(load in a_load(), servers in 1_u32..400, patience in 5.0_f64..2000.0) {
            for (few, many) in [
                (patient(servers, load, 20.0), patient(servers + 1, load, 20.0)),
                (impatient(servers, load, 20.0, patience), impatient(servers + 1, load, 20.0, patience)),
            ] {
                prop_assert!(many.in_time >= few.in_time - 1e-9, "{few:?} {many:?}");
                prop_assert!(many.gives_up <= few.gives_up + 1e-9, "{few:?} {many:?}");
                prop_assert!(many.waits <= few.waits + 1e-9, "{few:?} {many:?}");
            }
        }

        #[test]
        fn more_load_never_needs_fewer(load in a_load(), more in 1.0_f64..3.0, patience in proptest::option::of(5.0_f64..2000.0), share in 0.1_f64..0.99) {
            let promise = Promise { share, patience, ..PROMISE };
            let needed = servers_needed(load, &promise);
            let greater = Load { per_hour: load.per_hour * more, ..load };
            prop_assert!(servers_needed(greater, &promise) >= needed);
        }

        #[test]
        fn what_is_needed_keeps_the_promise_and_one_fewer_does_not(load in a_load(), patience in proptest::option::of(5.0_f64..2000.0), share in 0.1_f64..0.99, busy in 0.5_f64..1.0) {
            let promise = Promise { share, patience, busy, within: 20.0 };
            let needed = servers_needed(load, &promise);
            let keeps = |n| { let s = service(n, load, &promise); s.in_time >= share && s.busy <= busy };
            prop_assert!(keeps(needed));
            prop_assert!(needed == 1 || !keeps(needed - 1));
        }

        #[test]
        fn the_patient_are_the_limit_of_the_impatient(load in a_load(), spare in 0.05_f64..1.0) {
            let servers = (load.erlangs() * (1.0 + spare)).ceil() as u32 + 1;
            let (c, a) = (patient(servers, load, 20.0), impatient(servers, load, 20.0, 1e10));
            prop_assert!((c.in_time - a.in_time).abs() < 1e-3, "{c:?} {a:?}");
            prop_assert!((c.waits - a.waits).abs() < 1e-3, "{c:?} {a:?}");
            prop_assert!((c.mean_wait - a.mean_wait).abs() < 1e-3 * (1.0 + c.mean_wait), "{c:?} {a:?}");
        }

        #[test]
        fn patience_makes_queues_shorter(load in a_load(), servers in 1_u32..300, patience in 5.0_f64..2000.0) {
            let (c, a) = (patient(servers, load, 20.0), impatient(servers, load, 20.0, patience));
            prop_assert!(a.mean_wait <= c.mean_wait + 1e-9);
            prop_assert!(a.waits <= c.waits + 1e-9);
        }

        #[test]
        fn shrinkage_adds_people(working in 0_u32..1000, shrinkage in 0.0_f64..0.9) {
            let people = with_shrinkage(f64::from(working), shrinkage);
            prop_assert!(people >= working);
            prop_assert!(f64::from(people) * (1.0 - shrinkage) >= f64::from(working) - 1e-6);
        }
    }
}
