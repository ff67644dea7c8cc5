//! What is known of a customer and what follows from it: decisions only.

use base::{
    db::{DbError, FromValue, Value},
    row, text,
};
use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::{Time, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::{CustomerId, OrganisationId};

/// Declares a choice that is kept by its word.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant),* }

        impl $name {
            /// All of them.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// Its word in forms and in the store.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }
        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($word => Ok($name::$variant),)* _ => Err(()) }
            }
        }
    };
}
pub(super) use choice;

choice! {
    /// How a customer wants to be addressed.
    Form {
        /// They did not say.
        #[default]
        Unset = "",
        /// By their family name; Sie, vous, usted.
        Formal = "formal",
        /// By their first name; du, tu, tú.
        Informal = "informal",
    }
}

choice! {
    /// By which way a customer wants to be reached.
    Way {
        /// They did not say.
        #[default]
        Any = "",
        /// By e-mail.
        Email = "email",
        /// By phone.
        Phone = "phone",
        /// By chat.
        Chat = "chat",
        /// By text message.
        Text = "text",
        /// By letter.
        Post = "post",
    }
}

choice! {
    /// What somebody needs so that our answers reach them.
    Need {
        /// Large print, also in what is attached.
        #[default]
        LargePrint = "large_print",
        /// They use a screen reader: no pictures of text, descriptions for pictures.
        ScreenReader = "screen_reader",
        /// Short sentences, plain words.
        PlainLanguage = "plain_language",
        /// They cannot use the phone.
        NoPhone = "no_phone",
        /// Calls with a relay service or an interpreter.
        Interpreter = "interpreter",
        /// More time to answer.
        MoreTime = "more_time",
    }
}

/// How a customer wants to be written to. Composer and automatic mail go by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// What to greet them by; empty for what follows from their name.
    pub greeting_name: String,
    /// Formal or not.
    pub form: Form,
    /// Pronouns, as they say them.
    pub pronouns: String,
    /// Code of ISO 639-1; empty when it is not known.
    pub language: String,
    /// By which way.
    pub way: Way,
    /// Time zone, as in the IANA's list; empty when it is not known.
    pub time_zone: String,
    /// From when on their day they want to hear from us.
    pub hours_from: Option<Time>,
    /// Until when.
    pub hours_until: Option<Time>,
    /// Not at weekends.
    pub weekdays_only: bool,
    /// What they need.
    pub needs: BTreeSet<Need>,
    /// More about that, in words.
    pub needs_note: String,
}

impl From<&Preferences> for Value {
    fn from(preferences: &Preferences) -> Self {
        Value::Text(serde_json::to_string(preferences).unwrap_or_default())
    }
}

impl FromValue for Preferences {
    fn from_value(value: Value) -> Result<Self, DbError> {
        let json = String::from_value(value)?;
        serde_json::from_str(&json).map_err(|error| DbError::Internal(error.to_string()))
    }
}

row! {
    /// Somebody who writes to us.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Customer {
        /// Their id.
        pub id: CustomerId,
        /// Their name; their address while no name is known.
        pub name: String,
        /// When they first wrote.
        pub created_at: Timestamp,
        /// Phone number, as [`phone`] writes it.
        pub phone: Option<String>,
        /// Where they belong.
        pub organisation_id: Option<OrganisationId>,
        /// An agent chose that, or that they belong nowhere.
        pub organisation_by_hand: bool,
        /// How they want to be written to.
        pub preferences: Preferences,
        /// They want no mail that nobody wrote, and no other without need.
        pub do_not_contact: bool,
        /// The customer that they turned out to be.
        pub merged_into: Option<CustomerId>,
    }
}

impl Customer {
    /// Somebody of whom only the name is known.
    pub fn new(id: CustomerId, name: &str, created_at: Timestamp) -> Self {
        Self {
            id,
            name: name.to_owned(),
            created_at,
            phone: None,
            organisation_id: None,
            organisation_by_hand: false,
            preferences: Preferences::default(),
            do_not_contact: false,
            merged_into: None,
        }
    }

    /// Their name; none while only an address is known.
    pub fn known_name(&self) -> Option<&str> {
        Some(self.name.trim()).filter(|name| !name.is_empty() && !name.contains('@'))
    }

    /// What to greet them by: what they said, else what follows from their name and the form of address.
    pub fn greeting_name(&self) -> Option<String> {
        let said = self.preferences.greeting_name.trim();
        if !said.is_empty() {
            return Some(said.to_owned());
        }
        let name = self.known_name()?;
        let (first, last) = name_parts(name);
        Some(match self.preferences.form {
            Form::Formal if is_east_asian(name) => last.to_owned(),
            Form::Formal => name.to_owned(),
            Form::Unset | Form::Informal => first.to_owned(),
        })
    }
}

