//! The list of customers and the page of one.

use std::collections::HashMap;

use desk::customers::consent::{Answer, Consents, Purpose, Source};
use desk::customers::fields::Field;
use desk::customers::notes::Note;
use desk::customers::{Identity, IdentityKind, Listed, Written, account, e164, phone_shown};
use desk::duplicates::{Merge, State, Suggestion};
use desk::people::AgentId;
use desk::stories::{Entry, File};
use maud::{Markup, html};
use words::Words;

use super::frame::{Tab, frame, search};
use super::names;
use crate::components::avatar::{Size, avatar};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, general_errors, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::prose::{cleaned, paragraphs};
use crate::components::{Icon, icon};
use crate::inbox::list::subject_words;
use crate::inbox::shapes::size_words;
use crate::settings::frame::{crumb, panel, sheet_head};

/// The list; `more` is the address of the next page.
pub(crate) fn list(screen: &Screen, query: &str, rows: &[Listed], more: Option<&str>) -> Markup {
    let words = screen.reader.words;
    let new = button::link_primary("/customers/new", words.customers_new(), Icon::Plus);
    frame(
        screen,
        Tab::People,
        words.customers_title(),
        false,
        html! {
            (sheet_head(words.customers_title(), "", Some(new)))
            (search("/customers", query, words.customers_search_hint(), words.customers_search()))
            section.panel aria-label=(words.customers_title()) {
                @if rows.is_empty() && query.trim().is_empty() {
                    (empty(Icon::Users, words.customers_none(), words.customers_none_hint(), None))
                } @else if rows.is_empty() {
                    (empty(Icon::Search, words.customers_not_found(), words.customers_not_found_hint(), None))
                } @else {
                    ul.rows { @for row in rows { (person(row, words)) } }
                }
            }
            @if let Some(more) = more { p.list-foot { a.button href=(more) { (words.customers_more()) } } }
        },
    )
}

/// A row of a list of people.
pub(crate) fn person(row: &Listed, words: Words) -> Markup {
    let (all, open) = row.conversations;
    html! {
        li {
            (avatar(&row.customer.name, Size::Usual))
            div.main {
                a.title href={ "/customers/" (row.customer.id) } {
                    span.cut dir="auto" { (row.customer.name) }
                    @if row.customer.do_not_contact { (pill(words.customers_do_not_contact(), Tone::Warn)) }
                }
                span.detail dir="auto" {
                    (row.addresses.iter().filter(|address| **address != row.customer.name).take(2).cloned().collect::<Vec<_>>().join(", "))
                    @if let Some(organisation) = &row.organisation { " · " (organisation) }
                }
            }
            span.detail { (words.customers_conversations(open, all)) }
        }
    }
}

/// Everything that the page of one customer shows.
pub(crate) struct Shown {
    /// Who.
    pub(crate) who: Listed,
    /// By what they are recognised.
    pub(crate) identities: Vec<Identity>,
    /// The workspace's own fields.
    pub(crate) own: Vec<(Field, String)>,
    /// Pinned notes.
    pub(crate) pinned: Vec<Note>,
    /// The page of the story.
    pub(crate) story: Vec<Entry>,
    /// Where the story goes on.
    pub(crate) earlier: Option<String>,
    /// The last files.
    pub(crate) files: Vec<File>,
    /// What they agreed to.
    pub(crate) consents: Consents,
    /// Who may be the same.
    pub(crate) suggestions: Vec<Suggestion>,
    /// Who was merged into them, with their names.
    pub(crate) merges: Vec<(Merge, String)>,
    /// Agents' names.
    pub(crate) agents: HashMap<AgentId, String>,
    /// Organisations that can be chosen.
    pub(crate) organisations: Vec<(String, String)>,
    /// A note that was just deleted.
    pub(crate) deleted_note: Option<String>,
    /// What a form of the page held when it came back, and what is wrong.
    pub(crate) filled: Filled,
}

