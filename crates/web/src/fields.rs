//! A posted form: its fields, and what the product finds wrong with them, in words.

use axum::extract::{FromRequest, Request};
use desk::FieldError;
use http::header::CONTENT_TYPE;
use words::Words;

use crate::Web;
use crate::components::field::Filled;
use crate::errors::Refusal;

/// The fields of a form, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(pub(crate) Vec<(String, String)>);

impl Fields {
    /// The first value of that name; empty when there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// The same as a string of its own.
    pub(crate) fn text(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// Every value of that name.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether a box was ticked or a button pressed.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// The form as it comes back to whoever filled it in, with what is wrong.
    pub(crate) fn refused(&self, say: Words, problems: &[FieldError]) -> Filled {
        let filled = self.0.iter().fold(Filled::default(), |filled, (name, value)| filled.with(name, value));
        problems.iter().fold(filled, |filled, problem| filled.wrong(problem.field, words(say, problem)))
    }
}

impl FromRequest<Web> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, web: &Web) -> Result<Fields, Refusal> {
        if !request.headers().contains_key(CONTENT_TYPE) {
            return Ok(Fields::default());
        }
        let form = axum::Form::<Vec<(String, String)>>::from_request(request, web).await;
        form.map(|axum::Form(fields)| Fields(fields)).map_err(|_| Refusal(desk::Error::Invalid(Vec::new())))
    }
}

/// What is wrong with a field, in words.
pub(crate) fn words(say: Words, problem: &FieldError) -> &'static str {
    match (problem.field, problem.problem) {
        ("password", "wrong") => say.field_wrong_password(),
        ("current", "wrong") => say.field_wrong_current(),
        ("password", "too_short") => say.field_password_too_short(),
        ("email" | "address", "taken") => say.field_address_taken(),
        ("number", "same") => say.field_same_number(),
        ("until", "not_understood") => say.snooze_not_understood(),
        ("until", _) => say.snooze_not_ahead(),
        ("number", "required") => say.bulk_choose_some(),
        ("number", "too_many") => say.bulk_too_many(),
        ("number", _) => say.field_no_number(),
        ("aliases", "taken") => say.mail_aliases_taken(),
        ("aliases", "not_an_address") => say.mail_aliases_no_address(),
        ("aliases", "too_many") => say.mail_aliases_too_many(),
        (_, "no_hours") => say.hours_unreadable(),
        (_, "no_shifts") => say.staffing_no_shifts(),
        (_, "too_many_shifts") => say.staffing_too_many_shifts(),
        ("until_day", "backwards") => say.hours_days_backwards(),
        (_, "backwards") => say.hours_backwards(),
        (_, "too_many_spans") => say.hours_too_many_spans(),
        (_, "never_open") => say.hours_never_open(),
        ("until_day", "too_long") => say.hours_days_too_long(),
        ("file", "too_many_days") => say.hours_too_many_days(),
        (_, "not_a_time_zone") => say.field_no_time_zone(),
        (_, "not_a_number") => say.fields_no_number(),
        (_, "not_a_date") => say.fields_no_date(),
        (_, "too_small") => say.fields_too_small(),
        (_, "too_great") => say.fields_too_great(),
        (_, "no_match") => say.fields_no_match(),
        (_, "not_an_option") => say.fields_no_option(),
        (_, "not_an_address_on_the_web") => say.fields_no_url(),
        (_, "not_a_bound") => say.fields_no_bound(),
        (_, "less_than_min") => say.fields_less_than_min(),
        (_, "not_a_pattern") => say.fields_no_pattern(),
        (_, "twice") => say.fields_twice(),
        (_, "taken") => say.field_name_taken(),
        (_, "required") => say.field_required(),
        (_, "too_long") => say.field_too_long(),
        (_, "too_short") => say.field_too_short(),
        (_, "not_an_address") => say.field_no_address(),
        (_, "not_a_domain") => say.field_no_domain(),
        (_, "not_an_https_address") => say.field_no_https(),
        (_, "not_a_host") => say.field_no_host(),
        (_, "not_a_port") => say.field_no_port(),
        (_, "not_a_certificate") => say.field_no_certificate(),
        (_, "not_a_count") => say.field_no_count(),
        ("to", "suppressed") => say.field_suppressed(),
        ("move_to" | "sent_folder", "not_allowed") => say.field_another_folder(),
        (_, "not_allowed") => say.field_not_here(),
        _ => say.field_invalid(),
    }
}
