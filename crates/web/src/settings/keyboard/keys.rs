//! Which keys do what: those of the desk, unless somebody has chosen others, or none.

use std::collections::BTreeMap;
use words::Words;

use crate::inbox::shortcuts::{SHORTCUTS, Shortcut};

/// By command, the keys that somebody chose; an empty text is no key at all.
pub(crate) type Chosen = BTreeMap<String, String>;

/// Why keys cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// This is no key.
    NotAKey(String),
    /// Another command has it: its name.
    Taken(&'static str),
}

/// The keys of a command.
pub(crate) fn keys_of<'a>(shortcut: &'a Shortcut, chosen: &'a Chosen) -> &'a str {
    chosen.get(shortcut.command).map_or(shortcut.keys, String::as_str)
}

/// What a command is called.
pub(crate) fn words_of(command: &str, say: Words) -> &'static str {
    all().find(|one| one.command == command).map_or("", |one| (one.words)(say))
}

fn all() -> impl Iterator<Item = &'static Shortcut> {
    SHORTCUTS.iter().flat_map(|(_, shortcuts)| shortcuts.iter())
}

/// The keys as they are kept, one way for each: `mod+shift+k` and `Ctrl+Shift+K` are `Mod+Shift+K`.
fn settled(typed: &str) -> Result<String, Problem> {
    let one = |keys: &str| keys.split_whitespace().map(stroke).collect::<Result<Vec<_>, _>>().map(|all| all.join(" "));
    let all = typed.split(',').map(str::trim).filter(|keys| !keys.is_empty()).map(one);
    Ok(all.collect::<Result<Vec<_>, _>>()?.join(","))
}

fn stroke(typed: &str) -> Result<String, Problem> {
    let wrong = || Problem::NotAKey(typed.to_owned());
    let (mut modified, mut shifted, mut rest) = (false, false, typed);
    while let Some((before, after)) = rest.split_once('+').filter(|(_, after)| !after.is_empty()) {
        match before.to_ascii_lowercase().as_str() {
            "mod" | "ctrl" | "control" | "cmd" | "meta" | "⌘" => modified = true,
            "shift" | "⇧" => shifted = true,
            // Alt types letters in many languages and belongs to the browser in others.
            _ => return Err(wrong()),
        }
        rest = after;
    }
    let named =
        ["Enter", "Escape", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Delete", "Backspace", "Home", "End"];
    let mut letters = rest.chars();
    let key = match (letters.next(), letters.next()) {
        (Some(letter), None) if !letter.is_control() && !letter.is_whitespace() && letter != ',' => {
            if letter.is_uppercase() && !modified {
                shifted = true;
            }
            if modified || shifted { letter.to_uppercase().to_string() } else { letter.to_string() }
        }
        _ => (*named.iter().find(|name| name.eq_ignore_ascii_case(rest)).ok_or_else(wrong)?).to_owned(),
    };
    let (modified, shifted) = (if modified { "Mod+" } else { "" }, if shifted { "Shift+" } else { "" });
    Ok(format!("{modified}{shifted}{key}"))
}

/// Whether both cannot be told apart: the same, or one begins the other.
fn clash(one: &str, other: &str) -> bool {
    one == other || one.starts_with(&format!("{other} ")) || other.starts_with(&format!("{one} "))
}

/// What somebody typed for each command: what differs from the desk's own, or what is wrong, by command.
pub(crate) fn checked(typed: &[(String, String)]) -> Result<Chosen, Vec<(String, Problem)>> {
    let (mut chosen, mut wrong) = (Chosen::new(), Vec::new());
    for shortcut in all() {
        let Some((_, keys)) = typed.iter().find(|(command, _)| command == shortcut.command) else { continue };
        match settled(keys) {
            Ok(keys) if keys == shortcut.keys => {}
            Ok(keys) => drop(chosen.insert(shortcut.command.to_owned(), keys)),
            Err(problem) => wrong.push((shortcut.command.to_owned(), problem)),
        }
    }
    let held: Vec<(&Shortcut, &str)> = all()
        .flat_map(|one| keys_of(one, &chosen).split(',').filter(|keys| !keys.is_empty()).map(move |keys| (one, keys)))
        .collect();
    for command in chosen.keys() {
        let mine = held.iter().filter(|(one, _)| one.command == command);
        let other = mine.flat_map(|(one, keys)| {
            held.iter().filter(move |(other, theirs)| other.command != one.command && clash(keys, theirs))
        });
        if let Some((other, _)) = other.into_iter().next() {
            wrong.push((command.clone(), Problem::Taken(other.command)));
        }
    }
    if wrong.is_empty() { Ok(chosen) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(command, keys)| ((*command).to_owned(), (*keys).to_owned())).collect()
    }

    #[test]
    fn keys_are_kept_in_one_way() {
        for (written, kept) in [
            ("E", "Shift+E"),
            ("shift+e", "Shift+E"),
            ("ctrl+k", "Mod+K"),
            ("Mod + K", ""),
            ("g  i", "g i"),
            ("j, arrowdown", "j,ArrowDown"),
            ("+", "+"),
            ("mod++", "Mod++"),
            ("", ""),
        ] {
            match settled(written) {
                Ok(keys) => assert_eq!(keys, kept, "{written}"),
                Err(_) => assert_eq!(kept, "", "{written}"),
            }
        }
        assert_eq!(settled("Alt+x"), Err(Problem::NotAKey("Alt+x".into())));
        assert_eq!(settled("F13x"), Err(Problem::NotAKey("F13x".into())));
    }

    #[test]
    fn only_what_differs_is_kept_and_none_is_a_choice() {
        let all_same: Vec<_> = all().map(|one| (one.command.to_owned(), one.keys.to_owned())).collect();
        assert_eq!(checked(&all_same), Ok(Chosen::new()));
        assert_eq!(checked(&typed(&[("split", "")])).unwrap()["split"], "");
        assert_eq!(checked(&typed(&[("split", "y")])).unwrap()["split"], "y");
    }

    #[test]
    fn two_commands_cannot_have_one_key_nor_the_beginning_of_a_sequence() {
        assert!(
            matches!(&checked(&typed(&[("split", "e")])).unwrap_err()[..], [(one, Problem::Taken(_))] if one == "split")
        );
        assert!(checked(&typed(&[("split", "g")])).is_err(), "g begins sequences");
        assert!(checked(&typed(&[("split", "e"), ("resolve", "y")])).is_ok(), "unless the other gave it up");
        let two = checked(&typed(&[("split", "y"), ("merge", "y")])).unwrap_err();
        assert_eq!(two.len(), 2);
    }

    #[test]
    fn what_is_taken_is_taken_again() {
        let strokes =
            ["a", "A", "shift+b", "ctrl+Shift+c", "g i", "arrowup", "+", "ß", "é", "?", "Mod+Enter", "j,k", "x y z"];
        for keys in strokes {
            let kept = settled(keys).unwrap();
            assert_eq!(settled(&kept), Ok(kept.clone()), "{keys}");
        }
    }
}
