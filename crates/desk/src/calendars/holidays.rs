//! Public holidays by country and region, as they are shipped with the product.
//!
//! The days come from the library `holidays` (<https://github.com/vacanza/holidays>, MIT), the names of countries from the Unicode
//! CLDR; `bin/holidays` writes the files anew. Some days depend on the sight of the moon or on a decree of the year: what is
//! shipped is the estimate, and a day of one's own corrects it.

use jiff::civil::Date;
use std::{collections::BTreeMap, ops::RangeInclusive, sync::OnceLock};

const HOLIDAYS: &str = include_str!("../../data/holidays.tsv");
const REGIONS: &str = include_str!("../../data/regions.tsv");
const COUNTRIES: &str = include_str!("../../data/countries.tsv");

/// The years whose holidays are known.
pub const YEARS: RangeInclusive<i16> = 2024..=2036;

/// The languages in which the file of countries names them, in its order.
const LANGUAGES: &[&str] = &["en", "de", "fr", "es", "ja", "ar"];

/// A public holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// As the country calls it.
    pub name: &'static str,
    /// As English calls it; the same where there is no translation.
    pub english: &'static str,
}

/// A country with public holidays, or a region of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// ISO 3166-1 of a country; of a region the part after the hyphen of ISO 3166-2, or what stands for it.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// All countries, by their names in this language; English where the language is not known.
pub fn countries(language: &str) -> Vec<Place> {
    let column = 1 + LANGUAGES.iter().position(|known| *known == language).unwrap_or(0);
    let place = |line: &'static str| {
        let mut columns = line.split('\t');
        let code = columns.next()?;
        Some(Place { code, name: columns.nth(column - 1)? })
    };
    COUNTRIES.lines().filter_map(place).collect()
}

/// The regions of a country whose holidays differ.
pub fn regions(country: &str) -> Vec<Place> {
    let place = |line: &'static str| {
        let mut columns = line.split('\t');
        (columns.next()? == country).then_some(())?;
        Some(Place { code: columns.next()?, name: columns.next()? })
    };
    REGIONS.lines().filter_map(place).collect()
}

/// Whether there are holidays of this country, and the region is one of its own (or empty).
pub fn is_known(country: &str, region: &str) -> bool {
    COUNTRIES.lines().any(|line| line.split('\t').next() == Some(country))
        && (region.is_empty() || regions(country).iter().any(|place| place.code == region))
}

/// The holidays of a country or, with a region, of that region. Empty for a country that is not known.
pub fn of(country: &str, region: &str) -> BTreeMap<Date, Holiday> {
    let region = if region.is_empty() { "-" } else { region };
    let mut found: BTreeMap<Date, Holiday> = BTreeMap::new();
    for line in lines_of(country) {
        let Some((regions, name, english, days)) = columns(line) else { continue };
        if regions != "*" && !regions.split(' ').any(|code| code == region) {
            continue;
        }
        for day in days.split(' ').flat_map(dates) {
            found.entry(day).or_insert(Holiday { name, english });
        }
    }
    found
}

fn columns(line: &'static str) -> Option<(&'static str, &'static str, &'static str, &'static str)> {
    let mut columns = line.split('\t').skip(1);
    Some((columns.next()?, columns.next()?, columns.next()?, columns.next()?))
}

/// The lines of one country stand together; where they begin is found once.
fn lines_of(country: &str) -> impl Iterator<Item = &'static str> {
    static BEGINNINGS: OnceLock<BTreeMap<&'static str, (usize, usize)>> = OnceLock::new();
    let beginnings = BEGINNINGS.get_or_init(|| {
        let mut found: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
        let mut at = 0;
        for line in HOLIDAYS.split_inclusive('\n') {
            let end = at + line.len();
            if let Some((code, _)) = line.split_once('\t') {
                found.entry(code).or_insert((at, end)).1 = end;
            }
            at = end;
        }
        found
    });
    let (start, end) = beginnings.get(country).copied().unwrap_or_default();
    HOLIDAYS[start..end].lines()
}

/// `MM-DD` is that day of every year that is known, `YYYY-MM-DD` is one day.
fn dates(text: &str) -> Vec<Date> {
    if text.len() == 10 {
        return text.parse().into_iter().collect();
    }
    YEARS.filter_map(|year| format!("{year:04}-{text}").parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_years_of_the_file_are_the_years_that_are_said_to_be_known() {
        let heading = HOLIDAYS.lines().next().unwrap();
        assert!(heading.ends_with(&format!(" {} to {}", YEARS.start(), YEARS.end())), "{heading}");
    }

    #[test]
    fn every_line_of_the_files_is_understood() {
        for line in HOLIDAYS.lines().skip(1) {
            let (regions, name, english, days) = columns(line).unwrap_or_else(|| panic!("{line}"));
            assert!(!regions.is_empty() && !name.is_empty() && !english.is_empty(), "{line}");
            assert!(days.split(' ').all(|day| !dates(day).is_empty()), "{line}");
        }
        for line in COUNTRIES.lines() {
            assert_eq!(line.split('\t').count(), 1 + LANGUAGES.len(), "{line}");
        }
    }

    #[test]
    fn a_region_has_the_holidays_of_its_country_and_its_own() {
        let bavaria = of("DE", "BY");
        assert_eq!(bavaria[&date(2026, 1, 6)].name, "Heilige Drei Könige");
        assert_eq!(bavaria[&date(2026, 1, 6)].english, "Epiphany");
        let berlin = of("DE", "BE");
        assert!(!berlin.contains_key(&date(2026, 1, 6)));
        assert!(berlin.contains_key(&date(2026, 3, 8)));
        for day in [date(2026, 1, 1), date(2026, 4, 3), date(2026, 10, 3), date(2036, 12, 26)] {
            assert!(bavaria.contains_key(&day) && berlin.contains_key(&day), "{day}");
        }
    }

    #[test]
    fn every_country_with_a_name_has_holidays() {
        for country in countries("en") {
            // Some have none by law or none that are known, such as Antarctica.
            assert!(is_known(country.code, ""));
            assert!(regions(country.code).iter().all(|region| is_known(country.code, region.code)), "{country:?}");
        }
        assert!(!of("US", "").is_empty() && !of("JP", "").is_empty() && !of("BR", "SP").is_empty());
        assert!(!is_known("XX", "") && !is_known("DE", "XX"));
        assert!(of("XX", "").is_empty());
    }

    #[test]
    fn countries_are_named_in_the_readers_language() {
        let german = countries("de").into_iter().find(|place| place.code == "AT").unwrap();
        assert_eq!(german.name, "Österreich");
        assert_eq!(countries("tlh"), countries("en"));
    }
}
