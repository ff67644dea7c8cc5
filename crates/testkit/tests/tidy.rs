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
            // SQLite alone reads and writes its statistics.
            if file.ends_with("base/src/plans.rs") {
                continue;
            }
            // What a saved view asks is put together at run time; desk's tests run such texts on both engines.
            if file.ends_with("conversations/views/compile.rs") {
                continue;
            }
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

/// A text in quotes in a source, with what stands before it.
struct Quoted<'a> {
    before: &'a str,
    text: &'a str,
    /// Inside `html! { … }`.
    in_markup: bool,
    /// The attribute whose value it is part of: `aria-label="…"`, `href={ … "…" }`.
    attribute: Option<&'a str>,
}

/// The quoted texts of a source, without its comments and tests.
fn quoted(source: &str) -> Vec<Quoted<'_>> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    // The braces that are open: each is the start of markup, the value of an attribute, or neither.
    let mut open: Vec<(bool, Option<&str>)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let before = &source[..at];
        match bytes[at] {
            b'/' if source[at..].starts_with("//") => at += source[at..].find('\n').unwrap_or(source.len() - at),
            b'\'' => {
                // A letter in single quotes; a lifetime has no second quote.
                let letter = source[at + 1..].chars().next().unwrap_or(' ');
                let width = if letter == '\\' { 2 } else { letter.len_utf8() };
                at += if bytes.get(at + 1 + width) == Some(&b'\'') { width + 2 } else { 1 };
            }
            // An attribute's value may be in any kind of brackets: `value=(if open { "yes" } else { "no" })`.
            b'{' | b'(' | b'[' => {
                let outer = open.last().copied().unwrap_or_default();
                let is_markup = before.trim_end().ends_with("html!") || outer.0;
                open.push((is_markup, before.strip_suffix('=').map(attribute_before).or(outer.1)));
                at += 1;
            }
            b'}' | b')' | b']' => {
                open.pop();
                at += 1;
            }
            b'"' => {
                let mut end = at + 1;
                while end < bytes.len() && bytes[end] != b'"' {
                    end += if bytes[end] == b'\\' { 2 } else { 1 };
                }
                let (in_markup, outer) = open.last().copied().unwrap_or_default();
                let attribute = before.strip_suffix('=').map(attribute_before).or(outer);
                found.push(Quoted { before, text: &source[at + 1..end], in_markup, attribute });
                at = end + 1;
            }
            _ => at += 1,
        }
        while at < bytes.len() && !source.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

fn attribute_before(text: &str) -> &str {
    let start = text.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).map_or(0, |at| at + 1);
    &text[start..]
}

/// Words that are the same in every language, or no words.
const NO_TEXTS: &[(&str, &str)] = &[
    ("Rapport", "the product's name"),
    (" · Rapport", "the product's name in a title"),
    ("Message-ID", "the name of a field of mails"),
    ("TXT, ", "a kind of record in the DNS"),
    ("Ed25519", "the name of a kind of key"),
    (" (Esc)", "the name of a key"),
    ("help@example.com", "an example of an address"),
    ("name,email,role,teams", "names of columns"),
    ("{number}", "a mark in automatic answers"),
    ("{subject}", "a mark in automatic answers"),
    ("{wait}", "a mark in automatic answers"),
];

#[test]
fn no_page_holds_a_text_outside_of_the_catalogues() {
    let heard = ["aria-label", "title", "placeholder", "alt"];
    let is_word = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let is_sentence = |text: &str| {
        let mut words = text.split_whitespace();
        let first = words.next().unwrap_or_default();
        let mut letters = first.chars();
        let capital = letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase);
        capital && words.filter(|word| word.chars().all(|c| c.is_lowercase() || ".,;:".contains(c))).count() > 0
    };
    let mut wrong = Vec::new();
    for (file, text) in sources("crates/web/src") {
        if file.ends_with("gallery.rs") || file.ends_with("tests.rs") {
            continue;
        }
        for one in quoted(&text) {
            let before = one.before.trim_end();
            // Arguments of functions and comparisons are no content; sentences among them are caught below.
            let is_content = before.ends_with(['{', '}', ')', ';', '"']) || one.attribute.is_some();
            let is_shown = one.attribute.is_none_or(|name| heard.contains(&name));
            let line = one.before.lines().last().unwrap_or_default();
            let is_said_to_us =
                ["expect", "reason", "tracing::", "warn!", "error!", "debug!"].iter().any(|word| line.contains(word));
            let is_text =
                one.in_markup && is_content && is_shown && is_word(one.text) && !line.trim_start().starts_with("@if");
            if (is_text || (is_sentence(one.text) && !is_said_to_us))
                && !NO_TEXTS.iter().any(|(known, _)| *known == one.text)
            {
                let line = one.before.matches('\n').count() + 1;
                wrong.push(format!("{file}:{line} says {:?}; give it a message in locales/", one.text));
            }
        }
    }
    fail_if_any(wrong);
}

#[test]
fn every_message_is_said_somewhere() {
    let mut code = String::new();
    for folder in ["web", "channels", "api", "server", "words"] {
        for (_, text) in sources(&format!("crates/{folder}/src")) {
            code.push_str(&text);
        }
    }
    let mut scripts = String::new();
    for entry in fs::read_dir(root().join("crates/web/assets/js")).unwrap().flatten() {
        scripts.push_str(&fs::read_to_string(entry.path()).unwrap());
    }
    let mut unsaid = Vec::new();
    for entry in fs::read_dir(root().join("locales/en")).unwrap().flatten() {
        let text = fs::read_to_string(entry.path()).unwrap();
        for id in text.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id) {
            if id.starts_with([' ', '#', '}']) {
                continue;
            }
            // What a redirect says (`done=saved`) and what a button did are named by what is done.
            let by_script = id.strip_prefix("script-").is_some_and(|rest| {
                let done = rest.strip_prefix("done-").unwrap_or(rest);
                scripts.contains(&format!("\"{rest}\"")) || code.contains(&format!("\"{done}\""))
            });
            if !by_script && !code.contains(&id.replace('-', "_")) {
                unsaid.push(format!("{} holds {id}, which nothing says", entry.path().display()));
            }
        }
    }
    unsaid.sort();
    fail_if_any(unsaid);
}