/// The page of one customer.
pub(crate) fn customer(screen: &Screen, shown: &Shown) -> Markup {
    let words = screen.reader.words;
    let who = &shown.who.customer;
    let base = format!("/customers/{}", who.id);
    let edit =
        html! { a.button href={ (base) "/edit" } data-does="edit" { (icon(Icon::Edit)) (words.customers_edit()) } };
    let wishes = names::wishes(&who.preferences, screen.reader.now, words);
    frame(
        screen,
        Tab::People,
        &who.name,
        true,
        html! {
            div {
                (crumb("/customers", words.customers_title()))
                header.sheet-head {
                    (avatar(&who.name, Size::Large))
                    div.words {
                        h1 dir="auto" { (who.name) }
                        p dir="auto" {
                            @if let (Some(id), Some(name)) = (who.organisation_id, &shown.who.organisation) { a.link href={ "/organisations/" (id) } { (name) } " · " }
                            (words.customers_conversations(shown.who.conversations.1, shown.who.conversations.0))
                        }
                    }
                    (edit)
                }
            }
            @if who.do_not_contact { div.notice.warn role="status" { (icon(Icon::Warning)) p { (words.customers_dnc(&who.name)) } } }
            @if let Some(note) = &shown.deleted_note {
                div.notice role="status" { p { (words.customers_note_deleted()) }
                    (button::post(&format!("{base}/notes/undo"), &[("note", note)], html! { button.button type="submit" data-does="undo-note" { (words.message_undo()) } })) }
            }
            (general_errors(&shown.filled, &["note", "address", "evidence", "at", "other"]))
            @for one in &shown.suggestions { (suggestion(one, &base, words)) }
            div.customer-columns {
                div.column {
                    (notes(shown, &base, screen))
                    (story(shown, screen))
                    (files(shown, &base, screen))
                }
                div.column {
                    @if !wishes.is_empty() { (panel(words.customers_preferences(), "", html! { ul.wishes { @for wish in &wishes { li dir="auto" { (wish) } } } })) }
                    (identities(shown, &base, words))
                    (details(shown, words))
                    (organisation(shown, &base, words))
                    (consents(shown, &base, screen))
                    (merging(shown, &base, screen))
                }
            }
        },
    )
}

fn suggestion(one: &Suggestion, base: &str, words: Words) -> Markup {
    let other = one.who.customer.id.to_string();
    let reasons: Vec<&str> = one.reasons.iter().map(|reason| names::reason(*reason, words)).collect();
    html! {
        div.notice role="status" {
            (icon(Icon::Users))
            p {
                (words.customers_same_person()) " " a.link href={ "/customers/" (other) } dir="auto" { (one.who.customer.name) }
                @if let Some(address) = one.who.addresses.first().filter(|address| **address != one.who.customer.name) { " (" (address) ")" }
                ". " (reasons.join("; "))
            }
            (button::post(&format!("{base}/merge"), &[("other", &other)], html! { button.button type="submit" { (words.customers_merge_here()) } }))
            (button::post(&format!("{base}/apart"), &[("other", &other)], html! { button.button.quiet type="submit" { (words.customers_not_same()) } }))
        }
    }
}

fn notes(shown: &Shown, base: &str, screen: &Screen) -> Markup {
    let words = screen.reader.words;
    html! {
        (panel(words.customers_notes(), words.customers_notes_hint(), html! {
            @if !shown.pinned.is_empty() { ul.customer-notes { @for note in &shown.pinned { li { (note_body(note, shown, base, screen)) } } } }
            form method="post" action={ (base) "/notes" } {
                div.panel-body {
                    div.field {
                        label for="note" { (words.customers_note_new()) }
                        textarea.input id="note" name="note" rows="2" data-does="note" aria-keyshortcuts="n" aria-invalid=[shown.filled.error("note").map(|_| "true")] aria-describedby=[shown.filled.error("note").map(|_| "note-wrong")] { (shown.filled.value("note")) }
                        @if let Some(wrong) = shown.filled.error("note") { p.wrong id="note-wrong" { (wrong) } }
                    }
                    label.choice { input type="checkbox" name="pinned" value="on" checked; span { (words.customers_note_pin()) } }
                }
                div.form-foot.panel-foot { (button::primary(words.customers_note_add())) }
            }
        }))
    }
}

