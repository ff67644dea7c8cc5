//! How long customers wait for the first answer, what they are told of it, and how often that held.
//!
//! What is told is the 80th percentile of recent waits of the same mailbox, in open time of the default calendar. Those who wait now count as well, as waits that
//! are not over: without them, a queue that is getting slower would look as fast as it was (Kaplan and Meier, "Nonparametric Estimation from Incomplete
//! Observations", Journal of the American Statistical Association 53 (1958), 457 to 481).

use super::{Conversation, ConversationId};
use crate::{
    Desk, Result,
    calendars::{self, Calendar},
    mailboxes::MailboxId,
};
use base::{params, statements};
use jiff::{SignedDuration, Timestamp, Zoned};

statements! {
    RECENT = "select waited from first_wait where workspace_id = $1 and mailbox_id = $2 and answered_at >= $3
        order by answered_at desc, conversation_id limit 200";
    WAITING = "select mailbox_id, waiting_since from conversation where workspace_id = $1 and risk_at is not null and first_response_at is null
        and waiting_since is not null order by risk_at, id limit 500";
    ANSWERED = "insert into first_wait (workspace_id, mailbox_id, answered_at, conversation_id, waited) values ($1, $2, $3, $4, $5) on conflict do nothing";
    TOLD = "insert into told_wait (workspace_id, conversation_id, told_at, until_at) values ($1, $2, $3, $4) on conflict do nothing";
    HELD = "update told_wait set held = $3 where workspace_id = $1 and conversation_id = $2 and held is null";
    OF = "select until_at, held from told_wait where workspace_id = $1 and conversation_id = $2";
    FIGURES = "select held, until_at from told_wait where workspace_id = $1 and told_at >= $2 order by told_at desc limit 2000";
}

/// With which certainty the time that is told is to hold, in percent.
pub const CERTAINTY: i64 = 80;
/// With fewer answered conversations nothing is told.
const FEWEST: usize = 20;
/// Waits that are older say nothing of today.
const RECENTLY: SignedDuration = SignedDuration::from_hours(24 * 60);

/// The wait that [`CERTAINTY`] of customers do not exceed, of waits that ended with an answer and waits that go on. None when too few were answered, or
/// those who wait on leave it open. (Kaplan and Meier 1958, product-limit estimate.)
pub fn likely_wait(answered: &[SignedDuration], waiting: &[SignedDuration]) -> Option<SignedDuration> {
    if answered.len() < FEWEST {
        return None;
    }
    // At the same length an answer counts before a wait that goes on.
    let ends = answered.iter().map(|wait| (*wait, false)).chain(waiting.iter().map(|wait| (*wait, true)));
    let mut ends: Vec<(SignedDuration, bool)> = ends.collect();
    ends.sort_unstable();
    let mut left = ends.len();
    let mut still_waiting = 1.0_f64;
    let share = 1.0 - CERTAINTY as f64 / 100.0;
    for (wait, goes_on) in ends {
        if !goes_on {
            still_waiting *= 1.0 - 1.0 / left as f64;
            if still_waiting <= share + 1e-9 {
                return Some(wait);
            }
        }
        left -= 1;
    }
    None
}

/// A wait rounded up to what can be said: to a step of at most a tenth of it, so that rounding is never what makes it hold.
pub fn rounded_up(wait: SignedDuration) -> SignedDuration {
    const STEPS: [i64; 6] = [60, 30, 15, 10, 5, 1];
    let minutes = (wait.as_secs().max(0) + 59) / 60;
    let step = STEPS.into_iter().find(|step| step * 10 <= minutes).unwrap_or(1);
    SignedDuration::from_mins(((minutes + step - 1) / step * step).max(1))
}

/// What a customer of a mailbox who writes now can be told.
#[derive(Debug, Clone)]
pub struct Estimate {
    /// In open time, rounded up.
    pub wait: SignedDuration,
    /// When that will have passed, by the clock on the desk's wall.
    pub until: Zoned,
}

/// How long customers of a mailbox wait at present; none when there are too few answers to say.
///
/// # Errors
/// The store's.
pub async fn estimate(desk: &mut Desk<'_>, mailbox: MailboxId) -> Result<Option<Estimate>> {
    let (w, now) = (desk.workspace(), desk.now());
    let answered: Vec<(i64,)> =
        desk.tx().rows(RECENT, params![w, mailbox, now.saturating_sub(RECENTLY).unwrap_or(now)]).await?;
    if answered.len() < FEWEST {
        return Ok(None);
    }
    let waiting: Vec<(Option<MailboxId>, Timestamp)> = desk.tx().rows(WAITING, params![w]).await?;
    let calendar = calendars::default_calendar(desk).await?;
    let answered: Vec<SignedDuration> =
        answered.into_iter().map(|(micros,)| SignedDuration::from_micros(micros)).collect();
    let waiting: Vec<SignedDuration> = waiting
        .into_iter()
        .filter(|(of, _)| *of == Some(mailbox))
        .map(|(_, since)| calendar.open_between(since, now))
        .collect();
    Ok(likely_wait(&answered, &waiting).and_then(|wait| from_now(&calendar, now, rounded_up(wait))))
}

