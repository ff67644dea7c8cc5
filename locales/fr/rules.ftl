rules-title = Règles
rules-sentence = Ce qui se fait tout seul : quand quelque chose arrive ou que le temps passe, sous vos conditions. Les règles agissent l’une après l’autre, dans cet ordre.
rules-find = automatisation, flux, déclencheur, automatique, attribuer automatiquement, rappel, relance, webhook, fermer automatiquement, si alors
rules-new = Nouvelle règle
rules-new-about = Une nouvelle règle est désactivée. Regardez ce qu’elle aurait fait avant de l’activer.
rules-none = Pas encore de règles
rules-none-why = Donnez les nouvelles conversations à la bonne équipe, relancez les clients silencieux ou prévenez un autre programme.
rules-name = Nom
rules-on = Active
rules-off = Inactive
rules-failing = Désactivée : en échec
rules-state = État
rules-acted = { $count ->
    [one] a agi une fois
   *[other] a agi { $count } fois
}
rules-version = Version { $version }
rules-switch-on = Activer
rules-switch-on-again = Réactiver
rules-switch-off = Désactiver
rules-try-first = Regardez ce qu’elle aurait fait le mois dernier avant de l’activer.
rules-off-why = Cette règle a échoué trop souvent et a été désactivée.
rules-deleted = La règle est supprimée.
rules-delete = Supprimer la règle
rules-delete-about = Elle n’agit plus. Ce qu’elle a fait reste, et pourquoi.
rules-when = Quand
rules-when-about = Quelque chose arrive, ou du temps passe.
rules-if = Si
rules-if-about = Conditions de la conversation à ce moment. Sans condition, elle agit sur toutes.
rules-then = Alors
rules-then-about = Tout est fait dans cet ordre, ou rien quand une action échoue.
rules-always = toujours
rules-on-events = Quand l’un de ces événements arrive
rules-on-time = Quand du temps a passé
rules-how-long = Combien de temps
rules-since = À partir de quand
rules-working = Ne compter que les heures d’ouverture
rules-when-opened = Une conversation commence
rules-when-customer-wrote = Le client écrit
rules-when-answered = Un agent répond
rules-when-noted = Quelqu’un écrit une note
rules-when-assigned = Quelqu’un d’autre est responsable
rules-when-team-assigned = Une autre équipe est responsable
rules-when-resolved = Elle est résolue
rules-when-reopened = Elle est rouverte
rules-when-priority-set = Sa priorité change
rules-when-tagged = Une étiquette est ajoutée
rules-when-untagged = Une étiquette est retirée
rules-when-field-set = Un champ change
rules-when-type-set = Son type change
rules-when-snoozed = Elle est mise en veille
rules-when-woken = Elle se réveille
rules-when-undelivered = Une réponse ne peut pas être remise
rules-when-machine-wrote = Une machine écrit
rules-when-handed-off = Elle est transmise
rules-when-renamed = Son objet change
rules-when-added-to-problem = Elle rejoint un problème
rules-when-taken-from-problem = Elle quitte un problème
rules-when-review-asked = Un brouillon attend une relecture
rules-when-review-decided = Une relecture se termine
rules-when-side-answered = Quelqu’un répond dans une conversation parallèle
rules-when-merged-in = Une autre conversation y est fusionnée
rules-since-created = après son début
rules-since-activity = après le dernier message ou la dernière note
rules-since-waiting = après que le client a écrit sans réponse
rules-since-silence = après notre réponse, si le client reste silencieux
rules-since-resolved = après sa résolution
rules-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
rules-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
rules-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
rules-months = { $count ->
    [one] Dernier mois
   *[other] { $count } derniers mois
}
rules-of-working-time = { $span } d’ouverture
rules-what = Ce qui est fait
rules-who = Qui
rules-which-field = Quel champ
rules-do-assign = Rendre responsable
rules-do-team = Donner à une équipe
rules-do-priority = Définir la priorité
rules-do-resolve = Résoudre
rules-do-reopen = Rouvrir
rules-do-snooze = Mettre en veille jusqu’à
rules-do-tag = Ajouter une étiquette
rules-do-untag = Retirer une étiquette
rules-do-field = Remplir un champ
rules-do-note = Écrire une note interne
rules-do-message = Écrire au client
rules-do-macro = Utiliser une macro
rules-do-webhook = Prévenir une adresse web
rules-do-ask = Demander une décision
rules-snooze-example = dans 2 jours
rules-add-action = Ajouter une action
rules-remove-action = Retirer l’action
rules-message-about = Il part comme message automatique, jamais vers des machines ni vers des personnes qui ne veulent pas de nos nouvelles. Le client compte toujours comme en attente.
rules-macro-about = Son texte part au client dans sa langue ; ce qu’elle fait d’autre est fait.
rules-webhook-about = Une requête signée avec la conversation en JSON. Elle est réessayée pendant deux jours.
rules-ask-about = La conversation devient la sienne, avec ceci comme note, et la personne est prévenue.
rules-secret = Signature des requêtes
rules-secret-about = Vérifiez l’en-tête Rapport-Signature avec ce secret pour savoir qu’une requête vient d’ici.
rules-secret-show = Afficher le secret
rules-secret-new = Tirer un autre secret
rules-somebody-gone = quelqu’un qui est parti
rules-wrong-when = Choisissez au moins un événement.
rules-wrong-after = Écrivez la durée en nombre entier, un an au plus.
rules-wrong-viewer = Personne ne regarde quand une règle décide. Nommez un agent au lieu de « Moi ».
rules-wrong-actions = Remplissez chaque action, ou retirez-la. Une règle en a besoin d’au moins une.
rules-wrong-variable = Le texte nomme une variable qui n’existe pas.
rules-wrong-choice = Ce qui est choisi ici n’existe plus, ou le champ ne prend pas cette valeur. Choisissez à nouveau.
rules-wrong-many = Une règle contient vingt actions au plus.
rules-log = Ce qu’elle a fait
rules-log-about = Chaque fois que cette règle a agi, avec les conditions remplies.
rules-log-none = Elle n’a pas encore agi
rules-earlier = Plus tôt
rules-held = Conditions remplies
rules-did = A été fait
rules-failed-because = Pourquoi pas
rules-not-done = Pas fait
rules-outcome-done = Fait
rules-outcome-failed = Échec
rules-outcome-braked = Retenu
rules-outcome-looped = Retenu
rules-braked-why = Des règles avaient agi 20 fois en une heure sur cette conversation.
rules-looped-why = Cela découlait de ce que cette règle avait fait elle-même, ou de quatre règles de suite.
rules-why-fields-missing = Un champ doit être rempli avant que la conversation puisse être résolue.
rules-why-gone = Une personne, une équipe, une macro ou un champ qu’elle nomme n’existe plus.
rules-why-gaps = Une variable de son texte n’avait pas de valeur. Écrivez un autre texte pour ce cas derrière une barre, entre les accolades.
rules-why-not-active = La personne qu’elle rend responsable est désactivée.
rules-why-until = Le moment jusqu’auquel elle met en veille n’était pas à venir.
rules-why-webhook = L’adresse web n’a pas pris la requête : { $said }
rules-why-other = { $said }
rules-left-machine = non envoyé : une machine a écrit, ou personne n’y lit
rules-left-unreachable = non envoyé : rien n’arrive à cette adresse
rules-left-not-wanted = non envoyé : ne veut pas être contacté
rules-left-too-many = non envoyé : trop de messages automatiques en peu de temps
rules-left-doubtful = non envoyé : on ne sait pas qui a écrit
rules-left-sample = non envoyé : c’est l’exemple
rules-versions = Versions
rules-versions-about = Chaque changement crée une version. Une ancienne peut être remise.
rules-current = Actuelle
rules-put-back = Remettre
rules-simulation = Ce qu’elle aurait fait
rules-simulation-about = Regarde ce qui s’est passé, et ne change rien.
rules-simulate = Regarder en arrière
rules-simulate-about = Ce qui est arrivé et quand est connu d’alors. Les conditions sont posées aux conversations telles qu’elles sont aujourd’hui : responsable, étiquettes, priorité et champs ont pu être autres.
rules-simulate-start = Regarder en arrière
rules-over = Sur quelle durée
rules-reload = Actualiser
rules-result = Résultat
rules-so-far = { $count ->
    [one] Une fois jusqu’ici ({ NUMBER($percent) } %)
   *[other] { NUMBER($count) } fois jusqu’ici ({ NUMBER($percent) } %)
}
rules-would-have = { $count ->
    [one] Elle aurait agi { NUMBER($count) } fois
   *[other] Elle aurait agi { NUMBER($count) } fois
}
rules-looked-at = { $count ->
    [one] { NUMBER($count) } événement examiné depuis { $from }
   *[other] { NUMBER($count) } événements examinés depuis { $from }
}
rules-cut = Il y en avait plus qu’un regard n’en prend. En voici la partie la plus récente.
rules-older-version = La règle a changé depuis. Regardez à nouveau.
rules-none-found = Rien ne convient
rules-why = Pourquoi est-ce arrivé ?
rules-why-about = Ce que les règles ont fait dans cette conversation, avec les conditions remplies.
rules-why-none = Aucune règle n’a agi dans cette conversation
rules-event-fired = La règle « { $name } » a agi
rules-event-switched-off = La règle « { $name } » a échoué trop souvent et a été désactivée
rules-told-switched-off = Une règle a échoué trop souvent et a été désactivée
rules-kind-switched-off = Une règle est désactivée parce qu’elle échoue (administrateurs)
rules-examples = Exemples
rules-examples-about = Commencez par l’un d’eux et changez ce que vous voulez.
rules-like-nudge = Relancer après 3 jours de silence
rules-like-close = Résoudre après 7 jours de silence
rules-like-check-in = Demander deux semaines après la résolution si cela a aidé
rules-like-nudge-text = Avez-vous encore besoin d’aide ? Répondez simplement à ce message.
rules-like-check-in-text = Notre réponse vous a-t-elle aidé ? Répondez simplement à ce message s’il reste quelque chose.
rules-more-events = Autres événements
