rules-title = Reglas
rules-sentence = Lo que ocurre por sí solo: cuando pasa algo o pasa el tiempo, con sus condiciones. Las reglas actúan una tras otra, en este orden.
rules-find = automatización, flujo, desencadenante, automático, asignar automáticamente, recordatorio, seguimiento, webhook, cerrar automáticamente, si entonces
rules-new = Regla nueva
rules-new-about = Una regla nueva está desactivada. Mire lo que habría hecho antes de activarla.
rules-none = Todavía no hay reglas
rules-none-why = Dé las conversaciones nuevas al equipo adecuado, recuerde a clientes que callan o avise a otro programa.
rules-name = Nombre
rules-on = Activa
rules-off = Inactiva
rules-failing = Desactivada: fallaba
rules-state = Estado
rules-acted = { $count ->
    [one] actuó una vez
   *[other] actuó { $count } veces
}
rules-version = Versión { $version }
rules-switch-on = Activar
rules-switch-on-again = Activar de nuevo
rules-switch-off = Desactivar
rules-try-first = Mire lo que habría hecho el último mes antes de activarla.
rules-off-why = Esta regla falló demasiadas veces y fue desactivada.
rules-deleted = La regla está eliminada.
rules-delete = Eliminar regla
rules-delete-about = No actúa más. Lo que hizo queda, y por qué.
rules-when = Cuando
rules-when-about = Pasa algo, o pasa el tiempo.
rules-if = Si
rules-if-about = Condiciones de la conversación en ese momento. Sin ninguna, actúa en todas.
rules-then = Entonces
rules-then-about = Todo se hace en este orden, o nada si algo falla.
rules-always = siempre
rules-on-events = Cuando ocurre algo de esto
rules-on-time = Cuando ha pasado tiempo
rules-how-long = Cuánto tiempo
rules-since = Desde cuándo
rules-working = Contar solo el horario de atención
rules-when-opened = Empieza una conversación
rules-when-customer-wrote = El cliente escribe
rules-when-answered = Un agente responde
rules-when-noted = Alguien escribe una nota
rules-when-assigned = Otra persona es responsable
rules-when-team-assigned = Otro equipo es responsable
rules-when-resolved = Se resuelve
rules-when-reopened = Se abre de nuevo
rules-when-priority-set = Cambia su prioridad
rules-when-tagged = Se añade una etiqueta
rules-when-untagged = Se quita una etiqueta
rules-when-field-set = Cambia un campo
rules-when-type-set = Cambia su tipo
rules-when-snoozed = Se pospone
rules-when-woken = Se reactiva
rules-when-undelivered = Una respuesta no se puede entregar
rules-when-machine-wrote = Escribe una máquina
rules-when-handed-off = Se traspasa
rules-when-renamed = Cambia su asunto
rules-when-added-to-problem = Pasa a ser parte de un problema
rules-when-taken-from-problem = Deja un problema
rules-when-review-asked = Un borrador espera una revisión
rules-when-review-decided = Termina una revisión
rules-when-side-answered = Alguien responde en una conversación paralela
rules-when-merged-in = Otra conversación se une a ella
rules-since-created = después de su comienzo
rules-since-activity = después del último mensaje o nota
rules-since-waiting = después de que el cliente escribió sin respuesta
rules-since-silence = después de nuestra respuesta, si el cliente calla
rules-since-resolved = después de resolverse
rules-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
rules-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
rules-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
rules-months = { $count ->
    [one] Último mes
   *[other] Últimos { $count } meses
}
rules-of-working-time = { $span } de horario de atención
rules-what = Qué se hace
rules-who = Quién
rules-which-field = Qué campo
rules-do-assign = Hacer responsable
rules-do-team = Dar a un equipo
rules-do-priority = Fijar prioridad
rules-do-resolve = Resolver
rules-do-reopen = Abrir de nuevo
rules-do-snooze = Posponer hasta
rules-do-tag = Añadir etiqueta
rules-do-untag = Quitar etiqueta
rules-do-field = Rellenar campo
rules-do-note = Escribir una nota interna
rules-do-message = Escribir al cliente
rules-do-macro = Usar una macro
rules-do-webhook = Avisar a una dirección web
rules-do-ask = Pedir a alguien que decida
rules-snooze-example = en 2 días
rules-add-action = Añadir acción
rules-remove-action = Quitar acción
rules-message-about = Sale como mensaje automático, nunca a máquinas ni a quien no quiere saber de nosotros. El cliente sigue contando como en espera.
rules-macro-about = Su texto va al cliente en su idioma; lo demás que hace, se hace.
rules-webhook-about = Una petición firmada con la conversación en JSON. Se reintenta durante dos días.
rules-ask-about = La conversación pasa a ser suya, con esto como nota, y recibe un aviso.
rules-secret = Firma de las peticiones
rules-secret-about = Compruebe la cabecera Rapport-Signature con este secreto para saber que una petición viene de aquí.
rules-secret-show = Mostrar el secreto
rules-secret-new = Sacar otro secreto
rules-somebody-gone = alguien que se fue
rules-wrong-when = Elija al menos algo que ocurra.
rules-wrong-after = Escriba la duración como número entero, un año como máximo.
rules-wrong-viewer = Nadie mira cuando decide una regla. Nombre a un agente en vez de «Yo».
rules-wrong-actions = Rellene cada acción, o quítela. Una regla necesita al menos una.
rules-wrong-variable = El texto nombra una variable que no existe.
rules-wrong-choice = Lo elegido aquí ya no existe, o el campo no admite ese valor. Elija de nuevo.
rules-wrong-many = En una regla caben veinte acciones como máximo.
rules-log = Lo que hizo
rules-log-about = Cada vez que esta regla actuó, con las condiciones que se cumplían.
rules-log-none = Todavía no ha actuado
rules-earlier = Anteriores
rules-held = Se cumplía
rules-did = Se hizo
rules-failed-because = Por qué no
rules-not-done = No hecho
rules-outcome-done = Hecho
rules-outcome-failed = Falló
rules-outcome-braked = Retenido
rules-outcome-looped = Retenido
rules-braked-why = Las reglas habían actuado 20 veces en una hora en esta conversación.
rules-looped-why = Se seguía de lo que esta misma regla había hecho, o de cuatro reglas seguidas.
rules-why-fields-missing = Hay que rellenar un campo antes de poder resolver la conversación.
rules-why-gone = Una persona, un equipo, una macro o un campo que nombra ya no existe.
rules-why-gaps = Una variable de su texto no tenía valor. Escriba otro texto para ese caso tras una barra, dentro de las llaves.
rules-why-not-active = La persona que hace responsable está desactivada.
rules-why-until = El momento hasta el que pospone no estaba por venir.
rules-why-webhook = La dirección web no aceptó la petición: { $said }
rules-why-other = { $said }
rules-left-machine = no enviado: escribió una máquina, o nadie lee allí
rules-left-unreachable = no enviado: nada llega a esta dirección
rules-left-not-wanted = no enviado: no quiere que le escriban
rules-left-too-many = no enviado: demasiados mensajes automáticos en poco tiempo
rules-left-doubtful = no enviado: no es seguro quién escribió
rules-left-sample = no enviado: es el ejemplo
rules-versions = Versiones
rules-versions-about = Cada cambio crea una versión. Se puede recuperar una anterior.
rules-current = Ahora
rules-put-back = Recuperar
rules-simulation = Lo que habría hecho
rules-simulation-about = Mira lo que ocurrió y no cambia nada.
rules-simulate = Mirar atrás
rules-simulate-about = Qué ocurrió y cuándo se sabe de entonces. Las condiciones se preguntan a las conversaciones como son hoy: responsable, etiquetas, prioridad y campos pudieron ser otros.
rules-simulate-start = Mirar atrás
rules-over = Hasta dónde
rules-reload = Recargar
rules-result = Resultado
rules-so-far = { $count ->
    [one] Una vez hasta ahora ({ NUMBER($percent) } %)
   *[other] { NUMBER($count) } veces hasta ahora ({ NUMBER($percent) } %)
}
rules-would-have = { $count ->
    [one] Habría actuado una vez
   *[other] Habría actuado { NUMBER($count) } veces
}
rules-looked-at = { $count ->
    [one] { NUMBER($count) } evento mirado desde { $from }
   *[other] { NUMBER($count) } eventos mirados desde { $from }
}
rules-cut = Había más de lo que abarca una mirada. Esta es la parte más reciente.
rules-older-version = La regla cambió desde entonces. Mire atrás de nuevo.
rules-none-found = Nada coincide
rules-why = ¿Por qué ocurrió esto?
rules-why-about = Lo que las reglas hicieron en esta conversación, con las condiciones que se cumplían.
rules-why-none = Ninguna regla ha actuado en esta conversación
rules-event-fired = Actuó la regla «{ $name }»
rules-event-switched-off = La regla «{ $name }» falló demasiadas veces y fue desactivada
rules-told-switched-off = Una regla falló demasiadas veces y fue desactivada
rules-kind-switched-off = Una regla se desactiva porque falla (administradores)
rules-examples = Ejemplos
rules-examples-about = Empiece con uno de estos y cambie lo que quiera.
rules-like-nudge = Recordar tras 3 días de silencio
rules-like-close = Resolver tras 7 días de silencio
rules-like-check-in = Preguntar dos semanas después de resolver si ayudó
rules-like-nudge-text = ¿Todavía necesita ayuda con esto? Responda a este correo.
rules-like-check-in-text = ¿Le ayudó nuestra respuesta? Responda a este correo si queda algo.
rules-more-events = Más eventos
