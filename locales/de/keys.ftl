keys-own = Eigene Tasten
keys-own-what = Gehen Sie in ein Feld und drücken Sie die Taste oder zwei Tasten nacheinander. Rücktaste entfernt sie.
keys-save = Diese Tasten speichern
keys-reset = Zurück zu den Standardtasten
keys-not-a-key = „{ $keys }“ ist keine verwendbare Taste: ein Buchstabe oder Zeichen, mit Strg oder Umschalt, nie mit Alt.
keys-taken = Diese Taste gehört zu „{ $what }“.
keys-none = Keine Taste
