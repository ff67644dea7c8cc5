//! How alike like cases are handled: figures of groups, and whether a group is told from the others by more than chance. Decisions only.
//!
//! Times are told by their median and quartiles, since a few very long ones would carry a mean away. How sure a median is, is told by two
//! of the values themselves, so that nothing is assumed of how they are spread (W. J. Conover, "Practical Nonparametric Statistics",
//! 3.2; exact, from the binomial distribution). How sure a share is, by Wilson's interval (E. B. Wilson, JASA 22, 1927).

use super::store::Fact;
use crate::{
    conversations::{ConversationId, Priority},
    fields::TypeId,
    people::{AgentId, TeamId},
};
use jiff::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Groups of fewer cases are shown, but not judged.
pub const FEWEST: usize = 10;
/// Hours of a shift block.
pub const BLOCK: i16 = 6;

/// What cases are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Who gave the first answer.
    Agent,
    /// The team that is responsible.
    Team,
    /// How it came.
    Channel,
    /// The part of the day in which the first answer was given.
    Shift,
}

impl By {
    /// All of them.
    pub const ALL: &[By] = &[By::Agent, By::Team, By::Channel, By::Shift];

    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            By::Agent => "agent",
            By::Team => "team",
            By::Channel => "channel",
            By::Shift => "shift",
        }
    }
}

impl std::str::FromStr for By {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|by| by.word() == text).ok_or(())
    }
}

/// One group of cases.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Of an agent; none when nobody's name stands under the answer.
    Agent(Option<AgentId>),
    /// Of a team; none of those that belong to none.
    Team(Option<TeamId>),
    /// Of a channel.
    Channel(String),
    /// Of a part of the day: its first hour.
    Shift(i16),
}

impl Group {
    /// The group that a case belongs to.
    pub fn of(fact: &Fact, by: By) -> Self {
        match by {
            By::Agent => Self::Agent(fact.agent_id),
            By::Team => Self::Team(fact.team_id),
            By::Channel => Self::Channel(fact.channel.clone()),
            By::Shift => Self::Shift(fact.hour.div_euclid(BLOCK) * BLOCK),
        }
    }

    /// What it is grouped by.
    pub fn by(&self) -> By {
        match self {
            Self::Agent(_) => By::Agent,
            Self::Team(_) => By::Team,
            Self::Channel(_) => By::Channel,
            Self::Shift(_) => By::Shift,
        }
    }

    /// Its word in addresses.
    pub fn word(&self) -> String {
        let id = |id: Option<Uuid>| id.map_or_else(|| "none".to_owned(), |id| id.to_string());
        match self {
            Self::Agent(agent) => id(agent.map(|agent| agent.0)),
            Self::Team(team) => id(team.map(|team| team.0)),
            Self::Channel(channel) => channel.clone(),
            Self::Shift(hour) => hour.to_string(),
        }
    }

    /// Reads what [`Group::word`] writes.
    pub fn parse(by: By, word: &str) -> Option<Self> {
        let id = |word: &str| if word == "none" { Some(None) } else { word.parse().ok().map(Some) };
        Some(match by {
            By::Agent => Self::Agent(id(word)?.map(AgentId)),
            By::Team => Self::Team(id(word)?.map(TeamId)),
            By::Channel => Self::Channel(word.to_owned()),
            By::Shift => Self::Shift(word.parse().ok()?),
        })
    }
}

/// Which cases are like one another: those that all of this holds for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Like {
    /// Of this type; the default type's are those without one.
    pub type_id: Option<TypeId>,
    /// Which type is the default.
    pub default_type: Option<TypeId>,
    /// That came this way.
    pub channel: Option<String>,
    /// That matter this much.
    pub priority: Option<Priority>,
    /// Of this team.
    pub team: Option<TeamId>,
}

