# Palabras comunes a muchas páginas. Tratamiento de usted.

common-save = Guardar
common-cancel = Cancelar
common-undo = Deshacer
common-skip = Ir al contenido
common-today = Hoy
common-yesterday = Ayer

common-seconds = { $count ->
    [one] { $count } segundo
   *[other] { $count } segundos
}
common-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
common-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
common-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
