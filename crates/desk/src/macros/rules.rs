//! What a macro is: who may use and change it, what it does, and how its text becomes words for one customer. Decisions only.

use super::MacroId;
use crate::{
    FieldError,
    conversations::{Conversation, Priority, Status, Until, snooze_until_in_any},
    customers::{Customer, greeting, name_parts},
    people::{AgentId, Role, TeamId},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// The longest text of a macro, in bytes.
const MOST_TEXT: usize = 50_000;
/// The longest name and folder, in characters.
const MOST_NAME: usize = 80;
/// The most texts of a macro.
const MOST_LANGUAGES: usize = 60;
/// The longest variable with its fallback, in bytes.
const MOST_VARIABLE: usize = 300;

kept_as_integer! {
    /// Whose a macro is.
    Audience {
        /// Everybody uses it, administrators change it.
        Everyone = 1 "everyone",
        /// A team uses it; its members and administrators change it.
        Team = 2 "team",
        /// Whoever made it.
        Personal = 3 "personal",
    }
}

/// The variables that a text may name.
pub const VARIABLES: &[&str] = &[
    "customer.name",
    "customer.first_name",
    "customer.last_name",
    "customer.greeting_name",
    "customer.greeting",
    "customer.email",
    "agent.name",
    "agent.first_name",
    "conversation.number",
    "conversation.subject",
    "team.name",
    "desk.name",
];

/// Somebody, as far as macros ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// Who.
    pub id: AgentId,
    /// What they may do.
    pub role: Role,
    /// The teams they belong to.
    pub teams: Vec<TeamId>,
}

/// Whose a macro is, in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// To everyone.
    Everyone,
    /// To a team.
    Team(TeamId),
    /// To whoever made it.
    Personal(AgentId),
}

impl Belongs {
    /// Whether somebody may use it.
    pub fn may_use(self, asker: &Asker) -> bool {
        match self {
            Belongs::Everyone => true,
            Belongs::Team(team) => asker.teams.contains(&team) || asker.role >= Role::Admin,
            Belongs::Personal(owner) => owner == asker.id,
        }
    }

    /// Whether somebody may change it, or make one like it.
    pub fn may_change(self, asker: &Asker) -> bool {
        match self {
            Belongs::Everyone => asker.role >= Role::Admin,
            Belongs::Team(_) | Belongs::Personal(_) => self.may_use(asker),
        }
    }
}

/// To whom a macro gives the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignee {
    /// Whoever uses it.
    Me,
    /// Nobody.
    Nobody,
    /// This agent.
    Agent(AgentId),
}

/// To which team a macro gives the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToTeam {
    /// None.
    None,
    /// This team.
    Team(TeamId),
}

/// What a macro does besides its text; what is none stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Actions {
    /// To whom it gives the conversation.
    pub assignee: Option<Assignee>,
    /// To which team.
    pub team: Option<ToTeam>,
    /// How much it matters then.
    pub priority: Option<Priority>,
    /// Whether it is settled then.
    pub status: Option<Status>,
    /// Until when it is put off then, in words: "in 2 days", "monday 9:00", "until reply". They are understood when the macro is used.
    pub snooze: Option<String>,
    /// Tags put on it.
    pub tags: Vec<String>,
    /// Tags taken off it.
    pub untags: Vec<String>,
}

impl Actions {
    /// Whether it does nothing: then the macro is a snippet.
    pub fn is_empty(&self) -> bool {
        *self == Actions::default()
    }

    /// The conversation's properties after them, tags aside, for whoever uses the macro at `moment` in `zone`. What would be put off to
    /// a moment that has passed stays as it is.
    pub(super) fn wanted(&self, now: &Properties, agent: AgentId, moment: Timestamp, zone: &TimeZone) -> Properties {
        let assignee = match self.assignee {
            None => now.assignee,
            Some(Assignee::Me) => Some(agent),
            Some(Assignee::Nobody) => None,
            Some(Assignee::Agent(other)) => Some(other),
        };
        let team = match self.team {
            None => now.team,
            Some(ToTeam::None) => None,
            Some(ToTeam::Team(team)) => Some(team),
        };
        let (priority, status) = (self.priority.unwrap_or(now.priority), self.status.unwrap_or(now.status));
        let put_off = self.snooze.as_deref().and_then(|words| snooze_until_in_any(words, moment, zone));
        let (status, snoozed_until) = match put_off {
            Some(Until::At(at)) => (Status::Snoozed, Some(at)),
            Some(Until::Reply) => (Status::Snoozed, None),
            None if status == now.status => (status, now.snoozed_until),
            None => (status, None),
        };
        Properties { assignee, team, priority, status, snoozed_until }
    }
}

