//! How many people keep up with what waits in a queue of hours or days, such as e-mail: work flows in, is done in the order in which it
//! came while the desk is open, and none of it may wait longer than the target. A deterministic fluid queue (G. F. Newell,
//! "Applications of Queueing Theory", 1982).
//!
//! What is done lies between what has come and what is due. Of all ways between the two the shortest one, a string pulled taut, asks for
//! the fewest people in the busiest hour and changes their number as little as can be (J. D. Salehi et al., "Supporting stored video:
//! reducing rate variability and end-to-end resource requirements through optimal smoothing", IEEE/ACM ToN 6(4), 1998).

/// One hour of the clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inflow {
    /// Work that comes in it, in hours of one person.
    pub work: f64,
    /// How much of it the desk is open, from 0 to 1.
    pub open: f64,
}

/// An hour in which the desk is open, on the clock that runs only then.
#[derive(Debug, Clone, Copy)]
struct Slot {
    place: usize,
    start: f64,
    end: f64,
    work: f64,
}

/// How many must be at work in each hour, as fractions, so that nothing waits longer than `target` open hours. `waiting` is work that is
/// there already, due within the target from now. Hours in which it is closed need nobody; what comes in them waits for the next opening.
/// What comes last is due at the end: look further ahead than you plan.
pub fn at_work(hours: &[Inflow], waiting: f64, target: f64) -> Vec<f64> {
    let mut needed = vec![0.0; hours.len()];
    let slots = slots(hours, waiting);
    let due = due(&slots, target);
    let (mut done, mut at, mut from) = (0.0_f64, 0.0_f64, 0_usize);
    let mut come = Vec::with_capacity(slots.len());
    let mut sum = 0.0;
    for slot in &slots {
        sum += slot.work;
        come.push(sum);
    }
    while from < slots.len() {
        let (until, height) = bend(&slots, &come, &due, from, at, done);
        let rate = ((height - done) / (slots[until].end - at)).max(0.0);
        for slot in &slots[from..=until] {
            needed[slot.place] = rate;
        }
        (at, done, from) = (slots[until].end, height, until + 1);
    }
    needed
}

/// Where the string that is taut from here on touches one of its bounds first: after which slot, and how much is done by then.
fn bend(slots: &[Slot], come: &[f64], due: &[f64], from: usize, at: f64, done: f64) -> (usize, f64) {
    let (mut steepest, mut flattest) = ((f64::NEG_INFINITY, from), (f64::INFINITY, from));
    for place in from..slots.len() {
        let long = slots[place].end - at;
        let (least, most) = ((due[place] - done) / long, (come[place] - done) / long);
        if least > flattest.0 {
            return (flattest.1, come[flattest.1]);
        }
        if most < steepest.0 {
            return (steepest.1, due[steepest.1]);
        }
        if least >= steepest.0 {
            steepest = (least, place);
        }
        if most <= flattest.0 {
            flattest = (most, place);
        }
    }
    (slots.len() - 1, due[slots.len() - 1])
}

fn slots(hours: &[Inflow], waiting: f64) -> Vec<Slot> {
    let sound = |value: f64| if value.is_finite() { value.max(0.0) } else { 0.0 };
    let mut slots = Vec::new();
    let (mut clock, mut held) = (0.0_f64, sound(waiting));
    for (place, hour) in hours.iter().enumerate() {
        held += sound(hour.work);
        let open = sound(hour.open).min(1.0);
        if open < 1e-6 {
            continue;
        }
        slots.push(Slot { place, start: clock, end: clock + open, work: held });
        (clock, held) = (clock + open, 0.0);
    }
    slots
}

/// The slot by whose end the work of each must be done: the last that ends within the target, its own at the earliest.
fn deadlines(slots: &[Slot], target: f64) -> Vec<usize> {
    let mut last = 0;
    slots
        .iter()
        .enumerate()
        .map(|(place, slot)| {
            last = last.max(place);
            while last + 1 < slots.len() && slots[last + 1].end <= slot.start + target + 1e-9 {
                last += 1;
            }
            last
        })
        .collect()
}

