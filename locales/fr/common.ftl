# Mots communs à plusieurs pages. Vouvoiement.

common-save = Enregistrer
common-cancel = Annuler
common-undo = Annuler
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
