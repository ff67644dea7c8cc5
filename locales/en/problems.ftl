problems-title = Problems
problems-about = One cause behind many conversations, and one answer to all of them.
problems-new = New problem
problems-new-about = Conversations are added from the inbox: one by one, or many at once.
problems-name = What is the problem?
problems-name-about = On one line, for colleagues. Customers do not see it.
problems-open-it = Open the problem
problems-none-open = No open problem
problems-none-open-about = When many write about the same thing, open one here or press b in a conversation.
problems-none-solved = No solved problem
problems-none-solved-about = What was solved is kept here with its answer.
problems-none-found = No open problem fits.
problems-solved = Solved
problems-edit = Edit
problems-owner = Looked after by
problems-opened-by = Opened by
problems-known = What is known
problems-known-about = For colleagues. Customers do not see it.
problems-known-hint = Cause, since when, who is affected, what to tell customers meanwhile
problems-known-nothing = Nothing has been written down yet.
problems-solve = Solve
problems-reopen = Reopen
problems-solved-by = { $who } marked it as solved:
problems-without-answer = { $count ->
    [one] { $count } conversation has not got the answer yet.
   *[other] { $count } conversations have not got the answer yet.
}
problems-send-it = Send the answer
problems-resolve-all = { $count ->
    [one] Resolve { $count } conversation
   *[other] Resolve { $count } conversations
}
problems-resolve-first = { $count ->
    [one] Resolve the first { $count } conversation
   *[other] Resolve the first { $count } conversations
}
problems-conversations = { $count ->
    [one] { $count } conversation
   *[other] { $count } conversations
}
problems-conversations-head = Conversations
problems-taken-out = { $what } was taken out.
problems-no-members = No conversation is part of it
problems-no-members-about = Press b in a conversation, or choose several in a list and add them.
problems-read-by = { $language }: { NUMBER($count) }
problems-take-out = Take out of the problem
problems-problem = Problem
problems-part-of = Part of a problem…
problems-another-one = Part of another problem…
problems-moves = It is part of { $number } { $title }. Choosing another one moves it.
problems-find = Find a problem by its name or number
problems-find-button = Find
problems-is-part = It is part of this one
problems-add = Add
problems-new-from = Or a new problem
problems-open-and-add = Open it and add
problems-has-answer = It has the common answer.
problems-is-solved = The problem is solved, and this conversation has no answer yet.
problems-add-to = Add to a problem
problems-no-problem = No problem
problems-answer = The common answer
problems-answer-about = One text for each language that the customers read. Nothing is sent before you have seen who gets what.
problems-unknown-variable = There is no variable { $names }. Correct it before sending.
problems-text-for = { $count ->
    [one] { $language } ({ $count } conversation)
   *[other] { $language } ({ $count } conversations)
}
problems-unknown-languages = { $count ->
    [one] Of { $count } conversation the language is not known: it gets the text for all others.
   *[other] Of { $count } conversations the language is not known: they get the text for all others.
}
problems-further-language = Another language
problems-language = Language
problems-choose-language = Choose a language
problems-text = Text
problems-standard = For all other languages
problems-standard-none = Nothing: they get no answer
problems-standard-about = Whose text those get whose language has none.
problems-variables-about = What stands behind the | is used where the value is not known. Without it, that customer gets no answer, and you are told.
problems-save-and-send = Save and see who gets what
problems-another = Begin another answer
problems-another-about = When there is news: all can get the next answer, also those who have this one.
problems-preview-for = As { $name } gets it
problems-language-wrong = Choose a language for each text, each language once.
problems-answer-changed = Somebody else changed the answer meanwhile. Your texts are still here: save again to keep them instead.
problems-language-unknown = Unknown language
problems-who-gets-what = Who gets what
problems-who-gets-what-about = Look before you send. Whoever has this answer does not get it again.
problems-sums = In sum
problems-what = What
problems-gets = Gets the text in { $language }
problems-gets-it = Gets it
problems-gets-nothing = Gets nothing.
problems-more-than-summed = These are the first two thousand conversations; all of them are answered.
problems-only-open = Only conversations that are not resolved
problems-only-open-about = What is resolved in the meantime is passed over, too.
problems-afterwards = Afterwards
problems-afterwards-nothing = Leave them as they are
problems-afterwards-resolve = Resolve them
problems-afterwards-wait = Snooze them until the customer writes
problems-send-to = { $count ->
    [one] Send to { $count } customer
   *[other] Send to { $count } customers
}
problems-look-again = Look again
problems-changed-meanwhile = The answer was changed since you looked. Look at it again, then send.
problems-under-way = An answer is going out already. Wait until it is through, or stop it.
problems-nobody-left = All conversations have this answer already.
problems-no-text-yet = There is no text that can be sent. Write one, or correct its variables.
problems-unreached = Who did not get it
problems-all-reached = All have it
problems-all-reached-about = Nobody was passed over, and nothing failed.
problems-sent = { $count ->
    [one] { $count } customer has the answer.
   *[other] { $count } customers have the answer.
}
problems-sums-passed-over = { $count ->
    [one] { $count } was passed over.
   *[other] { $count } were passed over.
}
problems-sums-failed = { $count ->
    [one] { $count } failed.
   *[other] { $count } failed.
}
problems-about-to-begin = { $who } is sending the answer. It begins in a few seconds; until then it can be stopped and nobody gets it.
problems-going-out = { $who } is sending the answer: { NUMBER($done) } of { NUMBER($total) } done.
problems-stopped = Stopped.
problems-answered = Answered
problems-not-answered-yet = Not answered yet
problems-not-delivered = Did not arrive
problems-failed = Failed
problems-passed-over = Passed over
problems-reason-answered = It has this answer already.
problems-reason-resolved = It is resolved.
problems-reason-do-not-contact = The customer does not want to be contacted.
problems-reason-no-address = There is no address to send to.
problems-reason-suppressed = Mail to { $address } came back for good.
problems-reason-suppressed-some = Mail to an address in it came back for good.
problems-reason-draft = You have begun an answer there. Send or discard it first.
problems-reason-no-text = There is no text in its language, and none for all others.
problems-reason-gap = Something is not known and has no fallback: { $names }
problems-reason-no-mailbox = There is no mailbox to send from.
problems-reason-not-delivered = It could not be delivered. Open it to see why and to send it again.
problems-reason-fields-missing = It has the answer, but fields must be filled in before it can be resolved.
problems-reason-other = It could not be answered. Answer it by hand.
problems-event-added = { $actor } made this part of the problem { $problem }
problems-event-taken = { $actor } took this out of the problem { $problem }
problems-any = Any problem
