relations-follow = Suivre
relations-pin = Garder en haut
relations-pinned = Gardée en haut
relations-links = Conversations liées
relations-add = Lier une conversation
relations-this-is = Cette conversation est
relations-number = Numéro de l’autre
relations-link = Lier
relations-unlink = Supprimer le lien avec { $number }
relations-duplicate-of = doublon de
relations-has-duplicate = a pour doublon
relations-caused-by = causée par
relations-causes = cause
relations-related = en rapport avec
relations-followers = { $count ->
    [one] { $count } abonné
   *[other] { $count } abonnés
}
