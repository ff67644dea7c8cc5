//! A round picture of a person: the initials, since nobody is asked for a photograph.

use maud::{Markup, html};

/// How large an avatar is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Size {
    /// Beside small text, 18 px.
    Tiny,
    /// In a list of people, 28 px.
    Usual,
    /// On a card, 48 px.
    Large,
}

/// The initials of a name; decoration, so the name itself must stand beside it or be given as a title.
pub(crate) fn avatar(name: &str, size: Size) -> Markup {
    let class = match size {
        Size::Tiny => "avatar tiny",
        Size::Usual => "avatar",
        Size::Large => "avatar large",
    };
    html! { span class=(class) aria-hidden="true" data-initials=(initials(name, size)) {} }
}

fn initials(name: &str, size: Size) -> String {
    let mut letters = name
        .split(|c: char| c.is_whitespace() || matches!(c, '.' | '_' | '@' | '+'))
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .flat_map(char::to_uppercase);
    let first = letters.next().unwrap_or('?');
    match (size, letters.next()) {
        (Size::Tiny, _) | (_, None) => first.to_string(),
        (_, Some(second)) => format!("{first}{second}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_the_first_two_words() {
        assert_eq!(initials("Sam Rivera", Size::Usual), "SR");
        assert_eq!(initials("élodie", Size::Usual), "É");
        assert_eq!(initials("Sam Rivera", Size::Tiny), "S");
        assert_eq!(initials("", Size::Usual), "?");
    }
}
