//! The places where settings are written, and how one covers the other.

use std::{collections::BTreeMap, path::PathBuf};

use figment::{
    Figment, Metadata, Profile, Provider,
    providers::{Format, Toml},
    value::{Dict, Map, Value},
};

use super::{ConfigError, DEFAULTS};

const PREFIX: &str = "RAPPORT_";
/// What values that nobody set come from.
pub(super) const DEFAULT: &str = "default";
/// The file to read by default, when it exists.
const USUAL_FILE: &str = "rapport.toml";

/// What the command line says about settings.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// `--config FILE` or `RAPPORT_CONFIG`: must exist.
    pub(crate) file: Option<PathBuf>,
}

/// The variables of the process, taken once so that tests can hand in others.
#[derive(Debug, Default)]
pub(crate) struct Environment(pub(crate) BTreeMap<String, String>);

impl Environment {
    /// The `RAPPORT_` variables of this process that are settings.
    pub(crate) fn of_process() -> Self {
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            is_setting(&name).then(|| (name, value.to_string_lossy().into_owned()))
        });
        Self(variables.collect())
    }
}

/// Kubernetes puts `RAPPORT_PORT_8000_TCP=…` and the like into every pod when a service is called "rapport"; these and
/// the name of the settings file are no settings.
fn is_setting(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(PREFIX) else { return false };
    !(rest == "CONFIG" || rest == "PORT" || rest.starts_with("PORT_") || rest.starts_with("SERVICE_"))
}

/// Merges defaults, file and variables.
pub(super) fn merge(given: &Given, environment: &Environment) -> Result<Figment, ConfigError> {
    let mut layers = Figment::from(Labelled::toml(DEFAULT, DEFAULTS)?);
    let file = given.file.clone().or_else(|| Some(PathBuf::from(USUAL_FILE)).filter(|usual| usual.exists()));
    if let Some(file) = file {
        let text = std::fs::read_to_string(&file)
            .map_err(|error| ConfigError(format!("settings file {}: {error}", file.display())))?;
        layers = layers.merge(Labelled::toml(&file.display().to_string(), &text)?);
    }
    for (name, value) in &environment.0 {
        let key = name[PREFIX.len()..].to_ascii_lowercase().replace("__", ".");
        layers = layers.merge(Labelled::variable(name, &key, value));
    }
    Ok(layers)
}

/// The defaults alone: the list of all settings.
pub(super) fn merge_defaults() -> Result<Dict, ConfigError> {
    Labelled::toml(DEFAULT, DEFAULTS).map(|defaults| defaults.content)
}

/// A layer of settings and where it was written.
struct Labelled {
    label: String,
    content: Dict,
}

impl Labelled {
    fn toml(label: &str, text: &str) -> Result<Self, ConfigError> {
        let layers = Toml::string(text).data().map_err(|error| {
            // The parser answers with a drawing of several lines; the operator gets one.
            let told = error.to_string();
            let lines: Vec<&str> = told.lines().map(str::trim).collect();
            let place = lines.first().copied().unwrap_or_default();
            let reason = lines.iter().rev().find(|line| !line.is_empty()).copied().unwrap_or_default();
            let told = if lines.len() > 1 { format!("{place}: {reason}") } else { place.to_owned() };
            ConfigError(format!("settings file {label}: {told}"))
        })?;
        Ok(Self { label: label.to_owned(), content: layers.into_values().next().unwrap_or_default() })
    }

    fn variable(name: &str, key: &str, value: &str) -> Self {
        let nested =
            key.rsplit('.').fold(Value::from(value), |inner, part| Value::from(Dict::from([(part.to_owned(), inner)])));
        Self { label: name.to_owned(), content: nested.into_dict().unwrap_or_default() }
    }
}

impl Provider for Labelled {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.label.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.content.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_a_kubernetes_service_are_no_settings() {
        for name in ["RAPPORT_PORT", "RAPPORT_PORT_8000_TCP_ADDR", "RAPPORT_SERVICE_HOST", "RAPPORT_CONFIG", "PATH"] {
            assert!(!is_setting(name), "{name}");
        }
        for name in ["RAPPORT_LISTEN", "RAPPORT_BLOBS__S3__BUCKET", "RAPPORT_LISTNE"] {
            assert!(is_setting(name), "{name}");
        }
    }
}