impl Like {
    /// Whether a case is one of them.
    pub fn holds(&self, fact: &Fact) -> bool {
        let of_type = |wanted: TypeId| fact.type_id.or(self.default_type) == Some(wanted);
        self.type_id.is_none_or(of_type)
            && self.channel.as_ref().is_none_or(|channel| *channel == fact.channel)
            && self.priority.is_none_or(|priority| priority == fact.priority)
            && self.team.is_none_or(|team| fact.team_id == Some(team))
    }
}

/// Which of a group's cases a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// All that were answered.
    Answered,
    /// Those that are settled.
    Settled,
    /// Those of which the customer wrote again after they were settled.
    Reopened,
}

impl Figure {
    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Figure::Answered => "answered",
            Figure::Settled => "settled",
            Figure::Reopened => "reopened",
        }
    }

    /// Whether a case counts in it.
    pub fn holds(self, fact: &Fact) -> bool {
        match self {
            Figure::Answered => true,
            Figure::Settled => fact.resolved_at.is_some(),
            Figure::Reopened => fact.reopened > 0,
        }
    }
}

impl std::str::FromStr for Figure {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Figure::Answered, Figure::Settled, Figure::Reopened].into_iter().find(|one| one.word() == text).ok_or(())
    }
}

/// Times of a group, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// How many.
    pub count: usize,
    /// Half are shorter.
    pub median: i64,
    /// A quarter is shorter.
    pub lower: i64,
    /// A quarter is longer.
    pub upper: i64,
    /// The true median lies between these with at least 95 % certainty; none for fewer than six, of whom nothing can be said.
    pub sure: Option<(i64, i64)>,
}

impl Times {
    /// Of these; none where there are none.
    pub fn of(mut seconds: Vec<i64>) -> Option<Self> {
        if seconds.is_empty() {
            return None;
        }
        seconds.sort_unstable();
        let count = seconds.len();
        let sure = ranks(count).map(|(low, high)| (seconds[low], seconds[high]));
        let at = |share| quantile(&seconds, share);
        Some(Self { count, median: at(0.5), lower: at(0.25), upper: at(0.75), sure })
    }
}

/// The value below which a share lies, between two values where it falls between them.
fn quantile(sorted: &[i64], share: f64) -> i64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let next = sorted[(below + 1).min(sorted.len() - 1)];
    (sorted[below] as f64 + part * (next - sorted[below]) as f64).round() as i64
}

/// The places of the two sorted values between which the median lies with at least 95 % certainty: the largest `r` with
/// `P(Bin(n, 1/2) < r) ≤ 0.025`, and its mirror.
fn ranks(count: usize) -> Option<(usize, usize)> {
    let n = count as f64;
    if count > 1000 {
        // The normal limit of the binomial distribution, a place wider.
        let low = (n / 2.0 - 0.98 * n.sqrt()).floor() as usize;
        return Some((low.saturating_sub(1), (count - low).min(count - 1)));
    }
    let mut weight = 0.5_f64.powi(count as i32);
    let (mut below, mut rank) = (0.0, 0_usize);
    while below + weight <= 0.025 {
        below += weight;
        weight *= (n - rank as f64) / (rank as f64 + 1.0);
        rank += 1;
    }
    (rank > 0).then(|| (rank - 1, count - rank))
}

/// A share of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Of how many.
    pub of: usize,
    /// How many.
    pub count: usize,
    /// The true share lies between these with about 95 % certainty.
    pub sure: (f64, f64),
}

impl Share {
    fn of(count: usize, of: usize) -> Self {
        let (n, z) = (of.max(1) as f64, 1.96_f64);
        let share = count as f64 / n;
        let centre = share + z * z / (2.0 * n);
        let reach = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + z * z / n;
        Self { of, count, sure: (((centre - reach) / whole).max(0.0), ((centre + reach) / whole).min(1.0)) }
    }

    /// In percent.
    pub fn percent(&self) -> f64 {
        100.0 * self.count as f64 / self.of.max(1) as f64
    }
}

