languages-what = Lo que dice la interfaz, idioma por idioma, para quienes la traducen.
languages-complete = Cada idioma tiene todos los mensajes: si no, Rapport no se compila. Un mensaje igual al inglés puede ser uno olvidado.
languages-messages = { $count ->
    [one] { $count } mensaje
   *[other] { $count } mensajes
}
languages-same = { $count ->
    [one] { $count } igual que en inglés
   *[other] { $count } iguales que en inglés
}
languages-download = Descargar { $file }
languages-files = { $count ->
    [one] { $count } archivo
   *[other] { $count } archivos
}
