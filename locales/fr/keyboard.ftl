keyboard-what = Tout peut se faire au clavier dans la boîte de réception.
keyboard-single = Touches seules
keyboard-single-do = Les touches seules agissent quand aucun champ n’a le curseur
keyboard-single-hint = Désactivez ceci si vous dictez ou si des touches sont pressées par accident. Celles avec Ctrl ou ⌘ continuent de fonctionner.
