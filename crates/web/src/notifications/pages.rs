//! The list of notifications, and the page where one chooses what one is told.

use desk::notifications::{Kind, Line, Ways};
use jiff::Timestamp;
use maud::{Markup, html};
use words::Words;

use super::wording::sentence;
use crate::components::button;
use crate::components::empty::empty;
use crate::components::page::{Area, Screen, desk};
use crate::components::{Icon, icon};
use crate::inbox::list::subject_words;
use crate::settings::frame::{Tab, panel, settings, sheet_head};

/// One notification.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// Its id as text.
    pub(crate) id: String,
    /// It has not been read.
    pub(crate) unread: bool,
    /// What it says.
    pub(crate) line: Line,
}

/// A browser that takes messages.
#[derive(Clone, Debug)]
pub(crate) struct BrowserShown {
    /// Its id as text.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: String,
    /// Since when.
    pub(crate) since: Timestamp,
}

fn picture(kind: Kind) -> Icon {
    match kind {
        Kind::Mentioned => Icon::User,
        Kind::Assigned => Icon::Assign,
        Kind::CustomerReplied => Icon::Mail,
        Kind::HandoffAsked | Kind::HandoffDeclined => Icon::HandOver,
        Kind::ReviewAsked | Kind::ReviewApproved | Kind::ReviewReturned => Icon::Edit,
        Kind::RuleSwitchedOff => Icon::Rule,
        Kind::TooMuch => Icon::Warning,
        Kind::AnswerFailed => Icon::Error,
        Kind::SideAnswered => Icon::Users,
        Kind::ClockWarned | Kind::ClockBreached => Icon::Waiting,
    }
}

/// The list.
pub(crate) fn list(screen: &Screen, shown: &[Shown], more: Option<&str>) -> Markup {
    let w = screen.reader.words;
    let unread = shown.iter().any(|one| one.unread);
    let content = html! {
        main.settings-main id="main" tabindex="-1" { div.sheet {
            (sheet_head(w.notifications_title(), "", Some(html! {
                div.actions {
                    a.button.quiet href="/activity" { (icon(Icon::Activity)) (w.activity_title()) }
                    a.button.quiet href="/settings/notifications" { (icon(Icon::Settings)) (w.notifications_choose()) }
                    @if unread { (button::post("/notifications/read", &[], button::plain(w.notifications_read_all()))) }
                }
            })))
            section.panel aria-label=(w.notifications_title()) {
                @if shown.is_empty() { (empty(Icon::Bell, w.notifications_none(), w.notifications_none_about(), None)) }
                ul.rows.notifications { @for one in shown { (row(screen, one)) } }
                @if let Some(more) = more { div.panel-foot { a.button.quiet href=(more) { (w.notifications_earlier()) } } }
            }
        } }
    };
    desk(screen, w.notifications_title(), Area::Notifications, content)
}

fn row(screen: &Screen, one: &Shown) -> Markup {
    let w = screen.reader.words;
    let line = &one.line;
    let who = line.actor.as_deref().unwrap_or("Rapport");
    html! {
        li data-unread[one.unread] {
            (icon(picture(line.kind)))
            div.main {
                a.title href={ "/notifications/" (one.id) } {
                    @if one.unread { span.dot { span.visually-hidden { (w.notifications_new()) " " } } }
                    span.cut dir="auto" { (sentence(w, line.kind, who)) }
                }
                span.detail dir="auto" { "#" (line.number) " " (subject_words(w, &line.subject)) @if line.customer != who { " · " (line.customer) } }
            }
            (screen.reader.age(line.at, "detail"))
        }
    }
}

fn kind_words(w: Words, kind: Kind) -> &'static str {
    match kind {
        Kind::Mentioned => w.notifications_kind_mentioned(),
        Kind::Assigned => w.notifications_kind_assigned(),
        Kind::CustomerReplied => w.notifications_kind_customer_replied(),
        Kind::HandoffAsked => w.notifications_kind_handoff_asked(),
        Kind::HandoffDeclined => w.notifications_kind_handoff_declined(),
        Kind::ReviewAsked => w.reviews_kind_asked(),
        Kind::ReviewApproved => w.reviews_kind_approved(),
        Kind::ReviewReturned => w.reviews_kind_returned(),
        Kind::RuleSwitchedOff => w.rules_kind_switched_off(),
        Kind::TooMuch => w.procedures_kind_too_much(),
        Kind::AnswerFailed => w.notifications_kind_answer_failed(),
        Kind::SideAnswered => w.notifications_kind_side_answered(),
        Kind::ClockWarned => w.clocks_kind_warned(),
        Kind::ClockBreached => w.clocks_kind_missed(),
    }
}

/// What one is told, and by which ways.
pub(crate) fn choices(screen: &Screen, ways: &[(Kind, Ways)], browsers: &[BrowserShown], key: &str) -> Markup {
    let w = screen.reader.words;
    let columns =
        [("app", w.notifications_in_app()), ("mail", w.notifications_by_mail()), ("push", w.notifications_by_push())];
    let content = html! {
        (sheet_head(w.notifications_title(), w.notifications_settings_about(), None))
        section.panel aria-label=(w.notifications_title()) {
            form method="post" action="/settings/notifications" {
                div.table-scroll tabindex="0" {
                    table.table.ways {
                        thead { tr { th scope="col" { (w.notifications_way()) } @for (_, words) in columns { th.number scope="col" { (words) } } } }
                        tbody { @for (kind, ways) in ways {
                            tr {
                                th scope="row" { (kind_words(w, *kind)) }
                                @for ((way, words), on) in columns.into_iter().zip([ways.in_app, ways.by_mail, ways.by_push]) {
                                    td.number { label.tick { input type="checkbox" name={ (kind.word()) "-" (way) } checked[on] aria-label={ (kind_words(w, *kind)) ": " (words) }; } }
                                }
                            }
                        } }
                    }
                }
                div.form-foot.panel-foot { (button::primary(w.common_save())) span.hint { (w.notifications_by_mail_about()) } }
            }
        }
        (panel(w.notifications_browsers(), w.notifications_browsers_about(), html! {
            @if browsers.is_empty() { p.panel-body.secondary { (w.notifications_browsers_none()) } }
            ul.rows { @for browser in browsers {
                li {
                    (icon(Icon::Device))
                    div.main { span.title { (browser.name) } span.detail { (w.notifications_since(screen.reader.day(browser.since))) } }
                    (button::post(&format!("/settings/notifications/browsers/{}/removal", browser.id), &[], button::plain(w.notifications_browser_remove())))
                }
            } }
            form.form-foot.panel-foot.needs-script method="post" action="/settings/notifications/browsers" data-subscribe=(key) data-refused=(w.notifications_browser_refused()) {
                button.button type="submit" { (icon(Icon::Bell)) (w.notifications_browser_add()) }
                span.hint role="status" {}
            }
        }))
    };
    settings(screen, Tab::Notifications, w.notifications_title(), content)
}
