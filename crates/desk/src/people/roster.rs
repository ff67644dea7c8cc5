//! A list of people as a table (CSV), read: which column is what, who would be added to which teams, and what cannot be taken,
//! line by line. Nothing here changes anything.

use super::{Agent, NewAgent, Role, Team, rules::normalize_email};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A table is read so far.
pub const MOST_LINES: usize = 1000;
/// And so far in bytes.
pub const MOST_BYTES: usize = 120 * 1024;

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The address for signing in.
    Email,
    /// The whole name.
    Name,
    /// Its first part.
    FirstName,
    /// Its last part.
    LastName,
    /// Agent, administrator, owner.
    Role,
    /// One or more teams, parted by `;` or `|`.
    Teams,
    /// Nothing that is needed.
    Nothing,
}

impl Column {
    /// All of them, each with its word in forms.
    pub const WORDS: &[(Column, &str)] = &[
        (Column::Email, "email"),
        (Column::Name, "name"),
        (Column::FirstName, "first-name"),
        (Column::LastName, "last-name"),
        (Column::Role, "role"),
        (Column::Teams, "teams"),
        (Column::Nothing, "nothing"),
    ];

    /// Its word in forms.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(column, _)| *column == self).map_or("nothing", |(_, word)| word)
    }

    /// What a form's word means.
    pub fn of(word: &str) -> Self {
        Self::WORDS.iter().find(|(_, known)| *known == word).map_or(Column::Nothing, |(column, _)| *column)
    }

    /// What a heading most likely means, in the languages of the interface.
    fn guess(heading: &str) -> Self {
        let heading = base::text::fold_line(heading);
        let is = |words: &[&str]| words.iter().any(|word| heading == *word);
        if heading.contains("mail") || is(&["address", "adresse", "correo", "courriel", "メールアドレス", "البريد"])
        {
            return Column::Email;
        }
        if is(&["firstname", "first", "givenname", "vorname", "prenom", "nombre", "名"]) {
            return Column::FirstName;
        }
        if is(&["lastname", "last", "surname", "familyname", "nachname", "nom", "apellido", "apellidos", "姓"]) {
            return Column::LastName;
        }
        if is(&["role", "rolle", "rol", "permission", "type", "権限", "役割"]) {
            return Column::Role;
        }
        if is(&[
            "team",
            "teams",
            "group",
            "groups",
            "gruppe",
            "gruppen",
            "equipe",
            "equipes",
            "equipo",
            "equipos",
            "チーム",
        ]) {
            return Column::Teams;
        }
        if is(&["name", "fullname", "displayname", "agent", "nomcomplet", "nombrecompleto", "氏名", "名前", "الاسم"])
        {
            return Column::Name;
        }
        Column::Nothing
    }
}

/// A table of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The first line, when it holds headings.
    pub headings: Vec<String>,
    /// The other lines, each with its number in the file.
    pub lines: Vec<(u64, Vec<String>)>,
    /// There was more than is read.
    pub more: bool,
}

/// Reads a table whose cells are parted by the sign that its first line has most of: comma, semicolon or tab.
pub fn read_table(text: &str) -> Table {
    // Lines are counted by their last sign only.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let text = text.as_str();
    let cut = text.floor_char_boundary(MOST_BYTES);
    let mut table = Table { more: cut < text.len(), ..Table::default() };
    let first_line = text.lines().next().unwrap_or_default();
    let sign = [b',', b';', b'\t'].into_iter().max_by_key(|sign| {
        let count = first_line.bytes().filter(|byte| byte == sign).count();
        // Of equals the comma.
        (count, *sign == b',')
    });
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(sign.unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(&text.as_bytes()[..cut]);
    for record in reader.records() {
        // The text is UTF-8 and lines may be of any length: nothing else can be wrong.
        let Ok(record) = record else { continue };
        let number = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().take(40).map(str::to_owned).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if table.lines.len() == MOST_LINES {
            table.more = true;
            break;
        }
        table.lines.push((number, cells));
    }
    let has_headings = table.lines.first().is_some_and(|(_, cells)| !cells.iter().any(|cell| cell.contains('@')));
    if has_headings {
        table.headings = table.lines.remove(0).1;
    }
    table
}

/// What each column most likely holds.
pub fn guess_columns(table: &Table) -> Vec<Column> {
    let width = table.lines.iter().map(|(_, cells)| cells.len()).chain([table.headings.len()]).max().unwrap_or(0);
    let mut columns: Vec<Column> =
        (0..width).map(|at| table.headings.get(at).map_or(Column::Nothing, |heading| Column::guess(heading))).collect();
    let holds_addresses = |at: usize| {
        let cells = table.lines.iter().take(20).filter_map(|(_, cells)| cells.get(at));
        cells.clone().count() > 0 && cells.filter(|cell| !cell.is_empty()).all(|cell| cell.contains('@'))
    };
    if !columns.contains(&Column::Email)
        && let Some(at) = (0..width).find(|at| holds_addresses(*at))
    {
        columns[at] = Column::Email;
        if table.headings.is_empty() {
            // A list without headings: beside the address stands the name.
            if let Some(name) = (0..width).find(|other| *other != at) {
                columns[name] = Column::Name;
            }
        }
    }
    // Each only once: the first.
    let mut seen = Vec::new();
    for column in &mut columns {
        if seen.contains(column) && *column != Column::Nothing {
            *column = Column::Nothing;
        }
        seen.push(*column);
    }
    columns
}

/// What would become of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the file, from 1.
    pub line: u64,
    /// The address as it will be kept.
    pub email: String,
    /// The name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Teams they will belong to that they do not belong to yet.
    pub teams: Vec<String>,
    /// What will happen.
    pub outcome: Outcome,
}