/// What macros change of a conversation, tags aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Properties {
    pub(super) assignee: Option<AgentId>,
    pub(super) team: Option<TeamId>,
    pub(super) priority: Priority,
    pub(super) status: Status,
    #[serde(default)]
    pub(super) snoozed_until: Option<Timestamp>,
}

impl Properties {
    pub(super) fn of(conversation: &Conversation) -> Self {
        let Conversation { assignee_id, team_id, priority, status, snoozed_until, .. } = conversation;
        Self {
            assignee: *assignee_id,
            team: *team_id,
            priority: *priority,
            status: *status,
            snoozed_until: *snoozed_until,
        }
    }

    /// What undoing a change from `before` to `after` makes of it: what somebody has changed since stays.
    pub(super) fn undone(&self, before: &Properties, after: &Properties) -> Properties {
        fn back<T: PartialEq + Copy>(now: T, before: T, after: T) -> T {
            if now == after { before } else { now }
        }
        let state = |of: &Properties| (of.status, of.snoozed_until);
        let (status, snoozed_until) = back(state(self), state(before), state(after));
        Properties {
            assignee: back(self.assignee, before.assignee, after.assignee),
            team: back(self.team, before.team, after.team),
            priority: back(self.priority, before.priority, after.priority),
            status,
            snoozed_until,
        }
    }
}

/// A macro as it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMacro {
    /// What it is called.
    pub name: String,
    /// In which folder it lies; empty for none.
    pub folder: String,
    /// Whose it is.
    pub belongs: Belongs,
    /// Its text by language (a BCP 47 tag), in Markdown.
    pub texts: Vec<(String, String)>,
    /// What it does besides.
    pub actions: Actions,
}

impl NewMacro {
    /// Without blanks at its ends, and without texts that say nothing.
    pub(super) fn tidied(mut self) -> Self {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        (self.name, self.folder) = (line(&self.name), line(&self.folder));
        for (language, text) in &mut self.texts {
            *language = language.trim().to_lowercase();
            *text = text.trim().replace("\r\n", "\n");
        }
        self.actions.snooze = self.actions.snooze.map(|words| line(&words)).filter(|words| !words.is_empty());
        self.texts.retain(|(_, text)| !text.is_empty());
        for tags in [&mut self.actions.tags, &mut self.actions.untags] {
            *tags = tags.iter().map(|tag| line(tag).to_lowercase()).filter(|tag| !tag.is_empty()).collect();
            tags.sort();
            tags.dedup();
        }
        self
    }

    /// What can't be taken of it. `own` are the variables of the desk's own fields; `now` is when it is entered.
    pub(super) fn problems(&self, own: &[OwnVariable], now: Timestamp) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let mut say = |field, problem| problems.push(FieldError { field, problem });
        if self.name.is_empty() {
            say("name", "required");
        }
        if self.name.chars().count() > MOST_NAME {
            say("name", "too_long");
        }
        if self.folder.chars().count() > MOST_NAME {
            say("folder", "too_long");
        }
        if self.texts.is_empty() && self.actions.is_empty() {
            say("text", "required");
        }
        if self.texts.len() > MOST_LANGUAGES || self.texts.iter().any(|(_, text)| text.len() > MOST_TEXT) {
            say("text", "too_long");
        }
        if self.texts.iter().any(|(language, _)| !is_language(language)) {
            say("language", "not_a_language");
        }
        let mut languages: Vec<&str> = self.texts.iter().map(|(language, _)| language.as_str()).collect();
        languages.sort_unstable();
        if languages.windows(2).any(|two| two[0] == two[1]) {
            say("language", "taken");
        }
        if self.texts.iter().any(|(_, text)| !unknown_variables(text, own).is_empty()) {
            say("text", "unknown_variable");
        }
        if let Some(words) = &self.actions.snooze {
            if self.actions.status == Some(Status::Resolved) {
                say("snooze", "with_resolve");
            } else if snooze_until_in_any(words, now, &TimeZone::UTC).is_none() {
                say("snooze", "not_understood");
            }
        }
        if self.actions.tags.iter().chain(&self.actions.untags).any(|tag| tag.chars().count() > 40) {
            say("tags", "too_long");
        }
        problems
    }
}

