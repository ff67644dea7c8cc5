# Customers and organisations.
customers-title = Clients
customers-new = Nouveau client
customers-search = Rechercher
customers-search-hint = Nom, adresse, téléphone ou organisation
customers-none = Aucun client pour l’instant
customers-none-hint = Toute personne qui vous écrit devient un client.
customers-not-found = Aucun résultat
customers-not-found-hint = Essayez le début d’un nom, d’une adresse ou d’un numéro de téléphone.
customers-more = Afficher plus
customers-earlier = Afficher ce qui précède
customers-conversations = { NUMBER($open) } en cours, { NUMBER($all) } au total
customers-open = En cours
customers-edit = Modifier
customers-add = Ajouter
customers-name = Nom
customers-address = Adresse e-mail
customers-addresses = Adresses
customers-remove = Retirer { $address }
customers-phone = Téléphone
customers-who = Qui est-ce
customers-whole-story = Tout son historique
customers-unknown = Non précisé

# How somebody wants to be written to.
customers-preferences = Comment lui écrire
customers-preferences-hint = La zone de réponse et les envois automatiques en tiennent compte.
customers-greeting-name = Saluer par
customers-greet-as = « { $name } »
customers-greet = Commencer par « { $greeting } »
customers-form = Forme d’adresse
customers-form-formal = Vouvoiement
customers-form-informal = Tutoiement
customers-pronouns = Pronoms
customers-language = Langue
customers-way = Moyen préféré
customers-way-any = Indifférent
customers-way-email = E-mail
customers-way-phone = Téléphone
customers-way-chat = Chat
customers-way-text = SMS
customers-way-post = Courrier
customers-prefers = De préférence : { $way }
customers-time-zone = Fuseau horaire
customers-hours-from = À partir de
customers-hours-until = Jusqu’à
customers-weekdays-only = Seulement en semaine
customers-there = Il est { $time } là-bas
customers-there-not-now = Il est { $time } là-bas, hors de ses horaires
customers-send-theirs = À son heure : { $when } là-bas
customers-needs = Accessibilité
customers-needs-hint = Affiché à toute personne qui lui écrit.
customers-needs-note = Précisions
customers-need-large-print = Gros caractères
customers-need-screen-reader = Lecteur d’écran
customers-need-plain-language = Langage simple
customers-need-no-phone = Pas d’appels
customers-need-interpreter = Interprète ou service relais
customers-need-more-time = Plus de temps pour répondre

# Notes, story, files.
customers-notes = Notes
customers-notes-hint = Visibles par vos collègues uniquement. Les notes épinglées figurent à côté de chaque conversation.
customers-note-new = Note sur ce client
customers-note-add = Ajouter la note
customers-note-pin = Épingler
customers-note-unpin = Détacher
customers-note-pinned = Épinglée
customers-note-delete = Supprimer
customers-note-deleted = La note a été supprimée.
customers-story = Historique
customers-story-none = Rien pour l’instant
customers-files = Fichiers
customers-files-all = Tous les fichiers
customers-files-none = Aucun fichier

# Organisations.
customers-organisation = Organisation
customers-organisations = Organisations
customers-organisations-hint = Toute personne qui écrit depuis l’un de leurs domaines y est rattachée.
customers-organisations-none = Aucune organisation pour l’instant
customers-organisation-new = Nouvelle organisation
customers-organisation-none = Aucune
customers-belongs-to = Fait partie de
customers-domains = Domaines
customers-domains-hint = Séparés par des virgules. Les domaines des fournisseurs publics ne sont pas acceptés.
customers-people = Personnes
customers-people-none = Personne pour l’instant

# Fields of one's own.
customers-fields = Champs
customers-fields-hint = Ce que vous souhaitez savoir en plus des clients et des organisations.
customers-field-add = Ajouter un champ
customers-field-owner = Pour
customers-field-kind = Contenu
customers-field-options = Choix possibles, un par ligne
customers-field-archive = Archiver
customers-field-archived = Archivé
customers-field-bring-back = Rétablir
customers-kind-text = Texte
customers-kind-number = Nombre
customers-kind-date = Date
customers-kind-choice = Choix

# Consent.
customers-consent = Consentement
customers-consent-hint = Ce qui a été accepté et refusé. Rien n’est jamais retiré.
customers-consent-record = Consigner
customers-consent-purpose = Au sujet de
customers-consent-answer = Réponse
customers-consent-source = Source
customers-consent-evidence = Preuve
customers-consent-evidence-hint = Une citation, un lien, le numéro d’une conversation.
customers-consent-when = Quand
customers-purpose-any = Tout contact
customers-purpose-service = Messages de service
customers-purpose-surveys = Enquêtes
customers-purpose-outreach = Actualités et offres
customers-answer-agreed = Accepté
customers-answer-objected = Refusé
customers-answer-unasked = Non demandé
customers-do-not-contact = Ne pas contacter
customers-source-agent = Consigné par un agent
customers-source-message = Un de ses messages
customers-source-spoken = De vive voix, par téléphone ou sur place
customers-source-form = Un formulaire
customers-source-import = Repris d’ailleurs
customers-source-merge = Connu d’un client fusionné
customers-dnc = { $name } a demandé à ne pas être contacté.
customers-send-anyway = Envoyer quand même