/// What will happen to one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// They are added and invited.
    Added,
    /// They are here already, and join teams.
    Joins,
    /// They are here already; nothing changes.
    Here,
    /// It cannot be taken.
    Refused(Problem),
}

/// Why a line cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is no address.
    NoAddress,
    /// That is none.
    NotAnAddress,
    /// A line above has the same address.
    Twice,
    /// There is no such role.
    NoSuchRole(String),
    /// The reader may not give that role.
    RoleNotYours,
    /// The name is too long.
    LongName,
    /// A team's name is too long.
    LongTeam,
}

/// What would become of each line, for somebody of role `mine`.
pub fn plan(
    table: &Table,
    columns: &[Column],
    (agents, teams, members): (&[Agent], &[Team], &HashSet<(super::TeamId, super::AgentId)>),
    mine: Role,
) -> Vec<Entry> {
    let known: HashMap<&str, &Agent> = agents.iter().map(|agent| (agent.email.as_str(), agent)).collect();
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for (line, cells) in &table.lines {
        let cell = |wanted: Column| {
            let at = columns.iter().position(|column| *column == wanted);
            at.and_then(|at| cells.get(at)).map(String::as_str).unwrap_or_default()
        };
        let email = normalize_email(cell(Column::Email));
        let parts = format!("{} {}", cell(Column::FirstName), cell(Column::LastName));
        let name = [cell(Column::Name), parts.trim(), email.split('@').next().unwrap_or_default()]
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default()
            .to_owned();
        let role = role_of(cell(Column::Role));
        let agent = known.get(email.as_str());
        let wanted: Vec<&str> =
            cell(Column::Teams).split([';', '|', ',']).map(str::trim).filter(|team| !team.is_empty()).collect();
        let is_in = |name: &str| {
            let team = teams.iter().find(|team| team.name.eq_ignore_ascii_case(name));
            team.zip(agent).is_some_and(|(team, agent)| members.contains(&(team.id, agent.id)))
        };
        let joins: Vec<String> = wanted.iter().filter(|name| !is_in(name)).map(|name| (*name).to_owned()).collect();
        let long_name = NewAgent { email: email.clone(), name: name.clone(), role: Role::Agent }.problems();
        let outcome = if email.is_empty() {
            Outcome::Refused(Problem::NoAddress)
        } else if long_name.iter().any(|problem| problem.field == "email") {
            Outcome::Refused(Problem::NotAnAddress)
        } else if !seen.insert(email.clone()) {
            Outcome::Refused(Problem::Twice)
        } else if wanted.iter().any(|team| team.chars().count() > 80) {
            Outcome::Refused(Problem::LongTeam)
        } else if agent.is_some() {
            if joins.is_empty() { Outcome::Here } else { Outcome::Joins }
        } else {
            match role {
                None => Outcome::Refused(Problem::NoSuchRole(cell(Column::Role).to_owned())),
                Some(role) if !mine.may_manage(role) => Outcome::Refused(Problem::RoleNotYours),
                Some(_) if !long_name.is_empty() => Outcome::Refused(Problem::LongName),
                Some(_) => Outcome::Added,
            }
        };
        let name = agent.map_or(name, |agent| agent.name.clone());
        let role = agent.map_or(role.unwrap_or(Role::Agent), |agent| agent.role);
        entries.push(Entry { line: *line, email, name, role, teams: joins, outcome });
    }
    entries
}

