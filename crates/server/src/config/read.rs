//! Takes single settings out of the merged layers, checks them, and remembers them for `rapport config`.

use std::{collections::BTreeMap, fs, net::SocketAddr, ops::RangeInclusive};

use base::secret::Secret;
use figment::{
    Figment,
    value::{Dict, Num, Value},
};

use super::{ConfigError, Shown, layers};

/// Settings that must not be shown and may be given as `<name>_file`.
pub(super) const SECRETS: &[&str] =
    &["database_url", "secret_key", "blobs.s3.access_key_id", "blobs.s3.secret_access_key"];

/// Reads settings one by one.
pub(super) struct Reader {
    layers: Figment,
    shown: Vec<Shown>,
}

impl Reader {
    /// Refuses names that are no settings.
    pub(super) fn new(layers: Figment) -> Result<Self, ConfigError> {
        let known = known_keys()?;
        let merged: Dict = layers.extract().map_err(|error| ConfigError(format!("settings: {error}")))?;
        let reader = Self { layers, shown: Vec::new() };
        for (key, value) in flattened(&merged) {
            let expected = known.get(key.as_str());
            let as_file = key.strip_suffix("_file").is_some_and(|name| SECRETS.contains(&name));
            if expected.is_none() && !as_file {
                return Err(reader.unknown(&key, &known));
            }
            if matches!(expected, Some(Value::Dict(..))) && !matches!(value, Value::Dict(..)) {
                return Err(ConfigError(format!("setting {key} ({}): is a group of settings", reader.source(&key))));
            }
        }
        Ok(reader)
    }

    /// What was read, in the order of reading.
    pub(super) fn into_shown(self) -> Vec<Shown> {
        self.shown
    }

    /// A text; empty where nothing was set.
    pub(super) fn text(&mut self, key: &str) -> Result<String, ConfigError> {
        self.text_or(key, String::new)
    }

    /// A text, or what stands in for an empty one.
    pub(super) fn text_or(&mut self, key: &str, instead: impl FnOnce() -> String) -> Result<String, ConfigError> {
        let set = self.raw(key)?;
        let (value, source) = match set.is_empty() {
            true => (instead(), "derived".to_owned()),
            false => (set, self.source(key)),
        };
        let source = if value.is_empty() { self.source(key) } else { source };
        self.show(key, format!("{value:?}"), source);
        Ok(value)
    }

    /// An IP address and a port.
    pub(super) fn address(&mut self, key: &str) -> Result<SocketAddr, ConfigError> {
        self.optional_address(key)?.ok_or_else(|| self.wrong(key, ADDRESS))
    }

