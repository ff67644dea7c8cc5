//! The inbox's page: views, list and one conversation.

use maud::{Markup, html};

use super::list::{list_pane, views};
use super::shapes::{List, ViewEntry};
use crate::components::page::{Area, Screen, desk};

/// The views that a page offers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Views {
    /// The fixed ones.
    pub(crate) standard: Vec<ViewEntry>,
    /// How many notifications the viewer has not read.
    pub(crate) notifications: u64,
    /// Those that the viewer put together.
    pub(crate) own: Vec<ViewEntry>,
    /// Those that others see too.
    pub(crate) shared: Vec<ViewEntry>,
    /// One for every team.
    pub(crate) teams: Vec<ViewEntry>,
    /// One for every tag in use.
    pub(crate) tags: Vec<ViewEntry>,
}

impl Views {
    /// All of them, in the order in which they stand.
    pub(crate) fn all(&self) -> impl Iterator<Item = &ViewEntry> {
        self.standard.iter().chain(&self.own).chain(&self.shared).chain(&self.teams).chain(&self.tags)
    }
}

/// The whole page; `pane` is what stands beside the list.
pub(crate) fn inbox(screen: &Screen, available: &Views, list: &List, title: &str, pane: Markup) -> Markup {
    let content = html! {
        main.inbox id="inbox" {
            (views(available, &list.slug, &screen.reader))
            (list_pane(list, &screen.me, &screen.reader))
            (pane)
        }
    };
    desk(screen, title, Area::Inbox, content)
}
