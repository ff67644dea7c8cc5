# Words that many pages share.

common-save = Save
common-cancel = Cancel
common-undo = Undo
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
