//! The pages of inviting: the form, what a list would do, the links.

use desk::onboarding::{Invitee, Mailed};
use desk::people::roster::{Column, Entry, Outcome, Problem, Table};
use maud::{Markup, html};
use words::Words;

use super::super::frame::{Tab, crumb, panel, settings, sheet_head};
use crate::components::Icon;
use crate::components::button;
use crate::components::field::{Filled, Text, general_errors, notice, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::inbox::reasons;

/// So many lines of a list are shown; all of it is brought in.
const SHOWN: usize = 200;

/// A list, looked at.
pub(crate) struct Preview {
    /// The list itself, to be sent again.
    pub(crate) list: String,
    /// What its columns hold.
    pub(crate) columns: Vec<Column>,
    /// What was read of it.
    pub(crate) table: Table,
    /// What becomes of its lines.
    pub(crate) entries: Vec<Entry>,
    /// Somebody would come in or join a team.
    pub(crate) brings: bool,
}

/// One person, or a list.
pub(crate) fn form(screen: &Screen, filled: &Filled, roles: &[(String, String)]) -> Markup {
    let words = screen.reader.words;
    settings(
        screen,
        Tab::People,
        words.invite_title(),
        html! {
            div { (crumb("/settings/people", words.settings_people())) (sheet_head(words.invite_title(), words.invite_what(), None)) }
            (panel(words.invite_one(), "", html! {
                form method="post" action="/settings/people/invite" {
                    div.panel-body {
                        (general_errors(filled, &["name", "email", "role"]))
                        div.columns {
                            (Text::new("name", words.invite_name()).required().autofocus().show(filled))
                            (Text::new("email", words.invite_email()).kind("email").required().show(filled))
                        }
                        (select("role", words.invite_role(), roles, filled.value("role"), ""))
                    }
                    div.form-foot.panel-foot { (button::primary(words.invite_make_link())) }
                }
            }))
            (panel(words.invite_many(), words.invite_many_what(), html! {
                form method="post" action="/settings/people/import" enctype="multipart/form-data" {
                    div.panel-body {
                        div.field {
                            label for="file" { (words.invite_file()) }
                            input.input id="file" type="file" name="file" accept=".csv,.tsv,.txt,text/csv";
                        }
                        div.field {
                            label for="list" { (words.invite_paste()) }
                            textarea.input id="list" name="list" rows="6" spellcheck="false" autocomplete="off" {}
                        }
                    }
                    div.form-foot.panel-foot { (button::primary(words.invite_look())) }
                }
            }))
        },
    )
}

/// What a list would do.
pub(crate) fn preview(screen: &Screen, preview: &Preview) -> Markup {
    let words = screen.reader.words;
    settings(
        screen,
        Tab::People,
        words.invite_preview(),
        html! {
            div { (crumb("/settings/people/invite", words.invite_title())) (sheet_head(words.invite_preview(), "", None)) }
            @if preview.table.more { (notice(Icon::Warning, "warn", words.invite_too_long())) }
            @if !preview.brings { (notice(Icon::Info, "", words.invite_nobody())) }
            form.sheet method="post" action="/settings/people/import/confirmation" {
                textarea name="list" hidden { (preview.list) }
                (panel(words.invite_columns(), words.invite_columns_what(), html! {
                    div.panel-body { div.columns { @for (at, column) in preview.columns.iter().enumerate() { (column_choice(words, preview, at, *column)) } } }
                    div.form-foot.panel-foot { button.button type="submit" formaction="/settings/people/import/columns" { (words.invite_look_again()) } }
                }))
                section.panel aria-label=(words.invite_preview()) {
                    ul.rows.compact {
                        @for entry in preview.entries.iter().take(SHOWN) {
                            li {
                                span.main { span.title { span.cut dir="auto" { (entry.name) } } span.detail { (entry.email) @if !entry.teams.is_empty() { " · " (entry.teams.join(", ")) } } }
                                span.muted { (words.invite_line(entry.line)) }
                                (outcome(words, entry))
                            }
                        }
                    }
                    div.form-foot.panel-foot {
                        @if preview.brings { (button::primary(words.invite_confirm())) }
                        a.button.quiet href="/settings/people/invite" { (words.invite_cancel()) }
                    }
                }
            }
        },
    )
}

fn column_choice(words: Words, preview: &Preview, at: usize, chosen: Column) -> Markup {
    let heading = preview.table.headings.get(at).filter(|heading| !heading.is_empty());
    let label = heading.cloned().unwrap_or_else(|| words.invite_column(at + 1));
    let id = format!("column-{at}");
    html! {
        div.field {
            label for=(id) dir="auto" { (label) }
            select.input id=(id) name="column" {
                @for (column, word) in Column::WORDS { option value=(word) selected[*column == chosen] { (column_words(words, *column)) } }
            }
        }
    }
}

fn column_words(words: Words, column: Column) -> &'static str {
    match column {
        Column::Email => words.invite_column_email(),
        Column::Name => words.invite_column_name(),
        Column::FirstName => words.invite_column_first(),
        Column::LastName => words.invite_column_last(),
        Column::Role => words.invite_column_role(),
        Column::Teams => words.invite_column_teams(),
        Column::Nothing => words.invite_column_nothing(),
    }
}

