//! The form of what is known of a customer.

use desk::FieldError;
use desk::customers::fields::{Field, FieldId, Kind};
use desk::customers::{Customer, CustomerForm, Form, Need, Preferences, Way};
use maud::{Markup, html};
use words::Words;

use super::names;
use crate::components::field::{Filled, Text, checkbox, select, text_area};
use crate::fields::Fields;

/// What somebody filled in.
pub(crate) fn read(fields: &Fields) -> CustomerForm {
    let time = |name: &str| fields.get(name).parse::<jiff::civil::Time>().ok();
    CustomerForm {
        name: fields.text("name"),
        phone: fields.text("phone"),
        preferences: Preferences {
            greeting_name: fields.text("greeting_name"),
            form: fields.get("form").parse::<Form>().unwrap_or_default(),
            pronouns: fields.text("pronouns"),
            language: fields.text("language"),
            way: fields.get("way").parse::<Way>().unwrap_or_default(),
            time_zone: fields.text("time_zone"),
            hours_from: time("hours_from"),
            hours_until: time("hours_until"),
            weekdays_only: fields.has("weekdays_only"),
            needs: fields.all("need").iter().filter_map(|need| need.parse::<Need>().ok()).collect(),
            needs_note: fields.text("needs_note"),
        },
    }
}

/// The workspace's own fields as they were filled in.
pub(crate) fn read_own(fields: &Fields) -> Vec<(FieldId, String)> {
    let own =
        fields.0.iter().filter_map(|(name, value)| Some((name.strip_prefix("field-")?.parse().ok()?, value.clone())));
    own.collect()
}

/// What a time zone looks like.
const A_ZONE: &str = "Europe/Berlin";

/// The type of the input that a field is filled in with.
fn input_of(kind: Kind) -> &'static str {
    if kind == Kind::Date { "date" } else { "text" }
}

/// The form as it stands.
pub(crate) fn filled(customer: &Customer) -> Filled {
    let wishes = &customer.preferences;
    let time =
        |time: Option<jiff::civil::Time>| time.map(|time| time.strftime("%H:%M").to_string()).unwrap_or_default();
    let mut filled = Filled::default()
        .with("name", &customer.name)
        .with("phone", customer.phone.clone().unwrap_or_default())
        .with("greeting_name", &wishes.greeting_name)
        .with("form", wishes.form.word())
        .with("pronouns", &wishes.pronouns)
        .with("language", &wishes.language)
        .with("way", wishes.way.word())
        .with("time_zone", &wishes.time_zone)
        .with("hours_from", time(wishes.hours_from))
        .with("hours_until", time(wishes.hours_until))
        .with("needs_note", &wishes.needs_note);
    if wishes.weekdays_only {
        filled = filled.with("weekdays_only", "on");
    }
    wishes.needs.iter().fold(filled, |filled, need| filled.with(&format!("need-{}", need.word()), "on"))
}

/// The form as it comes back, with what is wrong.
pub(crate) fn refused(fields: &Fields, problems: &[FieldError], words: Words) -> Filled {
    let mut filled = fields.0.iter().fold(Filled::default(), |filled, (name, value)| filled.with(name, value));
    for need in fields.all("need") {
        filled = filled.with(&format!("need-{need}"), "on");
    }
    problems.iter().fold(filled, |filled, problem| filled.wrong(problem.field, wrong(problem, words)))
}

/// What is wrong with a field, in words.
pub(crate) fn wrong(problem: &FieldError, words: Words) -> &'static str {
    match (problem.field, problem.problem) {
        ("domains", "taken") => words.customers_wrong_domain_taken(),
        ("address", "taken") => words.customers_wrong_address_taken(),
        (_, "required") => words.customers_wrong_required(),
        (_, "too_long") => words.customers_wrong_too_long(),
        (_, "too_many") => words.customers_wrong_too_many(),
        (_, "not_an_address") => words.customers_wrong_address(),
        (_, "not_a_phone_number") => words.customers_wrong_phone(),
        (_, "phone_without_country") => words.customers_wrong_phone_country(),
        (_, "not_an_account") => words.customers_wrong_account(),
        (_, "not_of_network") => words.customers_wrong_network(),
        (_, "account_without_server") => words.customers_wrong_account_server(),
        (_, "not_a_time_zone") => words.customers_wrong_time_zone(),
        (_, "not_after") => words.customers_wrong_hours(),
        (_, "not_a_domain") => words.customers_wrong_domain(),
        (_, "public_domain") => words.customers_wrong_public_domain(),
        (_, "not_a_number") => words.customers_wrong_number(),
        (_, "not_a_date") => words.customers_wrong_date(),
        (_, "not_past") => words.customers_wrong_not_past(),
        (_, "taken") => words.customers_wrong_name_taken(),
        (_, "same" | "unknown") => words.customers_wrong_other(),
        _ => words.customers_wrong(),
    }
}