/// A role as tables of other systems name it; agent where there is none.
fn role_of(word: &str) -> Option<Role> {
    match word.to_lowercase().as_str() {
        "" | "agent" | "user" | "member" | "light agent" | "mitarbeiter" | "agente" => Some(Role::Agent),
        "admin" | "administrator" | "supervisor" | "administrateur" | "administrador" | "管理者" => {
            Some(Role::Admin)
        }
        "owner" | "inhaber" | "proprietaire" | "propriétaire" | "propietario" | "オーナー" => Some(Role::Owner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{AgentId, TeamId};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn agent(number: u128, email: &str) -> Agent {
        Agent {
            id: AgentId(Uuid::from_u128(number)),
            email: email.into(),
            name: "Known".into(),
            role: Role::Agent,
            active: true,
            preferences: "{}".into(),
            created_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn planned(text: &str, mine: Role) -> Vec<Entry> {
        let table = read_table(text);
        let columns = guess_columns(&table);
        let team = Team { id: TeamId(Uuid::from_u128(9)), name: "Returns".into() };
        let members = HashSet::from([(team.id, AgentId(Uuid::from_u128(1)))]);
        plan(&table, &columns, (&[agent(1, "known@desk.example")], &[team], &members), mine)
    }

    #[test]
    fn headings_of_other_systems_are_understood() {
        for (text, expected) in [
            ("Name,Email,Role\nAna,ana@a.example,agent", vec![Column::Name, Column::Email, Column::Role]),
            (
                "E-Mail-Adresse;Vorname;Nachname;Gruppe\na@b.c;A;B;X",
                vec![Column::Email, Column::FirstName, Column::LastName, Column::Teams],
            ),
            ("ana@a.example\tAna López", vec![Column::Email, Column::Name]),
            ("\u{feff}Phone,Email,Email 2\n1,a@b.c,d@e.f", vec![Column::Nothing, Column::Email, Column::Nothing]),
        ] {
            assert_eq!(guess_columns(&read_table(text)), expected, "{text}");
        }
    }

    #[test]
    fn each_line_says_what_will_become_of_it() {
        let text = "name,email,role,teams\nAna,Ana@A.example,,Returns\n,bob@a.example,admin,\nAgain,ana@a.example,,\n\
                    Known,known@desk.example,,returns\nKnown,known@desk.example,,\nX,nonsense,,\nY,,,\nZ,z@a.example,boss,\nO,o@a.example,owner,";
        let entries = planned(text, Role::Admin);
        let outcomes: Vec<_> = entries.iter().map(|entry| entry.outcome.clone()).collect();
        assert_eq!(
            outcomes,
            [
                Outcome::Added,
                Outcome::Refused(Problem::RoleNotYours),
                Outcome::Refused(Problem::Twice),
                Outcome::Here,
                Outcome::Refused(Problem::Twice),
                Outcome::Refused(Problem::NotAnAddress),
                Outcome::Refused(Problem::NoAddress),
                Outcome::Refused(Problem::NoSuchRole("boss".into())),
                Outcome::Refused(Problem::RoleNotYours),
            ]
        );
        assert_eq!((entries[0].line, entries[0].email.as_str()), (2, "ana@a.example"));
        assert_eq!(planned(&text.replace('\n', "\r\n"), Role::Admin)[0].line, 2, "as browsers send it");
        assert_eq!(entries[0].teams, ["Returns"]);
        assert_eq!(entries[1].name, "bob", "who has no name is called by their address");
        let joins = planned("email,team\nknown@desk.example,Repairs", Role::Owner);
        assert_eq!((&joins[0].outcome, &joins[0].teams[..]), (&Outcome::Joins, &["Repairs".to_owned()][..]));
    }

    proptest! {
        #[test]
        fn any_text_is_a_table(text in any::<String>()) {
            let table = read_table(&text);
            let columns = guess_columns(&table);
            prop_assert!(table.lines.len() <= MOST_LINES);
            let entries = plan(&table, &columns, (&[], &[], &HashSet::new()), Role::Owner);
            prop_assert_eq!(entries.len(), table.lines.len());
        }

        #[test]
        fn nobody_is_added_twice(lines in proptest::collection::vec("[ab]@[cd]\\.e", 0..30)) {
            let entries = planned(&format!("email\n{}", lines.join("\n")), Role::Owner);
            let added: Vec<_> = entries.iter().filter(|entry| entry.outcome == Outcome::Added).map(|entry| &entry.email).collect();
            let different: HashSet<_> = added.iter().collect();
            prop_assert_eq!(added.len(), different.len());
        }
    }
}
