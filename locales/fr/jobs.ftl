jobs-what = Des tâches tentées plusieurs fois sans succès. Rien n’est perdu tant que vous ne les abandonnez pas.
jobs-none = Rien n’a échoué
jobs-none-why = Ce qui échoue, comme un e-mail illisible ou impossible à envoyer, apparaît ici avec la raison.
jobs-tried = { $count ->
    [one] { $count } essai · abandonné le { $time }
   *[other] { $count } essais · abandonné le { $time }
}
jobs-discard = Abandonner : { $what }
jobs-kind-receive-delivery = Traiter un arrivage
jobs-kind-send-message = Envoyer un message
jobs-kind-follow-customer = Suivre un client
jobs-kind-walk-organisation = Parcourir une organisation
jobs-kind-move-conversations = Déplacer les conversations d’un client
jobs-kind-sweep-blobs = Nettoyer les fichiers
jobs-kind-prune-sessions = Supprimer les anciennes sessions
