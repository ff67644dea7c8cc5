//! The messages of a language, ready to be asked for.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use crate::format::{Formats, NumberFormat};
use crate::language::{Direction, Language};

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// One file of a language, as the page for translators shows it.
#[derive(Clone, Copy, Debug)]
pub struct Catalogue {
    /// The area: the file's name without `.ftl`.
    pub file: &'static str,
    /// The file itself.
    pub text: &'static str,
    /// How many messages it has.
    pub messages: usize,
    /// The messages that read as in English, so that somebody may have forgotten them.
    pub same: &'static [&'static str],
}

/// The words of one language. Cheap to copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

/// A whole number that a message is filled with.
pub trait Number {
    /// The number for Fluent.
    fn value(self) -> FluentValue<'static>;
}

macro_rules! numbers {
    ($($kind:ty)+) => { $(impl Number for $kind {
        fn value(self) -> FluentValue<'static> { FluentValue::from(self) }
    })+ };
}
numbers! { u8 u16 u32 u64 usize i8 i16 i32 i64 isize }

/// What is made of a language's catalogues at its first use.
struct Prepared {
    bundle: FluentBundle<FluentResource>,
    fixed: Vec<&'static str>,
    scripts: String,
    formats: Formats,
}

/// Each language, in the order of [`Language::ALL`].
static PREPARED: [OnceLock<Prepared>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];

const _: () = assert!(TAGS.len() == Language::ALL.len(), "each folder of locales/ is a line in language.rs");

impl Words {
    /// The words of a language.
    pub const fn of(language: Language) -> Words {
        Words { language }
    }

    /// Whose words they are.
    pub const fn language(self) -> Language {
        self.language
    }

    /// The value of HTML's `lang`.
    pub const fn tag(self) -> &'static str {
        self.language.tag()
    }

    /// Which side the lines start from.
    pub const fn direction(self) -> Direction {
        self.language.direction()
    }

    /// The words of scripts, as a JSON object from message to text; what scripts fill in stands there as `{name}`.
    pub fn scripts(self) -> &'static str {
        &self.prepared().scripts
    }

    /// The messages that are filled with nothing, with their ids, for what compares languages.
    pub fn fixed_messages(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        FIXED.iter().copied().zip(self.prepared().fixed.iter().copied())
    }

    /// The language's files, for translators.
    pub fn catalogues(self) -> &'static [Catalogue] {
        let place = TAGS.iter().position(|tag| *tag == self.tag());
        place.and_then(|place| CATALOGUES.get(place)).copied().unwrap_or_default()
    }

    pub(crate) fn formats(self) -> &'static Formats {
        &self.prepared().formats
    }

    fn prepared(self) -> &'static Prepared {
        PREPARED[self.language as usize].get_or_init(|| Prepared::new(self))
    }

    fn fixed(self, place: usize) -> &'static str {
        self.prepared().fixed[place]
    }

    fn filled(self, id: &str, arguments: &FluentArgs<'_>) -> String {
        self.prepared().text(id, arguments)
    }
}

impl Prepared {
    fn new(words: Words) -> Prepared {
        let language = LanguageIdentifier::from_bytes(words.tag().as_bytes()).unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Among letters that all run from the left the marks would only be in the way.
        bundle.set_use_isolating(words.direction() == Direction::Rtl);
        bundle.set_formatter(Some(write_number));
        let builtins = bundle.add_builtins();
        debug_assert!(builtins.is_ok(), "NUMBER() is added once");
        for catalogue in words.catalogues() {
            // The build has read them all; what it could read can be read again.
            let resource = FluentResource::try_new(catalogue.text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        let mut prepared =
            Prepared { bundle, fixed: Vec::new(), scripts: String::new(), formats: Formats::new(words.language()) };
        let nothing = FluentArgs::new();
        prepared.fixed = FIXED.iter().map(|id| &*prepared.text(id, &nothing).leak()).collect();
        let scripts: serde_json::Map<String, serde_json::Value> = SCRIPTS
            .iter()
            .map(|(id, variables)| {
                let marks = variables.iter().map(|name| (*name, FluentValue::from(format!("{{{name}}}")))).collect();
                ((*id).to_owned(), serde_json::Value::String(prepared.text(id, &marks)))
            })
            .collect();
        // A "<" could end the element that holds it.
        prepared.scripts = serde_json::Value::Object(scripts).to_string().replace('<', "\\u003c");
        prepared
    }

    fn text(&self, id: &str, arguments: &FluentArgs<'_>) -> String {
        let mut errors = Vec::new();
        let pattern = self.bundle.get_message(id).and_then(|message| message.value());
        let text =
            pattern.map(|pattern| self.bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned());
        debug_assert!(text.is_some() && errors.is_empty(), "the build has checked {id}: {errors:?}");
        text.unwrap_or_default()
    }
}

/// Numbers as the language writes them.
fn write_number(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    #[expect(clippy::cast_possible_truncation, reason = "only whole numbers are filled in")]
    let number = number.value as i64;
    memoizer.with_try_get::<NumberWriter, _, _>((), |writer| writer.0.write(number)).ok()
}

/// The way to write numbers, kept by the bundle.
struct NumberWriter(NumberFormat);

impl Memoizable for NumberWriter {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, (): ()) -> Result<NumberWriter, ()> {
        let language = Language::of_tag(language.language.as_str()).ok_or(())?;
        Ok(NumberWriter(NumberFormat::new(language)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_a_folder_and_every_folder_a_language() {
        for tag in TAGS {
            assert!(Language::ALL.iter().any(|language| language.tag() == tag), "locales/{tag} is no language");
        }
    }

    #[test]
    fn every_message_of_every_language_can_be_said() {
        for language in Language::ALL {
            let words = Words::of(*language);
            let prepared = words.prepared();
            assert_eq!(prepared.fixed.len(), FIXED.len());
            for (id, text) in FIXED.iter().zip(&prepared.fixed) {
                assert!(!text.is_empty() && !text.contains("{$"), "{id} in {}: {text:?}", language.tag());
            }
            let scripts: serde_json::Value = serde_json::from_str(words.scripts()).unwrap();
            assert_eq!(scripts.as_object().unwrap().len(), SCRIPTS.len());
        }
    }

    #[test]
    fn looking_up_is_quick() {
        use std::time::Instant;
        let words = Words::of(Language::De);
        let _ = (words.common_save(), words.common_seconds(1));
        #[expect(clippy::disallowed_methods, reason = "a measure, not a rule")]
        let start = Instant::now();
        for count in 0..1_000 {
            std::hint::black_box(words.common_save());
            std::hint::black_box(words.common_seconds(count));
        }
        let each = start.elapsed() / 2_000;
        println!("{each:?} a message");
        assert!(each.as_micros() < 200, "a message takes {each:?}");
    }
}
