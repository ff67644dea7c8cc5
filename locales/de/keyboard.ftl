keyboard-what = Alles im Posteingang geht mit der Tastatur.
keyboard-single = Einzelne Tasten
keyboard-single-do = Einzelne Tasten wirken, wenn kein Feld den Cursor hat
keyboard-single-hint = Schalten Sie dies aus, wenn Sie diktieren oder wenn Tasten aus Versehen gedrückt werden. Tasten mit Strg oder ⌘ wirken weiterhin.
