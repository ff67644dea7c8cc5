offline-title = Está sin conexión
offline-what = Esta página no se había leído y ahora no se puede mostrar. Lo leído hace poco se puede abrir; lo que escriba se conserva.
offline-inbox = A la bandeja de entrada
offline-reading = Sin conexión: está leyendo lo que se guardó.
