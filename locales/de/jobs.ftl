jobs-what = Arbeiten, die mehrmals ohne Erfolg versucht wurden. Nichts davon geht verloren, bis Sie es verwerfen.
jobs-none = Nichts ist fehlgeschlagen
jobs-none-why = Was nicht gelingt, etwa Mail, die nicht gelesen oder gesendet werden kann, erscheint hier mit dem Grund.
jobs-tried = { $count ->
    [one] Einmal versucht · aufgegeben { $time }
   *[other] { $count }-mal versucht · aufgegeben { $time }
}
jobs-discard = Verwerfen: { $what }