/// A note with what can be done with it.
fn note_body(note: &Note, shown: &Shown, base: &str, screen: &Screen) -> Markup {
    let words = screen.reader.words;
    let id = note.id.to_string();
    let author = shown.agents.get(&note.agent_id).map_or("", String::as_str);
    html! {
        article.customer-note {
            header { span.from { (author) } @if note.pinned { (pill(words.customers_note_pinned(), Tone::Quiet)) } (screen.reader.age(note.created_at, "")) }
            div.message-body dir="auto" { (cleaned(&base::html::from_markdown(&note.body))) }
            div.note-actions {
                (button::post(&format!("{base}/notes/pin"), &[("note", &id), ("pinned", names::switch(!note.pinned))], html! {
                    button.link type="submit" { @if note.pinned { (words.customers_note_unpin()) } @else { (words.customers_note_pin()) } }
                }))
                (button::post(&format!("{base}/notes/deletion"), &[("note", &id)], html! { button.link type="submit" { (words.customers_note_delete()) } }))
                details.fold {
                    summary { (words.customers_edit()) }
                    form method="post" action={ (base) "/notes/change" } {
                        input type="hidden" name="id" value=(id);
                        textarea.input name="note" rows="3" aria-label=(words.customers_notes()) { (note.body) }
                        (button::plain(words.common_save()))
                    }
                }
            }
        }
    }
}

fn story(shown: &Shown, screen: &Screen) -> Markup {
    let words = screen.reader.words;
    let base = format!("/customers/{}", shown.who.customer.id);
    panel(
        words.customers_story(),
        "",
        html! {
            @if shown.story.is_empty() { (empty(Icon::Clock, words.customers_story_none(), "", None)) }
            @else {
                ul.rows.story {
                    @for entry in &shown.story {
                        li {
                            @match entry {
                                Entry::Conversation(one) => {
                                    (icon(channel_icon()))
                                    div.main {
                                        a.title href={ "/c/" (one.row.number) "?in=customer-" (one.row.customer_id) } { span.cut dir="auto" { (subject_words(words, &one.row.subject)) } @if one.row.status == desk::conversations::Status::Open { (pill(words.customers_open(), Tone::Accent)) } }
                                        span.detail.cut dir="auto" { (one.row.preview) }
                                    }
                                    span.detail.number { "#" (one.row.number) }
                                    (screen.reader.age(one.row.last_activity_at, "detail"))
                                }
                                Entry::Note(note) => { (icon(Icon::Edit)) div.main { (note_body(note, shown, &base, screen)) } }
                                Entry::Consent(entry) => {
                                    (icon(Icon::Ok))
                                    div.main {
                                        span.title { (names::purpose(entry.purpose, words)) ": " (names::answer(entry.purpose, entry.answer, words)) }
                                        span.detail dir="auto" { (names::source(entry.source, words)) @if !entry.evidence.is_empty() { " · " (entry.evidence) } }
                                    }
                                    (screen.reader.age(entry.recorded_at, "detail"))
                                }
                            }
                        }
                    }
                }
                @if let Some(earlier) = &shown.earlier { p.list-foot { a.button href=(earlier) { (words.customers_earlier()) } } }
            }
        },
    )
}

/// E-mail is the one channel so far.
fn channel_icon() -> Icon {
    Icon::Mail
}

fn files(shown: &Shown, base: &str, screen: &Screen) -> Markup {
    let words = screen.reader.words;
    html! {
        @if !shown.files.is_empty() {
            (panel(words.customers_files(), "", html! {
                (file_rows(&shown.files, screen))
                p.list-foot { a.button href={ (base) "/files" } { (words.customers_files_all()) } }
            }))
        }
    }
}

fn file_rows(files: &[File], screen: &Screen) -> Markup {
    let words = screen.reader.words;
    html! {
        ul.rows {
            @for file in files {
                li {
                    (icon(Icon::File))
                    div.main {
                        a.title href={ "/attachments/" (file.id) } { span.cut dir="auto" { (file.name) } }
                        span.detail dir="auto" { (file.author_name) " · " (size_words(words, u64::try_from(file.size).unwrap_or(0))) " · " a.link href={ "/c/" (file.number) "#m-" (file.message_id) } { "#" (file.number) } }
                    }
                    (screen.reader.age(file.created_at, "detail"))
                }
            }
        }
    }
}

