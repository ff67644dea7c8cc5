//! Staffing: how many will write, call or chat in the coming hours, how many people that takes to keep what is promised, and how many
//! are planned.
//!
//! What arrives is counted by the hour as it arrives; nothing here reads through history but for those counts of at most a year.

pub mod backlog;
pub mod erlang;
pub mod forecast;
mod jobs;
mod rules;
mod store;

pub use forecast::{Errors, Expected};
pub use jobs::CountPastArrivals;
pub(crate) use jobs::renew;
pub use rules::{Aim, DAYS, DayAhead, Gap, HourAhead, Method, NoShifts, Shift, Shifts, Week};
pub use store::STATEMENTS;

use crate::{
    Desk, Error, Event, FieldError, Result, calendars,
    calendars::WEEK_FIELDS,
    conversations::{self, ConversationId, MessageId, MessageKind, Status},
    people::{self, TeamId},
};
use jiff::{SignedDuration, Timestamp, civil::Date};

/// How far back a forecast looks: a year and a week, so that last year's days off are among it.
const HISTORY: SignedDuration = SignedDuration::from_hours(24 * 372);
/// The longest name of a channel.
const MOST_CHANNEL: usize = 40;

/// What is counted of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    /// Each message wants an answer: e-mail.
    Messages,
    /// A conversation is one call or chat, however much is said in it.
    Openings,
}

impl Scale {
    fn of(aim: &Aim) -> Self {
        match aim.method {
            Method::Live => Self::Openings,
            Method::Backlog => Self::Messages,
        }
    }
}

/// The next days of a channel.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// What was reckoned with.
    pub aim: Aim,
    /// Whether the channel has a plan of shifts.
    pub has_plan: bool,
    /// Conversations that wait for an answer already.
    pub waiting: i64,
    /// Days of history.
    pub history: usize,
    /// The next days, today first; empty while there is too little history.
    pub days: Vec<DayAhead>,
    /// How good the forecast has been; none while there is too little history.
    pub errors: Option<Errors>,
    /// Past arrivals are still being counted.
    pub counting: bool,
    /// Today, by the clock of the default business hours.
    pub today: Date,
}

/// The channels that can be looked at: those in which something arrived, and e-mail.
///
/// # Errors
/// The store's.
pub async fn channels(desk: &mut Desk<'_>) -> Result<Vec<String>> {
    let mut found = store::channels(desk).await?;
    if !found.iter().any(|channel| channel == "email") {
        found.insert(0, "email".into());
    }
    Ok(found)
}

/// What is promised in a channel and planned for it: a team's own, or the whole desk's; what is usual where nobody has said anything.
/// Says whether it is the one that was asked for.
///
/// # Errors
/// The store's.
pub async fn plan_of(desk: &mut Desk<'_>, channel: &str, team: Option<TeamId>) -> Result<(Aim, Week, bool)> {
    if let Some((aim, week)) = store::plan(desk, channel, team).await? {
        return Ok((aim, week, true));
    }
    // A team keeps what the desk promises; whose shifts the desk's are is not known.
    let desks = if team.is_some() { store::plan(desk, channel, None).await? } else { None };
    Ok((desks.map_or_else(|| Aim::of(channel), |(aim, _)| aim), Week::default(), false))
}

/// Keeps what is promised in a channel and the shifts planned for it, from Monday to Sunday as people fill them in.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::NotFound`] for a team that is gone.
pub async fn set_plan(
    desk: &mut Desk<'_>,
    channel: &str,
    team: Option<TeamId>,
    aim: Aim,
    week: [String; 7],
) -> Result<()> {
    if channel.is_empty() || channel.chars().count() > MOST_CHANNEL {
        return Err(Error::field("channel", "not_allowed"));
    }
    if let Some(team) = team
        && !people::teams(desk).await?.iter().any(|one| one.id == team)
    {
        return Err(Error::NotFound);
    }
    let mut problems = Vec::new();
    let checked = match aim.checked() {
        Ok(aim) => Some(aim),
        Err(Error::Invalid(wrong)) => {
            problems.extend(wrong);
            None
        }
        Err(other) => return Err(other),
    };
    let mut read = Week::default();
    for ((shifts, text), field) in read.iter_mut().zip(&week).zip(WEEK_FIELDS) {
        match Shifts::parse(text) {
            Ok(day) => *shifts = day,
            Err(NoShifts::Unreadable) => problems.push(FieldError { field, problem: "no_shifts" }),
            Err(NoShifts::Backwards) => problems.push(FieldError { field, problem: "backwards" }),
            Err(NoShifts::TooMany) => problems.push(FieldError { field, problem: "too_many_shifts" }),
        }
    }
    match checked {
        Some(aim) if problems.is_empty() => store::set_plan(desk, channel, team, &aim, &read).await,
        _ => Err(Error::Invalid(problems)),
    }
}

