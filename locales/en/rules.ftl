rules-title = Rules
rules-sentence = What happens by itself: when something happens or time passes, under your conditions. Rules act one after the other, in this order.
rules-find = automation, workflow, trigger, automatic, assign automatically, reminder, nudge, follow up, webhook, close automatically, if then
rules-new = New rule
rules-new-about = A new rule is switched off. Look at what it would have done before you switch it on.
rules-none = No rules yet
rules-none-why = Let new conversations go to the right team, remind customers who are silent, or tell another program.
rules-name = Name
rules-on = On
rules-off = Off
rules-failing = Switched off: it failed
rules-state = State
rules-acted = { $count ->
    [one] acted once
   *[other] acted { $count } times
}
rules-version = Version { $version }
rules-switch-on = Switch on
rules-switch-on-again = Switch on again
rules-switch-off = Switch off
rules-try-first = See what it would have done in the past month before you switch it on.
rules-off-why = This rule failed too often and was switched off.
rules-deleted = The rule is deleted.
rules-delete = Delete rule
rules-delete-about = It acts no more. What it did stays, and why.
rules-when = When
rules-when-about = Something happens, or time passes.
rules-if = If
rules-if-about = Conditions of the conversation at that moment. Without any, it acts on all.
rules-then = Then
rules-then-about = All of it is done in this order, or nothing when one fails.
rules-always = always
rules-on-events = When one of these happens
rules-on-time = When time has passed
rules-how-long = How long
rules-since = From when on
rules-working = Count business hours only
rules-when-opened = A conversation begins
rules-when-customer-wrote = The customer writes
rules-when-answered = An agent answers
rules-when-noted = Somebody writes a note
rules-when-assigned = Somebody else is responsible
rules-when-team-assigned = Another team is responsible
rules-when-resolved = It is resolved
rules-when-reopened = It is opened again
rules-when-priority-set = Its priority changes
rules-when-tagged = A tag is added
rules-when-untagged = A tag is removed
rules-when-field-set = A field changes
rules-when-type-set = Its type changes
rules-when-snoozed = It is snoozed
rules-when-woken = It wakes
rules-when-undelivered = An answer cannot be delivered
rules-when-machine-wrote = A machine writes
rules-when-handed-off = It is handed over
rules-when-renamed = Its subject changes
rules-when-added-to-problem = It becomes part of a problem
rules-when-taken-from-problem = It leaves a problem
rules-when-review-asked = A draft waits for a review
rules-when-review-decided = A review ends
rules-when-side-answered = Somebody answers in a side conversation
rules-when-merged-in = Another conversation is merged into it
rules-since-created = after it began
rules-since-activity = after the last message or note
rules-since-waiting = after the customer wrote and nobody answered
rules-since-silence = after our answer, if the customer stays silent
rules-since-resolved = after it was resolved
rules-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
rules-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
rules-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
rules-months = { $count ->
    [one] Last month
   *[other] Last { $count } months
}
rules-of-working-time = { $span } of business hours
rules-what = What is done
rules-who = Who
rules-which-field = Which field
rules-do-assign = Make responsible
rules-do-team = Give to a team
rules-do-priority = Set priority
rules-do-resolve = Resolve
rules-do-reopen = Open again
rules-do-snooze = Snooze until
rules-do-tag = Add tag
rules-do-untag = Remove tag
rules-do-field = Set field
rules-do-note = Write an internal note
rules-do-message = Write to the customer
rules-do-macro = Use macro
rules-do-webhook = Tell a web address
rules-do-ask = Ask somebody to decide
rules-snooze-example = in 2 days
rules-add-action = Add action
rules-remove-action = Remove action
rules-message-about = It leaves as an automatic message, never to machines or to people who do not want to hear from you. The customer still counts as waiting.
rules-macro-about = Its text goes to the customer in their language; what else it does is done.
rules-webhook-about = A signed request with the conversation as JSON. It is tried again for two days.
rules-ask-about = The conversation becomes theirs, with this as a note, and they are notified.
rules-secret = Signature of requests
rules-secret-about = Check the header Rapport-Signature with this secret, so that you know that a request is from here.
rules-secret-show = Show the secret
rules-secret-new = Draw another secret
rules-somebody-gone = somebody who has left
rules-wrong-when = Choose at least one thing that happens.
rules-wrong-after = Write how long as a whole number, at most a year.
rules-wrong-viewer = Nobody looks when a rule decides. Use an agent by name instead of “Me”.
rules-wrong-actions = Fill in every action, or remove it. A rule needs one at least.
rules-wrong-variable = The text names a variable that does not exist.
rules-wrong-choice = What is chosen here is not there any more, or the field does not take that value. Choose again.
rules-wrong-many = At most twenty actions fit into a rule.
rules-log = What it did
rules-log-about = Each time this rule acted, with the conditions that held.
rules-log-none = It has not acted yet
rules-earlier = Earlier
rules-held = These held
rules-did = Was done
rules-failed-because = Why not
rules-not-done = Not done
rules-outcome-done = Done
rules-outcome-failed = Failed
rules-outcome-braked = Held back
rules-outcome-looped = Held back
rules-braked-why = Rules had acted on this conversation 20 times within an hour.
rules-looped-why = It followed from what this rule had done itself, or from four rules in a row.
rules-why-fields-missing = A field has to be filled in before the conversation can be resolved.
rules-why-gone = Somebody, a team, a macro or a field that it names is not there any more.
rules-why-gaps = A variable in its text had no value. Write another text for that case behind a bar, inside the braces.
rules-why-not-active = Whom it makes responsible is deactivated.
rules-why-until = The moment until which it snoozes was not ahead.
rules-why-webhook = The web address did not take the request: { $said }
rules-why-other = { $said }
rules-left-machine = not sent: a machine wrote, or nobody reads there
rules-left-unreachable = not sent: nothing arrives at this address
rules-left-not-wanted = not sent: they do not want to be written to
rules-left-too-many = not sent: too many automatic messages in a short time
rules-left-doubtful = not sent: it is not sure who wrote
rules-left-sample = not sent: it is the sample
rules-versions = Versions
rules-versions-about = Each change makes a version. An old one can be put back.
rules-current = Now
rules-put-back = Put back
rules-simulation = What it would have done
rules-simulation-about = Looks back at what happened, and changes nothing.
rules-simulate = Look back
rules-simulate-about = What happened and when is known from then. The conditions are asked of the conversations as they are today: who is responsible, tags, priority and fields may have been others.
rules-simulate-start = Look back
rules-over = How far
rules-reload = Reload
rules-result = Result
rules-so-far = { $count ->
    [one] Once so far ({ NUMBER($percent) } %)
   *[other] { NUMBER($count) } times so far ({ NUMBER($percent) } %)
}
rules-would-have = { $count ->
    [one] It would have acted once
   *[other] It would have acted { NUMBER($count) } times
}
rules-looked-at = { $count ->
    [one] { NUMBER($count) } event looked at since { $from }
   *[other] { NUMBER($count) } events looked at since { $from }
}
rules-cut = There was more than one look takes in. This is the newest part of it.
rules-older-version = The rule was changed since. Look back again.
rules-none-found = Nothing fits
rules-why = Why did this happen?
rules-why-about = What rules did in this conversation, with the conditions that held.
rules-why-none = No rule has acted in this conversation
rules-event-fired = Rule “{ $name }” acted
rules-event-switched-off = Rule “{ $name }” failed too often and was switched off
rules-told-switched-off = A rule failed too often and was switched off
rules-kind-switched-off = A rule is switched off because it fails (administrators)
rules-examples = Examples
rules-examples-about = Begin with one of these and change what you like.
rules-like-nudge = Remind after 3 days of silence
rules-like-close = Resolve after 7 days of silence
rules-like-check-in = Ask two weeks after resolving whether it helped
rules-like-nudge-text = Do you still need help with this? Just answer this mail.
rules-like-check-in-text = Did our answer help? Just answer this mail if anything is left.
rules-more-events = More events
