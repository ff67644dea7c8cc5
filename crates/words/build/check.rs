//! What must hold of the catalogues: the same messages with the same variables in every language, in files of the same names.

use std::collections::BTreeMap;

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use fluent_syntax::parser;

/// The language that says which messages there are.
pub(crate) const FIRST: &str = "en";

/// Messages that scripts get; they are filled in by scripts, which know no plural rules.
pub(crate) const SCRIPTS: &str = "script";

/// The folder of a language.
pub(crate) struct Language {
    /// The folder's name, as `de`.
    pub(crate) tag: String,
    /// By name.
    pub(crate) files: Vec<File>,
}

/// One catalogue.
pub(crate) struct File {
    /// The area, without `.ftl`.
    pub(crate) name: String,
    /// What stands in it.
    pub(crate) text: String,
}

/// A message, as one language has it.
#[derive(Debug)]
pub(crate) struct Message {
    /// The file's name.
    pub(crate) file: String,
    /// Line in the file.
    pub(crate) line: usize,
    /// In order of their first use.
    pub(crate) variables: Vec<Variable>,
    /// The text as written, for comparing and for documentation.
    pub(crate) source: String,
}

/// What a message is filled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    /// Without `$`.
    pub(crate) name: String,
    /// A number: it chooses a plural, or is written by `NUMBER()`.
    pub(crate) number: bool,
}

/// Messages by id.
pub(crate) type Catalogue = BTreeMap<String, Message>;

/// The catalogues in the order of the languages; or one line for each thing that is wrong.
pub(crate) fn check(languages: &[Language]) -> Result<Vec<Catalogue>, Vec<String>> {
    let mut problems = Vec::new();
    let mut catalogues: Vec<Catalogue> = languages.iter().map(|language| parse(language, &mut problems)).collect();
    let Some(first) = languages.iter().position(|language| language.tag == FIRST) else {
        return Err(vec![format!("locales/{FIRST} is missing")]);
    };
    let english = &catalogues[first];
    for (language, catalogue) in languages.iter().zip(&catalogues).filter(|(language, _)| language.tag != FIRST) {
        compare(&language.tag, english, catalogue, &mut problems);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    // A variable is a number when any language needs it to be.
    let ids: Vec<String> = catalogues[first].keys().cloned().collect();
    for id in ids {
        let numbers: Vec<String> = catalogues
            .iter()
            .flat_map(|catalogue| &catalogue[&id].variables)
            .filter(|variable| variable.number)
            .map(|variable| variable.name.clone())
            .collect();
        if let Some(message) = catalogues[first].get_mut(&id) {
            for variable in &mut message.variables {
                variable.number = numbers.contains(&variable.name);
            }
        }
    }
    Ok(catalogues)
}

fn compare(tag: &str, english: &Catalogue, catalogue: &Catalogue, problems: &mut Vec<String>) {
    for (id, message) in english {
        let Some(own) = catalogue.get(id) else {
            problems.push(format!("locales/{tag}/{}.ftl lacks `{id}`", message.file));
            continue;
        };
        let place = format!("locales/{tag}/{}.ftl:{}", own.file, own.line);
        if own.file != message.file {
            problems.push(format!("{place}: `{id}` belongs to {}.ftl", message.file));
        }
        let names = |message: &Message| {
            let mut names: Vec<String> =
                message.variables.iter().map(|variable| format!("${}", variable.name)).collect();
            names.sort();
            names.join(", ")
        };
        let (wanted, found) = (names(message), names(own));
        if wanted != found {
            problems.push(format!("{place}: `{id}` uses ({found}), English uses ({wanted})"));
        }
    }
    for (id, own) in catalogue {
        if !english.contains_key(id) {
            problems.push(format!("locales/{tag}/{}.ftl:{}: `{id}` is not in English", own.file, own.line));
        }
    }
}

fn parse(language: &Language, problems: &mut Vec<String>) -> Catalogue {
    let mut catalogue = Catalogue::new();
    for file in &language.files {
        let path = format!("locales/{}/{}.ftl", language.tag, file.name);
        let resource = match parser::parse(file.text.as_str()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                for error in errors {
                    problems.push(format!("{path}:{}: {}", line(&file.text, error.pos.start), error.kind));
                }
                resource
            }
        };
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name;
            let start = start_of(&file.text, id);
            let place = format!("{path}:{}", line(&file.text, start));
            let Some(pattern) = &message.value else {
                problems.push(format!("{place}: `{id}` has no text"));
                continue;
            };
            if !message.attributes.is_empty() {
                problems.push(format!("{place}: `{id}` has attributes; give each text a message of its own"));
            }
            if !id.starts_with(&format!("{}-", file.name)) {
                problems.push(format!("{place}: ids in this file start with `{}-`, `{id}` does not", file.name));
            }
            let mut found = Found { place: &place, id, variables: Vec::new(), plain: true, problems };
            found.pattern(pattern);
            let Found { variables, plain, .. } = found;
            if file.name == SCRIPTS && !plain {
                problems.push(format!("{place}: `{id}` chooses between variants, which scripts cannot"));
            }
            let source = source_of(&file.text[start..]);
            let message = Message { file: file.name.clone(), line: line(&file.text, start), variables, source };
            if let Some(before) = catalogue.insert(id.to_owned(), message) {
                problems.push(format!("{place}: `{id}` stands in {}.ftl:{} already", before.file, before.line));
            }
        }
    }
    catalogue
}

