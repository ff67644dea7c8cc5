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
    /// One for every team.
    pub(crate) teams: Vec<ViewEntry>,
    /// One for every tag in use.
    pub(crate) tags: Vec<ViewEntry>,
}

/// The whole page; `pane` is what stands beside the list.
pub(crate) fn inbox(screen: &Screen, available: &Views, list: &List, title: &str, pane: Markup) -> Markup {
    let say = screen.reader.words;
    let content = html! {
        main.inbox id="inbox" {
            (views(say, &available.standard, &available.teams, &available.tags, &list.slug))
            (list_pane(list, &screen.reader))
            (pane)
        }
    };
    desk(screen, title, Area::Inbox, content)
}
