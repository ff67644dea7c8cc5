//! Writes the catalogues as Rust: the texts, a method for each message, and what the page for translators shows.

use std::fmt::Write as _;

use crate::Failure;
use crate::check::{Catalogue, FIRST, Language, Message, SCRIPTS};

/// The whole file `messages.rs`.
pub(crate) fn messages(languages: &[Language], catalogues: &[Catalogue]) -> Result<String, Failure> {
    let first = languages.iter().position(|language| language.tag == FIRST).ok_or("no first language")?;
    let english = &catalogues[first];
    let fixed: Vec<&String> =
        english.iter().filter(|(_, message)| message.variables.is_empty()).map(|(id, _)| id).collect();
    let mut out = String::new();

    writeln!(out, "/// The languages whose catalogues are built in, by tag.")?;
    let tags: Vec<&str> = languages.iter().map(|language| language.tag.as_str()).collect();
    writeln!(out, "pub(crate) static TAGS: [&str; {}] = {tags:?};", tags.len())?;

    writeln!(out, "/// The messages that are filled with nothing, by id.")?;
    writeln!(out, "pub(crate) static FIXED: [&str; {}] = {fixed:?};", fixed.len())?;

    writeln!(out, "/// The messages that scripts use, with what they fill in.")?;
    writeln!(out, "pub(crate) static SCRIPTS: &[(&str, &[&str])] = &[")?;
    for (id, message) in english.iter().filter(|(_, message)| message.file == SCRIPTS) {
        let variables: Vec<&str> = message.variables.iter().map(|variable| variable.name.as_str()).collect();
        writeln!(out, "({id:?}, &{variables:?}),")?;
    }
    writeln!(out, "];")?;

    writeln!(out, "/// Every catalogue, by language and file.")?;
    writeln!(out, "pub(crate) static CATALOGUES: &[&[Catalogue]] = &[")?;
    for (language, catalogue) in languages.iter().zip(catalogues) {
        writeln!(out, "&[")?;
        for file in &language.files {
            let own = catalogue.iter().filter(|(_, message)| message.file == file.name);
            let same: Vec<&String> = own
                .clone()
                .filter(|(id, message)| language.tag != FIRST && is_suspect(message, &english[*id]))
                .map(|(id, _)| id)
                .collect();
            writeln!(
                out,
                "Catalogue {{ file: {:?}, text: {:?}, messages: {}, same: &{same:?} }},",
                file.name,
                file.text,
                own.count()
            )?;
        }
        writeln!(out, "],")?;
    }
    writeln!(out, "];")?;

    writeln!(out, "impl Words {{")?;
    for (id, message) in english {
        method(&mut out, id, message, fixed.binary_search(&id).ok())?;
    }
    writeln!(out, "}}")?;
    Ok(out)
}

/// Whether somebody may have forgotten to translate it: the same words as in English, not a mere number or sign.
fn is_suspect(own: &Message, english: &Message) -> bool {
    let outside: String = own.source.split('{').map(|part| part.rsplit('}').next().unwrap_or_default()).collect();
    own.source == english.source && outside.chars().filter(|c| c.is_alphabetic()).count() > 1
}

fn method(out: &mut String, id: &str, message: &Message, fixed: Option<usize>) -> Result<(), Failure> {
    let name = id.replace('-', "_");
    for line in message.source.lines() {
        writeln!(out, "/// `{}`", line.replace('`', "'"))?;
    }
    if let Some(place) = fixed {
        writeln!(out, "pub fn {name}(self) -> &'static str {{ self.fixed({place}) }}")?;
        return Ok(());
    }
    write!(out, "pub fn {name}(self")?;
    for variable in &message.variables {
        let kind = if variable.number { "impl Number" } else { "impl AsRef<str>" };
        write!(out, ", {}: {kind}", variable_name(&variable.name))?;
    }
    writeln!(out, ") -> String {{")?;
    writeln!(out, "let mut filled = FluentArgs::with_capacity({});", message.variables.len())?;
    for variable in &message.variables {
        let own = variable_name(&variable.name);
        let value = if variable.number { format!("{own}.value()") } else { format!("{own}.as_ref()") };
        writeln!(out, "filled.set({:?}, {value});", variable.name)?;
    }
    writeln!(out, "self.filled({id:?}, &filled)\n}}")?;
    Ok(())
}

fn variable_name(name: &str) -> String {
    let name = name.replace('-', "_");
    if ["type", "in", "for", "from", "self", "as", "use", "move", "where", "match", "ref", "fn", "mod"]
        .contains(&name.as_str())
        && name != "from"
        && name != "self"
    {
        return format!("r#{name}");
    }
    name
}
