thread-conversation = Conversation
thread-messages = Messages
thread-not-open = Aucune conversation ouverte
thread-choose-one = Choisissez-en une dans la liste ou utilisez le clavier.
thread-next-previous = suivante, précédente
thread-search = rechercher
thread-all-shortcuts = tous les raccourcis
thread-not-found = Introuvable
thread-none-such = Cette conversation n’existe pas
thread-none-such-why = Elle a peut-être été supprimée, ou le numéro est erroné.
thread-back-to-list = Retour à la liste
thread-customer-pane = Volet client
thread-customer-pane-key = Volet client (])
thread-came-back = Le courrier vers { $address } est revenu : { $reason }. Rien n’y sera envoyé tant que l’adresse n’est pas autorisée à nouveau.
thread-another-subject = Le dernier message a un autre objet : « { $subject } ».
thread-split-it-off = La séparer
thread-change-subject = Modifier l’objet
thread-subject = Objet
thread-rename = Renommer
thread-assign = Attribuer
thread-assign-key = Attribuer (a)
thread-assign-now = Attribuer, actuellement { $name }
thread-assigned-nobody = personne
thread-assign-to = Attribuer à
thread-me = Moi
thread-team = Équipe
thread-team-key = Équipe (t)
thread-team-now = Équipe, actuellement { $name }
thread-team-none = aucune
thread-no-team = Aucune équipe
thread-priority = Priorité
thread-priority-key = Priorité (p)
thread-priority-now = Priorité, actuellement { $priority }
thread-tags = Étiquettes
thread-tags-key = Étiquettes (l)
thread-tags-now = Étiquettes, actuellement { $tags }
thread-tags-none = aucune
thread-remove-tag = Retirer l’étiquette { $tag }
thread-add-tag = Ajouter une étiquette
thread-merge-or-split = Fusionner ou séparer
thread-merge-or-split-key = Fusionner ou séparer (v)
thread-merge-into = Fusionner avec la conversation
thread-merge = Fusionner
thread-split-last = Séparer le dernier message
thread-mark-unread = Marquer comme non lue
thread-mark-unread-key = Marquer comme non lue (u)
thread-reopen = Rouvrir
thread-resolve = Résoudre
thread-show-earlier = Afficher les messages précédents
thread-new = Nouveau
thread-customer = Client
thread-close-customer-pane = Fermer le volet client
thread-other-conversations = Autres conversations
thread-started = Début
thread-waiting = En attente
thread-assigned-to = Attribuée à
thread-copy-to = { $to } ; copie à { $copies }
thread-event-merged = { $name } a fusionné ici :
thread-event-split = { $name } a séparé des messages vers
thread-event-began-as-split = { $name } a séparé ceci de
thread-event-moved-away = { $name } a déplacé un message vers
thread-event-moved-in = { $name } a déplacé ici un message de
thread-event-undone = { $name } a annulé cela ; voir
thread-event-took = { $name } a pris la conversation
thread-event-assigned = { $name } a attribué la conversation à { $to }
thread-event-unassigned = { $name } a retiré l’attribution
thread-event-team = { $name } a confié la conversation à { $team }
thread-event-no-team = { $name } a retiré la conversation à son équipe
thread-event-resolved = { $name } a résolu la conversation
thread-event-reopened = { $name } a rouvert la conversation
thread-event-priority = { $name } a réglé la priorité sur { $priority }
thread-event-tagged = { $name } a ajouté l’étiquette { $tag }
thread-event-untagged = { $name } a retiré l’étiquette { $tag }
thread-event-renamed = { $name } a modifié l’objet en « { $subject } »
thread-masked = { $count ->
    [one] Masqué à l’arrivée : { $what }
   *[other] Masqué à l’arrivée : { $what } ({ $count } fois)
}
thread-no-reason = aucune raison n’a été donnée
thread-doubt-domain = Le propriétaire de { $domain } demande de vérifier d’où vient son courrier, et ce message échoue.
thread-doubt-forwarded = Une liste de diffusion ou un service de transfert l’a relayé, ce qui peut en être la cause.
thread-doubt-server = Il a été envoyé par un serveur que { $domain } n’utilise pas, et rien d’autre ne le confirme.
thread-replying = { $count ->
    [one] { $names } répond
   *[other] { $names } répondent
}
thread-viewing = { $count ->
    [one] { $names } consulte ceci
   *[other] { $names } consultent ceci
}
thread-by-email = e-mail
