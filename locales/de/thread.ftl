thread-conversation = Konversation
thread-messages = Nachrichten
thread-not-open = Keine Konversation geöffnet
thread-choose-one = Wählen Sie eine aus der Liste oder nutzen Sie die Tastatur.
thread-next-previous = nächste, vorige
thread-search = suchen
thread-all-shortcuts = alle Tastenkürzel
thread-not-found = Nicht gefunden
thread-none-such = Diese Konversation gibt es nicht
thread-none-such-why = Vielleicht wurde sie gelöscht, oder die Nummer stimmt nicht.
thread-back-to-list = Zurück zur Liste
thread-customer-pane = Kundenbereich
thread-customer-pane-key = Kundenbereich (])
thread-came-back = Mail an { $address } kam zurück: { $reason }. Dorthin wird nichts gesendet, bis die Adresse wieder zugelassen ist.
thread-another-subject = Die letzte Nachricht hat einen anderen Betreff: „{ $subject }“.
thread-split-it-off = Abtrennen
thread-change-subject = Betreff ändern
thread-subject = Betreff
thread-rename = Umbenennen
thread-assign = Zuweisen
thread-assign-key = Zuweisen (a)
thread-assign-now = Zuweisen, derzeit { $name }
thread-assigned-nobody = niemand
thread-assign-to = Zuweisen an
thread-me = Mir
thread-team = Team
thread-team-key = Team (t)
thread-team-now = Team, derzeit { $name }
thread-team-none = keines
thread-no-team = Kein Team
thread-priority = Priorität
thread-priority-key = Priorität (p)
thread-priority-now = Priorität, derzeit { $priority }
thread-tags = Schlagwörter
thread-tags-key = Schlagwörter (l)
thread-tags-now = Schlagwörter, derzeit { $tags }
thread-tags-none = keine
thread-remove-tag = Schlagwort { $tag } entfernen
thread-add-tag = Schlagwort hinzufügen
thread-merge-or-split = Zusammenführen oder trennen
thread-merge-or-split-key = Zusammenführen oder trennen (v)
thread-merge-into = Zusammenführen mit Konversation
thread-merge = Zusammenführen
thread-split-last = Letzte Nachricht abtrennen
thread-mark-unread = Als ungelesen markieren
thread-mark-unread-key = Als ungelesen markieren (u)
thread-reopen = Wieder öffnen
thread-resolve = Lösen
thread-show-earlier = Frühere Nachrichten anzeigen
thread-new = Neu
thread-customer = Kunde
thread-close-customer-pane = Kundenbereich schließen
thread-other-conversations = Andere Konversationen
thread-started = Begonnen
thread-waiting = Wartet
thread-assigned-to = Zugewiesen an
thread-copy-to = { $to }; Kopie an { $copies }
thread-event-merged = { $name } hat hierher zusammengeführt:
thread-event-split = { $name } hat Nachrichten abgetrennt als
thread-event-began-as-split = { $name } hat dies abgetrennt von
thread-event-moved-away = { $name } hat eine Nachricht verschoben nach
thread-event-moved-in = { $name } hat eine Nachricht hierher verschoben aus
thread-event-undone = { $name } hat das rückgängig gemacht; siehe
thread-event-took = { $name } hat dies übernommen
thread-event-assigned = { $name } hat dies { $to } zugewiesen
thread-event-unassigned = { $name } hat die Zuweisung aufgehoben
thread-event-team = { $name } hat dies an { $team } gegeben
thread-event-no-team = { $name } hat dies dem Team entzogen
thread-event-resolved = { $name } hat dies gelöst
thread-event-reopened = { $name } hat dies wieder geöffnet
thread-event-priority = { $name } hat die Priorität auf { $priority } gesetzt
thread-event-tagged = { $name } hat das Schlagwort { $tag } hinzugefügt
thread-event-untagged = { $name } hat das Schlagwort { $tag } entfernt
thread-event-renamed = { $name } hat den Betreff in „{ $subject }“ geändert
thread-masked = { $count ->
    [one] Bei der Ankunft unkenntlich gemacht: { $what }
   *[other] Bei der Ankunft unkenntlich gemacht: { $what } ({ $count }-mal)
}
thread-no-reason = kein Grund wurde genannt
thread-doubt-domain = Der Inhaber von { $domain } bittet Empfänger zu prüfen, woher seine Mail kommt, und diese besteht die Prüfung nicht.
thread-doubt-forwarded = Eine Mailingliste oder Weiterleitung hat sie weitergegeben; das kann der Grund sein.
thread-doubt-server = Sie kam von einem Server, über den { $domain } nicht sendet, und nichts anderes bestätigt sie.
thread-replying = { $count ->
    [one] { $names } antwortet gerade
   *[other] { $names } antworten gerade
}
thread-viewing = { $count ->
    [one] { $names } sieht sich das an
   *[other] { $names } sehen sich das an
}
thread-by-email = E-Mail
