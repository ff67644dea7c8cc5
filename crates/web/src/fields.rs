//! A posted form: its fields, and what the product finds wrong with them, in words.

use axum::extract::{FromRequest, Request};
use desk::FieldError;
use http::header::CONTENT_TYPE;

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
    pub(crate) fn refused(&self, problems: &[FieldError]) -> Filled {
        let filled = self.0.iter().fold(Filled::default(), |filled, (name, value)| filled.with(name, value));
        problems.iter().fold(filled, |filled, problem| filled.wrong(problem.field, words(problem)))
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
pub(crate) fn words(problem: &FieldError) -> &'static str {
    match (problem.field, problem.problem) {
        ("password", "wrong") => "The e-mail address or the password is not right.",
        ("current", "wrong") => "This is not your present password.",
        ("password", "too_short") => "At least 10 characters, please.",
        ("email" | "address", "taken") => "This address is used already.",
        ("number", "same") => "This is the conversation itself. Give the number of another one.",
        ("until", "not_understood") => "This is not understood. Try “tue 9am”, “in 3 hours” or “until reply”.",
        ("until", "not_ahead") => "This moment has passed already.",
        ("number", "required") => "Choose some conversations first.",
        ("number", "too_many") => "These are too many one by one. Choose all of a view instead.",
        ("number", _) => "Give the number of a conversation, such as 1042.",
        ("value", "not_a_number") => "This is not a number.",
        ("value", "not_a_date") => "This is not a date, such as 2026-12-24.",
        ("value", "too_small") => "This is less than the field takes.",
        ("value", "too_great") => "This is more than the field takes.",
        ("value", "no_match") => "This does not look as the field wants it.",
        ("value", "not_an_option") => "This is not one of the options.",
        ("value", "not_an_address_on_the_web") => "This is not an address that begins with https:// or http://.",
        ("min" | "max", "not_a_bound") => "This is no limit for what the field holds.",
        ("max", "less_than_min") => "This is less than the other limit.",
        ("pattern", _) => "This is not a regular expression.",
        ("options", "twice") => "An option stands there twice.",
        (_, "taken") => "This name is used already.",
        (_, "required") => "This is needed.",
        (_, "too_long") => "This is too long.",
        (_, "too_short") => "This is too short.",
        (_, "not_an_address") => "This is not an e-mail address.",
        (_, "not_a_domain") => "This is not a domain, such as example.com.",
        (_, "not_an_https_address") => "This is not an address that begins with https://.",
        (_, "not_a_host") => "This is not the name of a server.",
        (_, "not_a_port") => "A port is a number from 1 to 65535.",
        (_, "not_a_certificate") => "This is not a certificate in PEM form.",
        (_, "not_a_count") => "This is a whole number of at least 1.",
        ("to", "suppressed") => "Mail to this address came back. Allow it again first.",
        ("move_to" | "sent_folder", "not_allowed") => "Name another folder than the one that mail comes in to.",
        (_, "not_allowed") => "This cannot be used here.",
        _ => "This cannot be taken.",
    }
}
