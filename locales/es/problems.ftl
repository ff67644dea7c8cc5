problems-title = Problemas
problems-about = Una causa detrás de muchas conversaciones y una respuesta para todas.
problems-new = Problema nuevo
problems-new-about = Las conversaciones se añaden desde la bandeja de entrada: una a una o muchas a la vez.
problems-name = ¿Cuál es el problema?
problems-name-about = En una línea, para el equipo. Los clientes no lo ven.
problems-open-it = Abrir el problema
problems-none-open = Ningún problema abierto
problems-none-open-about = Cuando muchos escriban por lo mismo, abra uno aquí o pulse b en una conversación.
problems-none-solved = Ningún problema resuelto
problems-none-solved-about = Lo resuelto queda aquí con su respuesta.
problems-none-found = Ningún problema abierto coincide.
problems-solved = Resuelto
problems-edit = Editar
problems-owner = A cargo de
problems-opened-by = Abierto por
problems-known = Lo que se sabe
problems-known-about = Para el equipo. Los clientes no lo ven.
problems-known-hint = Causa, desde cuándo, a quién afecta, qué decir a los clientes entretanto
problems-known-nothing = Todavía no se ha anotado nada.
problems-solve = Resolver
problems-reopen = Reabrir
problems-solved-by = { $who } lo marcó como resuelto:
problems-without-answer = { $count ->
    [one] { $count } conversación aún no tiene la respuesta.
   *[other] { $count } conversaciones aún no tienen la respuesta.
}
problems-send-it = Enviar la respuesta
problems-resolve-all = { $count ->
    [one] Resolver { $count } conversación
   *[other] Resolver { $count } conversaciones
}
problems-resolve-first = { $count ->
    [one] Resolver la primera conversación ({ $count })
   *[other] Resolver las primeras { $count } conversaciones
}
problems-conversations = { $count ->
    [one] { $count } conversación
   *[other] { $count } conversaciones
}
problems-conversations-head = Conversaciones
problems-taken-out = { $what } se ha quitado.
problems-no-members = Ninguna conversación forma parte
problems-no-members-about = Pulse b en una conversación, o elija varias en una lista y añádalas.
problems-read-by = { $language }: { NUMBER($count) }
problems-take-out = Quitar del problema
problems-problem = Problema
problems-part-of = Parte de un problema…
problems-another-one = Parte de otro problema…
problems-moves = Forma parte de { $number } { $title }. Si elige otro, se traslada.
problems-find = Buscar un problema por nombre o número
problems-find-button = Buscar
problems-is-part = Forma parte de este
problems-add = Añadir
problems-new-from = O un problema nuevo
problems-open-and-add = Abrir y añadir
problems-has-answer = Tiene la respuesta común.
problems-is-solved = El problema está resuelto y esta conversación aún no tiene respuesta.
problems-add-to = Añadir a un problema
problems-no-problem = Ningún problema
problems-answer = La respuesta común
problems-answer-about = Un texto por cada idioma que leen los clientes. Nada se envía antes de que vea quién recibe qué.
problems-unknown-variable = No existe la variable { $names }. Corríjala antes de enviar.
problems-text-for = { $count ->
    [one] { $language } ({ $count } conversación)
   *[other] { $language } ({ $count } conversaciones)
}
problems-unknown-languages = { $count ->
    [one] No se conoce el idioma de { $count } conversación: recibe el texto para los demás.
   *[other] No se conoce el idioma de { $count } conversaciones: reciben el texto para los demás.
}
problems-further-language = Otro idioma
problems-language = Idioma
problems-choose-language = Elija un idioma
problems-text = Texto
problems-standard = Para los demás idiomas
problems-standard-none = Nada: no reciben respuesta
problems-standard-about = El texto que reciben quienes no tienen uno en su idioma.
problems-variables-about = Lo que sigue a | se usa si no se conoce el valor. Sin ello, ese cliente no recibe respuesta y se le avisa a usted.
problems-save-and-send = Guardar y ver quién recibe qué
problems-another = Empezar otra respuesta
problems-another-about = Cuando haya novedades: todos pueden recibir la siguiente respuesta, también quienes tienen esta.
problems-preview-for = Como lo recibe { $name }
problems-language-wrong = Elija un idioma para cada texto, cada uno una sola vez.
problems-answer-changed = Otra persona cambió la respuesta entretanto. Sus textos siguen aquí: guarde de nuevo para conservarlos.
problems-language-unknown = Idioma desconocido
problems-who-gets-what = Quién recibe qué
problems-who-gets-what-about = Compruébelo antes de enviar. Quien ya tiene esta respuesta no la recibe otra vez.
problems-sums = En total
problems-what = Qué
problems-gets = Recibe el texto en { $language }
problems-gets-it = La recibe
problems-gets-nothing = No recibe nada.
problems-more-than-summed = Son las primeras dos mil conversaciones; se responde a todas.
problems-only-open = Solo las conversaciones sin resolver
problems-only-open-about = También se omite lo que se resuelva entretanto.
problems-afterwards = Después
problems-afterwards-nothing = Dejarlas como están
problems-afterwards-resolve = Resolverlas
problems-afterwards-wait = Posponerlas hasta que el cliente escriba
problems-send-to = { $count ->
    [one] Enviar a { $count } cliente
   *[other] Enviar a { $count } clientes
}
problems-look-again = Volver a mirar
problems-changed-meanwhile = La respuesta cambió desde que la miró. Revísela y envíela.
problems-under-way = Ya se está enviando una respuesta. Espere a que termine o deténgala.
problems-nobody-left = Todas las conversaciones tienen ya esta respuesta.
problems-no-text-yet = No hay texto que se pueda enviar. Escriba uno o corrija sus variables.
problems-unreached = Quién no la recibió
problems-all-reached = Todos la tienen
problems-all-reached-about = No se omitió a nadie y nada falló.
problems-sent = { $count ->
    [one] { $count } cliente tiene la respuesta.
   *[other] { $count } clientes tienen la respuesta.
}
problems-sums-passed-over = { $count ->
    [one] Se omitió { $count }.
   *[other] Se omitieron { $count }.
}
problems-sums-failed = { $count ->
    [one] { $count } falló.
   *[other] { $count } fallaron.
}
problems-about-to-begin = { $who } envía la respuesta. Empieza en unos segundos; hasta entonces se puede detener y nadie la recibe.
problems-going-out = { $who } envía la respuesta: { NUMBER($done) } de { NUMBER($total) } hechas.
problems-stopped = Detenido.
problems-answered = Respondida
problems-not-answered-yet = Aún sin respuesta
problems-not-delivered = No llegó
problems-failed = Falló
problems-passed-over = Omitida
problems-reason-answered = Ya tiene esta respuesta.
problems-reason-resolved = Está resuelta.
problems-reason-do-not-contact = El cliente no desea que se le contacte.
problems-reason-no-address = No hay dirección a la que enviar.
problems-reason-suppressed = El correo a { $address } volvió definitivamente.
problems-reason-suppressed-some = El correo a una de sus direcciones volvió definitivamente.
problems-reason-draft = Ha empezado una respuesta ahí. Envíela o descártela primero.
problems-reason-no-text = No hay texto en su idioma ni para los demás.
problems-reason-gap = Falta un dato y no hay alternativa: { $names }
problems-reason-no-mailbox = No hay buzón desde el que enviar.
problems-reason-not-delivered = No se pudo entregar. Ábrala para ver por qué y enviarla de nuevo.
problems-reason-fields-missing = Tiene la respuesta, pero hay que rellenar campos antes de resolverla.
problems-reason-other = No se pudo responder. Respóndala a mano.
problems-event-added = { $actor } añadió esto al problema { $problem }
problems-event-taken = { $actor } quitó esto del problema { $problem }
problems-any = Cualquiera