/// First and family name, as far as they can be told apart: of "Lind, Ana" and of "Ana Lind" it is Ana. Names in Chinese, Japanese and
/// Korean characters begin with the family name.
pub fn name_parts(name: &str) -> (&str, &str) {
    let name = name.trim();
    if let Some((last, first)) = name.split_once(',').map(|(last, first)| (last.trim(), first.trim()))
        && !first.is_empty()
    {
        return (first.split_whitespace().next().unwrap_or(first), last);
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        [] => ("", ""),
        [one] => (one, one),
        [first, .., last] if is_east_asian(name) => (last, first),
        [first, .., last] => (first, last),
    }
}

fn is_east_asian(name: &str) -> bool {
    name.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'))
}

/// What macros and greetings can be filled with: each name with its value, or without when nothing is known. `language` is that of
/// the answer; `addresses` are the customer's, the usual one first.
pub fn variables(
    customer: &Customer,
    organisation: Option<&str>,
    addresses: &[String],
    language: &str,
) -> BTreeMap<&'static str, Option<String>> {
    let name = customer.known_name();
    let parts = name.map(name_parts);
    let known = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    BTreeMap::from([
        ("customer.name", name.map(str::to_owned)),
        ("customer.first_name", parts.map(|(first, _)| first.to_owned())),
        ("customer.last_name", parts.map(|(_, last)| last.to_owned())),
        ("customer.greeting_name", customer.greeting_name()),
        ("customer.greeting", Some(greeting(customer, language))),
        ("customer.pronouns", known(&customer.preferences.pronouns)),
        ("customer.email", addresses.first().cloned()),
        ("customer.phone", customer.phone.clone()),
        ("customer.organisation", organisation.and_then(known)),
        ("customer.language", known(&customer.preferences.language)),
    ])
}

/// The first line of an answer in a language: "Hello Ana," and its like, in English where we have none for it.
pub fn greeting(customer: &Customer, language: &str) -> String {
    let formal = customer.preferences.form == Form::Formal;
    let Some(name) = customer.greeting_name() else {
        return match language {
            "de" => "Guten Tag,",
            "fr" => "Bonjour,",
            "es" if formal => "Buenos días:",
            "es" => "Hola:",
            "ja" => "お客様",
            "ar" => "مرحبًا،",
            _ => "Hello,",
        }
        .to_owned();
    };
    match language {
        "de" if formal => format!("Guten Tag {name},"),
        "de" => format!("Hallo {name},"),
        "fr" => format!("Bonjour {name},"),
        "es" if formal => format!("Buenos días, {name}:"),
        "es" => format!("Hola, {name}:"),
        "ja" => format!("{name}様"),
        "ar" => format!("مرحبًا {name}،"),
        _ if formal => format!("Dear {name},"),
        _ => format!("Hello {name},"),
    }
}

/// What time it is where a customer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct There {
    /// The moment on their clock.
    pub now: Zoned,
    /// Whether they want to hear from us at this time; true as well when they did not say.
    pub is_their_time: bool,
    /// When their time next begins; now when it has.
    pub next: Timestamp,
}

/// The hours in which nobody wants to be disturbed who has not said otherwise.
const DAY: (i8, i8) = (8, 20);

/// What time it is where the customer is; none when it is not known where that is.
pub fn there(preferences: &Preferences, now: Timestamp) -> Option<There> {
    let zone = TimeZone::get(preferences.time_zone.trim()).ok()?;
    let local = now.to_zoned(zone);
    let usual = |hour| Time::constant(hour, 0, 0, 0);
    let (from, until) = match (preferences.hours_from, preferences.hours_until) {
        (Some(from), Some(until)) if from < until => (from, until),
        (Some(from), _) => (from, if from < usual(DAY.1) { usual(DAY.1) } else { Time::MAX }),
        (None, Some(until)) => (if usual(DAY.0) < until { usual(DAY.0) } else { Time::midnight() }, until),
        (None, None) => (usual(DAY.0), usual(DAY.1)),
    };
    let is_day = |date: jiff::civil::Date| {
        !preferences.weekdays_only || !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
    };
    let is_their_time = is_day(local.date()) && (from..until).contains(&local.time());
    let next = if is_their_time {
        now
    } else {
        let today = local.date();
        let days = (0..8).filter_map(|ahead| today.checked_add(jiff::Span::new().days(ahead)).ok());
        let begins = days
            .filter(|date| is_day(*date))
            .filter_map(|date| Some(date.to_datetime(from).to_zoned(local.time_zone().clone()).ok()?.timestamp()));
        begins.into_iter().find(|begin| *begin > now).unwrap_or(now + SignedDuration::from_hours(12))
    };
    Some(There { now: local, is_their_time, next })
}

