languages-what = Was die Oberfläche sagt, Sprache für Sprache, für alle, die sie übersetzen.
languages-complete = Jede Sprache hat jede Meldung, sonst wird Rapport nicht gebaut. Eine Meldung, die wie im Englischen lautet, wurde vielleicht vergessen.
languages-messages = { $count ->
    [one] { $count } Meldung
   *[other] { $count } Meldungen
}
languages-same = { $count ->
    [one] { $count } wie im Englischen
   *[other] { $count } wie im Englischen
}
languages-download = { $file } herunterladen
languages-files = { $count ->
    [one] { $count } Datei
   *[other] { $count } Dateien
}
