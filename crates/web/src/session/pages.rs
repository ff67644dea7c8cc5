//! The pages before the desk: sign-in and the first owner.

use maud::{Markup, html};
use words::Words;

use crate::components::button;
use crate::components::field::{Filled, Text, general_errors};
use crate::components::page::{brand, door};

/// Sign-in. `next` is where it leads.
pub(crate) fn sign_in(say: Words, filled: &Filled, next: &str) -> Markup {
    door(
        say,
        say.door_sign_in(),
        html! {
            header { (brand()) h1 { (say.door_sign_in()) } p { (say.door_welcome_back()) } }
            form.form method="post" action="/sign-in" {
                (general_errors(filled, &["email", "password"]))
                @if !next.is_empty() { input type="hidden" name="next" value=(next); }
                (Text::new("email", say.common_email()).kind("email").autocomplete("username").required().autofocus().show(filled))
                (Text::new("password", say.common_password()).kind("password").autocomplete("current-password").required().show(filled))
                button.button.primary.wide type="submit" { (say.door_sign_in()) }
            }
        },
    )
}

/// The very first visit: whoever comes becomes the owner.
pub(crate) fn setup(say: Words, filled: &Filled) -> Markup {
    door(
        say,
        say.door_set_up(),
        html! {
            header { (brand()) h1 { (say.door_set_up_your_desk()) } p { (say.door_you_are_first()) } }
            form.form method="post" action="/setup" {
                (general_errors(filled, &["workspace", "name", "email", "password"]))
                (Text::new("workspace", say.door_workspace()).hint(say.door_workspace_hint()).required().autofocus().autocomplete("organization").show(filled))
                (Text::new("name", say.door_your_name()).hint(say.profile_name_hint()).required().autocomplete("name").show(filled))
                (Text::new("email", say.common_email()).kind("email").required().autocomplete("username").show(filled))
                (Text::new("password", say.common_password()).kind("password").hint(say.common_password_hint()).required().autocomplete("new-password").show(filled))
                (button::primary(say.door_create()))
            }
        },
    )
}
