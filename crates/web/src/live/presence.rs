//! Who looks at which conversation and who is writing there: on this node, as long as their tab is open.

use std::collections::HashMap;

use desk::WorkspaceId;
use desk::people::AgentId;
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use tokio::sync::watch;
use words::Words;

/// How long somebody counts as writing after the last letter.
const TYPING: SignedDuration = SignedDuration::from_secs(6);

/// Everybody's whereabouts. Connections are told when somebody moves.
pub(crate) struct Presence {
    tabs: Mutex<HashMap<u64, Tab>>,
    moved: watch::Sender<u64>,
}

#[derive(Clone)]
struct Tab {
    workspace: WorkspaceId,
    agent: AgentId,
    name: String,
    open: Option<i64>,
    typing_until: Option<Timestamp>,
}

/// Somebody else at the same conversation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Other {
    /// Their name.
    pub(crate) name: String,
    /// They are writing.
    pub(crate) writing: bool,
}

impl Default for Presence {
    fn default() -> Presence {
        Presence { tabs: Mutex::default(), moved: watch::Sender::new(0) }
    }
}

impl Presence {
    /// A tab opened its connection; the number is its own from now on.
    pub(crate) fn arrive(&self, workspace: WorkspaceId, agent: AgentId, name: &str) -> u64 {
        let mut tabs = self.tabs.lock();
        let id = (0..).find(|id| !tabs.contains_key(id)).unwrap_or(u64::MAX);
        tabs.insert(id, Tab { workspace, agent, name: name.to_owned(), open: None, typing_until: None });
        id
    }

    /// The tab shows another conversation, or none.
    pub(crate) fn look(&self, tab: u64, open: Option<i64>) {
        if let Some(tab) = self.tabs.lock().get_mut(&tab).filter(|tab| tab.open != open) {
            tab.open = open;
            tab.typing_until = None;
        } else {
            return;
        }
        self.tell();
    }

    /// Somebody writes in the tab.
    pub(crate) fn type_in(&self, tab: u64, now: Timestamp) {
        if let Some(tab) = self.tabs.lock().get_mut(&tab) {
            tab.typing_until = now.checked_add(TYPING).ok();
        }
        self.tell();
    }

    /// The tab is gone.
    pub(crate) fn leave(&self, tab: u64) {
        self.tabs.lock().remove(&tab);
        self.tell();
    }

    /// Changes whenever somebody moves.
    pub(crate) fn moved(&self) -> watch::Receiver<u64> {
        self.moved.subscribe()
    }

    /// Who else is at the conversation that `tab` shows.
    pub(crate) fn others(&self, tab: u64, now: Timestamp) -> Vec<Other> {
        let tabs = self.tabs.lock();
        let Some(own) = tabs.get(&tab).filter(|tab| tab.open.is_some()) else { return Vec::new() };
        let mut others: HashMap<AgentId, Other> = HashMap::new();
        for tab in
            tabs.values().filter(|tab| tab.workspace == own.workspace && tab.open == own.open && tab.agent != own.agent)
        {
            let writing = tab.typing_until.is_some_and(|until| until > now);
            let other = others.entry(tab.agent).or_insert_with(|| Other { name: tab.name.clone(), writing });
            other.writing |= writing;
        }
        let mut others: Vec<Other> = others.into_values().collect();
        others.sort();
        others
    }

    fn tell(&self) {
        self.moved.send_modify(|n| *n += 1);
    }
}

/// Who is there, in words; empty when nobody is.
pub(crate) fn words(say: Words, others: &[Other]) -> String {
    let list =
        |writing: bool| others.iter().filter(|o| o.writing == writing).map(|o| o.name.as_str()).collect::<Vec<_>>();
    let all = |names: &[&str]| match names {
        [] => None,
        [first, rest @ ..] => {
            Some(rest.iter().fold((*first).to_owned(), |before, name| say.common_names_and(before, name)))
        }
    };
    let (writers, viewers) = (list(true), list(false));
    let writing = all(&writers).map(|names| say.thread_replying(writers.len(), names));
    let viewing = all(&viewers).map(|names| say.thread_viewing(viewers.len(), names));
    [writing, viewing].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn others_at_the_same_conversation_are_seen_and_one_self_is_not() {
        let (presence, now) = (Presence::default(), Timestamp::UNIX_EPOCH);
        let workspace = WorkspaceId(Uuid::from_u128(1));
        let sam = presence.arrive(workspace, AgentId(Uuid::from_u128(2)), "Sam");
        let priya = presence.arrive(workspace, AgentId(Uuid::from_u128(3)), "Priya");
        let second_tab_of_sam = presence.arrive(workspace, AgentId(Uuid::from_u128(2)), "Sam");
        for tab in [sam, priya, second_tab_of_sam] {
            presence.look(tab, Some(7));
        }
        presence.type_in(priya, now);
        assert_eq!(words(Words::default(), &presence.others(sam, now)), "Priya is replying");
        assert_eq!(words(Words::default(), &presence.others(priya, now)), "Sam is viewing this");
        let later = now + SignedDuration::from_secs(7);
        assert_eq!(words(Words::default(), &presence.others(sam, later)), "Priya is viewing this");
        presence.leave(priya);
        assert_eq!(words(Words::default(), &presence.others(sam, now)), "");
    }

    #[test]
    fn workspaces_do_not_see_one_another() {
        let (presence, now) = (Presence::default(), Timestamp::UNIX_EPOCH);
        let one = presence.arrive(WorkspaceId(Uuid::from_u128(1)), AgentId(Uuid::from_u128(2)), "Sam");
        let two = presence.arrive(WorkspaceId(Uuid::from_u128(9)), AgentId(Uuid::from_u128(3)), "Eve");
        presence.look(one, Some(7));
        presence.look(two, Some(7));
        assert!(presence.others(one, now).is_empty());
    }
}