/// A phone number as it is kept: digits, with a plus where it began with one or with 00. None when it is none.
pub fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '+' if digits.is_empty() => digits.push('+'),
            ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{2011}' | '\u{202f}' => {}
            c => digits.push(char::from_digit(c.to_digit(10)?, 10)?),
        }
    }
    if let Some(rest) = digits.strip_prefix("00") {
        digits = format!("+{rest}");
    }
    let count = digits.trim_start_matches('+').len();
    (6..=15).contains(&count).then_some(digits)
}

/// What a text is ordered by: its words, folded.
pub(super) fn key(name: &str) -> String {
    let words: Vec<String> =
        text::parts(name, 20).into_iter().filter(|part| !part.is_pair).map(|part| part.text).collect();
    let key = if words.is_empty() { text::fold(name.trim()).into_owned() } else { words.join(" ") };
    key.chars().take(200).collect()
}

/// The words by which a customer is found.
pub(super) fn words(
    name: &str,
    addresses: &[String],
    phone: Option<&str>,
    organisation: Option<&str>,
) -> BTreeSet<String> {
    const MOST: usize = 60;
    let mut words = BTreeSet::new();
    for text in std::iter::once(name).chain(organisation) {
        words.extend(text::parts(text, 20).into_iter().map(|part| part.text));
    }
    for address in addresses {
        let address = address.to_lowercase();
        // A number is asked for without its plus, an account by its name.
        let address = address.strip_prefix('+').unwrap_or(&address);
        let address = super::account(address).map_or(address, |(_, name)| name).to_owned();
        if let Some((local, domain)) = address.rsplit_once('@') {
            words.insert(format!("@{domain}"));
            words.insert(domain.to_owned());
            words.extend(text::parts(local, 6).into_iter().map(|part| part.text));
        }
        // The name of an account is asked for as other names are.
        if !address.contains('@') {
            words.extend(text::parts(&address, 6).into_iter().map(|part| part.text));
        }
        words.insert(address);
    }
    if let Some(phone) = phone {
        words.insert(phone.trim_start_matches('+').to_owned());
    }
    words.retain(|word| !word.is_empty());
    words.into_iter().map(|word| word.chars().take(100).collect()).take(MOST).collect()
}

/// The words of a question to the list of customers, the most telling first: at most three.
pub fn asked_words(query: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in query.split_whitespace().take(8) {
        match phone(word) {
            Some(digits) => words.push(digits.trim_start_matches('+').to_owned()),
            None if word.contains('@') || word.contains('.') => words.push(word.to_lowercase()),
            None => words.extend(text::parts(word, 4).into_iter().map(|part| part.text)),
        }
    }
    words.retain(|word| !word.is_empty());
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    words.truncate(3);
    words
}

/// What variants of one address have in common: without what follows a plus and, at providers where they do not count, without dots.
pub fn likeness(address: &str) -> String {
    let address = address.trim().to_lowercase();
    let Some((local, domain)) = address.rsplit_once('@') else { return address };
    let plain = local.split('+').next().filter(|plain| !plain.is_empty()).unwrap_or(local);
    match domain {
        "gmail.com" | "googlemail.com" => format!("{}@gmail.com", plain.replace('.', "")),
        _ => format!("{plain}@{domain}"),
    }
}

/// What accounts of the same name at several networks have in common.
pub(crate) fn likeness_of_account(value: &str) -> String {
    let name = value.split_once(':').map_or(value, |(_, name)| name);
    format!("@{}", name.split('@').next().unwrap_or(name))
}

/// The domain of an address, in lower case.
pub fn domain_of(address: &str) -> Option<String> {
    let (_, domain) = address.trim().rsplit_once('@')?;
    Some(domain.trim_end_matches('.').to_lowercase()).filter(|domain| domain.contains('.'))
}