# Merging.
customers-merge = Fusionner
customers-merge-hint = Les adresses, conversations et notes de l’autre client arrivent ici. Chaque conversation garde ses destinataires et l’opération peut être annulée.
customers-merge-address = Adresse e-mail de l’autre client
customers-merge-here = Fusionner ici
customers-still-moving = Des conversations d’une fusion précédente sont encore en cours de transfert. Réessayez dans un instant.
customers-merge-undo = Annuler la fusion
customers-merged = { $name } a été fusionné avec ce client.
customers-same-person = Peut-être la même personne :
customers-not-same = Ce n’est pas la même
customers-reason-variant = variantes d’une même adresse
customers-reason-phone = même numéro de téléphone
customers-reason-name = même nom
customers-reason-organisation = même organisation
customers-reason-in-address = le nom correspond à l’adresse

# Asked again.
customers-asked-again = Redemandé
customers-asked-again-hint = Brouillons qui demandaient ce que le client avait déjà dit : repérés, retirés et envoyés quand même.
customers-asked-none = Personne n’a été sollicité deux fois
customers-asked-week = Semaine du
customers-asked-agent = Agent
customers-asked-noticed = Repéré
customers-asked-heeded = Retiré
customers-asked-sent = Envoyé quand même
customers-asked-cases = Les conversations
customers-event-asked-again = { $actor } a redemandé ce qui était connu : { $thing }
customers-known = Déjà connu – { $what } :
customers-known-message = dans son message
customers-known-record = dans la fiche client
customers-insert = Insérer
customers-ask-anyway = Demander quand même
customers-other-language = Langue préférée : { $theirs } ; ceci semble être en { $written }.
customers-thing-order = numéro de commande
customers-thing-address = adresse
customers-thing-phone = numéro de téléphone
customers-thing-name = nom
customers-thing-email = adresse e-mail
customers-thing-date = date
customers-thing-account = numéro de client
customers-thing-picture = photo
customers-thing-product = produit ou numéro de série
customers-thing-size = taille

# What is wrong with a form.
customers-wrong = Ceci ne peut pas être accepté.
customers-wrong-required = Ce champ est nécessaire.
customers-wrong-too-long = C’est trop long.
customers-wrong-too-many = Il y en a trop.
customers-wrong-address = Ce n’est pas une adresse e-mail.
customers-wrong-address-taken = Un autre client a cette adresse. Fusionnez plutôt les deux.
customers-wrong-phone = Ce n’est pas un numéro de téléphone.
customers-wrong-time-zone = Ce n’est pas un fuseau horaire, comme Europe/Paris.
customers-wrong-hours = Doit être après le début.
customers-wrong-domain = Ce n’est pas un domaine, comme example.com.
customers-wrong-domain-taken = Une autre organisation a ce domaine.
customers-wrong-public-domain = Tout le monde peut y avoir une adresse : cela ne dit rien de l’appartenance.
customers-wrong-number = Un champ attend un nombre.
customers-wrong-date = Un champ attend une date.
customers-wrong-not-past = C’est dans le futur.
customers-wrong-name-taken = Ce nom est déjà utilisé.
customers-wrong-other = Aucun autre client n’a cette adresse.
customers-duplicates = { $count ->
    [one] { $count } autre client est peut-être la même personne
   *[other] { $count } autres clients sont peut-être la même personne
}
customers-add-kind = Type
customers-add-identity = Adresse, numéro ou nom
customers-add-identity-about = Un numéro avec l’indicatif du pays, comme +33 1 42 68 53 00 ; un compte par son nom ou l’adresse de sa page.
customers-kind-email = E-mail
customers-kind-phone = Téléphone
customers-wrong-phone-country = De quel pays est ce numéro ? Commencez par + et l’indicatif du pays, comme +33.
customers-wrong-account = Ce n’est pas un nom de compte. Saisissez-le tel qu’il figure sur la page de la personne, sans espaces.
customers-wrong-network = Cette adresse est celle d’un autre réseau. Choisissez celui auquel elle appartient.
customers-wrong-account-server = Il manque le serveur : écrivez nom@serveur.
customers-reason-account = comptes du même nom
