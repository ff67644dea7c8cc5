problems-title = Probleme
problems-about = Eine Ursache hinter vielen Konversationen, und eine Antwort an alle.
problems-new = Neues Problem
problems-new-about = Konversationen kommen aus dem Posteingang dazu: einzeln oder viele auf einmal.
problems-name = Was ist das Problem?
problems-name-about = In einer Zeile, für Kolleginnen und Kollegen. Kunden sehen es nicht.
problems-open-it = Problem eröffnen
problems-none-open = Kein offenes Problem
problems-none-open-about = Wenn viele wegen derselben Sache schreiben, eröffnen Sie hier eines oder drücken Sie in einer Konversation b.
problems-none-solved = Kein gelöstes Problem
problems-none-solved-about = Was gelöst wurde, bleibt hier mit seiner Antwort.
problems-none-found = Kein offenes Problem passt.
problems-solved = Gelöst
problems-edit = Bearbeiten
problems-owner = Zuständig
problems-opened-by = Eröffnet von
problems-known = Was bekannt ist
problems-known-about = Für Kolleginnen und Kollegen. Kunden sehen es nicht.
problems-known-hint = Ursache, seit wann, wer betroffen ist, was Kunden vorerst gesagt wird
problems-known-nothing = Noch ist nichts festgehalten.
problems-solve = Lösen
problems-reopen = Wieder öffnen
problems-solved-by = { $who } hat es als gelöst gekennzeichnet:
problems-without-answer = { $count ->
    [one] { $count } Konversation hat die Antwort noch nicht.
   *[other] { $count } Konversationen haben die Antwort noch nicht.
}
problems-send-it = Antwort senden
problems-resolve-all = { $count ->
    [one] { $count } Konversation lösen
   *[other] { $count } Konversationen lösen
}
problems-resolve-first = { $count ->
    [one] Die erste { $count } Konversation lösen
   *[other] Die ersten { $count } Konversationen lösen
}
problems-conversations = { $count ->
    [one] { $count } Konversation
   *[other] { $count } Konversationen
}
problems-conversations-head = Konversationen
problems-taken-out = { $what } wurde herausgenommen.
problems-no-members = Keine Konversation gehört dazu
problems-no-members-about = Drücken Sie in einer Konversation b, oder wählen Sie in einer Liste mehrere aus und fügen Sie sie hinzu.
problems-read-by = { $language }: { NUMBER($count) }
problems-take-out = Aus dem Problem herausnehmen
problems-problem = Problem
problems-part-of = Teil eines Problems …
problems-another-one = Teil eines anderen Problems …
problems-moves = Sie gehört zu { $number } { $title }. Wählen Sie ein anderes, zieht sie um.
problems-find = Problem nach Name oder Nummer suchen
problems-find-button = Suchen
problems-is-part = Sie gehört dazu
problems-add = Hinzufügen
problems-new-from = Oder ein neues Problem
problems-open-and-add = Eröffnen und hinzufügen
problems-has-answer = Sie hat die gemeinsame Antwort.
problems-is-solved = Das Problem ist gelöst, und diese Konversation hat noch keine Antwort.
problems-add-to = Zu einem Problem hinzufügen
problems-no-problem = Kein Problem
problems-answer = Die gemeinsame Antwort
problems-answer-about = Ein Text je Sprache, die die Kunden lesen. Nichts wird gesendet, bevor Sie gesehen haben, wer was bekommt.
problems-unknown-variable = Es gibt keine Variable { $names }. Berichtigen Sie das vor dem Senden.
problems-text-for = { $count ->
    [one] { $language } ({ $count } Konversation)
   *[other] { $language } ({ $count } Konversationen)
}
problems-unknown-languages = { $count ->
    [one] Bei { $count } Konversation ist die Sprache nicht bekannt: Sie bekommt den Text für alle anderen.
   *[other] Bei { $count } Konversationen ist die Sprache nicht bekannt: Sie bekommen den Text für alle anderen.
}
problems-further-language = Weitere Sprache
problems-language = Sprache
problems-choose-language = Sprache wählen
problems-text = Text
problems-standard = Für alle anderen Sprachen
problems-standard-none = Nichts: Sie bekommen keine Antwort
problems-standard-about = Wessen Text diejenigen bekommen, für deren Sprache es keinen gibt.
problems-variables-about = Was hinter | steht, wird verwendet, wenn der Wert unbekannt ist. Ohne das bekommt dieser Kunde keine Antwort, und Sie erfahren es.
problems-save-and-send = Speichern und sehen, wer was bekommt
problems-another = Weitere Antwort beginnen
problems-another-about = Wenn es Neues gibt: Alle können die nächste Antwort bekommen, auch wer diese schon hat.
problems-preview-for = So bekommt es { $name }
problems-language-wrong = Wählen Sie für jeden Text eine Sprache, jede nur einmal.
problems-answer-changed = Inzwischen hat jemand anderes die Antwort geändert. Ihre Texte stehen noch hier: Speichern Sie noch einmal, um sie stattdessen zu behalten.
problems-language-unknown = Unbekannte Sprache
problems-who-gets-what = Wer was bekommt
problems-who-gets-what-about = Sehen Sie nach, bevor Sie senden. Wer diese Antwort hat, bekommt sie nicht noch einmal.
problems-sums = Zusammen
problems-what = Was
problems-gets = Bekommt den Text auf { $language }
problems-gets-it = Bekommt sie
problems-gets-nothing = Bekommt nichts.
problems-more-than-summed = Das sind die ersten zweitausend Konversationen; beantwortet werden alle.
problems-only-open = Nur Konversationen, die nicht gelöst sind
problems-only-open-about = Was inzwischen gelöst wird, wird ebenfalls übergangen.
problems-afterwards = Danach
problems-afterwards-nothing = Lassen, wie sie sind
problems-afterwards-resolve = Lösen
problems-afterwards-wait = Zurückstellen, bis der Kunde schreibt
problems-send-to = { $count ->
    [one] An { $count } Kunden senden
   *[other] An { $count } Kunden senden
}
problems-look-again = Noch einmal ansehen
problems-changed-meanwhile = Die Antwort wurde inzwischen geändert. Sehen Sie sie noch einmal an und senden Sie dann.
problems-under-way = Eine Antwort geht bereits hinaus. Warten Sie, bis sie durch ist, oder halten Sie sie an.
problems-nobody-left = Alle Konversationen haben diese Antwort schon.
problems-no-text-yet = Es gibt keinen Text, der gesendet werden kann. Schreiben Sie einen oder berichtigen Sie seine Variablen.
problems-unreached = Wer sie nicht bekommen hat
problems-all-reached = Alle haben sie
problems-all-reached-about = Niemand wurde übergangen, und nichts ist fehlgeschlagen.
problems-sent = { $count ->
    [one] { $count } Kunde hat die Antwort.
   *[other] { $count } Kunden haben die Antwort.
}
problems-sums-passed-over = { $count ->
    [one] { $count } wurde übergangen.
   *[other] { $count } wurden übergangen.
}
problems-sums-failed = { $count ->
    [one] { $count } ist fehlgeschlagen.
   *[other] { $count } sind fehlgeschlagen.
}
problems-about-to-begin = { $who } sendet die Antwort. Es beginnt in wenigen Sekunden; bis dahin lässt es sich anhalten, und niemand bekommt sie.
problems-going-out = { $who } sendet die Antwort: { NUMBER($done) } von { NUMBER($total) } erledigt.
problems-stopped = Angehalten.
problems-answered = Beantwortet
problems-not-answered-yet = Noch nicht beantwortet
problems-not-delivered = Nicht angekommen
problems-failed = Fehlgeschlagen
problems-passed-over = Übergangen
problems-reason-answered = Sie hat diese Antwort schon.
problems-reason-resolved = Sie ist gelöst.
problems-reason-do-not-contact = Der Kunde möchte nicht kontaktiert werden.
problems-reason-no-address = Es gibt keine Adresse, an die gesendet werden kann.
problems-reason-suppressed = Post an { $address } kam endgültig zurück.
problems-reason-suppressed-some = Post an eine Adresse darin kam endgültig zurück.
problems-reason-draft = Sie haben dort eine Antwort begonnen. Senden oder verwerfen Sie sie zuerst.
problems-reason-no-text = Es gibt keinen Text in ihrer Sprache und keinen für alle anderen.
problems-reason-gap = Etwas ist nicht bekannt und hat keinen Ersatz: { $names }
problems-reason-no-mailbox = Es gibt kein Postfach, von dem aus gesendet werden kann.
problems-reason-not-delivered = Sie konnte nicht zugestellt werden. Öffnen Sie die Konversation, um den Grund zu sehen und noch einmal zu senden.
problems-reason-fields-missing = Sie hat die Antwort, aber vor dem Lösen müssen Felder ausgefüllt werden.
problems-reason-other = Sie konnte nicht beantwortet werden. Antworten Sie von Hand.
problems-event-added = { $actor } hat dies zum Problem { $problem } hinzugefügt
problems-event-taken = { $actor } hat dies aus dem Problem { $problem } herausgenommen
problems-any = Irgendeines