/// Domains at which everybody can have an address: they say nothing about where somebody belongs.
const PUBLIC: &[&str] = &[
    "126.com",
    "163.com",
    "aol.com",
    "arcor.de",
    "att.net",
    "bellsouth.net",
    "bigpond.com",
    "bluewin.ch",
    "bol.com.br",
    "btinternet.com",
    "centrum.cz",
    "charter.net",
    "comcast.net",
    "cox.net",
    "docomo.ne.jp",
    "duck.com",
    "earthlink.net",
    "email.cz",
    "email.de",
    "ezweb.ne.jp",
    "fastmail.com",
    "fastmail.fm",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.co.jp",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.es",
    "hotmail.fr",
    "hotmail.it",
    "hushmail.com",
    "i.softbank.jp",
    "icloud.com",
    "inbox.lv",
    "inbox.ru",
    "interia.pl",
    "juno.com",
    "laposte.net",
    "libero.it",
    "list.ru",
    "live.co.uk",
    "live.com",
    "live.de",
    "live.fr",
    "live.nl",
    "mac.com",
    "mail.com",
    "mail.de",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "naver.com",
    "ntlworld.com",
    "o2.pl",
    "onet.pl",
    "online.de",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "outlook.es",
    "outlook.fr",
    "outlook.jp",
    "pm.me",
    "posteo.de",
    "posteo.net",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "qq.com",
    "rambler.ru",
    "rediffmail.com",
    "rocketmail.com",
    "rogers.com",
    "runbox.com",
    "sbcglobal.net",
    "seznam.cz",
    "sfr.fr",
    "shaw.ca",
    "sina.com",
    "sky.com",
    "softbank.ne.jp",
    "sympatico.ca",
    "t-online.de",
    "telefonica.net",
    "terra.com.br",
    "tiscali.it",
    "tuta.com",
    "tuta.io",
    "tutanota.com",
    "tutanota.de",
    "uol.com.br",
    "verizon.net",
    "virgilio.it",
    "virginmedia.com",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "yahoo.ca",
    "yahoo.co.jp",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.com.br",
    "yahoo.de",
    "yahoo.es",
    "yahoo.fr",
    "yahoo.it",
    "yandex.com",
    "yandex.ru",
    "ymail.com",
    "zoho.com",
    "zohomail.com",
];

/// Whether everybody can have an address at this domain.
pub fn is_public_domain(domain: &str) -> bool {
    PUBLIC.binary_search(&domain).is_ok()
}

