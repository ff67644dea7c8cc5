# Glossar (Anrede: Sie). Ein Begriff, ein Wort.
#
#   conversation = Konversation
#   agent = Agent
#   customer = Kunde, Kundin
#   assignee = zuständig; „zugewiesen an“
#   resolve = lösen, gelöst
#   reopen = wieder öffnen
#   note = Notiz
#   reply = antworten
#   draft = Entwurf
#   snooze = zurückstellen
#   macro = Makro
#   tag = Schlagwort
#   team = Team
#   view = Ansicht
#   priority = Priorität
#   merge = zusammenführen
#   split off = abtrennen
#   mailbox = Postfach
#   inbox = Posteingang
#   desk = Arbeitsbereich
#   sign in = anmelden

common-save = Speichern
common-cancel = Abbrechen
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

common-nobody = Niemand
common-somebody = Jemand
common-a-team = Ein Team
common-name = Name
common-password = Passwort
common-new-password = Neues Passwort
common-password-hint = Mindestens 10 Zeichen.
common-email = E-Mail-Adresse
common-add = Hinzufügen
common-close = Schließen
common-try-again = Erneut versuchen
common-try-all-again = Alle erneut versuchen
common-discard = Verwerfen
common-show-more = Mehr anzeigen
common-number = Nummer
common-works = Funktioniert
common-paused = Pausiert
common-resolved = Gelöst
common-open = Offen
common-allow-again = Wieder zulassen
common-no-subject = (kein Betreff)
common-back-to-inbox = Zurück zum Posteingang
common-urgent = Dringend
common-high = Hoch
common-normal = Normal
common-low = Niedrig
common-bytes = { $size } B
common-kilobytes = { $size } kB
common-megabytes = { $size } MB
common-names-and = { $first } und { $second }
