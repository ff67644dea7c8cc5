//! `rapport config`: the settings in force and where each comes from.

use std::io::{ErrorKind, Write};

use crate::config::{Config, Shown};

/// Prints one line a setting, sorted by name; it is TOML, so that it can be the start of a settings file.
pub(crate) fn print(config: &Config) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text(&config.shown).as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn text(shown: &[Shown]) -> String {
    let mut settings: Vec<&Shown> = shown.iter().collect();
    settings.sort_by(|one, other| one.key.cmp(&other.key));
    let lines: Vec<(String, &str)> = settings
        .iter()
        .map(|setting| (format!("{} = {}", setting.key, setting.value), setting.source.as_str()))
        .collect();
    let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or_default().min(60);
    lines.iter().map(|(line, source)| format!("{line:<width$}  # {source}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_printed_as_toml_with_their_sources() {
        let setting = |key: &str, value: &str, source: &str| Shown {
            key: key.to_owned(),
            value: value.to_owned(),
            source: source.to_owned(),
        };
        let shown = [setting("workers", "4", "default"), setting("log.level", "\"debug\"", "RAPPORT_LOG__LEVEL")];
        assert_eq!(text(&shown), "log.level = \"debug\"  # RAPPORT_LOG__LEVEL\nworkers = 4          # default\n");
    }
}
