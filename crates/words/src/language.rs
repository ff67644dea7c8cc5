//! The languages of the interface.

/// Which side a language's lines start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the left.
    Ltr,
    /// From the right.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir`.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

macro_rules! languages {
    ($($(#[$doc:meta])* $name:ident, $tag:literal, $locale:literal, $own:literal, $direction:ident;)+) => {
        /// A language that the interface speaks.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Language { $($(#[$doc])* $name,)+ }

        impl Language {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Language] = &[$(Language::$name),+];

            /// The tag of BCP 47, and the folder's name in `locales/`.
            pub const fn tag(self) -> &'static str {
                match self { $(Language::$name => $tag,)+ }
            }

            /// What the language calls itself.
            pub const fn own_name(self) -> &'static str {
                match self { $(Language::$name => $own,)+ }
            }

            /// Which side its lines start from.
            pub const fn direction(self) -> Direction {
                match self { $(Language::$name => Direction::$direction,)+ }
            }

            /// The locale whose dates and numbers are written.
            pub(crate) const fn locale(self) -> &'static str {
                match self { $(Language::$name => $locale,)+ }
            }
        }
    };
}

// A line here and a folder in `locales/` are a language.
languages! {
    /// English, as written in Britain: days before months, hours to 24.
    #[default]
    En, "en", "en-GB", "English", Ltr;
    /// German.
    De, "de", "de", "Deutsch", Ltr;
    /// French.
    Fr, "fr", "fr", "Français", Ltr;
    /// Spanish.
    Es, "es", "es", "Español", Ltr;
    /// Japanese.
    Ja, "ja", "ja", "日本語", Ltr;
    /// Arabic, in its modern standard form, with the digits that CLDR gives for it.
    Ar, "ar", "ar", "العربية", Rtl;
}

impl Language {
    /// The language of a tag such as `de`, `de-AT` or `DE_at`.
    pub fn of_tag(tag: &str) -> Option<Language> {
        let first = tag.split(['-', '_']).next().unwrap_or_default().trim();
        Language::ALL.iter().copied().find(|language| language.tag().eq_ignore_ascii_case(first))
    }

    /// The best of what a browser accepts (`Accept-Language`, RFC 9110 §12.5.4) that the interface speaks.
    pub fn accepted(header: &str) -> Option<Language> {
        let mut best: Option<(Language, f32)> = None;
        // Longer headers come from no browser.
        for part in header.split(',').take(32) {
            let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
            let weight = rest.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
            let Some(language) = Language::of_tag(tag) else { continue };
            if weight > 0.0 && best.is_none_or(|(_, before)| weight > before) {
                best = Some((language, weight));
            }
        }
        best.map(|(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_best_known_language_is_taken() {
        assert_eq!(Language::accepted("de-AT,de;q=0.9,en;q=0.8"), Some(Language::De));
        assert_eq!(Language::accepted("pl, en;q=0.5, ar;q=0.7"), Some(Language::Ar));
        assert_eq!(Language::accepted("fr;q=0, es"), Some(Language::Es));
        assert_eq!(Language::accepted("pl, *;q=0.1"), None);
        assert_eq!(Language::accepted(""), None);
    }

    #[test]
    fn every_language_is_found_by_its_tag() {
        for language in Language::ALL {
            assert_eq!(Language::of_tag(language.tag()), Some(*language));
        }
        assert_eq!(Language::of_tag("xx"), None);
    }
}
