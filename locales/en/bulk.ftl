bulk-bar = Chosen conversations
bulk-select = Select { $who }
bulk-selected-some = Chosen
bulk-selected = { $count ->
    [one] { $count } chosen
   *[other] { $count } chosen
}
bulk-all-of = All in { $view }
bulk-none = Choose none
bulk-assign = Assign to
bulk-me = Me
bulk-nobody = Nobody
bulk-team = Team
bulk-no-team = No team
bulk-tag = Tags
bulk-tag-name = Tag
bulk-tag-add = Add
bulk-tag-remove = Remove
bulk-priority = Priority
bulk-more = More
bulk-read = Mark as read
bulk-unread = Mark as unread
bulk-open = Open again
bulk-resolve = Resolve
bulk-progress = Progress
bulk-stop = Stop
bulk-running = { NUMBER($done) } of { NUMBER($total) } changed.
bulk-undoing = { NUMBER($done) } of { NUMBER($total) } put back.
bulk-changed = { $count ->
    [one] { $count } conversation changed.
   *[other] { $count } conversations changed.
}
bulk-stopped = { $count ->
    [one] Stopped. { $count } conversation was changed.
   *[other] Stopped. { $count } conversations were changed.
}
bulk-undone = { $count ->
    [one] { $count } conversation put back.
   *[other] { $count } conversations put back.
}
bulk-passed-over = { $count ->
    [one] { $count } was passed over: it is settled already, or details are missing.
   *[other] { $count } were passed over: they are settled already, or details are missing.
}
bulk-left-alone = { $count ->
    [one] { $count } was left as it is, since it has changed meanwhile.
   *[other] { $count } were left as they are, since they have changed meanwhile.
}
bulk-choose-some = Choose some conversations first.
bulk-too-many = These are too many one by one. Choose all of a view instead.
