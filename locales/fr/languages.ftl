languages-what = Ce que dit l’interface, langue par langue, pour celles et ceux qui la traduisent.
languages-complete = Chaque langue a tous les messages : sans cela, Rapport n’est pas construit. Un message identique à l’anglais a peut-être été oublié.
languages-messages = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
languages-same = { $count ->
    [one] { $count } comme en anglais
   *[other] { $count } comme en anglais
}
languages-download = Télécharger { $file }
languages-files = { $count ->
    [one] { $count } fichier
   *[other] { $count } fichiers
}
