# Glosario (tratamiento de usted). Un concepto, una palabra.
#
#   conversation = conversación
#   agent = agente
#   customer = cliente
#   assignee = asignada a
#   resolve = resolver, resuelta
#   reopen = reabrir
#   note = nota
#   reply = responder
#   draft = borrador
#   snooze = posponer
#   macro = macro
#   tag = etiqueta
#   team = equipo
#   view = vista
#   priority = prioridad
#   merge = combinar
#   split off = separar
#   mailbox = buzón
#   inbox = bandeja de entrada
#   desk = espacio de trabajo
#   sign in = iniciar sesión

common-save = Guardar
common-cancel = Cancelar
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

common-nobody = Nadie
common-somebody = Alguien
common-a-team = Un equipo
common-name = Nombre
common-password = Contraseña
common-new-password = Contraseña nueva
common-password-hint = Al menos 10 caracteres.
common-email = Dirección de correo
common-add = Añadir
common-close = Cerrar
common-try-again = Intentar de nuevo
common-try-all-again = Intentar todo de nuevo
common-discard = Descartar
common-show-more = Mostrar más
common-number = Número
common-works = Funciona
common-paused = En pausa
common-resolved = Resuelta
common-open = Abierta
common-allow-again = Permitir de nuevo
common-no-subject = (sin asunto)
common-back-to-inbox = Volver a la bandeja de entrada
common-urgent = Urgente
common-high = Alta
common-normal = Normal
common-low = Baja
common-bytes = { $size } B
common-kilobytes = { $size } kB
common-megabytes = { $size } MB
common-names-and = { $first } y { $second }
