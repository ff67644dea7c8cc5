hours-title = Horario de atención
hours-sentence = Cuándo está abierto su servicio: las horas de la semana, los festivos y sus propios días. Posponer una conversación hasta el próximo día laborable sigue el horario predeterminado.
hours-find = horas de apertura, horario de oficina, calendario, festivos, fin de semana, pausa de mediodía, zona horaria, turnos
hours-add = Añadir horario
hours-add-what = A cada semana pueden añadirse festivos y días propios.
hours-none = Todavía no hay horarios
hours-none-why = Hasta que los haya, su servicio cuenta como abierto día y noche.
hours-example = Soporte Berlín
hours-zone = Zona horaria
hours-week = Horas de la semana
hours-week-hint = Por ejemplo 9:00–12:30, 13:30–18:00. Vacío significa cerrado. Las horas después de medianoche se escriben en ambos días.
hours-closed = Cerrado
hours-country = Festivos de
hours-country-hint = Cerrado en esos días. Si el país tiene regiones, elija la suya después de guardar.
hours-no-holidays = Ningún país
hours-region = Región
hours-whole-country = Todo el país
hours-preview = Vista previa de un mes
hours-in-month = { $hours } horas abierto
hours-unit = h
hours-earlier = Mes anterior
hours-later = Mes siguiente
hours-unknown-year = Los festivos se conocen de { $first } a { $last }. En este mes solo cuentan sus propios días.
hours-own = Días propios
hours-own-what = Prevalecen sobre la semana y los festivos: cerrado o con su propio horario.
hours-day = Día
hours-until-day = Hasta (para varios días)
hours-why = Motivo
hours-why-example = Salida de empresa
hours-hours = Horas
hours-add-day = Añadir días
hours-remove = Quitar { $name }
hours-file = Archivo de calendario (.ics)
hours-file-hint = Sus eventos de día completo se convierten en días cerrados.
hours-import = Importar días
hours-export = Exportar días libres
hours-no-file = Esto no es un archivo de calendario. Exporte uno desde su calendario en formato iCalendar (.ics).
hours-file-empty = En este archivo no hay eventos de día completo. No se ha cambiado nada.
hours-left-out = { $days ->
    [one] Se añadió { $days } día.
   *[other] Se añadieron { $days } días.
} { $events ->
    [one] Se omitió un evento porque tiene hora, es muy largo o se repite de otra forma que cada año: { $names }.
   *[other] Se omitieron { $events } eventos porque tienen hora, son muy largos o se repiten de otra forma que cada año: { $names }.
}
hours-delete = Eliminar este horario
hours-delete-what = El horario predeterminado no se puede eliminar: elija primero otro como predeterminado.
hours-unreadable = Escriba las horas con un guion, por ejemplo 9:00–17:00, y comas entre varias.
hours-backwards = El final es anterior al comienzo. Escriba las horas después de medianoche en ambos días.
hours-too-many-spans = En un día caben como máximo doce tramos.
hours-never-open = Abra al menos un día.
hours-days-backwards = El último día es anterior al primero.
hours-days-too-long = Como máximo un año de una vez.
hours-too-many-days = Un calendario admite como máximo 2000 días propios.
hours-next-working-day = Hasta el próximo día laborable