/// Whether it looks like a BCP 47 tag: `de`, `pt-br`.
pub(crate) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// What can be filled in, by variable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// Says what a variable stands for; blank is missing.
    #[must_use]
    pub fn with(mut self, variable: &str, value: &str) -> Self {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            self.0.push((variable.to_owned(), value));
        }
        self
    }

    fn get(&self, variable: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == variable).map(|(_, value)| value.as_str())
    }
}

/// Whom and what the variables of a text stand for.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The customer, with how they want to be written to.
    pub customer: &'a Customer,
    /// What the conversation says they are called.
    pub name: &'a str,
    /// The address that they write from; empty for none.
    pub address: &'a str,
    /// What the agent is called who writes.
    pub agent: &'a str,
    /// The conversation's number.
    pub number: i64,
    /// Its subject.
    pub subject: &'a str,
    /// What its team is called; empty for none.
    pub team: &'a str,
    /// What the desk is called.
    pub desk: &'a str,
}

impl About<'_> {
    /// What the variables stand for in a text of that language.
    pub fn values(&self, language: &str) -> Values {
        let primary = language.split('-').next().unwrap_or_default();
        let known = Some(self.name).filter(|name| !name.contains('@')).unwrap_or_default();
        let customer = Customer { name: known.to_owned(), ..self.customer.clone() };
        Values::default()
            .with("customer.name", known)
            .with("customer.first_name", first_name(known))
            .with("customer.last_name", name_parts(known).1)
            .with("customer.greeting_name", &customer.greeting_name().unwrap_or_default())
            .with("customer.greeting", &greeting(&customer, primary))
            .with("customer.email", self.address)
            .with("agent.name", self.agent)
            .with("agent.first_name", first_name(self.agent))
            .with("conversation.number", &self.number.to_string())
            .with("conversation.subject", self.subject)
            .with("team.name", self.team)
            .with("desk.name", self.desk)
    }
}

/// A text that was filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// In Markdown; a variable without a value and without a fallback still stands in it as it was written.
    pub text: String,
    /// Those variables.
    pub gaps: Vec<String>,
}

enum Piece<'a> {
    Text(&'a str),
    Variable { written: &'a str, name: &'a str, fallback: Option<&'a str> },
}

/// Takes a text apart. What only looks like a variable (no closing braces, a line's end or other signs in its name) is text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(start) = rest.find("{{") {
        // Of `{{{name}}`, the last two braces open.
        let extra = rest[start..].bytes().take_while(|byte| *byte == b'{').count() - 2;
        let start = start + extra;
        let inner = &rest[start + 2..];
        let variable = inner.find("}}").filter(|end| *end <= MOST_VARIABLE).and_then(|end| {
            let inside = &inner[..end];
            let (name, fallback) = match inside.split_once('|') {
                Some((name, fallback)) => (name.trim(), Some(fallback.trim())),
                None => (inside.trim(), None),
            };
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.');
            (is_name && !inside.contains('\n')).then_some((end, name, fallback))
        });
        match variable {
            Some((end, name, fallback)) => {
                let whole = start + 2 + end + 2;
                found.push(Piece::Text(&rest[..start]));
                found.push(Piece::Variable { written: &rest[start..whole], name, fallback });
                rest = &rest[whole..];
            }
            None => {
                found.push(Piece::Text(&rest[..start + 2]));
                rest = inner;
            }
        }
    }
    found.push(Piece::Text(rest));
    found
}

/// A variable that stands for a field of the desk's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnVariable {
    /// As it is written: `conversation.field.order_number`.
    pub name: String,
    /// What the field is called.
    pub field: String,
}

/// What variables of conversations' own fields begin with.
pub(super) const OF_CONVERSATION: &str = "conversation.field.";
/// What variables of customers' own fields begin with.
pub(super) const OF_CUSTOMER: &str = "customer.field.";

/// The variable for a field of that name; none when its name holds no letter or digit.
pub(super) fn own_variable(begin: &str, field: &str) -> Option<String> {
    let lower = field.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| format!("{begin}{}", parts.join("_")))
}

