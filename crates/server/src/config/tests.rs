//! Settings as an operator writes them, and the one line that answers a mistake.

use std::{collections::BTreeMap, io::Write};

use super::*;

/// Loads a settings file with this text beside these variables.
fn load(file: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let mut written = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
    written.write_all(file.as_bytes()).unwrap();
    let given = Given { file: Some(written.path().to_owned()) };
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::load(&given, &Environment(variables.collect::<BTreeMap<_, _>>())).map_err(|error| {
        let file = written.path().display().to_string();
        ConfigError(error.0.replace(&file, "FILE"))
    })
}

fn error(file: &str, variables: &[(&str, &str)]) -> String {
    let error = load(file, variables).unwrap_err().to_string();
    assert!(!error.contains('\n'), "one line: {error}");
    error
}

fn shown<'a>(config: &'a Config, key: &str) -> (&'a str, &'a str) {
    let setting = config.shown.iter().find(|shown| shown.key == key).unwrap();
    (&setting.value, &setting.source)
}

#[test]
fn without_any_setting_the_defaults_hold() {
    let config = load("", &[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8000");
    assert_eq!(config.public_url, "http://127.0.0.1:8000");
    assert!(matches!(config.database, Database::Sqlite(file) if file.ends_with("rapport-data/rapport.db")));
    assert!(matches!(config.blobs, Place::Folder(folder) if folder.ends_with("rapport-data/blobs")));
    assert_eq!(config.mail_listener.max_size, 50 << 20);
}

#[test]
fn every_setting_of_the_manual_is_read_and_every_secret_is_in_the_manual() {
    let config = load("", &[]).unwrap();
    let mut read: Vec<&str> = config.shown.iter().map(|shown| shown.key.as_str()).collect();
    read.sort_unstable();
    let known = read::known_keys().unwrap();
    let listed: Vec<&str> =
        known.iter().filter(|(_, value)| value.as_dict().is_none()).map(|(key, _)| key.as_str()).collect();
    assert_eq!(read, listed);
    assert!(read::SECRETS.iter().all(|secret| listed.contains(secret)));
    assert_eq!(DEFAULTS.matches("# (secret)").count(), read::SECRETS.len());
}

#[test]
fn a_variable_covers_the_file_and_the_file_covers_the_default() {
    let file = "listen = \"127.0.0.1:9000\"\nworkers = 8\n[log]\nlevel = \"debug\"";
    let config = load(file, &[("RAPPORT_LISTEN", "0.0.0.0:7000"), ("RAPPORT_LOG__FORMAT", "json")]).unwrap();
    assert_eq!(config.listen.to_string(), "0.0.0.0:7000");
    assert_eq!(shown(&config, "listen"), ("\"0.0.0.0:7000\"", "RAPPORT_LISTEN"));
    assert_eq!((config.workers, config.log.json, config.log.level.as_str()), (8, true, "debug"));
    assert_eq!(shown(&config, "stop_seconds").1, "default");
    assert_eq!(shown(&config, "public_url").1, "derived");
}

#[test]
fn numbers_and_truths_in_variables_stay_the_text_they_are() {
    let variables = [("RAPPORT_BLOBS__KIND", "s3"), ("RAPPORT_BLOBS__S3__BUCKET", "true")];
    let keys = [("RAPPORT_BLOBS__S3__ACCESS_KEY_ID", "0123"), ("RAPPORT_BLOBS__S3__SECRET_ACCESS_KEY", "[1e5]")];
    let config = load("", &[variables, keys].concat()).unwrap();
    let Place::S3(s3) = &config.blobs else { panic!("not S3") };
    assert_eq!((s3.bucket.as_str(), s3.access_key_id.reveal().as_str()), ("true", "0123"));
    assert_eq!(s3.secret_access_key.reveal(), "[1e5]");
}

#[test]
fn an_unknown_setting_is_named_with_its_source_and_a_guess() {
    assert_eq!(
        error("listne = \"127.0.0.1:1\"", &[]),
        "setting listne (FILE): there is no such setting; did you mean listen?"
    );
    assert_eq!(
        error("", &[("RAPPORT_BLOBS__S3__BUKET", "x")]),
        "setting blobs.s3.buket (RAPPORT_BLOBS__S3__BUKET): there is no such setting; did you mean blobs.s3.bucket?"
    );
    assert!(error("[blobs]\ncolour = 1", &[]).starts_with("setting blobs.colour (FILE): there is no such setting"));
}

#[test]
fn a_wrong_value_is_named_with_its_source_and_what_is_expected() {
    let cases = [
        ("listen", "RAPPORT_LISTEN", "8000", "an IP address and a port"),
        ("public_url", "RAPPORT_PUBLIC_URL", "desk.example.com", "http:// or https:// and a host"),
        ("public_url", "RAPPORT_PUBLIC_URL", "https://example.com/desk", "http:// or https:// and a host"),
        ("workers", "RAPPORT_WORKERS", "0", "a whole number from 1 to 256"),
        ("workers", "RAPPORT_WORKERS", "many", "a whole number from 1 to 256"),
        ("blobs.kind", "RAPPORT_BLOBS__KIND", "disk", "\"folder\" or \"s3\""),
        ("mail_listener.smtp", "RAPPORT_MAIL_LISTENER__SMTP", "mail:25", "an IP address and a port"),
        ("mail_listener.max_size", "RAPPORT_MAIL_LISTENER__MAX_SIZE", "10 TB", "a size from 64 KiB to 1024 MiB"),
        ("log.format", "RAPPORT_LOG__FORMAT", "xml", "\"text\" or \"json\""),
        ("log.level", "RAPPORT_LOG__LEVEL", "loud", "error, warn, info, debug or trace"),
    ];
    for (key, variable, value, expected) in cases {
        let error = error("", &[(variable, value)]);
        assert!(error.starts_with(&format!("setting {key} ({variable}): {value:?} is not {expected}")), "{error}");
    }
    assert_eq!(error("workers = [1]", &[]), "setting workers (FILE): expected one value");
    assert_eq!(error("blobs = 1", &[]), "setting blobs (FILE): is a group of settings");
}

#[test]
fn a_file_that_is_no_toml_is_answered_with_the_place_of_the_mistake() {
    let error = error("workers = 1\nlisten = ", &[]);
    assert!(error.starts_with("settings file FILE: "), "{error}");
    assert!(error.contains("line 2"), "{error}");
}

#[test]
fn a_settings_file_that_was_named_must_exist() {
    let given = Given { file: Some("/nowhere/rapport.toml".into()) };
    let error = Config::load(&given, &Environment::default()).unwrap_err().to_string();
    assert!(error.starts_with("settings file /nowhere/rapport.toml: "), "{error}");
}

#[test]
fn a_secret_can_come_from_a_file_and_is_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("url");
    std::fs::write(&file, "postgres://us:hunter2@db.example/rapport\n").unwrap();
    let file = file.display().to_string();
    let config = load("", &[("RAPPORT_DATABASE_URL_FILE", &file)]).unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
    let (value, source) = shown(&config, "database_url");
    assert_eq!((value, source), ("\"***\"", format!("{file}, named by RAPPORT_DATABASE_URL_FILE").as_str()));
    let Database::Postgres { url, connections } = config.database else { panic!("not PostgreSQL") };
    assert_eq!((url.reveal().as_str(), connections), ("postgres://us:hunter2@db.example/rapport", 16));
}

#[test]
fn mistakes_in_secrets_do_not_show_them() {
    let both = [("RAPPORT_SECRET_KEY", "abc"), ("RAPPORT_SECRET_KEY_FILE", "/x")];
    assert_eq!(
        error("", &both),
        "setting secret_key (RAPPORT_SECRET_KEY) and secret_key_file (RAPPORT_SECRET_KEY_FILE): give one of them, not both"
    );
    assert_eq!(
        error("", &[("RAPPORT_SECRET_KEY", "hunter2")]),
        "setting secret_key (RAPPORT_SECRET_KEY): a secret key is 64 hexadecimal digits (32 bytes)"
    );
    assert_eq!(
        error("", &[("RAPPORT_DATABASE_URL", "mysql://us:hunter2@db")]),
        "setting database_url (RAPPORT_DATABASE_URL): expected postgres://user:password@host/database, or sqlite:FILE"
    );
    assert!(error("", &[("RAPPORT_SECRET_KEY_FILE", "/nowhere")]).starts_with("setting secret_key_file"));
}

#[test]
fn s3_needs_its_bucket_and_keys() {
    assert_eq!(error("[blobs]\nkind = \"s3\"", &[]), "setting blobs.s3.bucket: is needed because blobs.kind is \"s3\"");
}
