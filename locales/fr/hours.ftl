hours-title = Heures d’ouverture
hours-sentence = Quand votre service est ouvert : les heures de la semaine, les jours fériés et vos propres jours. Reporter une conversation au prochain jour ouvré suit les heures par défaut.
hours-find = horaires, heures de bureau, calendrier, jours fériés, week-end, pause déjeuner, fuseau horaire, équipes
hours-add = Ajouter des heures
hours-add-what = Des jours fériés et vos propres jours peuvent compléter chaque semaine.
hours-none = Pas encore d’heures d’ouverture
hours-none-why = En attendant, votre service est considéré comme ouvert jour et nuit.
hours-example = Support Berlin
hours-zone = Fuseau horaire
hours-week = Heures de la semaine
hours-week-hint = Par exemple 9:00–12:30, 13:30–18:00. Vide signifie fermé. Les heures après minuit s’écrivent sur les deux jours.
hours-closed = Fermé
hours-country = Jours fériés de
hours-country-hint = Fermé ces jours-là. Si le pays a des régions, choisissez la vôtre après l’enregistrement.
hours-no-holidays = Aucun pays
hours-region = Région
hours-whole-country = Tout le pays
hours-preview = Aperçu d’un mois
hours-in-month = { $hours } heures d’ouverture
hours-unit = h
hours-earlier = Mois précédent
hours-later = Mois suivant
hours-unknown-year = Les jours fériés sont connus de { $first } à { $last }. Ce mois-ci, seuls vos propres jours comptent.
hours-own = Vos propres jours
hours-own-what = Ils priment sur la semaine et les jours fériés : fermé, ou avec leurs propres heures.
hours-day = Jour
hours-until-day = Jusqu’au (pour plusieurs jours)
hours-why = Motif
hours-why-example = Sortie d’entreprise
hours-hours = Heures
hours-add-day = Ajouter des jours
hours-remove = Retirer { $name }
hours-file = Fichier de calendrier (.ics)
hours-file-hint = Ses événements d’une journée entière deviennent des jours fermés.
hours-import = Importer des jours
hours-export = Exporter les jours fermés
hours-no-file = Ce n’est pas un fichier de calendrier. Exportez-en un depuis votre calendrier au format iCalendar (.ics).
hours-file-empty = Ce fichier ne contient aucun événement d’une journée entière. Rien n’a été modifié.
hours-left-out = { $days ->
    [one] { $days } jour a été ajouté.
   *[other] { $days } jours ont été ajoutés.
} { $events ->
    [one] Un événement a été laissé de côté, car il a une heure, est très long ou se répète autrement que chaque année : { $names }.
   *[other] { $events } événements ont été laissés de côté, car ils ont une heure, sont très longs ou se répètent autrement que chaque année : { $names }.
}
hours-delete = Supprimer ces heures
hours-delete-what = Les heures par défaut ne peuvent pas être supprimées : choisissez-en d’abord d’autres par défaut.
hours-unreadable = Écrivez les heures avec un tiret, par exemple 9:00–17:00, et des virgules entre plusieurs.
hours-backwards = La fin précède le début. Écrivez les heures après minuit sur les deux jours.
hours-too-many-spans = Douze plages au plus par jour.
hours-never-open = Ouvrez au moins un jour.
hours-days-backwards = Le dernier jour précède le premier.
hours-days-too-long = Un an au plus à la fois.
hours-too-many-days = Un calendrier contient au plus 2 000 jours propres.
hours-next-working-day = Jusqu’au prochain jour ouvré