fn from_now(calendar: &Calendar, now: Timestamp, wait: SignedDuration) -> Option<Estimate> {
    let until = calendar.after(now, wait)?.to_zoned(calendar.zone.clone());
    Some(Estimate { wait, until })
}

/// A customer was told until when they have an answer.
pub(super) async fn told(desk: &Desk<'_>, id: ConversationId, until: Timestamp) -> Result<()> {
    desk.tx().exec(TOLD, params![desk.workspace(), id, desk.now(), until]).await?;
    Ok(())
}

/// A conversation was answered for the first time: how long that took is remembered, and whether what was told held.
pub(super) async fn answered(desk: &mut Desk<'_>, before: &Conversation, after: &Conversation) -> Result<()> {
    let (None, Some(at), Some(mailbox)) = (before.first_response_at, after.first_response_at, after.mailbox_id) else {
        return Ok(());
    };
    // What nobody waited for says nothing of waiting.
    let Some(since) = before.waiting_since else { return Ok(()) };
    let waited = calendars::default_calendar(desk).await?.open_between(since, at);
    let micros = i64::try_from(waited.as_micros()).unwrap_or(i64::MAX);
    desk.tx().exec(ANSWERED, params![desk.workspace(), mailbox, at, after.id, micros]).await?;
    if let Some((until, None)) = told_to(desk, after.id).await? {
        desk.tx().exec(HELD, params![desk.workspace(), after.id, i16::from(at <= until)]).await?;
    }
    Ok(())
}

/// Until when a customer was told to have an answer, and whether that held, as far as it is known.
///
/// # Errors
/// The store's.
pub async fn told_to(desk: &Desk<'_>, id: ConversationId) -> Result<Option<(Timestamp, Option<bool>)>> {
    let row: Option<(Timestamp, Option<i16>)> = desk.tx().row(OF, params![desk.workspace(), id]).await?;
    Ok(row.map(|(until, held)| (until, held.map(|held| held == 1))))
}

/// How often what customers were told held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Calibration {
    /// So many were answered in time.
    pub held: i64,
    /// So many were answered too late, or wait on although their time has passed.
    pub missed: i64,
}

/// How often what was told since a moment held: of the last 2,000.
///
/// # Errors
/// The store's.
pub async fn calibration(desk: &Desk<'_>, since: Timestamp) -> Result<Calibration> {
    let rows: Vec<(Option<i16>, Timestamp)> = desk.tx().rows(FIGURES, params![desk.workspace(), since]).await?;
    let now = desk.now();
    Ok(rows.into_iter().fold(Calibration::default(), |mut sum, (held, until)| {
        match held {
            Some(1) => sum.held += 1,
            Some(_) => sum.missed += 1,
            None if until < now => sum.missed += 1,
            None => {}
        }
        sum
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mins(minutes: impl IntoIterator<Item = i64>) -> Vec<SignedDuration> {
        minutes.into_iter().map(SignedDuration::from_mins).collect()
    }

    #[test]
    fn four_of_five_did_not_wait_longer() {
        assert_eq!(likely_wait(&mins(1..=100), &[]), Some(SignedDuration::from_mins(80)));
    }

    #[test]
    fn a_few_answers_say_nothing() {
        assert_eq!(likely_wait(&mins(1..20), &[]), None);
    }

    #[test]
    fn those_who_still_wait_make_it_longer_or_leave_it_open() {
        let answered = mins(1..=100);
        let slower = likely_wait(&answered, &mins([70; 20])).unwrap();
        assert!(slower > SignedDuration::from_mins(80), "{slower:?}");
        assert_eq!(
            likely_wait(&answered, &mins([200; 60])),
            None,
            "more than a fifth wait longer than anybody who was answered"
        );
        assert_eq!(
            likely_wait(&answered, &mins([0; 60])),
            Some(SignedDuration::from_mins(80)),
            "who just came says nothing yet"
        );
    }

    #[test]
    fn a_wait_is_said_as_exactly_as_it_is_known() {
        for (wait, said) in
            [(1, 1), (7, 7), (49, 49), (51, 55), (73, 75), (101, 110), (160, 165), (301, 330), (601, 660), (1500, 1500)]
        {
            assert_eq!(rounded_up(SignedDuration::from_mins(wait)), SignedDuration::from_mins(said), "{wait}");
        }
    }

    proptest! {
        #[test]
        fn rounding_adds_at_most_a_tenth_and_takes_nothing(seconds in 1_i64..10_000_000) {
            let wait = SignedDuration::from_secs(seconds);
            let said = rounded_up(wait);
            prop_assert!(said >= wait);
            prop_assert!(said <= wait + wait / 10 + SignedDuration::from_mins(1));
        }

        #[test]
        fn an_estimate_is_a_wait_that_was_and_holds_for_four_of_five(answered in proptest::collection::vec(1_i64..5000, 20..120)) {
            let answered = mins(answered);
            let told = likely_wait(&answered, &[]).unwrap();
            prop_assert!(answered.contains(&told));
            let held = answered.iter().filter(|wait| **wait <= told).count();
            prop_assert!(held * 100 >= answered.len() * 80);
        }
    }
}