/// The variables of a text that do not exist; `own` are those of the desk's own fields.
pub fn unknown_variables(text: &str, own: &[OwnVariable]) -> Vec<String> {
    let is_known = |name: &str| VARIABLES.contains(&name) || own.iter().any(|one| one.name == name);
    let names = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Variable { name, .. } if !is_known(name) => Some(name.to_owned()),
        _ => None,
    });
    unique(names)
}

/// The variables of a text that nobody has filled in: what sending asks about.
pub fn gaps_in(text: &str) -> Vec<String> {
    let is_ours =
        |name: &str| VARIABLES.contains(&name) || name.starts_with(OF_CONVERSATION) || name.starts_with(OF_CUSTOMER);
    let names = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Variable { name, .. } if is_ours(name) => Some(name.to_owned()),
        _ => None,
    });
    unique(names)
}

fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    names.fold(Vec::new(), |mut found, name| {
        if !found.contains(&name) {
            found.push(name);
        }
        found
    })
}

/// Fills a text in: the value, else the fallback, else a gap.
pub fn fill(text: &str, values: &Values) -> Filled {
    let mut filled = Filled::default();
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => filled.text.push_str(text),
            Piece::Variable { written, name, fallback } => match (values.get(name), fallback) {
                (Some(value), _) => filled.text.push_str(&as_words(value)),
                (None, Some(fallback)) => filled.text.push_str(fallback),
                (None, None) => {
                    filled.text.push_str(written);
                    filled.gaps.push(name.to_owned());
                }
            },
        }
    }
    filled.gaps = unique(filled.gaps.into_iter());
    filled
}

/// A stranger's words as words: no Markdown of theirs makes a link, a picture or emphasis, and no variable of theirs is filled in.
fn as_words(value: &str) -> String {
    let mut words = String::with_capacity(value.len());
    let mut before = ' ';
    let mut rest = value.chars().peekable();
    while let Some(c) = rest.next() {
        let at_edge = !before.is_alphanumeric() || rest.peek().is_none_or(|next| !next.is_alphanumeric());
        let speaks = match c {
            '\\' | '`' | '*' | '<' | '~' => true,
            '(' | '[' | ':' => before == ']',
            '{' | '}' => before == c,
            '_' => at_edge,
            _ => false,
        };
        if speaks {
            words.push('\\');
        }
        words.push(c);
        before = c;
    }
    words
}

/// The text for a customer: in the first of the wanted languages that there is one in, else in any. Returns its place.
pub fn pick(languages: &[&str], wanted: &[&str]) -> Option<usize> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    for want in wanted {
        let exact = languages.iter().position(|have| have.eq_ignore_ascii_case(want));
        if let Some(found) = exact.or_else(|| languages.iter().position(|have| primary(have) == primary(want))) {
            return Some(found);
        }
    }
    (!languages.is_empty()).then_some(0)
}

/// The first name of somebody, as far as their name tells: not of an address.
pub fn first_name(name: &str) -> &str {
    if name.contains('@') {
        return "";
    }
    let given = name.split_once(',').map_or(name, |(_, given)| given);
    given.split_whitespace().next().unwrap_or_default()
}

/// Whether what was sent no longer holds the macro's text as it was put in. Blanks don't count.
pub(super) fn was_edited(put_in: &str, sent: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    !words(sent).contains(&words(put_in))
}