/// What is found in a message.
struct Found<'a> {
    place: &'a str,
    id: &'a str,
    variables: Vec<Variable>,
    plain: bool,
    problems: &'a mut Vec<String>,
}

impl Found<'_> {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, false),
            Expression::Select { selector, variants } => {
                self.plain = false;
                let plural = variants.iter().any(is_plural);
                if plural && !variants.iter().any(|variant| variant.default && key(variant) == "other") {
                    self.problems.push(format!("{}: the plural in `{}` has no `*[other]`", self.place, self.id));
                }
                self.inline(selector, plural);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>, number: bool) {
        match inline {
            InlineExpression::VariableReference { id } => self.variable(id.name, number),
            InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
                self.arguments(arguments, true)
            }
            InlineExpression::FunctionReference { id, .. } => {
                self.problems.push(format!("{}: `{}` uses {}(); there is NUMBER() only", self.place, self.id, id.name));
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::MessageReference { id, .. } => {
                self.problems
                    .push(format!("{}: `{}` uses the message `{}`; write it out", self.place, self.id, id.name));
            }
            InlineExpression::TermReference { arguments, .. } => {
                if let Some(arguments) = arguments {
                    self.arguments(arguments, false);
                }
            }
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>, number: bool) {
        for argument in &arguments.positional {
            self.inline(argument, number);
        }
        for argument in &arguments.named {
            self.inline(&argument.value, false);
        }
    }

    fn variable(&mut self, name: &str, number: bool) {
        match self.variables.iter_mut().find(|known| known.name == name) {
            Some(known) => known.number |= number,
            None => self.variables.push(Variable { name: name.to_owned(), number }),
        }
    }
}

fn is_plural(variant: &Variant<&str>) -> bool {
    matches!(variant.key, VariantKey::NumberLiteral { .. })
        || ["zero", "one", "two", "few", "many"].contains(&key(variant))
}

fn key<'a>(variant: &Variant<&'a str>) -> &'a str {
    match variant.key {
        VariantKey::Identifier { name } => name,
        VariantKey::NumberLiteral { value } => value,
    }
}

/// Where a message starts. Its id stands at the start of a line.
fn start_of(text: &str, id: &str) -> usize {
    let starts = |at: usize| {
        (at == 0 || text.as_bytes()[at - 1] == b'\n') && text[at + id.len()..].trim_start_matches(' ').starts_with('=')
    };
    text.match_indices(id).map(|(at, _)| at).find(|at| starts(*at)).unwrap_or_default()
}

