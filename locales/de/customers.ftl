# Customers and organisations.
customers-title = Kundinnen und Kunden
customers-new = Kunden anlegen
customers-search = Suchen
customers-search-hint = Name, Adresse, Telefon oder Organisation
customers-none = Noch keine Kunden
customers-none-hint = Wer Ihnen schreibt, wird zum Kunden.
customers-not-found = Nichts gefunden
customers-not-found-hint = Versuchen Sie es mit dem Anfang eines Namens, einer Adresse oder einer Telefonnummer.
customers-more = Mehr anzeigen
customers-earlier = Früheres anzeigen
customers-conversations = { NUMBER($open) } offen, { NUMBER($all) } insgesamt
customers-open = Offen
customers-edit = Ändern
customers-add = Hinzufügen
customers-name = Name
customers-address = E-Mail-Adresse
customers-addresses = Adressen
customers-remove = { $address } entfernen
customers-phone = Telefon
customers-who = Wer das ist
customers-whole-story = Die ganze Geschichte
customers-unknown = Nicht bekannt

# How somebody wants to be written to.
customers-preferences = So möchte die Person angeschrieben werden
customers-preferences-hint = Daran halten sich das Antwortfeld und alles, was automatisch gesendet wird.
customers-greeting-name = Anrede mit
customers-greet-as = „{ $name }“
customers-greet = Mit „{ $greeting }“ beginnen
customers-form = Anredeform
customers-form-formal = Förmlich (Sie)
customers-form-informal = Persönlich (du)
customers-pronouns = Pronomen
customers-language = Sprache
customers-way = Bevorzugter Weg
customers-way-any = Beliebig
customers-way-email = E-Mail
customers-way-phone = Telefon
customers-way-chat = Chat
customers-way-text = SMS
customers-way-post = Brief
customers-prefers = Am liebsten: { $way }
customers-time-zone = Zeitzone
customers-hours-from = Ab
customers-hours-until = Bis
customers-weekdays-only = Nur werktags
customers-there = Dort ist es { $time }
customers-there-not-now = Dort ist es { $time }, außerhalb der gewünschten Zeiten
customers-send-theirs = Zu deren Zeit: { $when } dort
customers-needs = Barrierefreiheit
customers-needs-hint = Wird allen angezeigt, die der Person schreiben.
customers-needs-note = Mehr dazu
customers-need-large-print = Große Schrift
customers-need-screen-reader = Bildschirmvorlesung
customers-need-plain-language = Einfache Sprache
customers-need-no-phone = Keine Anrufe
customers-need-interpreter = Dolmetsch- oder Vermittlungsdienst
customers-need-more-time = Mehr Zeit zum Antworten

# Notes, story, files.
customers-notes = Notizen
customers-notes-hint = Nur das Team sieht sie. Angeheftete stehen neben jeder Konversation.
customers-note-new = Notiz zu dieser Person
customers-note-add = Notiz hinzufügen
customers-note-pin = Anheften
customers-note-unpin = Lösen
customers-note-pinned = Angeheftet
customers-note-delete = Löschen
customers-note-deleted = Die Notiz wurde gelöscht.
customers-story = Verlauf
customers-story-none = Noch ist nichts geschehen
customers-files = Dateien
customers-files-all = Alle Dateien
customers-files-none = Keine Dateien

# Organisations.
customers-organisation = Organisation
customers-organisations = Organisationen
customers-organisations-hint = Wer von einer ihrer Domains schreibt, gehört von selbst dazu.
customers-organisations-none = Noch keine Organisationen
customers-organisation-new = Neue Organisation
customers-organisation-none = Keine
customers-belongs-to = Gehört zu
customers-domains = Domains
customers-domains-hint = Durch Kommas getrennt. Domains öffentlicher Mailanbieter sind nicht möglich.
customers-people = Personen
customers-people-none = Noch niemand

# Fields of one's own.
customers-fields = Felder
customers-fields-hint = Was Sie außerdem über Kunden und Organisationen wissen möchten.
customers-field-add = Feld hinzufügen
customers-field-owner = Für
customers-field-kind = Inhalt
customers-field-options = Auswahl, eine je Zeile
customers-field-archive = Archivieren
customers-field-archived = Archiviert
customers-field-bring-back = Zurückholen
customers-kind-text = Text
customers-kind-number = Zahl
customers-kind-date = Datum
customers-kind-choice = Auswahl

# Consent.
customers-consent = Einwilligungen
customers-consent-hint = Wozu die Person zugestimmt und was sie abgelehnt hat. Nichts wird je entfernt.
customers-consent-record = Festhalten
customers-consent-purpose = Wofür
customers-consent-answer = Antwort
customers-consent-source = Woher wir es wissen
customers-consent-evidence = Beleg
customers-consent-evidence-hint = Ein Zitat, ein Link, die Nummer einer Konversation.
customers-consent-when = Wann
customers-purpose-any = Kontakt überhaupt
customers-purpose-service = Servicenachrichten
customers-purpose-surveys = Umfragen
customers-purpose-outreach = Neuigkeiten und Angebote
customers-answer-agreed = Zugestimmt
customers-answer-objected = Abgelehnt
customers-answer-unasked = Nicht gefragt
customers-do-not-contact = Nicht kontaktieren
customers-source-agent = Vom Team festgehalten
customers-source-message = Eine Nachricht der Person
customers-source-spoken = Mündlich, am Telefon oder vor Ort
customers-source-form = Ein Formular
customers-source-import = Von anderswo übernommen
customers-source-merge = Von zusammengeführten Kunden bekannt
customers-dnc = { $name } möchte nicht kontaktiert werden.
customers-send-anyway = Trotzdem senden

