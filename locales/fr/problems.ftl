problems-title = Problèmes
problems-about = Une cause derrière plusieurs conversations, et une réponse à toutes.
problems-new = Nouveau problème
problems-new-about = Les conversations s’ajoutent depuis la boîte de réception : une par une ou plusieurs à la fois.
problems-name = Quel est le problème ?
problems-name-about = Sur une ligne, pour les collègues. Les clients ne le voient pas.
problems-open-it = Ouvrir le problème
problems-none-open = Aucun problème ouvert
problems-none-open-about = Quand beaucoup écrivent pour la même chose, ouvrez-en un ici ou appuyez sur b dans une conversation.
problems-none-solved = Aucun problème résolu
problems-none-solved-about = Ce qui a été résolu reste ici avec sa réponse.
problems-none-found = Aucun problème ouvert ne correspond.
problems-solved = Résolu
problems-edit = Modifier
problems-owner = Suivi par
problems-opened-by = Ouvert par
problems-known = Ce que l’on sait
problems-known-about = Pour les collègues. Les clients ne le voient pas.
problems-known-hint = Cause, depuis quand, qui est touché, que dire aux clients en attendant
problems-known-nothing = Rien n’a encore été noté.
problems-solve = Résoudre
problems-reopen = Rouvrir
problems-solved-by = { $who } l’a marqué comme résolu :
problems-without-answer = { $count ->
    [one] { $count } conversation n’a pas encore reçu la réponse.
   *[other] { $count } conversations n’ont pas encore reçu la réponse.
}
problems-send-it = Envoyer la réponse
problems-resolve-all = { $count ->
    [one] Résoudre { $count } conversation
   *[other] Résoudre { $count } conversations
}
problems-resolve-first = { $count ->
    [one] Résoudre la première conversation ({ $count })
   *[other] Résoudre les { $count } premières conversations
}
problems-conversations = { $count ->
    [one] { $count } conversation
   *[other] { $count } conversations
}
problems-conversations-head = Conversations
problems-taken-out = { $what } a été retirée.
problems-no-members = Aucune conversation n’en fait partie
problems-no-members-about = Appuyez sur b dans une conversation, ou choisissez-en plusieurs dans une liste et ajoutez-les.
problems-read-by = { $language } : { NUMBER($count) }
problems-take-out = Retirer du problème
problems-problem = Problème
problems-part-of = Partie d’un problème…
problems-another-one = Partie d’un autre problème…
problems-moves = Elle fait partie de { $number } { $title }. En choisir un autre la déplace.
problems-find = Chercher un problème par nom ou numéro
problems-find-button = Chercher
problems-is-part = Elle en fait partie
problems-add = Ajouter
problems-new-from = Ou un nouveau problème
problems-open-and-add = Ouvrir et ajouter
problems-has-answer = Elle a reçu la réponse commune.
problems-is-solved = Le problème est résolu et cette conversation n’a pas encore de réponse.
problems-add-to = Ajouter à un problème
problems-no-problem = Aucun problème
problems-answer = La réponse commune
problems-answer-about = Un texte par langue lue par les clients. Rien ne part avant que vous ayez vu qui reçoit quoi.
problems-unknown-variable = La variable { $names } n’existe pas. Corrigez-la avant l’envoi.
problems-text-for = { $count ->
    [one] { $language } ({ $count } conversation)
   *[other] { $language } ({ $count } conversations)
}
problems-unknown-languages = { $count ->
    [one] La langue de { $count } conversation est inconnue : elle reçoit le texte pour toutes les autres.
   *[other] La langue de { $count } conversations est inconnue : elles reçoivent le texte pour toutes les autres.
}
problems-further-language = Autre langue
problems-language = Langue
problems-choose-language = Choisir une langue
problems-text = Texte
problems-standard = Pour toutes les autres langues
problems-standard-none = Rien : pas de réponse
problems-standard-about = Le texte que reçoivent ceux dont la langue n’en a pas.
problems-variables-about = Ce qui suit | sert quand la valeur est inconnue. Sans cela, ce client ne reçoit pas de réponse et vous en êtes informé.
problems-save-and-send = Enregistrer et voir qui reçoit quoi
problems-another = Commencer une autre réponse
problems-another-about = Quand il y a du nouveau : tous peuvent recevoir la réponse suivante, même ceux qui ont celle-ci.
problems-preview-for = Telle que { $name } la reçoit
problems-language-wrong = Choisissez une langue par texte, chacune une seule fois.
problems-answer-changed = Quelqu’un d’autre a modifié la réponse entre-temps. Vos textes sont toujours là : enregistrez à nouveau pour les garder.
problems-language-unknown = Langue inconnue
problems-who-gets-what = Qui reçoit quoi
problems-who-gets-what-about = Vérifiez avant d’envoyer. Qui a déjà cette réponse ne la reçoit pas de nouveau.
problems-sums = Au total
problems-what = Quoi
problems-gets = Reçoit le texte en { $language }
problems-gets-it = La reçoit
problems-gets-nothing = Ne reçoit rien.
problems-more-than-summed = Ce sont les deux mille premières conversations ; toutes reçoivent la réponse.
problems-only-open = Seulement les conversations non résolues
problems-only-open-about = Ce qui est résolu entre-temps est aussi laissé de côté.
problems-afterwards = Ensuite
problems-afterwards-nothing = Les laisser telles quelles
problems-afterwards-resolve = Les résoudre
problems-afterwards-wait = Les mettre en veille jusqu’à ce que le client écrive
problems-send-to = { $count ->
    [one] Envoyer à { $count } client
   *[other] Envoyer à { $count } clients
}
problems-look-again = Revoir
problems-changed-meanwhile = La réponse a été modifiée entre-temps. Relisez-la, puis envoyez.
problems-under-way = Une réponse est déjà en cours d’envoi. Attendez la fin ou arrêtez-la.
problems-nobody-left = Toutes les conversations ont déjà cette réponse.
problems-no-text-yet = Aucun texte ne peut être envoyé. Écrivez-en un ou corrigez ses variables.
problems-unreached = Qui ne l’a pas reçue
problems-all-reached = Tous l’ont reçue
problems-all-reached-about = Personne n’a été laissé de côté et rien n’a échoué.
problems-sent = { $count ->
    [one] { $count } client a la réponse.
   *[other] { $count } clients ont la réponse.
}
problems-sums-passed-over = { $count ->
    [one] { $count } laissé de côté.
   *[other] { $count } laissés de côté.
}
problems-sums-failed = { $count ->
    [one] { $count } échec.
   *[other] { $count } échecs.
}
problems-about-to-begin = { $who } envoie la réponse. L’envoi commence dans quelques secondes ; d’ici là, on peut l’arrêter et personne ne la reçoit.
problems-going-out = { $who } envoie la réponse : { NUMBER($done) } sur { NUMBER($total) } traitées.
problems-stopped = Arrêté.
problems-answered = Répondu
problems-not-answered-yet = Pas encore de réponse
problems-not-delivered = Non arrivée
problems-failed = Échec
problems-passed-over = Laissée de côté
problems-reason-answered = Elle a déjà cette réponse.
problems-reason-resolved = Elle est résolue.
problems-reason-do-not-contact = Le client ne souhaite pas être contacté.
problems-reason-no-address = Il n’y a pas d’adresse d’envoi.
problems-reason-suppressed = Les messages à { $address } sont revenus définitivement.
problems-reason-suppressed-some = Les messages à l’une de ses adresses sont revenus définitivement.
problems-reason-draft = Vous y avez commencé une réponse. Envoyez-la ou supprimez-la d’abord.
problems-reason-no-text = Il n’y a pas de texte dans sa langue, ni pour toutes les autres.
problems-reason-gap = Une valeur est inconnue et sans remplacement : { $names }
problems-reason-no-mailbox = Il n’y a pas de boîte mail d’envoi.
problems-reason-not-delivered = Elle n’a pas pu être remise. Ouvrez-la pour voir pourquoi et la renvoyer.
problems-reason-fields-missing = Elle a la réponse, mais des champs doivent être remplis avant de la résoudre.
problems-reason-other = Impossible d’y répondre. Répondez-y à la main.
problems-event-added = { $actor } a ajouté ceci au problème { $problem }
problems-event-taken = { $actor } a retiré ceci du problème { $problem }
problems-any = N’importe lequel
