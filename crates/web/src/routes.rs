//! Every address of the pages, with the right it needs.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, get, on};
use http::Method;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::clocks::report;
use crate::customers::{asked, fields as customer_fields, handlers as customers, organisations, parts};
use crate::handoffs::handlers as handoffs;
use crate::inbox::{actions, bodies, bulk, handlers as inbox, rearrange, relations, snooze, typed, writing};
use crate::live::socket;
use crate::macros::{handlers as macros, using};
use crate::notifications::wording::Catalogues;
use crate::notifications::{activity, handlers as notifications};
use crate::onboarding::handlers as onboarding;
use crate::problems::{answering, choosing, handlers as problems, sending};
use crate::procedures::{handlers as procedures, resolving};
use crate::reports::{consistency, frame as reports, staffing as staffing_report};
use crate::reviews::handlers as reviews;
use crate::rights::Right::{self, Admin, Agent, Public};
use crate::rules::{handlers as rules, past as rules_past, why as rules_why};
use crate::search::handlers as search;
use crate::session::{handlers as session, invitation};
use crate::settings::{
    domains, fields, hours, index, jobs, keyboard, languages, levels, mailboxes, people, procedures as playbooks,
    profile, quarantine, redaction, staffing, teams,
};
use crate::sides::handlers as sides;
use crate::views::handlers as views;
use crate::{Settings, Web, assets, errors, guard, language, offline, rights};

/// What a form with text only may weigh, in bytes.
const FORM_LIMIT: usize = 512 * 1024;
/// What a form with files weighs besides its files, in bytes.
const ENVELOPE: usize = 512 * 1024;

/// The pages of the desk, ready to be served.
pub fn router(app: desk::App, settings: Settings) -> Router {
    let words = Catalogues { public_url: settings.public_url.clone(), standard: settings.default_language };
    app.set_wording(Arc::new(words));
    let web = Web::new(app, settings);
    routes(&web)
        .router
        .route("/assets/{hash}/{*name}", get(assets::serve))
        .route("/favicon.ico", get(assets::favicon))
        .fallback(errors::not_found)
        .layer(from_fn(errors::render))
        .layer(from_fn_with_state(web.clone(), guard::same_origin))
        .layer(from_fn_with_state(web.clone(), language::of_browser))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(512).and(NotForContentType::IMAGES)))
        .layer(from_fn(guard::headers))
        .with_state(web)
}

