bulk-bar = Conversaciones elegidas
bulk-select = Seleccionar { $who }
bulk-selected-some = Elegidas
bulk-selected = { $count ->
    [one] { $count } elegida
   *[other] { $count } elegidas
}
bulk-all-of = Todas en { $view }
bulk-none = Quitar la selección
bulk-assign = Asignar a
bulk-me = A mí
bulk-nobody = Nadie
bulk-team = Equipo
bulk-no-team = Ningún equipo
bulk-tag = Etiquetas
bulk-tag-name = Etiqueta
bulk-tag-add = Añadir
bulk-tag-remove = Quitar
bulk-priority = Prioridad
bulk-more = Más
bulk-read = Marcar como leídas
bulk-unread = Marcar como no leídas
bulk-open = Reabrir
bulk-resolve = Resolver
bulk-progress = Progreso
bulk-stop = Detener
bulk-running = { NUMBER($done) } de { NUMBER($total) } cambiadas.
bulk-undoing = { NUMBER($done) } de { NUMBER($total) } restauradas.
bulk-changed = { $count ->
    [one] { $count } conversación cambiada.
   *[other] { $count } conversaciones cambiadas.
}
bulk-stopped = { $count ->
    [one] Detenido. Se cambió { $count } conversación.
   *[other] Detenido. Se cambiaron { $count } conversaciones.
}
bulk-undone = { $count ->
    [one] { $count } conversación restaurada.
   *[other] { $count } conversaciones restauradas.
}
bulk-passed-over = { $count ->
    [one] Se omitió { $count }: ya está resuelta o faltan datos.
   *[other] Se omitieron { $count }: ya están resueltas o faltan datos.
}
bulk-left-alone = { $count ->
    [one] { $count } quedó como está, porque ha cambiado entretanto.
   *[other] { $count } quedaron como están, porque han cambiado entretanto.
}
bulk-choose-some = Elija primero algunas conversaciones.
bulk-too-many = Son demasiadas una a una. Elija todas las de una vista.
