keys-own = Vos propres touches
keys-own-what = Allez dans un champ et appuyez sur la touche, ou sur deux touches à la suite. Retour arrière l’enlève.
keys-save = Enregistrer ces touches
keys-reset = Revenir aux touches d’origine
keys-not-a-key = « { $keys } » n’est pas une touche utilisable : une lettre ou un signe, avec Ctrl ou Maj, jamais avec Alt.
keys-taken = Cette touche sert à « { $what } ».
keys-none = Aucune touche
