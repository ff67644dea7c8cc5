//! The frame of all pages of customers: their list at the side, a sheet in the middle.

use maud::{Markup, html};

use crate::components::page::{Area, Screen, desk};
use crate::components::{Icon, icon};

/// The pages of customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Customers.
    People,
    /// Organisations.
    Organisations,
    /// What was asked again.
    AskedAgain,
    /// Fields of customers and organisations.
    Fields,
}

/// A page of customers; a wide one holds two columns.
pub(crate) fn frame(screen: &Screen, tab: Tab, title: &str, wide: bool, content: Markup) -> Markup {
    let words = screen.reader.words;
    let entries = [
        (Tab::People, "/customers", Icon::User, words.customers_title()),
        (Tab::Organisations, "/organisations", Icon::Users, words.customers_organisations()),
        (Tab::AskedAgain, "/customers/asked-again", Icon::Requeue, words.customers_asked_again()),
        (Tab::Fields, "/customers/fields", Icon::Tag, words.customers_fields()),
    ];
    let shown = entries.into_iter().filter(|(entry, ..)| screen.me.admin || *entry != Tab::Fields);
    desk(
        screen,
        title,
        Area::Customers,
        html! {
            div.settings {
                nav.settings-nav aria-label=(words.customers_title()) {
                    @for (entry, href, picture, name) in shown {
                        a.view-link href=(href) aria-current=[(entry == tab).then_some("page")] { (icon(picture)) span { (name) } }
                    }
                }
                main.settings-main id="main" tabindex="-1" { div.sheet.wide[wide] { (content) } }
            }
        },
    )
}

/// The field that searches a list.
pub(crate) fn search(action: &str, query: &str, label: &str, button: &str) -> Markup {
    html! {
        form.list-search action=(action) role="search" {
            div.search-field {
                (icon(Icon::Search))
                input.input type="search" name="q" value=(query) aria-label=(label) placeholder=(label) autocomplete="off" data-does="search-here";
            }
            button.button type="submit" { (button) }
        }
    }
}
