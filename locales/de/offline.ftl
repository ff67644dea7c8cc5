offline-title = Sie sind offline
offline-what = Diese Seite wurde noch nicht gelesen und kann jetzt nicht gezeigt werden. Kürzlich Gelesenes lässt sich öffnen; was Sie schreiben, bleibt erhalten.
offline-inbox = Zum Posteingang
offline-reading = Offline: Sie lesen, was aufbewahrt wurde.
