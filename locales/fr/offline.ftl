offline-title = Vous êtes hors ligne
offline-what = Cette page n’a pas encore été lue et ne peut pas être affichée. Ce que vous avez lu récemment reste accessible ; ce que vous écrivez est gardé.
offline-inbox = Vers la boîte de réception
offline-reading = Hors ligne : vous lisez ce qui a été gardé.
