jobs-what = Des tâches tentées plusieurs fois sans succès. Rien n’est perdu tant que vous ne les abandonnez pas.
jobs-none = Rien n’a échoué
jobs-none-why = Ce qui échoue, comme un e-mail illisible ou impossible à envoyer, apparaît ici avec la raison.
jobs-tried = { $count ->
    [one] { $count } essai · abandonné le { $time }
   *[other] { $count } essais · abandonné le { $time }
}
jobs-discard = Abandonner : { $what }
