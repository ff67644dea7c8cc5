bulk-bar = Ausgewählte Konversationen
bulk-select = { $who } auswählen
bulk-selected-some = Ausgewählt
bulk-selected = { $count ->
    [one] { $count } ausgewählt
   *[other] { $count } ausgewählt
}
bulk-all-of = Alle in { $view }
bulk-none = Auswahl aufheben
bulk-assign = Zuweisen an
bulk-me = Mir
bulk-nobody = Niemandem
bulk-team = Team
bulk-no-team = Kein Team
bulk-tag = Schlagwörter
bulk-tag-name = Schlagwort
bulk-tag-add = Hinzufügen
bulk-tag-remove = Entfernen
bulk-priority = Priorität
bulk-more = Mehr
bulk-read = Als gelesen markieren
bulk-unread = Als ungelesen markieren
bulk-open = Wieder öffnen
bulk-resolve = Lösen
bulk-progress = Fortschritt
bulk-stop = Anhalten
bulk-running = { NUMBER($done) } von { NUMBER($total) } geändert.
bulk-undoing = { NUMBER($done) } von { NUMBER($total) } zurückgesetzt.
bulk-changed = { $count ->
    [one] { $count } Konversation geändert.
   *[other] { $count } Konversationen geändert.
}
bulk-stopped = { $count ->
    [one] Angehalten. { $count } Konversation wurde geändert.
   *[other] Angehalten. { $count } Konversationen wurden geändert.
}
bulk-undone = { $count ->
    [one] { $count } Konversation zurückgesetzt.
   *[other] { $count } Konversationen zurückgesetzt.
}
bulk-passed-over = { $count ->
    [one] { $count } wurde übergangen: schon gelöst, oder es fehlen Angaben.
   *[other] { $count } wurden übergangen: schon gelöst, oder es fehlen Angaben.
}
bulk-left-alone = { $count ->
    [one] { $count } blieb, wie er ist, denn er hat sich inzwischen geändert.
   *[other] { $count } blieben, wie sie sind, denn sie haben sich inzwischen geändert.
}
bulk-choose-some = Wählen Sie zuerst Konversationen aus.
bulk-too-many = Das sind einzeln zu viele. Wählen Sie stattdessen alle einer Ansicht.
