notifications-title = Notifications
notifications-bell = { $count ->
        [0] Notifications
        [one] Notifications, { $count } non lue
       *[other] Notifications, { $count } non lues
    }
notifications-read-all = Tout marquer comme lu
notifications-new = Nouveau
notifications-none = Rien pour l’instant
notifications-none-about = Vous serez averti ici quand quelqu’un vous mentionne, vous confie quelque chose, ou qu’un de vos clients écrit.
notifications-mentioned = { $who } vous a mentionné
notifications-assigned = { $who } vous a attribué ceci
notifications-customer-replied = { $who } a écrit
notifications-handoff-asked = { $who } vous confie ceci
notifications-handoff-declined = { $who } a refusé votre transfert
notifications-answer-failed = Votre réponse n’a pas pu être envoyée
notifications-earlier = Afficher les précédentes
notifications-choose = Choisir vos notifications
notifications-settings-about = Par quelle voie vous êtes averti de quoi. Jamais de ce que vous faites vous-même.
notifications-kind-mentioned = Quelqu’un vous mentionne dans une note
notifications-kind-assigned = Une conversation vous est attribuée
notifications-kind-customer-replied = Un client écrit dans vos conversations ou celles que vous suivez
notifications-kind-handoff-asked = On vous confie quelque chose, à vous ou à votre équipe
notifications-kind-handoff-declined = Un transfert de votre part est refusé
notifications-kind-answer-failed = Une de vos réponses n’a pas pu partir
notifications-way = Quoi
notifications-in-app = Dans le bureau
notifications-by-mail = Par e-mail
notifications-by-push = Dans les navigateurs
notifications-by-mail-about = Un e-mail par heure au plus, avec ce que vous n’avez pas lu.
notifications-browsers = Navigateurs
notifications-browsers-about = Un navigateur affiche les messages même quand le bureau est fermé. Leur contenu est chiffré pour ce navigateur.
notifications-browsers-none = Aucun navigateur
notifications-browser-add = Afficher dans ce navigateur
notifications-browser-remove = Retirer
notifications-browser-refused = Le navigateur ne l’autorise pas. Autorisez les notifications de ce site dans ses réglages.
notifications-since = Depuis le { $day }
notifications-digest-subject = { $count ->
        [one] { $count } élément vous attend
       *[other] { $count } éléments vous attendent
    }
notifications-digest-hello = Bonjour { $name },
notifications-digest-intro = vous n’avez pas encore lu ceci :
notifications-digest-end = Vous choisissez dans vos réglages ce que vous recevez par e-mail.
notifications-mentions-view = Mentions
notifications-mentions-none = Personne ne vous a mentionné
notifications-mentions-none-about = Ici se trouvent les conversations ouvertes dont une note contient @ et votre nom.
activity-title = Activité
activity-about = Ce qui s’est passé récemment, du plus récent au plus ancien.
activity-who = Qui
activity-everybody = Tout le monde
activity-show = Afficher
activity-none = Rien ne s’est passé récemment
activity-rapport = Rapport
activity-opened = { $who } a ouvert une conversation
activity-wrote = { $who } a écrit
activity-answered = { $who } a répondu
activity-noted = { $who } a laissé une note
activity-mentioned = { $who } a mentionné { $whom }
activity-failed = Une réponse n’a pas pu être envoyée
activity-more = Afficher plus ancien
activity-handed-off = { $who } a transféré ceci
activity-accepted = { $who } a accepté le transfert
activity-declined = { $who } a refusé le transfert
activity-withdrawn = { $who } a mis fin au transfert
