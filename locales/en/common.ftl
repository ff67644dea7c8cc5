# Words that many pages share. The terms of the field have one word each in every language; translators keep to them.
#
#   conversation
#   agent
#   customer
#   assignee
#   resolve
#   reopen
#   note
#   reply
#   draft
#   snooze
#   macro
#   tag
#   team
#   view
#   priority
#   merge
#   split off
#   mailbox
#   inbox
#   desk
#   sign in

common-save = Save
common-cancel = Cancel
common-skip = Skip to content
common-today = Today
common-yesterday = Yesterday

# How long something takes or took, in a sentence.
common-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
common-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
common-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
common-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

common-nobody = Nobody
common-somebody = Somebody
common-a-team = A team
common-name = Name
common-password = Password
common-new-password = New password
common-password-hint = At least 10 characters.
common-email = E-mail address
common-add = Add
common-close = Close
common-try-again = Try again
common-try-all-again = Try all again
common-discard = Discard
common-show-more = Show more
common-number = Number
common-works = Works
common-paused = Paused
common-resolved = Resolved
common-open = Open
common-allow-again = Allow again
common-no-subject = (no subject)
common-back-to-inbox = Back to the inbox
common-urgent = Urgent
common-high = High
common-normal = Normal
common-low = Low
common-bytes = { $size } B
common-kilobytes = { $size } kB
common-megabytes = { $size } MB
common-names-and = { $first } and { $second }