/// A macro's place in a list: by folder, then by name, whatever their case.
pub(super) fn order(folder: &str, name: &str, id: MacroId) -> (bool, String, String, MacroId) {
    (folder.is_empty(), folder.to_lowercase(), name.to_lowercase(), id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::html::from_markdown;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn values() -> Values {
        Values::default()
            .with("customer.name", "Ana Lind")
            .with("customer.first_name", "Ana")
            .with("conversation.number", "12")
    }

    #[test]
    fn a_variable_becomes_its_value_else_its_fallback_else_a_gap() {
        let filled = fill(
            "Hello {{customer.first_name|there}}, about {{ conversation.number }}: {{agent.name|us}} {{team.name}}",
            &values(),
        );
        assert_eq!(filled.text, "Hello Ana, about 12: us {{team.name}}");
        assert_eq!(filled.gaps, ["team.name"]);
        assert_eq!(gaps_in(&filled.text), ["team.name"]);
        assert_eq!(fill("{{customer.email|}}", &values()).text, "", "an empty fallback is one");
    }

    #[test]
    fn an_unknown_variable_is_a_problem_and_code_is_not() {
        assert_eq!(
            unknown_variables("{{customer.frist_name}} {{customer.frist_name|x}}", &[]),
            ["customer.frist_name"]
        );
        assert!(unknown_variables("{{ a + b }} {{\nname}} {{}} {{ {x} }} {{", &[]).is_empty());
        assert_eq!(unknown_variables("{{{x}}}", &[]), ["x"]);
    }

    #[test]
    fn a_strangers_name_makes_no_link_and_names_no_variable() {
        let hostile = Values::default().with("customer.name", "![x](https://evil.example) {{agent.name}} <b>[a][b]");
        let text = fill("Dear {{customer.name}}", &hostile).text;
        let html = from_markdown(&text);
        assert!(!html.contains("<img") && !html.contains(">x</a>") && !html.contains("<b>"), "{text} {html}");
        assert!(gaps_in(&text).is_empty(), "{text}");
    }

    #[test]
    fn names_are_left_as_they_are_written() {
        for name in ["Ana Lind", "O'Neill-Smith", "snake_case", "[Order 12]", "Müller & Söhne (Berlin)", "x{y}"] {
            assert_eq!(as_words(name), name);
        }
    }

    #[test]
    fn first_names_are_found_in_either_order_and_not_in_addresses() {
        assert_eq!(["Ana Lind", "Lind, Ana Maria", "ana@shop.example", ""].map(first_name), ["Ana", "Ana", "", ""]);
    }

    #[test]
    fn the_customers_language_comes_first_then_the_desks_then_any() {
        let have = ["de", "en", "pt-br"];
        let picked = |wanted: &[&str]| pick(&have, wanted).map(|at| have[at]);
        assert_eq!(picked(&["fr", "en"]), Some("en"));
        assert_eq!(picked(&["pt", "en"]), Some("pt-br"));
        assert_eq!(picked(&["de-AT"]), Some("de"));
        assert_eq!(picked(&["ja", "ko"]), Some("de"));
        assert_eq!(pick(&[], &["de"]), None);
    }

    #[test]
    fn whose_a_macro_is_says_who_uses_and_who_changes_it() {
        let (id, team) = (AgentId(Uuid::from_u128(1)), TeamId(Uuid::from_u128(2)));
        let agent = Asker { id, role: Role::Agent, teams: vec![team] };
        let admin = Asker { id: AgentId(Uuid::from_u128(3)), role: Role::Admin, teams: vec![] };
        let may = |belongs: Belongs, asker: &Asker| (belongs.may_use(asker), belongs.may_change(asker));
        assert_eq!(may(Belongs::Everyone, &agent), (true, false));
        assert_eq!(may(Belongs::Everyone, &admin), (true, true));
        assert_eq!(may(Belongs::Team(team), &agent), (true, true));
        assert_eq!(may(Belongs::Team(TeamId(Uuid::from_u128(9))), &agent), (false, false));
        assert_eq!(may(Belongs::Personal(id), &agent), (true, true));
        assert_eq!(may(Belongs::Personal(id), &admin), (false, false));
    }

    #[test]
    fn an_answer_with_more_around_the_macro_is_not_an_edited_macro() {
        assert!(!was_edited("Thank you.\n\nWe look into it.", "Hello Ana,\nThank you. We look into it.\n\nSam"));
        assert!(was_edited("Thank you. We look into it.", "Thank you. We looked into it."));
    }

    #[test]
    fn fields_of_the_desks_own_have_variables_of_their_names() {
        assert_eq!(own_variable(OF_CONVERSATION, "Order number").as_deref(), Some("conversation.field.order_number"));
        assert_eq!(own_variable(OF_CUSTOMER, " Größe (cm) ").as_deref(), Some("customer.field.größe_cm"));
        assert_eq!(own_variable(OF_CUSTOMER, "!?"), None);
        let own = [OwnVariable { name: "customer.field.größe_cm".into(), field: "Größe (cm)".into() }];
        let text = "{{customer.field.größe_cm}} {{conversation.field.order|none}}";
        assert_eq!(unknown_variables(text, &own), ["conversation.field.order"]);
        assert_eq!(gaps_in("{{customer.field.größe_cm}}"), ["customer.field.größe_cm"]);
        let filled = fill(text, &Values::default().with("customer.field.größe_cm", "*38*"));
        assert_eq!(filled.text, "\\*38\\* none");
    }

    #[test]
    fn words_of_time_are_meant_where_and_when_the_macro_is_used() {
        let now = Properties {
            assignee: None,
            team: None,
            priority: Priority::Normal,
            status: Status::Open,
            snoozed_until: None,
        };
        let moment: Timestamp = "2026-11-25T09:30:00Z".parse().unwrap();
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let after = |words: &str| {
            let actions = Actions { snooze: Some(words.into()), ..Actions::default() };
            let wanted = actions.wanted(&now, AgentId(Uuid::nil()), moment, &berlin);
            (wanted.status, wanted.snoozed_until.map(|at| at.to_string()))
        };
        assert_eq!(after("until monday 9:00"), (Status::Snoozed, Some("2026-11-30T08:00:00Z".into())));
        assert_eq!(after("for 2 days"), (Status::Snoozed, Some("2026-11-27T09:30:00Z".into())));
        assert_eq!(after("until reply"), (Status::Snoozed, None));
        assert_eq!(after("2026-11-24"), (Status::Open, None), "what has passed puts nothing off");
    }

    #[test]
    fn the_form_of_address_and_the_language_decide_how_somebody_is_greeted() {
        let mut customer =
            Customer::new(crate::customers::CustomerId(Uuid::nil()), "Ana Lind", jiff::Timestamp::UNIX_EPOCH);
        let greeted = |customer: &Customer, name: &str, language: &str| {
            let about =
                About { customer, name, address: "", agent: "Sam", number: 1, subject: "S", team: "", desk: "D" };
            fill("{{customer.greeting}} {{customer.last_name|-}}", &about.values(language)).text
        };
        assert_eq!(greeted(&customer, "Ana Lind", "de"), "Hallo Ana, Lind");
        customer.preferences.form = crate::customers::Form::Formal;
        assert_eq!(greeted(&customer, "Ana Lind", "de-at"), "Guten Tag Ana Lind, Lind");
        assert_eq!(greeted(&customer, "ana@c.example", "fr"), "Bonjour, -");
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_renderer_and_what_is_no_variable_stays(text in "[ -~äß\n{}|.]{0,80}") {
            let none = fill(&text, &Values::default());
            let unknown = unknown_variables(&text, &[]);
            if unknown.is_empty() && !text.contains('|') {
                prop_assert_eq!(&none.text, &text);
            }
            for gap in &none.gaps {
                prop_assert!(text.contains(gap.as_str()));
            }
        }

        #[test]
        fn with_a_fallback_for_each_there_is_never_a_gap(pieces in proptest::collection::vec(("[a-z ]{0,8}", 0..VARIABLES.len()), 0..8)) {
            let text: String = pieces.iter().map(|(words, at)| format!("{words}{{{{{}|-}}}}", VARIABLES[*at])).collect();
            let filled = fill(&text, &values());
            prop_assert!(filled.gaps.is_empty() && gaps_in(&filled.text).is_empty() && !filled.text.contains("{{"));
        }

        #[test]
        fn whatever_a_customer_is_called_their_name_makes_no_tag(name in "[ -~]{0,60}") {
            let text = fill("Dear {{customer.name|x}}, hello", &Values::default().with("customer.name", &name)).text;
            let html = from_markdown(&text);
            for tag in ["<img", "<em", "<strong", "<code", "<del"] {
                prop_assert!(!html.contains(tag), "{} {}", text, html);
            }
            prop_assert!(gaps_in(&text).is_empty());
        }

        #[test]
        fn undoing_right_away_restores_exactly_what_was(a in 0u128..3, b in 0u128..3, p in 0usize..4, q in 0usize..4, snooze in any::<bool>()) {
            let agent = |n: u128| (n > 0).then(|| AgentId(Uuid::from_u128(n)));
            let before = Properties { assignee: agent(a), team: None, priority: Priority::ALL[p], status: Status::Open, snoozed_until: None };
            let after = Properties { assignee: agent(b), team: None, priority: Priority::ALL[q], status: if snooze { Status::Snoozed } else { Status::Resolved }, snoozed_until: snooze.then_some(Timestamp::UNIX_EPOCH) };
            prop_assert_eq!(after.undone(&before, &after), before);
        }
    }
}
