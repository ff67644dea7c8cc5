jobs-what = Arbeiten, die mehrmals ohne Erfolg versucht wurden. Nichts davon geht verloren, bis Sie es verwerfen.
jobs-none = Nichts ist fehlgeschlagen
jobs-none-why = Was nicht gelingt, etwa Mail, die nicht gelesen oder gesendet werden kann, erscheint hier mit dem Grund.
jobs-tried = { $count ->
    [one] Einmal versucht · aufgegeben { $time }
   *[other] { $count }-mal versucht · aufgegeben { $time }
}
jobs-discard = Verwerfen: { $what }
jobs-kind-receive-delivery = Eingang verarbeiten
jobs-kind-send-message = Nachricht senden
jobs-kind-follow-customer = Konversationen dem Kunden nachführen
jobs-kind-walk-organisation = Organisation durchgehen
jobs-kind-move-conversations = Konversationen eines Kunden verschieben
jobs-kind-sweep-blobs = Dateien aufräumen
jobs-kind-prune-sessions = Alte Sitzungen entfernen
