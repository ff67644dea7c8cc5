# Wörter, die viele Seiten gemeinsam haben. Anrede: Sie.

common-save = Speichern
common-cancel = Abbrechen
common-undo = Rückgängig
common-skip = Zum Inhalt springen
common-today = Heute
common-yesterday = Gestern

common-seconds = { $count ->
    [one] { $count } Sekunde
   *[other] { $count } Sekunden
}
common-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
common-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
common-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
