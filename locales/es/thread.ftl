thread-conversation = Conversación
thread-messages = Mensajes
thread-not-open = Ninguna conversación abierta
thread-choose-one = Elija una de la lista o use el teclado.
thread-next-previous = siguiente, anterior
thread-search = buscar
thread-all-shortcuts = todos los atajos
thread-not-found = No encontrada
thread-none-such = No existe esa conversación
thread-none-such-why = Puede que se haya eliminado o que el número sea incorrecto.
thread-back-to-list = Volver a la lista
thread-customer-pane = Panel del cliente
thread-customer-pane-key = Panel del cliente (])
thread-came-back = El correo a { $address } fue devuelto: { $reason }. No se enviará nada allí hasta que se permita de nuevo.
thread-another-subject = El último mensaje tiene otro asunto: «{ $subject }».
thread-split-it-off = Separarlo
thread-change-subject = Cambiar el asunto
thread-subject = Asunto
thread-rename = Renombrar
thread-assign = Asignar
thread-assign-key = Asignar (a)
thread-assign-now = Asignar, ahora { $name }
thread-assigned-nobody = nadie
thread-assign-to = Asignar a
thread-me = A mí
thread-team = Equipo
thread-team-key = Equipo (t)
thread-team-now = Equipo, ahora { $name }
thread-team-none = ninguno
thread-no-team = Ningún equipo
thread-priority = Prioridad
thread-priority-key = Prioridad (p)
thread-priority-now = Prioridad, ahora { $priority }
thread-tags = Etiquetas
thread-tags-key = Etiquetas (l)
thread-tags-now = Etiquetas, ahora { $tags }
thread-tags-none = ninguna
thread-remove-tag = Quitar la etiqueta { $tag }
thread-add-tag = Añadir una etiqueta
thread-merge-or-split = Combinar o separar
thread-merge-or-split-key = Combinar o separar (v)
thread-merge-into = Combinar con la conversación
thread-merge = Combinar
thread-split-last = Separar el último mensaje
thread-mark-unread = Marcar como no leída
thread-mark-unread-key = Marcar como no leída (u)
thread-reopen = Reabrir
thread-resolve = Resolver
thread-show-earlier = Mostrar mensajes anteriores
thread-new = Nuevo
thread-customer = Cliente
thread-close-customer-pane = Cerrar el panel del cliente
thread-other-conversations = Otras conversaciones
thread-started = Inicio
thread-waiting = En espera
thread-assigned-to = Asignada a
thread-copy-to = { $to }; copia a { $copies }
thread-event-merged = { $name } combinó aquí:
thread-event-split = { $name } separó mensajes como
thread-event-began-as-split = { $name } separó esto de
thread-event-moved-away = { $name } movió un mensaje a
thread-event-moved-in = { $name } movió aquí un mensaje de
thread-event-undone = { $name } deshizo eso; vea
thread-event-took = { $name } tomó esta conversación
thread-event-assigned = { $name } asignó esto a { $to }
thread-event-unassigned = { $name } quitó la asignación
thread-event-team = { $name } pasó esto a { $team }
thread-event-no-team = { $name } quitó esto a su equipo
thread-event-resolved = { $name } resolvió esta conversación
thread-event-reopened = { $name } reabrió esta conversación
thread-event-priority = { $name } cambió la prioridad a { $priority }
thread-event-tagged = { $name } añadió la etiqueta { $tag }
thread-event-untagged = { $name } quitó la etiqueta { $tag }
thread-event-renamed = { $name } cambió el asunto a «{ $subject }»
thread-masked = { $count ->
    [one] Ocultado al llegar: { $what }
   *[other] Ocultado al llegar: { $what } ({ $count } veces)
}
thread-no-reason = no se indicó el motivo
thread-doubt-domain = El dueño de { $domain } pide comprobar de dónde viene su correo, y este no supera la comprobación.
thread-doubt-forwarded = Lo ha reenviado una lista de correo o un servicio de reenvío, que puede ser el motivo.
thread-doubt-server = Lo envió un servidor desde el que { $domain } no envía, y nada más lo confirma.
thread-replying = { $count ->
    [one] { $names } está respondiendo
   *[other] { $names } están respondiendo
}
thread-viewing = { $count ->
    [one] { $names } está viendo esto
   *[other] { $names } están viendo esto
}
thread-by-email = correo