/// All files of a customer.
pub(crate) fn all_files(screen: &Screen, who: &Listed, files: &[File], more: Option<&str>) -> Markup {
    let words = screen.reader.words;
    frame(
        screen,
        Tab::People,
        words.customers_files(),
        false,
        html! {
            div { (crumb(&format!("/customers/{}", who.customer.id), &who.customer.name)) (sheet_head(words.customers_files(), "", None)) }
            section.panel aria-label=(words.customers_files()) {
                @if files.is_empty() { (empty(Icon::File, words.customers_files_none(), "", None)) } @else { (file_rows(files, screen)) }
            }
            @if let Some(more) = more { p.list-foot { a.button href=(more) { (words.customers_earlier()) } } }
        },
    )
}

fn identities(shown: &Shown, base: &str, words: Words) -> Markup {
    let can_go = shown.identities.len() > 1;
    let kinds: Vec<(String, String)> = Written::all()
        .map(|one| {
            let name = match one {
                Written::Email => words.customers_kind_email(),
                Written::Phone => words.customers_kind_phone(),
                Written::Account(network) => network.name,
            };
            (one.word().to_owned(), name.to_owned())
        })
        .collect();
    panel(
        words.customers_addresses(),
        "",
        html! {
            ul.rows.compact {
                @for one in &shown.identities {
                    @let (picture, kind, value) = identity(one, words);
                    li {
                        (icon(picture))
                        div.main { span.cut { bdi { (value) } } span.detail { (kind) } }
                        @if can_go {
                            (button::post(&format!("{base}/addresses/removal"), &[("kind", one.kind.word()), ("address", &one.value)], html! {
                                button.icon-button.tight type="submit" aria-label=(words.customers_remove(&value)) { (icon(Icon::Close)) }
                            }))
                        }
                    }
                }
                @if let Some(phone) = shown.who.customer.phone.as_ref().filter(|phone| !calls_from(shown, phone)) { li { (icon(Icon::Device)) div.main { span { bdi { (phone) } } } } }
            }
            form.stack.panel-foot method="post" action={ (base) "/addresses" } {
                (select("kind", words.customers_add_kind(), &kinds, shown.filled.value("kind"), ""))
                (Text::new("address", words.customers_add_identity()).hint(words.customers_add_identity_about()).required().show(&shown.filled))
                (button::plain(words.customers_add()))
            }
        },
    )
}

/// How an identity is shown: its picture, its kind, and what it is.
fn identity(one: &Identity, words: Words) -> (Icon, &'static str, String) {
    match one.kind {
        IdentityKind::Email => (Icon::Mail, words.customers_kind_email(), one.value.clone()),
        IdentityKind::Phone => (Icon::Device, words.customers_kind_phone(), phone_shown(&one.value)),
        IdentityKind::Account => {
            let (network, name) = account(&one.value).map_or(("", one.value.as_str()), |(of, name)| (of.name, name));
            (Icon::User, network, name.to_owned())
        }
    }
}

/// Whether the number of their profile is one of those that they call from.
fn calls_from(shown: &Shown, phone: &str) -> bool {
    let number = e164(phone);
    shown.identities.iter().any(|one| one.kind == IdentityKind::Phone && Some(&one.value) == number.as_ref())
}

fn details(shown: &Shown, words: Words) -> Markup {
    let filled: Vec<_> = shown.own.iter().filter(|(_, value)| !value.is_empty()).collect();
    html! {
        @if !filled.is_empty() {
            (panel(words.customers_fields(), "", html! {
                dl.facts.panel-body { @for (field, value) in filled { dt dir="auto" { (field.name) } dd dir="auto" { (value) } } }
            }))
        }
    }
}

fn organisation(shown: &Shown, base: &str, words: Words) -> Markup {
    let chosen = shown.who.customer.organisation_id.map(|id| id.to_string()).unwrap_or_default();
    panel(
        words.customers_organisation(),
        "",
        html! {
            form.inline-form.panel-foot method="post" action={ (base) "/organisation" } {
                (select("organisation", words.customers_belongs_to(), &shown.organisations, &chosen, ""))
                (button::plain(words.common_save()))
            }
        },
    )
}