/// How a group compares with all the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// There are too few cases in it, or in the others.
    TooFew,
    /// By what is known, no otherwise than the others.
    Alike,
    /// It is surely less: quicker, or rarer.
    Less,
    /// It is surely more: slower, or more often.
    More,
}

/// A group's figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which group.
    pub group: Group,
    /// How many cases.
    pub count: usize,
    /// From the customer's message to the first answer.
    pub response: Option<Times>,
    /// Against all others' response.
    pub response_verdict: Verdict,
    /// From the customer's message until it was settled, of those that are.
    pub resolution: Option<Times>,
    /// Against all others' resolution.
    pub resolution_verdict: Verdict,
    /// Of how many the customer wrote again after they were settled.
    pub reopened: Share,
    /// Against all others' reopened share.
    pub reopened_verdict: Verdict,
}

/// How far apart groups are: the greatest median against the smallest, of the groups that are judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// How many times as long.
    pub ratio: f64,
    /// At least and at most so, with at least 90 % certainty: from the ends of both medians' intervals, each of 95 %.
    pub sure: (f64, f64),
}

/// What is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The groups, largest first.
    pub rows: Vec<Row>,
    /// How many cases in all.
    pub count: usize,
    /// All cases together.
    pub response: Option<Times>,
    /// The same until they were settled.
    pub resolution: Option<Times>,
    /// The same of those that were reopened.
    pub reopened: Share,
    /// Between groups, of the time to the first answer.
    pub response_spread: Option<Spread>,
    /// Between groups, of the time until they were settled.
    pub resolution_spread: Option<Spread>,
}

/// Compares groups of cases.
pub(super) fn compare(facts: &[Fact], by: By) -> Report {
    let group_of: Vec<Group> = facts.iter().map(|fact| Group::of(fact, by)).collect();
    let mut groups: BTreeMap<&Group, Vec<&Fact>> = BTreeMap::new();
    for (fact, group) in facts.iter().zip(&group_of) {
        groups.entry(group).or_default().push(fact);
    }
    let responses = |facts: &[&Fact]| Times::of(facts.iter().map(|fact| fact.response).collect());
    let resolutions = |facts: &[&Fact]| Times::of(facts.iter().filter_map(|fact| fact.resolution).collect());
    let reopened = |facts: &[&Fact]| Share::of(facts.iter().filter(|fact| fact.reopened > 0).count(), facts.len());
    let mut rows: Vec<Row> = groups
        .iter()
        .map(|(group, own)| {
            let others: Vec<&Fact> =
                facts.iter().zip(&group_of).filter(|(_, of)| of != group).map(|(fact, _)| fact).collect();
            let (response, resolution, share) = (responses(own), resolutions(own), reopened(own));
            Row {
                group: (*group).clone(),
                count: own.len(),
                response_verdict: verdict(response, responses(&others)),
                resolution_verdict: verdict(resolution, resolutions(&others)),
                reopened_verdict: verdict_of_shares(share, reopened(&others)),
                response,
                resolution,
                reopened: share,
            }
        })
        .collect();
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.group.cmp(&b.group)));
    let all: Vec<&Fact> = facts.iter().collect();
    Report {
        count: facts.len(),
        response: responses(&all),
        resolution: resolutions(&all),
        reopened: reopened(&all),
        response_spread: spread(rows.iter().filter_map(|row| row.response)),
        resolution_spread: spread(rows.iter().filter_map(|row| row.resolution)),
        rows,
    }
}

/// Whether two medians' intervals lie apart.
fn verdict(own: Option<Times>, others: Option<Times>) -> Verdict {
    let (Some(own), Some(others)) = (own, others) else { return Verdict::TooFew };
    let (Some(mine), Some(theirs)) = (own.sure, others.sure) else { return Verdict::TooFew };
    if own.count < FEWEST || others.count < FEWEST {
        Verdict::TooFew
    } else if mine.1 < theirs.0 {
        Verdict::Less
    } else if mine.0 > theirs.1 {
        Verdict::More
    } else {
        Verdict::Alike
    }
}

