//! What kinds of things are called on pages.

use desk::customers::consent::{Answer, Purpose, Source};
use desk::customers::fields::Kind as FieldKind;
use desk::customers::{Form, Need, Preferences, Way, there};
use desk::duplicates::Reason;
use desk::repetitions::Kind;
use jiff::Timestamp;
use words::Words;

/// Languages by their code of ISO 639-1, as those who speak them call them.
pub(crate) const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hu", "Magyar"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sv", "Svenska"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

/// A language's own name; its code where it is not known.
pub(crate) fn language(code: &str) -> &str {
    LANGUAGES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

pub(crate) fn form(form: Form, words: Words) -> &'static str {
    match form {
        Form::Unset => words.customers_unknown(),
        Form::Formal => words.customers_form_formal(),
        Form::Informal => words.customers_form_informal(),
    }
}

pub(crate) fn way(way: Way, words: Words) -> &'static str {
    match way {
        Way::Any => words.customers_way_any(),
        Way::Email => words.customers_way_email(),
        Way::Phone => words.customers_way_phone(),
        Way::Chat => words.customers_way_chat(),
        Way::Text => words.customers_way_text(),
        Way::Post => words.customers_way_post(),
    }
}

pub(crate) fn need(need: Need, words: Words) -> &'static str {
    match need {
        Need::LargePrint => words.customers_need_large_print(),
        Need::ScreenReader => words.customers_need_screen_reader(),
        Need::PlainLanguage => words.customers_need_plain_language(),
        Need::NoPhone => words.customers_need_no_phone(),
        Need::Interpreter => words.customers_need_interpreter(),
        Need::MoreTime => words.customers_need_more_time(),
    }
}

pub(crate) fn purpose(purpose: Purpose, words: Words) -> &'static str {
    match purpose {
        Purpose::AnyContact => words.customers_purpose_any(),
        Purpose::Service => words.customers_purpose_service(),
        Purpose::Surveys => words.customers_purpose_surveys(),
        Purpose::Outreach => words.customers_purpose_outreach(),
    }
}

pub(crate) fn answer(purpose: Purpose, answer: Answer, words: Words) -> &'static str {
    match (purpose, answer) {
        (Purpose::AnyContact, Answer::Objected) => words.customers_do_not_contact(),
        (_, Answer::Unasked) => words.customers_answer_unasked(),
        (_, Answer::Agreed) => words.customers_answer_agreed(),
        (_, Answer::Objected) => words.customers_answer_objected(),
    }
}

pub(crate) fn source(source: Source, words: Words) -> &'static str {
    match source {
        Source::Agent => words.customers_source_agent(),
        Source::Message => words.customers_source_message(),
        Source::Spoken => words.customers_source_spoken(),
        Source::Form => words.customers_source_form(),
        Source::Import => words.customers_source_import(),
        Source::Merge => words.customers_source_merge(),
    }
}

pub(crate) fn field_kind(kind: FieldKind, words: Words) -> &'static str {
    match kind {
        FieldKind::Text => words.customers_kind_text(),
        FieldKind::Number => words.customers_kind_number(),
        FieldKind::Date => words.customers_kind_date(),
        FieldKind::Choice => words.customers_kind_choice(),
    }
}

pub(crate) fn reason(reason: Reason, words: Words) -> &'static str {
    match reason {
        Reason::AddressVariant => words.customers_reason_variant(),
        Reason::SamePhone => words.customers_reason_phone(),
        Reason::SameAccount => words.customers_reason_account(),
        Reason::SameName => words.customers_reason_name(),
        Reason::SameOrganisation => words.customers_reason_organisation(),
        Reason::NameInAddress => words.customers_reason_in_address(),
    }
}

pub(crate) fn thing(kind: Kind, words: Words) -> &'static str {
    match kind {
        Kind::Order => words.customers_thing_order(),
        Kind::Address => words.customers_thing_address(),
        Kind::Phone => words.customers_thing_phone(),
        Kind::Name => words.customers_thing_name(),
        Kind::Email => words.customers_thing_email(),
        Kind::Date => words.customers_thing_date(),
        Kind::Account => words.customers_thing_account(),
        Kind::Picture => words.customers_thing_picture(),
        Kind::Product => words.customers_thing_product(),
        Kind::Size => words.customers_thing_size(),
    }
}

/// What a word of the event log is about.
pub(crate) fn thing_of(word: &str, words: Words) -> &'static str {
    Kind::ALL.iter().find(|kind| kind.word() == word).map_or("", |kind| thing(*kind, words))
}

/// What an agent goes by who writes to somebody, in short parts: form of address, pronouns, language, way, their time, needs.
pub(crate) fn wishes(preferences: &Preferences, now: Timestamp, words: Words) -> Vec<String> {
    let mut parts = Vec::new();
    if !preferences.greeting_name.is_empty() {
        parts.push(words.customers_greet_as(&preferences.greeting_name));
    }
    if preferences.form != Form::Unset {
        parts.push(form(preferences.form, words).to_owned());
    }
    if !preferences.pronouns.is_empty() {
        parts.push(preferences.pronouns.clone());
    }
    if !preferences.language.is_empty() {
        parts.push(language(&preferences.language).to_owned());
    }
    if preferences.way != Way::Any {
        parts.push(words.customers_prefers(way(preferences.way, words)));
    }
    if let Some(there) = there(preferences, now) {
        let clock = words.clock(&there.now);
        parts.push(match there.is_their_time {
            true => words.customers_there(&clock),
            false => words.customers_there_not_now(&clock),
        });
    }
    parts.extend(preferences.needs.iter().map(|one| need(*one, words).to_owned()));
    if !preferences.needs_note.is_empty() {
        parts.push(preferences.needs_note.clone());
    }
    parts
}

/// What a form says of a switch.
pub(crate) fn switch(on: bool) -> &'static str {
    if on { "on" } else { "no" }
}
