//! The steps and their order. Each may be skipped: a step is done when what it is for is there, however it came about.

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A mailbox is connected.
    Mailbox,
    /// A mail arrived in it.
    Arrival,
    /// A mail was answered.
    Answer,
    /// There are colleagues.
    Colleagues,
    /// The keys were tried.
    Keys,
}

/// How far a desk has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// The addresses of the mailboxes that are connected.
    pub addresses: Vec<String>,
    /// The number of the newest conversation that came by mail.
    pub arrived: Option<i64>,
    /// Somebody answered one.
    pub answered: bool,
    /// There is more than one person.
    pub colleagues: bool,
    /// The sample was made.
    pub sample: bool,
    /// The sample was taken away again.
    pub sample_removed: bool,
    /// Somebody said that they need no checklist.
    pub dismissed: bool,
}

impl Progress {
    /// All steps in their order, with whether each is done.
    pub fn steps(&self) -> [(Step, bool); 5] {
        [
            (Step::Mailbox, !self.addresses.is_empty()),
            (Step::Arrival, self.arrived.is_some()),
            (Step::Answer, self.answered),
            (Step::Colleagues, self.colleagues),
            (Step::Keys, self.sample),
        ]
    }

    /// How many are done.
    pub fn done(&self) -> usize {
        self.steps().iter().filter(|(_, done)| *done).count()
    }

    /// Whether there is something left that somebody may want to do.
    pub fn is_shown(&self) -> bool {
        !self.dismissed && self.done() < self.steps().len()
    }

    /// A mailbox is there and nothing has come in yet: the page waits for it.
    pub fn waits_for_mail(&self) -> bool {
        !self.addresses.is_empty() && self.arrived.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_done_by_what_is_there_in_any_order() {
        let nothing = Progress::default();
        assert_eq!((nothing.done(), nothing.is_shown(), nothing.waits_for_mail()), (0, true, false));
        let connected = Progress { addresses: vec!["help@desk.example".into()], ..Progress::default() };
        assert!(connected.waits_for_mail());
        let skipped = Progress { colleagues: true, sample: true, ..Progress::default() };
        assert_eq!(skipped.done(), 2);
        assert!(!Progress { dismissed: true, ..skipped }.is_shown());
        let all = Progress { arrived: Some(1), answered: true, colleagues: true, sample: true, ..connected };
        assert!(!all.is_shown() && !all.waits_for_mail());
    }
}
