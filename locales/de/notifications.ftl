notifications-title = Benachrichtigungen
notifications-bell = { $count ->
        [0] Benachrichtigungen
        [one] Benachrichtigungen, { $count } ungelesen
       *[other] Benachrichtigungen, { $count } ungelesen
    }
notifications-read-all = Alle als gelesen markieren
notifications-new = Neu
notifications-none = Noch nichts
notifications-none-about = Hier erfahren Sie, wenn jemand Sie erwähnt, Ihnen etwas übergibt oder ein Kunde von Ihnen schreibt.
notifications-mentioned = { $who } hat Sie erwähnt
notifications-assigned = { $who } hat Ihnen dies zugewiesen
notifications-customer-replied = { $who } hat geschrieben
notifications-handoff-asked = { $who } übergibt Ihnen dies
notifications-handoff-declined = { $who } hat Ihre Übergabe abgelehnt
notifications-answer-failed = Ihre Antwort konnte nicht gesendet werden
notifications-earlier = Frühere anzeigen
notifications-choose = Wählen, was Sie erfahren
notifications-settings-about = Auf welchem Weg Sie was erfahren. Von dem, was Sie selbst tun, nie.
notifications-kind-mentioned = Jemand erwähnt Sie in einer Notiz
notifications-kind-assigned = Eine Konversation wird Ihnen zugewiesen
notifications-kind-customer-replied = Ein Kunde schreibt in dem, was Ihres ist oder dem Sie folgen
notifications-kind-handoff-asked = Ihnen oder Ihrem Team wird etwas übergeben
notifications-kind-handoff-declined = Was Sie übergeben haben, wird abgelehnt
notifications-kind-answer-failed = Eine Antwort von Ihnen lässt sich nicht senden
notifications-way = Was
notifications-in-app = Im Desk
notifications-by-mail = Per E-Mail
notifications-by-push = In Browsern
notifications-by-mail-about = Höchstens eine E-Mail je Stunde, mit dem, was Sie nicht gelesen haben.
notifications-browsers = Browser
notifications-browsers-about = Ein Browser zeigt Nachrichten auch, wenn der Desk geschlossen ist. Ihr Inhalt ist für diesen Browser verschlüsselt.
notifications-browsers-none = Noch kein Browser
notifications-browser-add = In diesem Browser anzeigen
notifications-browser-remove = Entfernen
notifications-browser-refused = Der Browser erlaubt es nicht. Erlauben Sie Benachrichtigungen für diese Seite in seinen Einstellungen.
notifications-since = Seit { $day }
notifications-digest-subject = { $count ->
        [one] { $count } Sache wartet auf Sie
       *[other] { $count } Sachen warten auf Sie
    }
notifications-digest-hello = Guten Tag { $name },
notifications-digest-intro = das haben Sie noch nicht gelesen:
notifications-digest-end = Was Sie per E-Mail erfahren, wählen Sie in Ihren Einstellungen.
notifications-mentions-view = Erwähnungen
notifications-mentions-none = Niemand hat Sie erwähnt
notifications-mentions-none-about = Hier stehen offene Konversationen, in deren Notizen jemand @ und Ihren Namen schrieb.
activity-title = Aktivität
activity-about = Was zuletzt im Desk geschah, Neuestes zuerst.
activity-who = Wer
activity-everybody = Alle
activity-show = Anzeigen
activity-none = Hier ist zuletzt nichts geschehen
activity-rapport = Rapport
activity-opened = { $who } begann eine Konversation
activity-wrote = { $who } schrieb
activity-answered = { $who } antwortete
activity-noted = { $who } hinterließ eine Notiz
activity-mentioned = { $who } erwähnte { $whom }
activity-failed = Eine Antwort konnte nicht gesendet werden
activity-more = Frühere anzeigen
activity-handed-off = { $who } hat dies übergeben
activity-accepted = { $who } hat die Übergabe angenommen
activity-declined = { $who } hat die Übergabe abgelehnt
activity-withdrawn = { $who } hat die Übergabe beendet