/// A domain as it is kept, from what somebody wrote: `Example.com`, `@example.com`, `www.example.com`. None when it is none.
pub(super) fn domain(text: &str) -> Option<String> {
    let domain = text.trim().trim_start_matches('@').trim_end_matches('.').to_lowercase();
    let domain = domain.strip_prefix("www.").unwrap_or(&domain);
    let fits = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
    };
    (domain.contains('.') && domain.len() <= 253 && domain.split('.').all(fits)).then(|| domain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn named(name: &str) -> Customer {
        Customer::new(CustomerId(uuid::Uuid::nil()), name, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn public_domains_stand_in_order_so_that_they_are_found() {
        assert!(PUBLIC.is_sorted());
        assert!(is_public_domain("gmail.com") && is_public_domain("163.com") && is_public_domain("zohomail.com"));
        assert!(!is_public_domain("shop.example"));
    }

    #[test]
    fn somebody_is_greeted_as_they_wish_and_else_as_their_name_allows() {
        assert_eq!(greeting(&named("Ana Lind"), "en"), "Hello Ana,");
        assert_eq!(greeting(&named("Lind, Ana"), "de"), "Hallo Ana,");
        assert_eq!(greeting(&named("ana@shop.example"), "fr"), "Bonjour,");
        let mut formal = named("Ana Lind");
        formal.preferences.form = Form::Formal;
        assert_eq!(greeting(&formal, "de"), "Guten Tag Ana Lind,");
        assert_eq!(greeting(&formal, "en"), "Dear Ana Lind,");
        let mut japanese = named("山田 太郎");
        japanese.preferences.form = Form::Formal;
        assert_eq!(greeting(&japanese, "ja"), "山田様");
        formal.preferences.greeting_name = "Dr Lind".into();
        assert_eq!(greeting(&formal, "es"), "Buenos días, Dr Lind:");
    }

    #[test]
    fn what_is_not_known_has_no_value_for_macros() {
        let unknown = variables(&named("ana@shop.example"), None, &["ana@shop.example".into()], "en");
        assert_eq!(unknown["customer.first_name"], None);
        assert_eq!(unknown["customer.email"].as_deref(), Some("ana@shop.example"));
        assert_eq!(unknown["customer.greeting"].as_deref(), Some("Hello,"));
        let known = variables(&named("Ana Maria Lind"), Some("Shop Ltd"), &[], "en");
        assert_eq!(known["customer.first_name"].as_deref(), Some("Ana"));
        assert_eq!(known["customer.last_name"].as_deref(), Some("Lind"));
        assert_eq!(known["customer.organisation"].as_deref(), Some("Shop Ltd"));
    }

    #[test]
    fn their_night_is_known_and_their_morning_is_when_to_write() {
        let mut wishes = Preferences { time_zone: "America/New_York".into(), ..Preferences::default() };
        // Saturday, 03:10 in New York.
        let now: Timestamp = "2026-11-21T08:10:00Z".parse().unwrap();
        let night = there(&wishes, now).unwrap();
        assert_eq!((night.now.hour(), night.now.minute(), night.is_their_time), (3, 10, false));
        assert_eq!(night.next.to_string(), "2026-11-21T13:00:00Z");
        wishes.weekdays_only = true;
        wishes.hours_from = Some(Time::constant(10, 30, 0, 0));
        assert_eq!(there(&wishes, now).unwrap().next.to_string(), "2026-11-23T15:30:00Z");
        wishes.time_zone = "Nowhere/Land".into();
        assert_eq!(there(&wishes, now), None);
    }

    #[test]
    fn phone_numbers_are_kept_in_one_form() {
        for (written, kept) in
            [("+49 (0)30 123-456", "+49030123456"), ("0030 210 123456", "+30210123456"), ("555 0199 1", "55501991")]
        {
            assert_eq!(phone(written).as_deref(), Some(kept));
        }
        for none in ["", "12345", "call me", "4711-x", "1234567890123456"] {
            assert_eq!(phone(none), None, "{none}");
        }
    }

    #[test]
    fn variants_of_an_address_are_alike_and_other_peoples_are_not() {
        assert_eq!(likeness("Ana+Shop@x.example"), likeness("ana@x.example"));
        assert_eq!(likeness("a.na@gmail.com"), likeness("ana+lists@googlemail.com"));
        assert_ne!(likeness("a.na@x.example"), likeness("ana@x.example"));
        assert_ne!(likeness("ana@x.example"), likeness("ana@y.example"));
        assert_eq!(likeness("+tag@x.example"), "+tag@x.example");
    }

    #[test]
    fn domains_are_read_as_people_write_them() {
        for (written, kept) in [
            ("@Shop.Example", "shop.example"),
            (" www.shop.example. ", "shop.example"),
            ("bücher.example", "bücher.example"),
        ] {
            assert_eq!(domain(written).as_deref(), Some(kept));
        }
        for none in ["", "shop", "a..b", "a b.example", "-x.example", "https://shop.example"] {
            assert_eq!(domain(none), None, "{none}");
        }
    }

    #[test]
    fn a_customer_is_found_by_each_part_of_name_address_phone_and_organisation() {
        let words = words("Zoë Müller", &["zoe.m@shop.example".into()], Some("+4930123"), Some("Shop Ltd"));
        for asked in ["zoe", "muller", "shop.exa", "@shop", "zoe.m@", "4930", "ltd"] {
            assert!(words.iter().any(|word| word.starts_with(asked)), "{asked} in {words:?}");
        }
        assert_eq!(asked_words("Zoë  MÜLLER"), ["muller", "zoe"]);
        assert_eq!(asked_words("zoe.m@shop"), ["zoe.m@shop"]);
        assert!(asked_words("  ").is_empty());
    }

    proptest! {
        #[test]
        fn whatever_is_asked_for_at_most_three_words_are_looked_up(query in ".{0,80}") {
            prop_assert!(asked_words(&query).len() <= 3);
        }

        #[test]
        fn the_next_time_to_write_lies_ahead_and_is_their_time(seconds in 0_i64..4_000_000_000, from in 0_i8..23, weekdays in any::<bool>(), zone in 0_usize..4) {
            let now = Timestamp::from_second(seconds).unwrap();
            let zone = ["Europe/Berlin", "America/Sao_Paulo", "Asia/Tokyo", "Australia/Lord_Howe"][zone];
            let wishes = Preferences { time_zone: zone.into(), hours_from: Some(Time::constant(from, 0, 0, 0)), weekdays_only: weekdays, ..Preferences::default() };
            let found = there(&wishes, now).unwrap();
            prop_assert!(found.next >= now && found.next.duration_since(now) < SignedDuration::from_hours(24 * 5));
            prop_assert!(there(&wishes, found.next).unwrap().is_their_time);
        }

        #[test]
        fn what_variants_have_in_common_is_its_own_variant(local in "[a-z.+]{1,10}", domain in "[a-z]{1,6}\\.example") {
            let once = likeness(&format!("{local}@{domain}"));
            prop_assert_eq!(likeness(&once), once);
        }
    }
}