fn options<T: Copy>(
    all: &[T],
    word: fn(T) -> &'static str,
    name: fn(T, Words) -> &'static str,
    words: Words,
) -> Vec<(String, String)> {
    all.iter().map(|one| (word(*one).to_owned(), name(*one, words).to_owned())).collect()
}

/// The fields; a new customer's address is asked for as well.
pub(crate) fn inputs(filled: &Filled, own: &[(Field, String)], is_new: bool, words: Words) -> Markup {
    let languages: Vec<(String, String)> = std::iter::once((String::new(), words.customers_unknown().to_owned()))
        .chain(names::LANGUAGES.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())))
        .collect();
    html! {
        section.panel aria-label=(words.customers_who()) {
            header { div.grow { h2 { (words.customers_who()) } } }
            div.panel-body {
                div.columns {
                    (Text::new("name", words.customers_name()).required().show(filled))
                    @if is_new { (Text::new("address", words.customers_address()).kind("email").show(filled)) }
                    (Text::new("phone", words.customers_phone()).kind("tel").show(filled))
                }
            }
        }
        section.panel aria-label=(words.customers_preferences()) {
            header { div.grow { h2 { (words.customers_preferences()) } p { (words.customers_preferences_hint()) } } }
            div.panel-body {
                div.columns {
                    (Text::new("greeting_name", words.customers_greeting_name()).show(filled))
                    (select("form", words.customers_form(), &options(Form::ALL, Form::word, names::form, words), filled.value("form"), ""))
                    (Text::new("pronouns", words.customers_pronouns()).show(filled))
                    (select("language", words.customers_language(), &languages, filled.value("language"), ""))
                    (select("way", words.customers_way(), &options(Way::ALL, Way::word, names::way, words), filled.value("way"), ""))
                    div.field {
                        label for="time_zone" { (words.customers_time_zone()) }
                        input.input id="time_zone" name="time_zone" list="time-zones" value=(filled.value("time_zone")) autocomplete="off" placeholder=(A_ZONE)
                            aria-invalid=[filled.error("time_zone").map(|_| "true")] aria-describedby=[filled.error("time_zone").map(|_| "time_zone-wrong")];
                        @if let Some(wrong) = filled.error("time_zone") { p.wrong id="time_zone-wrong" { (wrong) } }
                        datalist id="time-zones" { @for zone in jiff::tz::db().available() { option value=(zone.as_str()) {} } }
                    }
                    (Text::new("hours_from", words.customers_hours_from()).kind("time").show(filled))
                    (Text::new("hours_until", words.customers_hours_until()).kind("time").show(filled))
                }
                (checkbox("weekdays_only", "on", words.customers_weekdays_only(), "", !filled.value("weekdays_only").is_empty()))
            }
        }
        section.panel aria-label=(words.customers_needs()) {
            header { div.grow { h2 { (words.customers_needs()) } p { (words.customers_needs_hint()) } } }
            div.panel-body {
                div.choices { @for need in Need::ALL { (checkbox("need", need.word(), names::need(*need, words), "", !filled.value(&format!("need-{}", need.word())).is_empty())) } }
                (text_area("needs_note", words.customers_needs_note(), "", filled))
            }
        }
        @if !own.is_empty() { (own_fields(own, filled, words)) }
    }
}

/// The workspace's own fields.
pub(crate) fn own_fields(own: &[(Field, String)], filled: &Filled, words: Words) -> Markup {
    html! {
        section.panel aria-label=(words.customers_fields()) {
            header { div.grow { h2 { (words.customers_fields()) } } }
            div.panel-body {
                @if let Some(wrong) = filled.error("field") { p.wrong role="alert" { (wrong) } }
                div.columns {
                    @for (field, value) in own {
                        @let name = format!("field-{}", field.id);
                        @let value = Some(filled.value(&name)).filter(|filled| !filled.is_empty()).unwrap_or(value);
                        div.field {
                            label for=(name) { span dir="auto" { (field.name) } }
                            @if field.kind == Kind::Choice {
                                select.input id=(name) name=(name) {
                                    option value="" { "–" }
                                    @if !value.is_empty() && !field.options.iter().any(|option| option == value) { option value=(value) selected { (value) } }
                                    @for option in &field.options { option value=(option) selected[option == value] { (option) } }
                                }
                            } @else {
                                input.input id=(name) name=(name) value=(value) autocomplete="off" type=(input_of(field.kind))
                                    inputmode=[(field.kind == Kind::Number).then_some("decimal")];
                            }
                        }
                    }
                }
            }
        }
    }
}