fn verdict_of_shares(own: Share, others: Share) -> Verdict {
    if own.of < FEWEST || others.of < FEWEST {
        Verdict::TooFew
    } else if own.sure.1 < others.sure.0 {
        Verdict::Less
    } else if own.sure.0 > others.sure.1 {
        Verdict::More
    } else {
        Verdict::Alike
    }
}

fn spread(groups: impl Iterator<Item = Times>) -> Option<Spread> {
    let judged: Vec<Times> = groups.filter(|times| times.count >= FEWEST).collect();
    let (least, most) =
        (judged.iter().min_by_key(|times| times.median)?, judged.iter().max_by_key(|times| times.median)?);
    if judged.len() < 2 {
        return None;
    }
    let (low, high) = (least.sure?, most.sure?);
    // Answers of the same second are a second apart from nothing.
    let ratio = |above: i64, below: i64| above.max(1) as f64 / below.max(1) as f64;
    Some(Spread {
        ratio: ratio(most.median, least.median),
        sure: (ratio(high.0, low.1).max(1.0), ratio(high.1, low.0).max(1.0)),
    })
}

/// Where a page of cases goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseKey(pub(super) Timestamp, pub(super) ConversationId);

impl std::fmt::Display for CaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0.as_microsecond(), self.1)
    }
}