fn outcome(words: Words, entry: &Entry) -> Markup {
    let problem = match &entry.outcome {
        Outcome::Added => return pill(words.invite_added(), Tone::Ok),
        Outcome::Joins => return pill(words.invite_joins(), Tone::Accent),
        Outcome::Here => return pill(words.invite_here(), Tone::Quiet),
        Outcome::Refused(problem) => problem,
    };
    let said = match problem {
        Problem::NoAddress => words.invite_no_address().to_owned(),
        Problem::NotAnAddress => words.invite_not_an_address().to_owned(),
        Problem::Twice => words.invite_twice().to_owned(),
        Problem::NoSuchRole(role) => words.invite_no_role(role),
        Problem::RoleNotYours => words.invite_not_yours().to_owned(),
        Problem::LongName => words.invite_long_name().to_owned(),
        Problem::LongTeam => words.invite_long_team().to_owned(),
    };
    pill(&said, Tone::Bad)
}

/// A link that invites somebody.
pub(crate) struct Link {
    /// Their name.
    pub(crate) name: String,
    /// Their address.
    pub(crate) email: String,
    /// The whole link.
    pub(crate) url: String,
    /// What it carries.
    pub(crate) token: String,
}

/// What became of an invitation that was mailed.
pub(crate) struct Delivered {
    /// To whom; nobody when the link is good no more.
    pub(crate) who: Option<Invitee>,
    /// Whether it left.
    pub(crate) mailed: Mailed,
    /// The whole link.
    pub(crate) url: String,
    /// What it carries.
    pub(crate) token: String,
}

/// A link to be copied, in row `at`.
fn copyable(words: Words, at: usize, name: &str, url: &str) -> (Markup, Markup) {
    let id = format!("link-{at}");
    let field = html! { textarea.input.copyable id=(id) aria-label=(words.invite_link_of(name)) readonly rows="2" spellcheck="false" dir="ltr" { (url) } };
    (field, html! { button.button type="button" data-copy=(id) hidden { (words.invite_copy()) } })
}

/// The form that mails these links.
fn mail_form(label: &str, tokens: impl Iterator<Item = String>) -> Markup {
    html! {
        form method="post" action="/settings/people/invite/mail" {
            @for token in tokens { input type="hidden" name="token" value=(token); }
            (button::primary(label))
        }
    }
}

/// The links of those who were invited; `sends` when a mailbox can bring them to their people.
pub(crate) fn links(screen: &Screen, links: &[Link], sends: bool) -> Markup {
    let words = screen.reader.words;
    settings(
        screen,
        Tab::People,
        words.invite_links(),
        html! {
            div { (crumb("/settings/people", words.settings_people())) (sheet_head(words.invite_links(), words.invite_links_what(), None)) }
            @if links.is_empty() { (notice(Icon::Info, "", words.invite_nothing_new())) } @else {
                section.panel aria-label=(words.invite_links()) {
                    ul.rows {
                        @for (at, link) in links.iter().enumerate() {
                            @let (field, copy) = copyable(words, at, &link.name, &link.url);
                            li { div.main { span.title dir="auto" { (link.name) } span.detail { (link.email) } (field) } (copy) }
                        }
                    }
                    div.form-foot.panel-foot {
                        @if sends { (mail_form(words.invite_mail(), links.iter().map(|link| link.token.clone()))) }
                        @else { p.muted { (words.invite_mail_none()) " " a.link href="/settings/mailboxes" { (words.settings_mailboxes()) } } }
                    }
                }
            }
            p { a.link href="/settings/people" { (words.invite_back()) } }
        },
    )
}

/// What became of the invitations that were mailed, and those that are left.
pub(crate) fn delivered(screen: &Screen, done: &[Delivered], left: &[String]) -> Markup {
    let words = screen.reader.words;
    let sent = done.iter().filter(|one| one.mailed == Mailed::Sent).count();
    let failed: Vec<String> =
        done.iter().filter(|one| matches!(one.mailed, Mailed::Failed(_))).map(|one| one.token.clone()).collect();
    settings(
        screen,
        Tab::People,
        words.invite_mailed(),
        html! {
            div { (crumb("/settings/people", words.settings_people())) (sheet_head(words.invite_mailed(), &words.invite_mailed_count(sent, done.len()), None)) }
            section.panel aria-label=(words.invite_mailed()) {
                ul.rows {
                    @for (at, one) in done.iter().enumerate() {
                        @let (name, email) = one.who.as_ref().map_or(("", ""), |who| (who.name.as_str(), who.email.as_str()));
                        li {
                            div.main {
                                span.title dir="auto" { (name) } span.detail { (email) }
                                @if let Mailed::Failed(reason) = &one.mailed { span.detail { (reasons::words(words, reason)) } (copyable(words, at, name, &one.url).0) }
                            }
                            @match &one.mailed {
                                Mailed::Sent => (pill(words.invite_mail_sent(), Tone::Ok)),
                                Mailed::Failed(_) => { (copyable(words, at, name, &one.url).1) (pill(words.invite_mail_failed(), Tone::Bad)) },
                                Mailed::Gone => (pill(words.invite_mail_gone(), Tone::Quiet)),
                            }
                        }
                    }
                }
                @if !left.is_empty() || !failed.is_empty() {
                    div.form-foot.panel-foot {
                        @if !left.is_empty() { (mail_form(&words.invite_mail_next(left.len()), left.iter().cloned())) }
                        @if !failed.is_empty() { (mail_form(words.invite_mail_again(), failed.into_iter())) }
                    }
                }
            }
            p { a.link href="/settings/people" { (words.invite_back()) } }
        },
    )
}