/// How much must be done by the end of each slot.
fn due(slots: &[Slot], target: f64) -> Vec<f64> {
    let mut due = vec![0.0; slots.len()];
    for (slot, deadline) in slots.iter().zip(deadlines(slots, target)) {
        due[deadline] += slot.work;
    }
    let mut sum = 0.0;
    for value in &mut due {
        sum += *value;
        *value = sum;
    }
    due
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn open(work: f64) -> Inflow {
        Inflow { work, open: 1.0 }
    }

    fn closed(work: f64) -> Inflow {
        Inflow { work, open: 0.0 }
    }

    #[test]
    fn a_night_of_mail_is_spread_over_the_target() {
        // Eight hours of work wait at eight; four hours are allowed: two people until noon, nobody after.
        let hours = [closed(8.0), open(0.0), open(0.0), open(0.0), open(0.0), open(0.0), open(0.0)];
        assert_eq!(at_work(&hours, 0.0, 4.0), [0.0, 2.0, 2.0, 2.0, 2.0, 0.0, 0.0]);
        // With all day to answer it, the same work needs fewer.
        assert_eq!(at_work(&hours, 0.0, 8.0), [0.0, 8.0 / 6.0, 8.0 / 6.0, 8.0 / 6.0, 8.0 / 6.0, 8.0 / 6.0, 8.0 / 6.0]);
    }

    #[test]
    fn nobody_answers_what_has_not_come() {
        let needed = at_work(&[open(0.0), open(0.0), open(6.0), open(0.0), open(0.0)], 0.0, 3.0);
        assert_eq!(needed, [0.0, 0.0, 2.0, 2.0, 2.0]);
    }

    #[test]
    fn what_waits_already_is_work_as_well() {
        assert_eq!(at_work(&[open(0.0), open(0.0)], 4.0, 2.0), [2.0, 2.0]);
        assert_eq!(at_work(&[], 4.0, 2.0), [] as [f64; 0]);
        assert_eq!(at_work(&[closed(1.0)], 4.0, 2.0), [0.0]);
    }

    /// The most that any stretch of slots asks for: what comes in it and is due in it. No plan's busiest hour can do with less.
    fn bound(slots: &[Slot], target: f64) -> f64 {
        let deadlines = deadlines(slots, target);
        let mut most = 0.0_f64;
        for first in 0..slots.len() {
            let mut work = 0.0;
            for last in first..slots.len() {
                work =
                    (first..=last).filter(|at| deadlines[*at] <= last).map(|at| slots[at].work).sum::<f64>().max(work);
                most = most.max(work / (slots[last].end - slots[first].start));
            }
        }
        most
    }

    fn a_week() -> impl Strategy<Value = Vec<Inflow>> {
        let work = prop_oneof![3 => 0.0_f64..20.0, 1 => Just(0.0)];
        let open = prop_oneof![3 => Just(1.0), 2 => Just(0.0), 1 => 0.1_f64..1.0];
        proptest::collection::vec((work, open).prop_map(|(work, open)| Inflow { work, open }), 0..60)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        #[test]
        fn with_so_many_nothing_waits_beyond_the_target(hours in a_week(), waiting in 0.0_f64..30.0, target in 0.5_f64..30.0) {
            let needed = at_work(&hours, waiting, target);
            let slots = slots(&hours, waiting);
            // Oldest first: what is done by the end of a slot is the oldest of what had come.
            let (mut come, mut done) = (0.0_f64, 0.0_f64);
            for (slot, due) in slots.iter().zip(due(&slots, target)) {
                come += slot.work;
                done = (done + needed[slot.place] * (slot.end - slot.start)).min(come);
                prop_assert!(done >= due - 1e-6, "{done} of {due}");
            }
        }

        #[test]
        fn the_busiest_hour_needs_no_more_than_any_plan_would(hours in a_week(), waiting in 0.0_f64..30.0, target in 0.5_f64..30.0) {
            let needed = at_work(&hours, waiting, target);
            let most = needed.iter().copied().fold(0.0, f64::max);
            let bound = bound(&slots(&hours, waiting), target);
            prop_assert!((most - bound).abs() < 1e-6 * (1.0 + bound), "{most}, but {bound} is enough");
        }

        #[test]
        fn no_work_is_done_twice(hours in a_week(), waiting in 0.0_f64..30.0, target in 0.5_f64..30.0) {
            let needed = at_work(&hours, waiting, target);
            let done: f64 = needed.iter().zip(&hours).map(|(people, hour)| people * hour.open).sum();
            let come: f64 = slots(&hours, waiting).iter().map(|slot| slot.work).sum();
            prop_assert!((done - come).abs() < 1e-6 * (1.0 + come));
        }

        #[test]
        fn more_time_never_needs_more_people(hours in a_week(), target in 0.5_f64..20.0, more in 0.0_f64..10.0) {
            let most = |target| at_work(&hours, 0.0, target).into_iter().fold(0.0, f64::max);
            prop_assert!(most(target + more) <= most(target) + 1e-6);
        }
    }
}
