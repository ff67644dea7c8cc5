//! What is filled in: a labelled field with its hint and what was wrong with it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Icon, small_icon};

/// What a form held when it came back, and what was wrong with it, by field name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filled {
    values: BTreeMap<String, String>,
    wrong: BTreeMap<String, String>,
}

impl Filled {
    /// Holds `value` for the field `name`.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Filled {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    /// Says what is wrong with the field `name`; an empty name is the form as a whole.
    pub(crate) fn wrong(mut self, name: &str, words: impl Into<String>) -> Filled {
        self.wrong.entry(name.to_owned()).or_insert_with(|| words.into());
        self
    }

    /// What another one holds where this one holds nothing of that name.
    pub(crate) fn or(mut self, other: Filled) -> Filled {
        for (name, value) in other.values {
            self.values.entry(name).or_insert(value);
        }
        self
    }

    /// What the field holds.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// What is wrong with the field.
    pub(crate) fn error(&self, name: &str) -> Option<&str> {
        self.wrong.get(name).map(String::as_str)
    }

    /// What is wrong with the form as a whole, or with fields that it does not show.
    pub(crate) fn general(&self, shown: &[&str]) -> Vec<&str> {
        self.wrong.iter().filter(|(name, _)| !shown.contains(&name.as_str())).map(|(_, words)| words.as_str()).collect()
    }
}

/// A field of one line.
pub(crate) struct Text<'a> {
    name: &'a str,
    label: &'a str,
    kind: &'a str,
    hint: &'a str,
    autocomplete: &'a str,
    placeholder: &'a str,
    required: bool,
    autofocus: bool,
    hide_value: bool,
    list: &'a str,
}

impl<'a> Text<'a> {
    /// A field with its name in the form and its label.
    pub(crate) fn new(name: &'a str, label: &'a str) -> Text<'a> {
        Text {
            name,
            label,
            kind: "text",
            hint: "",
            autocomplete: "off",
            placeholder: "",
            required: false,
            autofocus: false,
            hide_value: false,
            list: "",
        }
    }

    /// The type of the input: `email`, `password`, `number`, ….
    pub(crate) fn kind(mut self, kind: &'a str) -> Self {
        self.kind = kind;
        self.hide_value = kind == "password";
        self
    }

    /// A sentence below it.
    pub(crate) fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// What browsers and password managers may fill in.
    pub(crate) fn autocomplete(mut self, autocomplete: &'a str) -> Self {
        self.autocomplete = autocomplete;
        self
    }

    /// An example, shown while it is empty.
    pub(crate) fn placeholder(mut self, placeholder: &'a str) -> Self {
        self.placeholder = placeholder;
        self
    }

    /// The id of a list of suggestions.
    pub(crate) fn list(mut self, list: &'a str) -> Self {
        self.list = list;
        self
    }

    /// It must be filled in.
    pub(crate) fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// It has the cursor when the page opens.
    pub(crate) fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// The label, the input, the hint, and what was wrong. A password is never shown back.
    pub(crate) fn show(&self, filled: &Filled) -> Markup {
        let wrong = filled.error(self.name);
        let value = (!self.hide_value).then(|| filled.value(self.name));
        html! {
            div.field {
                label for=(self.name) { (self.label) }
                input.input id=(self.name) name=(self.name) type=(self.kind) value=[value]
                    autocomplete=(self.autocomplete) required[self.required] autofocus[self.autofocus]
                    list=[(!self.list.is_empty()).then_some(self.list)] placeholder=[(!self.placeholder.is_empty()).then_some(self.placeholder)]
                    aria-invalid=[wrong.map(|_| "true")]
                    aria-describedby=[described_by(self.name, self.hint, wrong)];
                (notes(self.name, self.hint, wrong))
            }
        }
    }
}

/// A choice of one from a few, each with its value, its words, and whether it is chosen.
pub(crate) fn select(name: &str, label: &str, options: &[(String, String)], chosen: &str, hint: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            select.input id=(name) name=(name) aria-describedby=[described_by(name, hint, None)] {
                @for (value, words) in options { option value=(value) selected[value == chosen] { (words) } }
            }
            (notes(name, hint, None))
        }
    }
}

/// A box to tick.
pub(crate) fn checkbox(name: &str, value: &str, label: &str, hint: &str, checked: bool) -> Markup {
    html! {
        label.choice {
            input type="checkbox" name=(name) value=(value) checked[checked];
            span { (label) }
            @if !hint.is_empty() { span.hint { (hint) } }
        }
    }
}

/// What is wrong with a form as a whole, above its fields.
pub(crate) fn general_errors(filled: &Filled, shown: &[&str]) -> Markup {
    html! { @for words in filled.general(shown) { (notice(Icon::Error, "bad", words)) } }
}

/// A sentence of weight on a soft ground; `tone` is `ok`, `warn`, `bad` or nothing.
pub(crate) fn notice(picture: Icon, tone: &str, words: &str) -> Markup {
    let role = if tone == "bad" { "alert" } else { "status" };
    html! { div class={ "notice " (tone) } role=(role) { (super::icon(picture)) p { (words) } } }
}

fn described_by(name: &str, hint: &str, wrong: Option<&str>) -> Option<String> {
    match (hint.is_empty(), wrong) {
        (true, None) => None,
        (false, None) => Some(format!("{name}-hint")),
        (true, Some(_)) => Some(format!("{name}-wrong")),
        (false, Some(_)) => Some(format!("{name}-wrong {name}-hint")),
    }
}

fn notes(name: &str, hint: &str, wrong: Option<&str>) -> Markup {
    html! {
        @if let Some(wrong) = wrong { p.wrong id={ (name) "-wrong" } { (small_icon(Icon::Error)) (wrong) } }
        @if !hint.is_empty() { p.hint id={ (name) "-hint" } { (hint) } }
    }
}

/// A field of several lines.
pub(crate) fn text_area(name: &str, label: &str, placeholder: &str, filled: &Filled) -> Markup {
    let wrong = filled.error(name);
    html! {
        div.field {
            label for=(name) { (label) }
            textarea.input id=(name) name=(name) placeholder=(placeholder) spellcheck="false" autocomplete="off"
                aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(name, "", wrong)] { (filled.value(name)) }
            (notes(name, "", wrong))
        }
    }
}
