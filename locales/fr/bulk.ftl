bulk-bar = Conversations choisies
bulk-select = Sélectionner { $who }
bulk-selected-some = Choisies
bulk-selected = { $count ->
    [one] { $count } choisie
   *[other] { $count } choisies
}
bulk-all-of = Toutes dans { $view }
bulk-none = Ne rien choisir
bulk-assign = Attribuer à
bulk-me = Moi
bulk-nobody = Personne
bulk-team = Équipe
bulk-no-team = Aucune équipe
bulk-tag = Étiquettes
bulk-tag-name = Étiquette
bulk-tag-add = Ajouter
bulk-tag-remove = Retirer
bulk-priority = Priorité
bulk-more = Plus
bulk-read = Marquer comme lues
bulk-unread = Marquer comme non lues
bulk-open = Rouvrir
bulk-resolve = Résoudre
bulk-progress = Progression
bulk-stop = Arrêter
bulk-running = { NUMBER($done) } sur { NUMBER($total) } modifiées.
bulk-undoing = { NUMBER($done) } sur { NUMBER($total) } rétablies.
bulk-changed = { $count ->
    [one] { $count } conversation modifiée.
   *[other] { $count } conversations modifiées.
}
bulk-stopped = { $count ->
    [one] Arrêté. { $count } conversation a été modifiée.
   *[other] Arrêté. { $count } conversations ont été modifiées.
}
bulk-undone = { $count ->
    [one] { $count } conversation rétablie.
   *[other] { $count } conversations rétablies.
}
bulk-passed-over = { $count ->
    [one] { $count } a été ignorée : déjà réglée, ou incomplète.
   *[other] { $count } ont été ignorées : déjà réglées, ou incomplètes.
}
bulk-left-alone = { $count ->
    [one] { $count } est restée telle quelle, car elle a changé entre-temps.
   *[other] { $count } sont restées telles quelles, car elles ont changé entre-temps.
}
bulk-choose-some = Choisissez d’abord des conversations.
bulk-too-many = Trop nombreuses une par une. Choisissez plutôt toute une vue.