impl std::str::FromStr for CaseKey {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        let at = Timestamp::from_microsecond(at.parse().map_err(drop)?).map_err(drop)?;
        Ok(Self(at, id.parse().map_err(drop)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fact(channel: &str, response: i64) -> Fact {
        Fact {
            conversation_id: ConversationId(Uuid::nil()),
            answered_at: Timestamp::UNIX_EPOCH,
            hour: 9,
            agent_id: None,
            team_id: None,
            channel: channel.to_owned(),
            type_id: None,
            priority: Priority::Normal,
            response,
            resolved_at: None,
            resolution: None,
            reopened: 0,
        }
    }

    fn facts(channel: &str, count: i64, from: i64) -> Vec<Fact> {
        (0..count).map(|place| fact(channel, from + place)).collect()
    }

    #[test]
    fn medians_and_quartiles_are_those_of_the_textbook() {
        let times = Times::of(vec![5, 1, 2, 4, 3]).unwrap();
        assert_eq!((times.median, times.lower, times.upper, times.sure), (3, 2, 4, None));
        let times = Times::of(vec![1, 2, 3, 10]).unwrap();
        assert_eq!((times.median, times.lower, times.upper), (3, 2, 5));
        assert_eq!(Times::of(Vec::new()), None);
    }

    #[test]
    fn the_interval_of_a_median_is_that_of_the_printed_tables() {
        // Conover's table A3 and others: from 1, the r-th value from each end.
        for (count, rank) in [(6, 1), (8, 1), (9, 2), (10, 2), (15, 4), (20, 6), (25, 8), (50, 18), (100, 40)] {
            assert_eq!(ranks(count), Some((rank - 1, count - rank)), "{count}");
        }
        assert_eq!(ranks(5), None);
        let (low, high) = ranks(1001).unwrap();
        let (exact_low, exact_high) = ranks(1000).unwrap();
        assert!(low.abs_diff(exact_low) <= 2 && high.abs_diff(exact_high) <= 2);
    }

    #[test]
    fn wilsons_interval_is_his() {
        let share = Share::of(3, 20);
        assert!((share.sure.0 - 0.0524).abs() < 1e-3 && (share.sure.1 - 0.3604).abs() < 1e-3, "{share:?}");
        assert!((share.percent() - 15.0).abs() < 1e-9);
        assert_eq!(Share::of(0, 0).percent(), 0.0);
    }

    #[test]
    fn a_slower_group_is_told_and_a_small_one_is_not_judged() {
        let mut all = facts("email", 30, 100);
        all.extend(facts("chat", 30, 1000));
        all.extend(facts("fax", 9, 90_000));
        let report = compare(&all, By::Channel);
        let verdicts: Vec<_> = report.rows.iter().map(|row| (row.group.word(), row.response_verdict)).collect();
        assert_eq!(
            verdicts,
            [("chat".into(), Verdict::More), ("email".into(), Verdict::Less), ("fax".into(), Verdict::TooFew)]
        );
        let spread = report.response_spread.unwrap();
        assert!((spread.ratio - 1015.0 / 115.0).abs() < 0.1, "{spread:?}");
        assert!(spread.sure.0 < spread.ratio && spread.ratio < spread.sure.1);
        assert_eq!(report.resolution_spread, None);
    }

    #[test]
    fn like_cases_are_those_of_one_type_channel_and_priority() {
        let (one, other) = (TypeId(Uuid::from_u128(1)), TypeId(Uuid::from_u128(2)));
        let like = Like { type_id: Some(one), default_type: Some(one), ..Like::default() };
        assert!(like.holds(&fact("email", 1)), "the default type's have none");
        assert!(!like.holds(&Fact { type_id: Some(other), ..fact("email", 1) }));
        assert!(Like::default().holds(&fact("email", 1)));
        assert!(!Like { channel: Some("chat".into()), ..Like::default() }.holds(&fact("email", 1)));
        assert!(!Like { priority: Some(Priority::High), ..Like::default() }.holds(&fact("email", 1)));
    }

    fn some_facts() -> impl Strategy<Value = Vec<Fact>> {
        let one = (0_usize..4, 0_i64..1_000_000, proptest::option::of(0_i64..1_000_000), 0_i32..2, 0_i16..24);
        proptest::collection::vec(one, 0..80).prop_map(|all| {
            let fact = |(channel, response, resolution, reopened, hour): (usize, i64, Option<i64>, i32, i16)| Fact {
                resolution,
                resolved_at: resolution.map(|_| Timestamp::UNIX_EPOCH),
                reopened,
                hour,
                ..fact(["email", "chat", "phone", "letter"][channel], response)
            };
            all.into_iter().map(fact).collect()
        })
    }

    proptest! {
        #[test]
        fn every_case_is_in_one_group_and_figures_are_in_order(facts in some_facts()) {
            for by in By::ALL {
                let report = compare(&facts, *by);
                prop_assert_eq!(report.rows.iter().map(|row| row.count).sum::<usize>(), facts.len());
                for row in &report.rows {
                    prop_assert_eq!(Group::parse(*by, &row.group.word()), Some(row.group.clone()));
                    prop_assert_eq!(facts.iter().filter(|fact| Group::of(fact, *by) == row.group).count(), row.count);
                    for times in [row.response, row.resolution].into_iter().flatten() {
                        prop_assert!(times.lower <= times.median && times.median <= times.upper);
                        let (low, high) = times.sure.unwrap_or((times.median, times.median));
                        prop_assert!(low <= times.median && times.median <= high);
                    }
                    prop_assert!(row.count >= FEWEST || row.response_verdict == Verdict::TooFew);
                }
                if let Some(spread) = report.response_spread {
                    prop_assert!(spread.ratio >= 1.0 && spread.sure.0 <= spread.ratio + 1e-9 && spread.ratio <= spread.sure.1 + 1e-9);
                }
            }
        }

        #[test]
        fn groups_of_the_same_cases_are_alike(responses in proptest::collection::vec(0_i64..100_000, 10..60)) {
            let all: Vec<Fact> = responses.iter().flat_map(|response| [fact("email", *response), fact("chat", *response)]).collect();
            for row in compare(&all, By::Channel).rows {
                prop_assert_eq!(row.response_verdict, Verdict::Alike);
            }
        }

        #[test]
        fn keys_are_read_as_they_are_written(at in -1_000_000_000_i64..1_000_000_000, id in any::<u128>()) {
            let key = CaseKey(Timestamp::from_microsecond(at).unwrap(), ConversationId(Uuid::from_u128(id)));
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }
    }
}
