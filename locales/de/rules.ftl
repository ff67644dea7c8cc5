rules-title = Regeln
rules-sentence = Was von selbst geschieht: wenn etwas passiert oder Zeit vergeht, unter Ihren Bedingungen. Regeln handeln eine nach der anderen, in dieser Reihenfolge.
rules-find = Automatisierung, Ablauf, Auslöser, automatisch, automatisch zuweisen, Erinnerung, nachhaken, Webhook, automatisch schließen, wenn dann
rules-new = Neue Regel
rules-new-about = Eine neue Regel ist ausgeschaltet. Sehen Sie nach, was sie getan hätte, bevor Sie sie einschalten.
rules-none = Noch keine Regeln
rules-none-why = Geben Sie neue Konversationen dem richtigen Team, erinnern Sie Kunden, die schweigen, oder benachrichtigen Sie ein anderes Programm.
rules-name = Name
rules-on = Eingeschaltet
rules-off = Ausgeschaltet
rules-failing = Ausgeschaltet: fehlgeschlagen
rules-state = Zustand
rules-acted = { $count ->
    [one] einmal gehandelt
   *[other] { $count }-mal gehandelt
}
rules-version = Version { $version }
rules-switch-on = Einschalten
rules-switch-on-again = Wieder einschalten
rules-switch-off = Ausschalten
rules-try-first = Sehen Sie nach, was sie im letzten Monat getan hätte, bevor Sie sie einschalten.
rules-off-why = Diese Regel schlug zu oft fehl und wurde ausgeschaltet.
rules-deleted = Die Regel ist gelöscht.
rules-delete = Regel löschen
rules-delete-about = Sie handelt nicht mehr. Was sie getan hat und warum, bleibt.
rules-when = Wenn
rules-when-about = Etwas passiert, oder Zeit vergeht.
rules-if = Falls
rules-if-about = Bedingungen der Konversation in diesem Moment. Ohne Bedingung handelt sie bei allen.
rules-then = Dann
rules-then-about = Alles geschieht in dieser Reihenfolge, oder nichts, wenn eines fehlschlägt.
rules-always = immer
rules-on-events = Wenn etwas davon passiert
rules-on-time = Wenn Zeit vergangen ist
rules-how-long = Wie lange
rules-since = Ab wann
rules-working = Nur Geschäftszeit zählen
rules-when-opened = Eine Konversation beginnt
rules-when-customer-wrote = Der Kunde schreibt
rules-when-answered = Jemand vom Team antwortet
rules-when-noted = Jemand schreibt eine Notiz
rules-when-assigned = Jemand anders ist zuständig
rules-when-team-assigned = Ein anderes Team ist zuständig
rules-when-resolved = Sie wird gelöst
rules-when-reopened = Sie wird wieder geöffnet
rules-when-priority-set = Ihre Priorität ändert sich
rules-when-tagged = Ein Tag kommt hinzu
rules-when-untagged = Ein Tag wird entfernt
rules-when-field-set = Ein Feld ändert sich
rules-when-type-set = Ihr Typ ändert sich
rules-when-snoozed = Sie wird zurückgestellt
rules-when-woken = Sie wird geweckt
rules-when-undelivered = Eine Antwort ist nicht zustellbar
rules-when-machine-wrote = Eine Maschine schreibt
rules-when-handed-off = Sie wird übergeben
rules-when-renamed = Ihr Betreff ändert sich
rules-when-added-to-problem = Sie wird Teil eines Problems
rules-when-taken-from-problem = Sie verlässt ein Problem
rules-when-review-asked = Ein Entwurf wartet auf Durchsicht
rules-when-review-decided = Eine Durchsicht endet
rules-when-side-answered = Jemand antwortet in einer Nebenkonversation
rules-when-merged-in = Eine andere Konversation geht in ihr auf
rules-since-created = nach ihrem Beginn
rules-since-activity = nach der letzten Nachricht oder Notiz
rules-since-waiting = nachdem der Kunde schrieb und niemand antwortete
rules-since-silence = nach unserer Antwort, wenn der Kunde schweigt
rules-since-resolved = nachdem sie gelöst wurde
rules-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
rules-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
rules-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
rules-months = { $count ->
    [one] Letzter Monat
   *[other] Letzte { $count } Monate
}
rules-of-working-time = { $span } Geschäftszeit
rules-what = Was geschieht
rules-who = Wer
rules-which-field = Welches Feld
rules-do-assign = Zuständig machen
rules-do-team = Einem Team geben
rules-do-priority = Priorität setzen
rules-do-resolve = Lösen
rules-do-reopen = Wieder öffnen
rules-do-snooze = Zurückstellen bis
rules-do-tag = Tag hinzufügen
rules-do-untag = Tag entfernen
rules-do-field = Feld setzen
rules-do-note = Interne Notiz schreiben
rules-do-message = Dem Kunden schreiben
rules-do-macro = Textbaustein anwenden
rules-do-webhook = Eine Webadresse benachrichtigen
rules-do-ask = Jemanden entscheiden lassen
rules-snooze-example = in 2 Tagen
rules-add-action = Aktion hinzufügen
rules-remove-action = Aktion entfernen
rules-message-about = Sie geht als automatische Nachricht hinaus, nie an Maschinen und nie an Menschen, die nichts von uns hören wollen. Der Kunde gilt weiter als wartend.
rules-macro-about = Sein Text geht in der Sprache des Kunden an ihn; was er sonst tut, geschieht.
rules-webhook-about = Eine signierte Anfrage mit der Konversation als JSON. Sie wird zwei Tage lang wiederholt.
rules-ask-about = Die Konversation gehört dann ihr oder ihm, mit diesem Text als Notiz und einer Benachrichtigung.
rules-secret = Signatur der Anfragen
rules-secret-about = Prüfen Sie den Kopf Rapport-Signature mit diesem Geheimnis, damit Sie wissen, dass eine Anfrage von hier kommt.
rules-secret-show = Geheimnis zeigen
rules-secret-new = Neues Geheimnis ziehen
rules-somebody-gone = jemand, der gegangen ist
rules-wrong-when = Wählen Sie mindestens ein Ereignis.
rules-wrong-after = Schreiben Sie die Dauer als ganze Zahl, höchstens ein Jahr.
rules-wrong-viewer = Wenn eine Regel entscheidet, sieht niemand hin. Wählen Sie eine Person statt „Ich“.
rules-wrong-actions = Füllen Sie jede Aktion aus, oder entfernen Sie sie. Eine Regel braucht mindestens eine.
rules-wrong-variable = Der Text nennt eine Variable, die es nicht gibt.
rules-wrong-choice = Was hier gewählt ist, gibt es nicht mehr, oder das Feld nimmt diesen Wert nicht an. Wählen Sie neu.
rules-wrong-many = In eine Regel passen höchstens zwanzig Aktionen.
rules-log = Was sie getan hat
rules-log-about = Jedes Mal, dass diese Regel handelte, mit den Bedingungen, die zutrafen.
rules-log-none = Sie hat noch nicht gehandelt
rules-earlier = Früher
rules-held = Traf zu
rules-did = Geschah
rules-failed-because = Warum nicht
rules-not-done = Nicht getan
rules-outcome-done = Erledigt
rules-outcome-failed = Fehlgeschlagen
rules-outcome-braked = Zurückgehalten
rules-outcome-looped = Zurückgehalten
rules-braked-why = Regeln hatten bei dieser Konversation in einer Stunde 20-mal gehandelt.
rules-looped-why = Es folgte aus dem, was diese Regel selbst getan hatte, oder aus vier Regeln hintereinander.
rules-why-fields-missing = Ein Feld muss ausgefüllt sein, bevor die Konversation gelöst werden kann.
rules-why-gone = Eine Person, ein Team, ein Textbaustein oder ein Feld, das sie nennt, gibt es nicht mehr.
rules-why-gaps = Eine Variable in ihrem Text hatte keinen Wert. Schreiben Sie für diesen Fall in den Klammern hinter einem Strich einen anderen Text.
rules-why-not-active = Wen sie zuständig macht, ist deaktiviert.
rules-why-until = Der Zeitpunkt, bis zu dem sie zurückstellt, lag nicht in der Zukunft.
rules-why-webhook = Die Webadresse nahm die Anfrage nicht an: { $said }
rules-why-other = { $said }
rules-left-machine = nicht gesendet: eine Maschine schrieb, oder niemand liest dort
rules-left-unreachable = nicht gesendet: an dieser Adresse kommt nichts an
rules-left-not-wanted = nicht gesendet: möchte nicht angeschrieben werden
rules-left-too-many = nicht gesendet: zu viele automatische Nachrichten in kurzer Zeit
rules-left-doubtful = nicht gesendet: es ist nicht sicher, wer schrieb
rules-left-sample = nicht gesendet: es ist das Beispiel
rules-versions = Versionen
rules-versions-about = Jede Änderung ergibt eine Version. Eine alte kann zurückgeholt werden.
rules-current = Jetzt
rules-put-back = Zurückholen
rules-simulation = Was sie getan hätte
rules-simulation-about = Blickt zurück auf das, was geschah, und ändert nichts.
rules-simulate = Zurückblicken
rules-simulate-about = Was wann geschah, ist von damals bekannt. Die Bedingungen werden an die Konversationen gestellt, wie sie heute sind: Zuständigkeit, Tags, Priorität und Felder können andere gewesen sein.
rules-simulate-start = Zurückblicken
rules-over = Wie weit
rules-reload = Neu laden
rules-result = Ergebnis
rules-so-far = { $count ->
    [one] Bisher einmal ({ NUMBER($percent) } %)
   *[other] Bisher { NUMBER($count) }-mal ({ NUMBER($percent) } %)
}
rules-would-have = { $count ->
    [one] Sie hätte einmal gehandelt
   *[other] Sie hätte { NUMBER($count) }-mal gehandelt
}
rules-looked-at = { $count ->
    [one] { NUMBER($count) } Ereignis seit { $from } angesehen
   *[other] { NUMBER($count) } Ereignisse seit { $from } angesehen
}
rules-cut = Es gab mehr, als ein Rückblick erfasst. Dies ist der neueste Teil davon.
rules-older-version = Die Regel wurde seither geändert. Blicken Sie erneut zurück.
rules-none-found = Nichts passt
rules-why = Warum geschah das?
rules-why-about = Was Regeln in dieser Konversation taten, mit den Bedingungen, die zutrafen.
rules-why-none = In dieser Konversation hat keine Regel gehandelt
rules-event-fired = Regel „{ $name }“ hat gehandelt
rules-event-switched-off = Regel „{ $name }“ schlug zu oft fehl und wurde ausgeschaltet
rules-told-switched-off = Eine Regel schlug zu oft fehl und wurde ausgeschaltet
rules-kind-switched-off = Eine Regel wird ausgeschaltet, weil sie fehlschlägt (Administratoren)
rules-examples = Beispiele
rules-examples-about = Beginnen Sie mit einem davon und ändern Sie, was Sie möchten.
rules-like-nudge = Nach 3 Tagen Schweigen erinnern
rules-like-close = Nach 7 Tagen Schweigen lösen
rules-like-check-in = Zwei Wochen nach dem Lösen fragen, ob es geholfen hat
rules-like-nudge-text = Brauchen Sie hierbei noch Hilfe? Antworten Sie einfach auf diese E-Mail.
rules-like-check-in-text = Hat unsere Antwort geholfen? Antworten Sie einfach auf diese E-Mail, wenn etwas offen ist.
rules-more-events = Weitere Ereignisse