/// Forgets what was promised and planned for a channel, so that what is usual holds again.
///
/// # Errors
/// [`Error::NotFound`] when there is nothing.
pub async fn remove_plan(desk: &mut Desk<'_>, channel: &str, team: Option<TeamId>) -> Result<()> {
    if store::remove_plan(desk, channel, team).await? { Ok(()) } else { Err(Error::NotFound) }
}

/// The next days of a channel, for the whole desk or one team; with another aim than the one kept, to see what it would take.
///
/// # Errors
/// [`Error::Invalid`] when the other aim cannot be.
pub async fn outlook(
    desk: &mut Desk<'_>,
    channel: &str,
    team: Option<TeamId>,
    instead: impl FnOnce(Aim) -> Aim + Send,
) -> Result<Outlook> {
    let (aim, week, _) = plan_of(desk, channel, team).await?;
    let aim = instead(aim).checked()?;
    let calendar = calendars::default_calendar(desk).await?;
    let now = desk.now();
    let today = now.to_zoned(calendar.zone.clone()).date();
    let from = now.checked_sub(HISTORY).unwrap_or(Timestamp::MIN);
    let counts = store::hours(desk, channel, team, from, now, Scale::of(&aim)).await?;
    let history = rules::days_of(&calendar, &counts, today);
    let waiting = match aim.method {
        Method::Live => 0,
        Method::Backlog => store::waiting(desk, channel, team).await?,
    };
    let days = forecast::forecast(&history, &rules::ahead(&calendar, today))
        .map(|expected| rules::plan(&calendar, now, &expected, &aim, &week, waiting as f64))
        .unwrap_or_default();
    Ok(Outlook {
        has_plan: week.iter().any(|day| !day.is_empty()),
        waiting,
        history: history.len(),
        errors: forecast::back_test(&history),
        counting: store::past(desk).await?.is_some(),
        today,
        aim,
        days,
    })
}

/// Hears what arrives, and whom it is given to.
pub(crate) async fn hear(desk: &mut Desk<'_>, event: &Event) -> Result<()> {
    match event {
        Event::MessageReceived { conversation, message } | Event::MessageImported { conversation, message } => {
            count_arrival(desk, *conversation, *message).await
        }
        Event::TeamAssigned { conversation, from, to } => move_arrival(desk, *conversation, *from, *to).await,
        _ => Ok(()),
    }
}

/// Counts a customer's message in the hour in which it was written or arrived.
async fn count_arrival(desk: &mut Desk<'_>, id: ConversationId, message: MessageId) -> Result<()> {
    let message = conversations::message(desk, message).await?;
    if message.kind != MessageKind::Incoming {
        return Ok(());
    }
    let conversation = conversations::find(desk, id).await?;
    if conversation.status == Status::Side || conversations::is_sample(desk, &conversation).await? {
        return Ok(());
    }
    let hour = rules::hour_of(message.created_at);
    let first = store::first_message(desk, id).await?.map(|(first, ..)| first);
    let opens = first == Some(message.id) && message.created_at <= conversation.created_at;
    store::count(desk, &conversation.channel, None, hour, opens);
    // A team that it is given to in the same breath counts it by that.
    if let Some(team) = conversation.team_id.filter(|_| !opens || !is_given_now(desk, id)) {
        store::count(desk, &conversation.channel, Some(team), hour, opens);
    }
    Ok(())
}

fn is_given_now(desk: &Desk<'_>, id: ConversationId) -> bool {
    let given = |event: &Event| matches!(event, Event::TeamAssigned { conversation, .. } if *conversation == id);
    (0..).map_while(|place| desk.happened(place)).any(|(_, event)| given(&event))
}

/// A conversation is given to a team, or another one: what it began with was theirs to answer.
async fn move_arrival(desk: &mut Desk<'_>, id: ConversationId, from: Option<TeamId>, to: Option<TeamId>) -> Result<()> {
    let conversation = conversations::find(desk, id).await?;
    let Some((_, MessageKind::Incoming, at)) = store::first_message(desk, id).await? else { return Ok(()) };
    if conversation.status == Status::Side {
        return Ok(());
    }
    let hour = rules::hour_of(at);
    if let Some(from) = from {
        store::take_back(desk, &conversation.channel, from, hour).await?;
    }
    if let Some(to) = to {
        store::count(desk, &conversation.channel, Some(to), hour, true);
    }
    Ok(())
}