fn consents(shown: &Shown, base: &str, screen: &Screen) -> Markup {
    let words = screen.reader.words;
    let named = |all: &[Purpose]| {
        all.iter().map(|one| (one.word().to_owned(), names::purpose(*one, words).to_owned())).collect::<Vec<_>>()
    };
    let answers: Vec<_> = [Answer::Objected, Answer::Agreed, Answer::Unasked]
        .map(|one| (one.word().to_owned(), names::answer(Purpose::Service, one, words).to_owned()))
        .to_vec();
    let sources: Vec<_> = [Source::Message, Source::Spoken, Source::Form, Source::Agent]
        .map(|one| (one.word().to_owned(), names::source(one, words).to_owned()))
        .to_vec();
    panel(
        words.customers_consent(),
        words.customers_consent_hint(),
        html! {
            dl.facts.panel-body {
                @for purpose in Purpose::ALL {
                    @let (answer, at) = shown.consents.answer(*purpose);
                    dt { (names::purpose(*purpose, words)) }
                    dd {
                        (pill(names::answer(*purpose, answer, words), match answer { Answer::Objected => Tone::Warn, Answer::Agreed => Tone::Ok, Answer::Unasked => Tone::Quiet }))
                        @if let Some(at) = at { " " (screen.reader.age(at, "detail")) }
                    }
                }
            }
            details.fold.panel-foot open[["evidence", "at"].iter().any(|name| shown.filled.error(name).is_some())] {
                summary { (words.customers_consent_record()) }
                form.consent-form method="post" action={ (base) "/consent" } {
                    (select("purpose", words.customers_consent_purpose(), &named(Purpose::ALL), shown.filled.value("purpose"), ""))
                    (select("answer", words.customers_consent_answer(), &answers, shown.filled.value("answer"), ""))
                    (select("source", words.customers_consent_source(), &sources, shown.filled.value("source"), ""))
                    (Text::new("evidence", words.customers_consent_evidence()).hint(words.customers_consent_evidence_hint()).show(&shown.filled))
                    (Text::new("at", words.customers_consent_when()).kind("datetime-local").show(&shown.filled))
                    (button::primary(words.customers_consent_record()))
                }
            }
        },
    )
}

fn merging(shown: &Shown, base: &str, screen: &Screen) -> Markup {
    let words = screen.reader.words;
    panel(
        words.customers_merge(),
        words.customers_merge_hint(),
        html! {
            @for (merge, name) in &shown.merges {
                @if matches!(merge.state, State::Moving | State::Done) {
                    div.merged-line {
                        p { (words.customers_merged(name)) " " (screen.reader.age(merge.at, "detail")) }
                        (button::post(&format!("/customers/merges/{}/undo", merge.id), &[], html! { button.button type="submit" data-does="undo-merge" { (words.customers_merge_undo()) } }))
                    }
                }
            }
            form.inline-form.panel-foot method="post" action={ (base) "/merge" } {
                (Text::new("other", words.customers_merge_address()).kind("email").required().show(&shown.filled))
                (button::plain(words.customers_merge_here()))
            }
        },
    )
}

/// The page that makes or changes a customer.
pub(crate) fn edit(screen: &Screen, who: Option<&Listed>, own: &[(Field, String)], filled: &Filled) -> Markup {
    let words = screen.reader.words;
    let (action, back, title) = match who {
        Some(who) => (
            format!("/customers/{}/edit", who.customer.id),
            format!("/customers/{}", who.customer.id),
            who.customer.name.clone(),
        ),
        None => ("/customers".to_owned(), "/customers".to_owned(), words.customers_new().to_owned()),
    };
    let name = who.map_or(words.customers_title(), |who| who.customer.name.as_str());
    frame(
        screen,
        Tab::People,
        &title,
        false,
        html! {
            div { (crumb(&back, name)) (sheet_head(if who.is_some() { words.customers_edit() } else { words.customers_new() }, "", None)) }
            form.sheet method="post" action=(action) {
                (super::form::inputs(filled, own, who.is_none(), words))
                div.form-foot { (button::primary(words.common_save())) a.button href=(back) { (words.common_cancel()) } }
            }
        },
    )
}

/// The notes of an organisation, as text with paragraphs.
pub(crate) fn prose(text: &str) -> Markup {
    paragraphs(text)
}
