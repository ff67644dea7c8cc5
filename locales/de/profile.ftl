profile-language = Sprache
profile-language-hint = Der Menüs und Seiten. Ihre Antworten bleiben, wie Sie sie schreiben.
profile-language-of-browser = Wie im Browser eingestellt
