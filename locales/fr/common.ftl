# Glossaire (vouvoiement). Une notion, un mot.
#
#   conversation = conversation
#   agent = agent
#   customer = client
#   assignee = attribuée à
#   resolve = résoudre, résolue
#   reopen = rouvrir
#   note = note
#   reply = répondre
#   draft = brouillon
#   snooze = mettre en veille
#   macro = macro
#   tag = étiquette
#   team = équipe
#   view = vue
#   priority = priorité
#   merge = fusionner
#   split off = séparer
#   mailbox = boîte mail
#   inbox = boîte de réception
#   desk = espace
#   sign in = se connecter

common-save = Enregistrer
common-cancel = Annuler
common-skip = Aller au contenu
common-today = Aujourd’hui
common-yesterday = Hier

common-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
common-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
common-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
common-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}

common-nobody = Personne
common-somebody = Quelqu’un
common-a-team = Une équipe
common-name = Nom
common-password = Mot de passe
common-new-password = Nouveau mot de passe
common-password-hint = Au moins 10 caractères.
common-email = Adresse e-mail
common-add = Ajouter
common-close = Fermer
common-try-again = Réessayer
common-try-all-again = Tout réessayer
common-discard = Abandonner
common-show-more = Afficher plus
common-number = Numéro
common-works = Fonctionne
common-paused = En pause
common-resolved = Résolue
common-open = Ouverte
common-allow-again = Autoriser à nouveau
common-no-subject = (sans objet)
common-back-to-inbox = Retour à la boîte de réception
common-urgent = Urgente
common-high = Haute
common-normal = Normale
common-low = Basse
common-bytes = { $size } o
common-kilobytes = { $size } ko
common-megabytes = { $size } Mo
common-names-and = { $first } et { $second }
