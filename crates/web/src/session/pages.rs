//! The pages before the desk: sign-in and the first owner.

use maud::{Markup, html};
use words::Words;

use crate::components::button;
use crate::components::field::{Filled, Text, general_errors};
use crate::components::page::{brand, door};

/// Sign-in. `next` is where it leads.
pub(crate) fn sign_in(words: Words, filled: &Filled, next: &str) -> Markup {
    door(
        words,
        "Sign in",
        html! {
            header { (brand()) h1 { "Sign in" } p { "Welcome back." } }
            form.form method="post" action="/sign-in" {
                (general_errors(filled, &["email", "password"]))
                @if !next.is_empty() { input type="hidden" name="next" value=(next); }
                (Text::new("email", "E-mail address").kind("email").autocomplete("username").required().autofocus().show(filled))
                (Text::new("password", "Password").kind("password").autocomplete("current-password").required().show(filled))
                button.button.primary.wide type="submit" { "Sign in" }
            }
        },
    )
}

/// The very first visit: whoever comes becomes the owner.
pub(crate) fn setup(words: Words, filled: &Filled) -> Markup {
    door(
        words,
        "Set up",
        html! {
            header { (brand()) h1 { "Set up your desk" } p { "You are the first one here, so you become its owner. Colleagues can be added afterwards." } }
            form.form method="post" action="/setup" {
                (general_errors(filled, &["workspace", "name", "email", "password"]))
                (Text::new("workspace", "Name of your desk").hint("Usually your company. It can be changed later.").required().autofocus().autocomplete("organization").show(filled))
                (Text::new("name", "Your name").hint("Customers see it on your answers.").required().autocomplete("name").show(filled))
                (Text::new("email", "E-mail address").kind("email").required().autocomplete("username").show(filled))
                (Text::new("password", "Password").kind("password").hint("At least 10 characters.").required().autocomplete("new-password").show(filled))
                (button::primary("Create the desk"))
            }
        },
    )
}
