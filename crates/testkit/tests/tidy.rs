//! The invariants of the house's structure, read off the sources themselves. Structure, not taste.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no sources under {folder}");
    found
}

fn fail_if_any(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn crates_depend_downwards_only() {
    let below: &[(&str, &[&str])] = &[
        ("base", &[]),
        ("words", &[]),
        ("desk", &["base"]),
        ("channels", &["base", "desk", "words"]),
        ("web", &["base", "desk", "words"]),
        ("api", &["base", "desk", "words"]),
        ("server", &["base", "desk", "words", "channels", "web", "api"]),
    ];
    let layers: Vec<&str> = below.iter().map(|(name, _)| *name).chain(["rapport", "testkit", "bench"]).collect();
    let mut wrong = Vec::new();
    for (name, allowed) in below {
        let manifest = fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap();
        let (_, dependencies) = manifest.split_once("[dependencies]").unwrap();
        let dependencies = dependencies.split("\n[").next().unwrap();
        for line in dependencies.lines() {
            let dependency = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if layers.contains(&dependency) && !allowed.contains(&dependency) {
                wrong.push(format!("{name} must not depend on {dependency}"));
            }
        }
    }
    fail_if_any(wrong);
}

#[test]
fn areas_of_the_desk_call_only_areas_above_them() {
    let lib = fs::read_to_string(root().join("crates/desk/src/lib.rs")).unwrap();
    let areas: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .filter(|area| root().join("crates/desk/src").join(area).is_dir())
        .collect();
    assert!(areas.len() >= 5, "the areas are declared as `pub mod` in lib.rs: {areas:?}");
    let mut wrong = Vec::new();
    for (place, area) in areas.iter().enumerate() {
        for (file, text) in sources(&format!("crates/desk/src/{area}")) {
            let uses = uses_of_the_crate(&text);
            for lower in &areas[place + 1..] {
                if uses.iter().any(|name| name == lower) {
                    wrong.push(format!("{file} uses {lower}, which stands below {area} in lib.rs"));
                }
            }
        }
    }
    fail_if_any(wrong);
}

/// First names of paths into the crate itself: `crate::people::…`, and each member of `use crate::{…}`.
fn uses_of_the_crate(text: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(name(rest));
            continue;
        };
        let (mut depth, mut start) = (0, 0);
        for (index, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    names.push(name(group[start..index].trim_start()));
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    names.push(name(group[start..index].trim_start()));
                    start = index + 1;
                }
                _ => {}
            }
        }
    }
    names
}

#[test]
fn sql_stands_in_statements_only_and_all_of_them_are_prepared_by_a_test() {
    let schema = fs::read_to_string(root().join("crates/desk/src/schema.rs")).unwrap();
    let mut wrong = Vec::new();
    for folder in ["base", "desk", "channels", "web", "api", "server"] {
        for (file, text) in sources(&format!("crates/{folder}/src")) {
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let declares = text.contains("statements! {");
            for verb in ["\"select ", "\"insert into ", "\"update ", "\"delete from "] {
                if text.contains(verb) && !declares && !file.ends_with("db/mod.rs") && !file.ends_with("migrate.rs") {
                    wrong.push(format!("{file} holds SQL ({verb}…\") outside `statements!`"));
                }
            }
            if declares && !file.ends_with("db/mod.rs") {
                let module = file.trim_end_matches("/store.rs").trim_end_matches(".rs");
                let module = module.rsplit('/').next().unwrap_or_default();
                if !schema.contains(&format!("{module}::STATEMENTS")) {
                    wrong.push(format!("{file} declares statements that schema.rs does not list"));
                }
            }
        }
    }
    fail_if_any(wrong);
}

#[test]
fn rules_are_pure() {
    let mut wrong = Vec::new();
    for (file, text) in sources("crates/desk/src").into_iter().filter(|(file, _)| file.ends_with("rules.rs")) {
        for impure in ["async fn", ".await", "Desk<", "&App", "tokio::", "std::fs", "tracing::"] {
            if text.contains(impure) {
                wrong.push(format!("{file} is not pure: it contains {impure}"));
            }
        }
    }
    fail_if_any(wrong);
}

#[test]
fn every_source_file_opens_by_saying_what_it_is() {
    let all = ["base", "words", "desk", "channels", "web", "api", "server", "testkit"];
    let silent = all
        .iter()
        .flat_map(|name| sources(&format!("crates/{name}/src")))
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(file, _)| format!("{file} does not open with //!"));
    fail_if_any(silent.collect());
}
#[test]
fn every_path_that_the_map_names_exists() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let gone = map
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| {
            let starts = ["crates/", "migrations/", "docs/", "bin/", "e2e/", "fuzz/", "bench/"];
            starts.iter().any(|start| name.starts_with(start)) && !name.contains(['*', '<', '…', ' '])
        })
        .filter(|name| !root().join(name.trim_end_matches('/')).exists())
        .map(|name| format!("ARCHITECTURE.md names {name}, which is not there"));
    fail_if_any(gone.collect());
}