    /// An IP address and a port, or none where the text is empty.
    pub(super) fn optional_address(&mut self, key: &str) -> Result<Option<SocketAddr>, ConfigError> {
        let text = self.text(key)?;
        if text.is_empty() {
            return Ok(None);
        }
        let text = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}")).unwrap_or(text);
        text.parse().map(Some).map_err(|_| self.wrong(key, ADDRESS))
    }

    /// A whole number within bounds.
    pub(super) fn number(&mut self, key: &str, bounds: RangeInclusive<u64>) -> Result<u64, ConfigError> {
        let text = self.raw(key)?;
        let number =
            text.parse().ok().filter(|number| bounds.contains(number)).ok_or_else(|| {
                self.wrong(key, &format!("a whole number from {} to {}", bounds.start(), bounds.end()))
            })?;
        self.show(key, number.to_string(), self.source(key));
        Ok(number)
    }

    /// A number of bytes within bounds, written as `35 MiB`.
    pub(super) fn size(&mut self, key: &str, bounds: RangeInclusive<usize>) -> Result<usize, ConfigError> {
        let text = self.raw(key)?;
        let size = parse_size(&text).filter(|size| bounds.contains(size)).ok_or_else(|| {
            let (least, most) = (bounds.start() >> 10, bounds.end() >> 20);
            self.wrong(key, &format!("a size from {least} KiB to {most} MiB, such as \"50 MiB\""))
        })?;
        self.show(key, format!("{text:?}"), self.source(key));
        Ok(size)
    }

    /// Values apart by commas, each read by `parse`; none where nothing is set.
    pub(super) fn list<T>(&mut self, key: &str, parse: fn(&str) -> Option<T>) -> Result<Vec<T>, ConfigError> {
        let text = self.text(key)?;
        let pieces = text.split(',').map(str::trim).filter(|piece| !piece.is_empty());
        pieces.map(parse).collect::<Option<_>>().ok_or_else(|| self.wrong(key, "addresses, apart by commas"))
    }

    /// One of a few words.
    pub(super) fn one_of(&mut self, key: &str, words: &[&'static str]) -> Result<&'static str, ConfigError> {
        let text = self.text(key)?;
        words.iter().copied().find(|word| *word == text).ok_or_else(|| {
            let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
            self.wrong(key, &words.join(" or "))
        })
    }

    /// A secret, given itself or as a file; none where neither is set.
    pub(super) fn secret(&mut self, key: &str) -> Result<Option<Secret<String>>, ConfigError> {
        let (direct, file_key) = (self.raw(key)?, format!("{key}_file"));
        let file = match self.layers.contains(&file_key) {
            true => self.raw(&file_key)?,
            false => String::new(),
        };
        if !direct.is_empty() && !file.is_empty() {
            let (one, other) = (self.source(key), self.source(&file_key));
            return Err(ConfigError(format!(
                "setting {key} ({one}) and {file_key} ({other}): give one of them, not both"
            )));
        }
        let (value, source) = match file.is_empty() {
            true => (direct, self.source(key)),
            false => {
                let source = format!("{file}, named by {}", self.source(&file_key));
                let text = fs::read_to_string(&file).map_err(|error| {
                    ConfigError(format!("setting {file_key} ({}): {file}: {error}", self.source(&file_key)))
                })?;
                (text.trim_end_matches(['\r', '\n']).to_owned(), source)
            }
        };
        let masked = if value.is_empty() { "\"\"" } else { "\"***\"" };
        self.show(key, masked.to_owned(), source);
        Ok(Some(value).filter(|value| !value.is_empty()).map(Secret::new))
    }

    /// The error for a setting whose value makes no sense.
    pub(super) fn wrong(&self, key: &str, expected: &str) -> ConfigError {
        let value = self.layers.find_value(key).map(|value| plain(&value).unwrap_or_else(|| "…".into()));
        ConfigError(format!("setting {key} ({}): {:?} is not {expected}", self.source(key), value.unwrap_or_default()))
    }

    /// The error for a secret that makes no sense; does not show it.
    pub(super) fn wrong_secret(&self, key: &str, reason: &str) -> ConfigError {
        let file_key = format!("{key}_file");
        let key = if self.raw(key).is_ok_and(|direct| direct.is_empty()) { &file_key } else { key };
        ConfigError(format!("setting {key} ({}): {reason}", self.source(key)))
    }

    fn show(&mut self, key: &str, value: String, source: String) {
        self.shown.push(Shown { key: key.to_owned(), value, source });
    }

    /// The value as text; numbers may be written without quotes.
    fn raw(&self, key: &str) -> Result<String, ConfigError> {
        let value = self.layers.find_value(key).map_err(|_| ConfigError(format!("setting {key}: is missing")))?;
        plain(&value).ok_or_else(|| ConfigError(format!("setting {key} ({}): expected one value", self.source(key))))
    }

    fn source(&self, key: &str) -> String {
        self.layers.find_metadata(key).map_or_else(|| layers::DEFAULT.to_owned(), |from| from.name.to_string())
    }

    fn unknown(&self, key: &str, known: &BTreeMap<String, Value>) -> ConfigError {
        let near = known.keys().map(|name| (distance(name, key), name)).min();
        let hint = match near {
            Some((steps, name)) if steps <= 3 => format!("; did you mean {name}?"),
            _ => "; `config.default.toml` in the manual lists all settings".to_owned(),
        };
        ConfigError(format!("setting {key} ({}): there is no such setting{hint}", self.source(key)))
    }
}

const ADDRESS: &str = "an IP address and a port, such as 127.0.0.1:8000";

/// Every setting and group of settings, with its default.
pub(super) fn known_keys() -> Result<BTreeMap<String, Value>, ConfigError> {
    let defaults = layers::merge_defaults()?;
    Ok(flattened(&defaults).into_iter().collect())
}

/// `{blobs: {kind: x}}` → `blobs`, `blobs.kind`.
fn flattened(dict: &Dict) -> Vec<(String, Value)> {
    let mut flat = Vec::new();
    for (key, value) in dict {
        flat.push((key.clone(), value.clone()));
        if let Value::Dict(_, inner) = value {
            flat.extend(flattened(inner).into_iter().map(|(below, value)| (format!("{key}.{below}"), value)));
        }
    }
    flat
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(_, text) => Some(text.trim().to_owned()),
        Value::Num(_, number) => Some(match *number {
            Num::F32(number) => number.to_string(),
            Num::F64(number) => number.to_string(),
            _ => number.to_i128().map(|n| n.to_string()).or_else(|| number.to_u128().map(|n| n.to_string()))?,
        }),
        Value::Bool(_, truth) => Some(truth.to_string()),
        Value::Char(_, letter) => Some(letter.to_string()),
        Value::Empty(..) => Some(String::new()),
        Value::Dict(..) | Value::Array(..) => None,
    }
}

fn parse_size(text: &str) -> Option<usize> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let unit = match text[digits..].trim() {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    text[..digits].parse::<usize>().ok()?.checked_mul(unit)
}

/// How many letters must change to make one word of the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.chars().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_units() {
        assert_eq!(parse_size("50 MiB"), Some(50 << 20));
        assert_eq!(parse_size("1048576"), Some(1 << 20));
        assert_eq!(parse_size("7KiB"), Some(7 << 10));
        for wrong in ["", "MiB", "-1", "5 MB", "5.5 MiB", "99999999999999999999 GiB"] {
            assert_eq!(parse_size(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn distance_counts_changes() {
        assert_eq!(distance("listen", "listne"), 2);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
