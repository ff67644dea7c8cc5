thread-conversation = Conversation
thread-messages = Messages
thread-not-open = No conversation open
thread-choose-one = Choose one from the list, or use the keyboard.
thread-next-previous = next, previous
thread-search = search
thread-all-shortcuts = all shortcuts
thread-not-found = Not found
thread-none-such = There is no such conversation
thread-none-such-why = It may have been deleted, or the number may be wrong.
thread-back-to-list = Back to the list
thread-customer-pane = Customer pane
thread-customer-pane-key = Customer pane (])
thread-came-back = Mail to { $address } came back: it { $reason }. Nothing is sent there until it is allowed again.
thread-another-subject = The last message has another subject: “{ $subject }”.
thread-split-it-off = Split it off
thread-change-subject = Change the subject
thread-subject = Subject
thread-rename = Rename
thread-assign = Assign
thread-assign-key = Assign (a)
thread-assign-now = Assign, now { $name }
thread-assigned-nobody = nobody
thread-assign-to = Assign to
thread-me = Me
thread-team = Team
thread-team-key = Team (t)
thread-team-now = Team, now { $name }
thread-team-none = none
thread-no-team = No team
thread-priority = Priority
thread-priority-key = Priority (p)
thread-priority-now = Priority, now { $priority }
thread-tags = Tags
thread-tags-key = Tags (l)
thread-tags-now = Tags, now { $tags }
thread-tags-none = none
thread-remove-tag = Remove the tag { $tag }
thread-add-tag = Add a tag
thread-merge-or-split = Merge or split
thread-merge-or-split-key = Merge or split (v)
thread-merge-into = Merge into conversation
thread-merge = Merge
thread-split-last = Split off the last message
thread-mark-unread = Mark as unread
thread-mark-unread-key = Mark as unread (u)
thread-reopen = Reopen
thread-resolve = Resolve
thread-show-earlier = Show earlier messages
thread-new = New
thread-customer = Customer
thread-close-customer-pane = Close the customer pane
thread-other-conversations = Other conversations
thread-started = Started
thread-waiting = Waiting
thread-assigned-to = Assigned to
thread-copy-to = { $to }; copy to { $copies }
thread-event-merged = { $name } merged into this:
thread-event-split = { $name } split messages off as
thread-event-began-as-split = { $name } split this off from
thread-event-moved-away = { $name } moved a message to
thread-event-moved-in = { $name } moved a message here from
thread-event-undone = { $name } undid that; see
thread-event-took = { $name } took this
thread-event-assigned = { $name } assigned this to { $to }
thread-event-unassigned = { $name } unassigned this
thread-event-team = { $name } gave this to { $team }
thread-event-no-team = { $name } took this from its team
thread-event-resolved = { $name } resolved this
thread-event-reopened = { $name } reopened this
thread-event-priority = { $name } set the priority to { $priority }
thread-event-tagged = { $name } added the tag { $tag }
thread-event-untagged = { $name } removed the tag { $tag }
thread-event-renamed = { $name } changed the subject to “{ $subject }”
thread-masked = { $count ->
    [one] Masked when it arrived: { $what }
   *[other] Masked when it arrived: { $what } ({ $count } times)
}
thread-no-reason = no reason was given
thread-doubt-domain = The owner of { $domain } asks receivers to check where its mail comes from, and this one fails.
thread-doubt-forwarded = A mailing list or forwarder has passed it on, which may be the reason.
thread-doubt-server = It was sent by a server that { $domain } does not send from, and nothing else confirms it.
thread-replying = { $count ->
    [one] { $names } is replying
   *[other] { $names } are replying
}
thread-viewing = { $count ->
    [one] { $names } is viewing this
   *[other] { $names } are viewing this
}
thread-by-email = e-mail