fn routes(web: &Web) -> Routes {
    let files = web.settings().upload_limit + ENVELOPE;
    Routes::new(web)
        .get("/", Public, session::home)
        .get("/setup", Public, session::setup_form)
        .post("/setup", Public, session::setup)
        .get("/sign-in", Public, session::sign_in_form)
        .post("/sign-in", Public, session::sign_in)
        .get("/invitation/{token}", Public, invitation::show)
        .post("/invitation/{token}", Public, invitation::accept)
        .post("/sign-out", Agent, session::sign_out)
        .post("/sign-out/everywhere", Agent, session::sign_out_everywhere)
        // The inbox.
        .get("/live", Agent, socket::live)
        .get("/inbox/{view}", Agent, inbox::list)
        .get("/c/{number}", Agent, inbox::conversation)
        .get("/c/{number}/live", Agent, inbox::refresh)
        .post("/c/{number}/seen", Agent, inbox::seen)
        .post("/c/{number}/sample/deletion", Agent, onboarding::delete_sample)
        .post("/c/{number}/unread", Agent, actions::mark_unread)
        .post("/c/{number}/assignment", Agent, actions::assign)
        .post("/c/{number}/team", Agent, actions::assign_team)
        .post("/c/{number}/status", Agent, actions::set_status)
        .post("/c/{number}/priority", Agent, actions::set_priority)
        .post("/c/{number}/tags", Agent, actions::add_tag)
        .post("/c/{number}/tags/remove", Agent, actions::remove_tag)
        .post("/c/{number}/subject", Agent, actions::rename)
        .post("/c/{number}/messages", Agent, writing::send.layer(DefaultBodyLimit::max(files)))
        .post("/c/{number}/draft", Agent, writing::save_draft)
        .post("/c/{number}/draft/discard", Agent, writing::discard_draft)
        .post("/c/{number}/attachments", Agent, writing::upload.layer(DefaultBodyLimit::max(files)))
        .post("/c/{number}/attachments/{id}/removal", Agent, writing::remove_upload)
        .post("/c/{number}/snooze", Agent, snooze::set)
        .get("/snooze", Agent, snooze::meaning)
        .post("/c/{number}/follow", Agent, relations::follow)
        .post("/c/{number}/pin", Agent, relations::pin)
        .post("/c/{number}/links", Agent, relations::link)
        .post("/c/{number}/links/remove", Agent, relations::unlink)
        .post("/c/{number}/type", Agent, typed::set_type)
        .post("/c/{number}/fields/{id}", Agent, typed::set_field)
        .post("/bulk", Agent, bulk::change)
        .post("/bulk/{id}/undo", Agent, bulk::undo)
        .post("/bulk/{id}/stop", Agent, bulk::stop)
        .get("/views", Agent, views::list)
        .get("/views/counts", Agent, views::counts)
        .get("/views/new", Agent, views::new)
        .post("/views/new", Agent, views::create)
        .get("/views/{id}", Agent, views::show)
        .post("/views/{id}", Agent, views::change)
        .post("/views/{id}/deletion", Agent, views::delete)
        .post("/views/{id}/restoration", Agent, views::restore)
        .post("/views/{id}/place", Agent, views::place)
        .post("/c/{number}/merge", Agent, rearrange::merge)
        .get("/messages/{id}", Agent, rearrange::about)
        .post("/messages/{id}/split", Agent, rearrange::split)
        .post("/messages/{id}/move", Agent, rearrange::move_message)
        .post("/rearrangements/{id}/undo", Agent, rearrange::undo)
        .get("/messages/{id}/body", Agent, bodies::body)
        .get("/messages/{id}/text", Agent, bodies::text)
        .get("/messages/{id}/raw", Agent, bodies::raw)
        .post("/messages/{id}/recall", Agent, writing::recall)
        .post("/messages/{id}/send-now", Agent, writing::send_now)
        .post("/messages/{id}/send-again", Agent, actions::send_again)
        .post("/messages/{id}/confirm-sent", Agent, actions::confirm_sent)
        .get("/attachments/{id}", Agent, bodies::attachment)
        .get("/search", Agent, search::search)
        // Together.
        .get("/c/{number}/macros", Agent, using::choose)
        .post("/c/{number}/macros/{id}", Agent, using::use_in)
        .post("/c/{number}/macros/{id}/left-out", Agent, using::leave_out)
        .post("/macro-runs/{id}/undo", Agent, using::undo)
        .get("/c/{number}/hand-off", Agent, handoffs::form)
        .post("/c/{number}/hand-off", Agent, handoffs::hand_off)
        .get("/c/{number}/sides/new", Agent, sides::form)
        .post("/c/{number}/sides", Agent, sides::begin)
        .get("/c/{number}/problem", Agent, choosing::choose)
        .post("/c/{number}/problem", Agent, choosing::add)
        .post("/c/{number}/problem/removal", Agent, choosing::take_out)
        .get("/problems", Agent, problems::list)
        .post("/problems", Agent, problems::create)
        .get("/problems/new", Agent, problems::new)
        .get("/problems/{number}", Agent, problems::show)
        .get("/problems/{number}/edit", Agent, problems::edit)
        .post("/problems/{number}/edit", Agent, problems::save)
        .post("/problems/{number}/state", Agent, problems::set_state)
        .post("/problems/{number}/resolution", Agent, problems::resolve)
        .post("/problems/{number}/answer", Agent, answering::save)
        .post("/problems/{number}/answer/another", Agent, answering::another)
        .get("/problems/{number}/send", Agent, sending::look_ahead)
        .post("/problems/{number}/send", Agent, sending::send)
        .get("/problem-sends/{id}", Agent, sending::told)
        .post("/problem-sends/{id}/stop", Agent, sending::stop)
        .get("/c/{number}/why", Agent, rules_why::show)
        .get("/c/{number}/procedure", Agent, procedures::choose)
        .post("/c/{number}/procedure", Agent, procedures::begin)
        .post("/c/{number}/procedure/removal", Agent, procedures::take_off)
        .post("/c/{number}/procedure/newest", Agent, procedures::renew)
        .post("/c/{number}/procedure/steps/{key}", Agent, procedures::step)
        .post("/c/{number}/procedure/steps/{key}/text", Agent, procedures::text)
        .get("/c/{number}/resolution", Agent, resolving::form)
        .post("/c/{number}/resolution", Agent, resolving::resolve)
        .get("/c/{number}/holders", Agent, handoffs::holders)
        .post("/hand-offs/{id}/acceptance", Agent, handoffs::accept)
        .post("/hand-offs/{id}/refusal", Agent, handoffs::decline)
        .post("/hand-offs/{id}/withdrawal", Agent, handoffs::withdraw)
        .post("/c/{number}/review/draft", Agent, reviews::keep_draft.layer(DefaultBodyLimit::max(files)))
        .get("/c/{number}/review", Agent, reviews::form)
        .post("/c/{number}/review", Agent, reviews::ask)
        .post("/reviews/{id}/text", Agent, reviews::edit)
        .post("/reviews/{id}/sending", Agent, reviews::send)
        .post("/reviews/{id}/approval", Agent, reviews::approve)
        .post("/reviews/{id}/return", Agent, reviews::give_back)
        .post("/reviews/{id}/withdrawal", Agent, reviews::withdraw)
        .post("/reviews/{id}/taking-up", Agent, reviews::take_up)
        .post("/reviews/{id}/note", Agent, reviews::note)
        .get("/reviews/{id}/files/{file}", Agent, reviews::file)
        .get("/notifications", Agent, notifications::list)
        .post("/notifications/read", Agent, notifications::read_all)
        .get("/notifications/{id}", Agent, notifications::open)
        .get("/mentionable", Agent, notifications::mentionable)
        .get("/activity", Agent, activity::show)
        .get("/search/completions", Agent, search::completions)
        .get("/search/jump", Agent, search::jump)
        .get("/manifest.webmanifest", Public, offline::manifest)
        .get("/sw.js", Public, offline::worker)
        .get("/offline", Public, offline::page)
        // Customers.
        .get("/customers", Agent, customers::list)
        .post("/customers", Agent, customers::create)
        .get("/customers/new", Agent, customers::new)
        .get("/customers/choices", Agent, customers::choices)
        .get("/customers/asked-again", Agent, asked::weeks)
        .get("/customers/asked-again/cases", Agent, asked::cases)
        .get("/customers/fields", Admin, customer_fields::list)
        .post("/customers/fields", Admin, customer_fields::add)
        .post("/customers/fields/{id}", Admin, customer_fields::change)
        .post("/customers/fields/{id}/archive", Admin, customer_fields::archive)
        .post("/customers/merges/{id}/undo", Agent, parts::undo_merge)
        .get("/customers/{id}", Agent, customers::show)
        .get("/customers/{id}/edit", Agent, customers::edit)
        .post("/customers/{id}/edit", Agent, customers::save)
        .get("/customers/{id}/files", Agent, customers::files)
        .post("/customers/{id}/addresses", Agent, parts::add_address)
        .post("/customers/{id}/addresses/removal", Agent, parts::remove_address)
        .post("/customers/{id}/organisation", Agent, parts::set_organisation)
        .post("/customers/{id}/notes", Agent, parts::add_note)
        .post("/customers/{id}/notes/change", Agent, parts::change_note)
        .post("/customers/{id}/notes/pin", Agent, parts::pin_note)
        .post("/customers/{id}/notes/deletion", Agent, parts::delete_note)
        .post("/customers/{id}/notes/undo", Agent, parts::bring_note_back)
        .post("/customers/{id}/consent", Agent, parts::record_consent)
        .post("/customers/{id}/merge", Agent, parts::merge)
        .post("/customers/{id}/apart", Agent, parts::tell_apart)
        .get("/organisations", Agent, organisations::list)
        .post("/organisations", Agent, organisations::create)
        .get("/organisations/new", Agent, organisations::new)
        .get("/organisations/{id}", Agent, organisations::show)
        .post("/organisations/{id}", Agent, organisations::save)
        .get("/organisations/{id}/edit", Agent, organisations::edit)
        .post("/c/{number}/asked", Agent, asked::check)
        // Reports.
        .get("/reports", Agent, reports::home)
        .get("/reports/staffing", Admin, staffing_report::show)
        .get("/reports/consistency", Admin, consistency::show)
        .get("/reports/consistency/cases", Admin, consistency::cases)
        // One's own settings.
        .get("/settings", Agent, index::show)
        .get("/welcome", Admin, onboarding::show)
        .post("/welcome/sample", Admin, onboarding::sample)
        .post("/welcome/dismissal", Admin, onboarding::dismiss)
        .post("/welcome/return", Admin, onboarding::bring_back)
        .get("/settings/profile", Agent, profile::handlers::show)
        .post("/settings/profile", Agent, profile::handlers::save)
        .post("/settings/password", Agent, profile::handlers::change_password)
        .get("/settings/keyboard", Agent, keyboard::handlers::show)
        .post("/settings/keyboard", Agent, keyboard::handlers::save)
        .get("/settings/notifications", Agent, notifications::choices)
        .post("/settings/notifications", Agent, notifications::choose)
        .post("/settings/notifications/browsers", Agent, notifications::add_browser)
        .post("/settings/notifications/browsers/{id}/removal", Agent, notifications::remove_browser)
        .get("/settings/macros", Agent, macros::list)
        .get("/settings/macros/new", Agent, macros::new)
        .post("/settings/macros", Agent, macros::create)
        .post("/settings/macros/language", Admin, macros::set_language)
        .get("/settings/macros/{id}", Agent, macros::show)
        .post("/settings/macros/{id}", Agent, macros::save)
        .post("/settings/macros/{id}/deletion", Agent, macros::delete)
        .post("/settings/keyboard/keys", Agent, keyboard::handlers::save_keys)
        // The settings of the desk.
        .get("/settings/people", Admin, people::handlers::list)
        .get("/settings/people/new", Admin, people::handlers::new)
        .post("/settings/people", Admin, people::handlers::create)
        .get("/settings/people/invite", Admin, people::invite::form)
        .post("/settings/people/invite", Admin, people::invite::one)
        .post("/settings/people/invite/mail", Admin, people::invite::mail)
        .post("/settings/people/import", Admin, people::invite::look)
        .post("/settings/people/import/columns", Admin, people::invite::look_again)
        .post("/settings/people/import/confirmation", Admin, people::invite::confirm)
        .post("/settings/people/{id}/invitation", Admin, people::invite::again)
        .get("/settings/people/{id}", Admin, people::handlers::show)
        .post("/settings/people/{id}", Admin, people::handlers::save)
        .post("/settings/people/{id}/password", Admin, people::handlers::reset_password)
        .post("/settings/people/{id}/deactivation", Admin, people::handlers::deactivate)
        .post("/settings/people/{id}/activation", Admin, people::handlers::activate)
        .get("/settings/teams", Admin, teams::handlers::list)
        .post("/settings/teams", Admin, teams::handlers::create)
        .get("/settings/teams/{id}", Admin, teams::handlers::show)
        .post("/settings/teams/{id}", Admin, teams::handlers::save)
        .post("/settings/teams/{id}/deletion", Admin, teams::handlers::delete)
        .get("/reports/service-levels", Agent, report::show)
        .get("/reports/service-levels/missed", Agent, report::missed)
        .get("/settings/service-levels", Admin, levels::handlers::list)
        .get("/settings/service-levels/new", Admin, levels::handlers::new)
        .post("/settings/service-levels/new", Admin, levels::handlers::create)
        .get("/settings/service-levels/{id}", Admin, levels::handlers::show)
        .post("/settings/service-levels/{id}", Admin, levels::handlers::change)
        .post("/settings/service-levels/{id}/archive", Admin, levels::handlers::archive)
        .post("/settings/service-levels/{id}/restoration", Admin, levels::handlers::restore)
        .post("/settings/service-levels/{id}/place", Admin, levels::handlers::place)
        .get("/settings/rules", Admin, rules::list)
        .get("/settings/rules/new", Admin, rules::new)
        .post("/settings/rules/new", Admin, rules::create)
        .get("/settings/rules/{id}", Admin, rules::show)
        .post("/settings/rules/{id}", Admin, rules::save)
        .post("/settings/rules/{id}/switch", Admin, rules::switch)
        .post("/settings/rules/{id}/place", Admin, rules::place)
        .post("/settings/rules/{id}/deletion", Admin, rules::delete)
        .post("/settings/rules/{id}/restoration", Admin, rules::restore)
        .post("/settings/rules/{id}/secret", Admin, rules::new_secret)
        .get("/settings/rules/{id}/runs", Admin, rules_past::runs)
        .get("/settings/rules/{id}/versions", Admin, rules_past::versions)
        .post("/settings/rules/{id}/versions", Admin, rules_past::put_back)
        .get("/settings/rules/{id}/simulation", Admin, rules_past::simulation)
        .post("/settings/rules/{id}/simulation", Admin, rules_past::simulate)
        .get("/settings/hours", Admin, hours::handlers::list)
        .get("/settings/hours/new", Admin, hours::handlers::new)
        .post("/settings/hours/new", Admin, hours::handlers::create)
        .get("/settings/hours/{id}", Admin, hours::handlers::show)
        .post("/settings/hours/{id}", Admin, hours::handlers::save)
        .post("/settings/hours/{id}/default", Admin, hours::handlers::set_default)
        .post("/settings/hours/{id}/deletion", Admin, hours::handlers::delete)
        .post("/settings/hours/{id}/days", Admin, hours::handlers::put_days)
        .post("/settings/hours/{id}/days/removal", Admin, hours::handlers::remove_days)
        .post("/settings/hours/{id}/days/import", Admin, hours::handlers::import)
        .get("/settings/hours/{id}/days.ics", Admin, hours::handlers::export)
        .get("/settings/staffing", Admin, staffing::handlers::show)
        .post("/settings/staffing", Admin, staffing::handlers::save)
        .post("/settings/staffing/removal", Admin, staffing::handlers::remove)
        .get("/settings/fields", Admin, fields::handlers::list)
        .get("/settings/fields/new", Admin, fields::handlers::new)
        .post("/settings/fields/new", Admin, fields::handlers::create)
        .post("/settings/fields/types", Admin, fields::handlers::create_type)
        .post("/settings/fields/types/{id}", Admin, fields::handlers::change_type)
        .get("/settings/fields/{id}", Admin, fields::handlers::show)
        .post("/settings/fields/{id}", Admin, fields::handlers::save)
        .post("/settings/fields/{id}/archive", Admin, fields::handlers::archive)
        .post("/settings/fields/{id}/place", Admin, fields::handlers::place)
        .get("/settings/procedures", Admin, playbooks::handlers::list)
        .get("/settings/procedures/new", Admin, playbooks::handlers::new)
        .post("/settings/procedures/new", Admin, playbooks::handlers::create)
        .get("/settings/procedures/{id}", Admin, playbooks::handlers::show)
        .post("/settings/procedures/{id}", Admin, playbooks::handlers::save)
        .post("/settings/procedures/{id}/archive", Admin, playbooks::handlers::archive)
        .get("/settings/procedures/{id}/versions/{number}", Admin, playbooks::figures::show)
        .get("/settings/procedures/{id}/versions/{number}/conversations", Admin, playbooks::figures::list)
        .get("/settings/mailboxes", Admin, mailboxes::handlers::list)
        .get("/settings/mailboxes/new", Admin, mailboxes::handlers::new)
        .post("/settings/mailboxes", Admin, mailboxes::handlers::create)
        .get("/settings/mailboxes/{id}", Admin, mailboxes::handlers::show)
        .post("/settings/mailboxes/{id}", Admin, mailboxes::handlers::save)
        .post("/settings/mailboxes/{id}/activation", Admin, mailboxes::handlers::set_active)
        .post("/undeliverable/allow", Agent, quarantine::handlers::allow)
        .get("/settings/redaction", Admin, redaction::handlers::show)
        .post("/settings/redaction", Admin, redaction::handlers::save)
        .get("/settings/quarantine", Admin, quarantine::handlers::list)
        .post("/settings/quarantine/retry", Admin, quarantine::handlers::retry_all)
        .post("/settings/quarantine/{id}/retry", Admin, quarantine::handlers::retry)
        .post("/settings/quarantine/{id}/discard", Admin, quarantine::handlers::discard)
        .get("/settings/quarantine/{id}/raw", Admin, quarantine::handlers::raw)
        .post("/settings/brakes/release", Admin, quarantine::handlers::release)
        .post("/settings/mailboxes/{id}/test", Admin, mailboxes::handlers::test)
        .get("/settings/mailboxes/{id}/sign-in", Admin, mailboxes::oauth::begin)
        .get("/settings/mailboxes/oauth/callback", Admin, mailboxes::oauth::complete)
        .get("/settings/domains", Admin, domains::handlers::list)
        .post("/settings/domains", Admin, domains::handlers::add)
        .post("/settings/domains/check", Admin, domains::handlers::check)
        .post("/settings/domains/activation", Admin, domains::handlers::set_active)
        .post("/settings/domains/removal", Admin, domains::handlers::remove)
        .get("/settings/languages", Admin, languages::handlers::list)
        .get("/settings/languages/{tag}/{file}", Admin, languages::handlers::catalogue)
        .get("/settings/jobs", Admin, jobs::handlers::list)
        .post("/settings/jobs/requeue", Admin, jobs::handlers::requeue_all)
        .post("/settings/jobs/{id}/requeue", Admin, jobs::handlers::requeue)
        .post("/settings/jobs/{id}/discard", Admin, jobs::handlers::discard)
}

/// Builds the router and remembers what it has, so that a test can walk every route.
struct Routes {
    web: Web,
    router: Router<Web>,
    known: Vec<(Method, &'static str, Right)>,
}

impl Routes {
    fn new(web: &Web) -> Routes {
        Routes { web: web.clone(), router: Router::new(), known: Vec::new() }
    }

    fn get<H: Handler<T, Web>, T: 'static>(self, path: &'static str, right: Right, handler: H) -> Routes {
        self.add(Method::GET, MethodFilter::GET, path, (right, handler))
    }

    fn post<H: Handler<T, Web>, T: 'static>(self, path: &'static str, right: Right, handler: H) -> Routes {
        self.add(Method::POST, MethodFilter::POST, path, (right, handler))
    }

    fn add<H: Handler<T, Web>, T: 'static>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        (right, handler): (Right, H),
    ) -> Routes {
        let check = from_fn_with_state((self.web.clone(), right), rights::check);
        let handler = on(filter, handler).layer(DefaultBodyLimit::max(FORM_LIMIT)).route_layer(check);
        self.router = self.router.route(path, handler);
        self.known.push((method, path, right));
        self
    }
}

#[cfg(test)]
mod tests;