/// The text of the message that starts here, as written: the rest of its line and the lines that are set in.
fn source_of(text: &str) -> String {
    let mut lines = text.lines();
    let first = lines.next().and_then(|line| line.split_once('=')).map_or("", |(_, rest)| rest.trim());
    let more = lines.take_while(|line| line.starts_with([' ', '}']) || line.is_empty()).map(str::trim);
    let mut source = first.to_owned();
    for line in more.filter(|line| !line.is_empty()) {
        if !source.is_empty() {
            source.push(' ');
        }
        source.push_str(line);
    }
    source
}

fn line(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(english: &str, german: &str) -> Vec<String> {
        let language = |tag: &str, text: &str| Language {
            tag: tag.to_owned(),
            files: vec![File { name: "list".to_owned(), text: text.to_owned() }],
        };
        check(&[language("de", german), language("en", english)]).err().unwrap_or_default()
    }

    #[test]
    fn whole_catalogues_pass() {
        let english = "list-rows = { $count ->\n    [one] A row\n   *[other] { $count } rows\n}\nlist-more = More\n";
        assert_eq!(problems(english, "list-more = Mehr\nlist-rows = Zeilen: { NUMBER($count) }\n"), [""; 0]);
    }

    #[test]
    fn a_message_that_one_of_them_lacks_is_named() {
        assert_eq!(
            problems("list-more = More\n", "list-less = Weniger\n"),
            ["locales/de/list.ftl lacks `list-more`", "locales/de/list.ftl:1: `list-less` is not in English"]
        );
    }

    #[test]
    fn differing_variables_are_named() {
        assert_eq!(
            problems("list-by = By { $name }\n", "\nlist-by = Von { $nam }\n"),
            ["locales/de/list.ftl:2: `list-by` uses ($nam), English uses ($name)"]
        );
    }

    #[test]
    fn a_mistake_in_writing_is_named_with_its_line() {
        let found = problems("list-more = More\n", "list-more = Mehr\nlist-a = { $b\n");
        assert!(found.iter().any(|line| line.starts_with("locales/de/list.ftl:3: ")), "{found:?}");
    }

    #[test]
    fn a_plural_without_other_is_named() {
        let german = "list-rows = { $count ->\n    [other] Zeilen\n   *[one] Zeile\n}\n";
        assert_eq!(
            problems("list-rows = { NUMBER($count) }\n", german),
            ["locales/de/list.ftl:1: the plural in `list-rows` has no `*[other]`"]
        );
    }

    #[test]
    fn ids_name_their_file_and_stand_once() {
        assert_eq!(
            problems("list-more = More\nlist-more = Again\nopen = Open\n", "list-more = Mehr\nopen = Offen\n"),
            [
                "locales/de/list.ftl:2: ids in this file start with `list-`, `open` does not",
                "locales/en/list.ftl:1: `list-more` stands in list.ftl:1 already",
                "locales/en/list.ftl:3: ids in this file start with `list-`, `open` does not",
            ]
        );
    }

    #[test]
    fn a_variable_is_a_number_when_any_language_chooses_a_plural_by_it() {
        let file = |text: &str| vec![File { name: "list".to_owned(), text: text.to_owned() }];
        let german = file("list-of = { $count ->\n    [one] Eine von { $name }\n   *[other] Viele von { $name }\n}\n");
        let english = file("list-of = { $name }: { $count }\n");
        let both = [("de", german), ("en", english)].map(|(tag, files)| Language { tag: tag.to_owned(), files });
        let catalogues = check(&both).unwrap();
        let variables: Vec<(&str, bool)> =
            catalogues[1]["list-of"].variables.iter().map(|variable| (&*variable.name, variable.number)).collect();
        assert_eq!(variables, [("name", false), ("count", true)]);
        assert_eq!(catalogues[1]["list-of"].source, "{ $name }: { $count }");
    }
}
