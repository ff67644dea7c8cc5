hours-title = Geschäftszeiten
hours-sentence = Wann Ihr Arbeitsbereich geöffnet ist: die Zeiten der Woche, Feiertage und eigene Tage. Das Zurückstellen bis zum nächsten Arbeitstag richtet sich nach den Standardzeiten.
hours-find = Öffnungszeiten, Bürozeiten, Kalender, Feiertage, Wochenende, Mittagspause, Zeitzone, Schichten
hours-add = Zeiten hinzufügen
hours-add-what = Feiertage und eigene Tage können zu jeder Woche hinzukommen.
hours-none = Noch keine Geschäftszeiten
hours-none-why = Bis es welche gibt, gilt Ihr Arbeitsbereich als Tag und Nacht geöffnet.
hours-example = Support Berlin
hours-zone = Zeitzone
hours-week = Zeiten der Woche
hours-week-hint = Zum Beispiel 9:00–12:30, 13:30–18:00. Leer heißt geschlossen. Zeiten über Mitternacht stehen an beiden Tagen.
hours-closed = Geschlossen
hours-country = Feiertage von
hours-country-hint = An diesen Tagen ist geschlossen. Hat ein Land Regionen, wählen Sie Ihre nach dem Speichern.
hours-no-holidays = Kein Land
hours-region = Region
hours-whole-country = Das ganze Land
hours-preview = Vorschau eines Monats
hours-in-month = { $hours } Stunden geöffnet
hours-unit = Std.
hours-earlier = Monat davor
hours-later = Monat danach
hours-unknown-year = Feiertage sind von { $first } bis { $last } bekannt. In diesem Monat zählen nur Ihre eigenen Tage.
hours-own = Eigene Tage
hours-own-what = Sie gehen Woche und Feiertagen vor: geschlossen oder mit eigenen Zeiten.
hours-day = Tag
hours-until-day = Bis (bei mehreren Tagen)
hours-why = Anlass
hours-why-example = Betriebsausflug
hours-hours = Zeiten
hours-add-day = Tage hinzufügen
hours-remove = { $name } entfernen
hours-file = Kalenderdatei (.ics)
hours-file-hint = Ihre ganztägigen Termine werden zu geschlossenen Tagen.
hours-import = Tage importieren
hours-export = Freie Tage exportieren
hours-no-file = Das ist keine Kalenderdatei. Exportieren Sie eine aus Ihrem Kalender im iCalendar-Format (.ics).
hours-file-empty = In dieser Datei gibt es keine ganztägigen Termine. Es wurde nichts geändert.
hours-left-out = { $days ->
    [one] { $days } Tag wurde hinzugefügt.
   *[other] { $days } Tage wurden hinzugefügt.
} { $events ->
    [one] Ein Termin wurde ausgelassen, weil er eine Uhrzeit hat, sehr lang ist oder sich anders als jährlich wiederholt: { $names }.
   *[other] { $events } Termine wurden ausgelassen, weil sie eine Uhrzeit haben, sehr lang sind oder sich anders als jährlich wiederholen: { $names }.
}
hours-delete = Diese Zeiten löschen
hours-delete-what = Die Standardzeiten können nicht gelöscht werden: Machen Sie zuerst andere zum Standard.
hours-unreadable = Schreiben Sie Uhrzeiten mit einem Strich dazwischen, etwa 9:00–17:00, und Kommas zwischen mehreren.
hours-backwards = Das Ende liegt vor dem Anfang. Zeiten über Mitternacht schreiben Sie bitte an beiden Tagen auf.
hours-too-many-spans = In einen Tag passen höchstens zwölf Abschnitte.
hours-never-open = Mindestens an einem Tag muss geöffnet sein.
hours-days-backwards = Der letzte Tag liegt vor dem ersten.
hours-days-too-long = Höchstens ein Jahr auf einmal.
hours-too-many-days = Ein Kalender fasst höchstens 2.000 eigene Tage.
hours-next-working-day = Bis zum nächsten Arbeitstag