# Merging.
customers-merge = Zusammenführen
customers-merge-hint = Adressen, Konversationen und Notizen der anderen Person kommen hierher. Jede Konversation behält ihre Empfänger, und es lässt sich rückgängig machen.
customers-merge-address = E-Mail-Adresse der anderen Person
customers-merge-here = Hier zusammenführen
customers-still-moving = Konversationen einer früheren Zusammenführung sind noch unterwegs. Versuchen Sie es gleich noch einmal.
customers-merge-undo = Zusammenführung rückgängig machen
customers-merged = { $name } wurde hier zusammengeführt.
customers-same-person = Vielleicht dieselbe Person:
customers-not-same = Nicht dieselbe
customers-reason-variant = Varianten derselben Adresse
customers-reason-phone = dieselbe Telefonnummer
customers-reason-name = derselbe Name
customers-reason-organisation = dieselbe Organisation
customers-reason-in-address = der Name passt zur Adresse

# Asked again.
customers-asked-again = Erneut gefragt
customers-asked-again-hint = Entwürfe, die nach bereits Bekanntem fragten: wie viele bemerkt, zurückgenommen und trotzdem gesendet wurden.
customers-asked-none = Niemand wurde erneut gefragt
customers-asked-week = Woche vom
customers-asked-agent = Agent
customers-asked-noticed = Bemerkt
customers-asked-heeded = Zurückgenommen
customers-asked-sent = Trotzdem gesendet
customers-asked-cases = Die Konversationen
customers-event-asked-again = { $actor } hat nach Bekanntem gefragt: { $thing }
customers-known = Schon bekannt – { $what }:
customers-known-message = in der Nachricht
customers-known-record = in den Kundendaten
customers-insert = Einfügen
customers-ask-anyway = Trotzdem fragen
customers-other-language = Bevorzugte Sprache: { $theirs }; dies scheint { $written } zu sein.
customers-thing-order = Bestellnummer
customers-thing-address = Adresse
customers-thing-phone = Telefonnummer
customers-thing-name = Name
customers-thing-email = E-Mail-Adresse
customers-thing-date = Datum
customers-thing-account = Kundennummer
customers-thing-picture = Bild
customers-thing-product = Produkt oder Seriennummer
customers-thing-size = Größe

# What is wrong with a form.
customers-wrong = Das ist nicht möglich.
customers-wrong-required = Bitte ausfüllen.
customers-wrong-too-long = Das ist zu lang.
customers-wrong-too-many = Das sind zu viele.
customers-wrong-address = Das ist keine E-Mail-Adresse.
customers-wrong-address-taken = Diese Adresse gehört zu einer anderen Person. Führen Sie die beiden zusammen.
customers-wrong-phone = Das ist keine Telefonnummer.
customers-wrong-time-zone = Das ist keine Zeitzone wie Europe/Berlin.
customers-wrong-hours = Das muss nach dem Beginn liegen.
customers-wrong-domain = Das ist keine Domain wie example.com.
customers-wrong-domain-taken = Diese Domain gehört zu einer anderen Organisation.
customers-wrong-public-domain = Dort kann jeder eine Adresse haben: Das sagt nichts darüber, wohin jemand gehört.
customers-wrong-number = Ein Feld erwartet eine Zahl.
customers-wrong-date = Ein Feld erwartet ein Datum.
customers-wrong-not-past = Das liegt in der Zukunft.
customers-wrong-name-taken = Dieser Name ist schon vergeben.
customers-wrong-other = Unter dieser Adresse gibt es keine andere Person.
customers-duplicates = { $count ->
    [one] Vielleicht dieselbe Person wie { $count } weitere
   *[other] Vielleicht dieselbe Person wie { $count } weitere
}
customers-add-kind = Art
customers-add-identity = Adresse, Nummer oder Name
customers-add-identity-about = Eine Telefonnummer mit Ländervorwahl, etwa +49 30 901820; ein Konto mit seinem Namen oder der Adresse seiner Seite.
customers-kind-email = E-Mail
customers-kind-phone = Telefon
customers-wrong-phone-country = Aus welchem Land ist diese Nummer? Beginnen Sie mit + und der Ländervorwahl, etwa +49.
customers-wrong-account = Das ist kein Name eines Kontos. Geben Sie ihn so ein, wie er auf der Seite der Person steht, ohne Leerzeichen.
customers-wrong-network = Diese Adresse gehört zu einem anderen Netzwerk. Wählen Sie das passende.
customers-wrong-account-server = Der Server fehlt: Schreiben Sie name@server.
customers-reason-account = Konten mit demselben Namen
