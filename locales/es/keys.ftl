keys-own = Sus propias teclas
keys-own-what = Vaya a un campo y pulse la tecla, o dos teclas seguidas. Retroceso la quita.
keys-save = Guardar estas teclas
keys-reset = Volver a las teclas originales
keys-not-a-key = «{ $keys }» no es una tecla utilizable: una letra o un signo, con Ctrl o Mayús, nunca con Alt.
keys-taken = Esta tecla se usa para «{ $what }».
keys-none = Ninguna tecla
