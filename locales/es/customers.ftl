# Customers and organisations.
customers-title = Clientes
customers-new = Nuevo cliente
customers-search = Buscar
customers-search-hint = Nombre, dirección, teléfono u organización
customers-none = Aún no hay clientes
customers-none-hint = Quien le escribe se convierte en cliente.
customers-not-found = Sin resultados
customers-not-found-hint = Pruebe con el principio de un nombre, una dirección o un teléfono.
customers-more = Mostrar más
customers-earlier = Mostrar anteriores
customers-conversations = { NUMBER($open) } abiertas, { NUMBER($all) } en total
customers-open = Abierta
customers-edit = Modificar
customers-add = Añadir
customers-name = Nombre
customers-address = Dirección de correo
customers-addresses = Direcciones
customers-remove = Quitar { $address }
customers-phone = Teléfono
customers-who = Quién es
customers-whole-story = Toda su historia
customers-unknown = No se sabe

# How somebody wants to be written to.
customers-preferences = Cómo escribirle
customers-preferences-hint = El editor de respuestas y los envíos automáticos lo respetan.
customers-greeting-name = Saludar como
customers-greet-as = «{ $name }»
customers-greet = Empezar con «{ $greeting }»
customers-form = Tratamiento
customers-form-formal = De usted
customers-form-informal = De tú
customers-pronouns = Pronombres
customers-language = Idioma
customers-way = Medio preferido
customers-way-any = Cualquiera
customers-way-email = Correo electrónico
customers-way-phone = Teléfono
customers-way-chat = Chat
customers-way-text = SMS
customers-way-post = Carta
customers-prefers = Preferiblemente: { $way }
customers-time-zone = Zona horaria
customers-hours-from = Desde
customers-hours-until = Hasta
customers-weekdays-only = Solo entre semana
customers-there = Allí son las { $time }
customers-there-not-now = Allí son las { $time }, fuera de su horario
customers-send-theirs = A su hora: { $when } allí
customers-needs = Accesibilidad
customers-needs-hint = Se muestra a quien le escribe.
customers-needs-note = Más detalles
customers-need-large-print = Letra grande
customers-need-screen-reader = Lector de pantalla
customers-need-plain-language = Lenguaje sencillo
customers-need-no-phone = Sin llamadas
customers-need-interpreter = Intérprete o servicio de intermediación
customers-need-more-time = Más tiempo para responder

# Notes, story, files.
customers-notes = Notas
customers-notes-hint = Solo las ven sus compañeros. Las fijadas aparecen junto a cada conversación.
customers-note-new = Nota sobre este cliente
customers-note-add = Añadir nota
customers-note-pin = Fijar
customers-note-unpin = Dejar de fijar
customers-note-pinned = Fijada
customers-note-delete = Eliminar
customers-note-deleted = La nota se ha eliminado.
customers-story = Historia
customers-story-none = Aún no ha pasado nada
customers-files = Archivos
customers-files-all = Todos los archivos
customers-files-none = Sin archivos

# Organisations.
customers-organisation = Organización
customers-organisations = Organizaciones
customers-organisations-hint = Quien escribe desde uno de sus dominios se une automáticamente.
customers-organisations-none = Aún no hay organizaciones
customers-organisation-new = Nueva organización
customers-organisation-none = Ninguna
customers-belongs-to = Pertenece a
customers-domains = Dominios
customers-domains-hint = Separados por comas. No se admiten dominios de proveedores públicos.
customers-people = Personas
customers-people-none = Nadie todavía

# Fields of one's own.
customers-fields = Campos
customers-fields-hint = Lo que además quiere saber de clientes y organizaciones.
customers-field-add = Añadir un campo
customers-field-owner = De quién
customers-field-kind = Contenido
customers-field-options = Opciones, una por línea
customers-field-archive = Archivar
customers-field-archived = Archivado
customers-field-bring-back = Recuperar
customers-kind-text = Texto
customers-kind-number = Número
customers-kind-date = Fecha
customers-kind-choice = Opción

# Consent.
customers-consent = Consentimiento
customers-consent-hint = Lo que ha aceptado y rechazado. Nunca se elimina nada.
customers-consent-record = Anotar
customers-consent-purpose = Sobre
customers-consent-answer = Respuesta
customers-consent-source = Cómo lo sabemos
customers-consent-evidence = Prueba
customers-consent-evidence-hint = Una cita, un enlace, el número de una conversación.
customers-consent-when = Cuándo
customers-purpose-any = Cualquier contacto
customers-purpose-service = Mensajes de servicio
customers-purpose-surveys = Encuestas
customers-purpose-outreach = Novedades y ofertas
customers-answer-agreed = Aceptado
customers-answer-objected = Rechazado
customers-answer-unasked = Sin preguntar
customers-do-not-contact = No contactar
customers-source-agent = Anotado por un agente
customers-source-message = Un mensaje suyo
customers-source-spoken = De palabra, por teléfono o en persona
customers-source-form = Un formulario
customers-source-import = Traído de otro sistema
customers-source-merge = Conocido de un cliente combinado
customers-dnc = { $name } pidió que no se le contacte.
customers-send-anyway = Enviar de todos modos

# Merging.
customers-merge = Combinar
customers-merge-hint = Las direcciones, conversaciones y notas del otro cliente pasan aquí. Cada conversación conserva sus destinatarios y se puede deshacer.
customers-merge-address = Correo del otro cliente
customers-merge-here = Combinar aquí
customers-still-moving = Las conversaciones de una combinación anterior aún se están moviendo. Inténtelo de nuevo en un momento.
customers-merge-undo = Deshacer la combinación
customers-merged = { $name } se combinó con este cliente.
customers-same-person = Quizá la misma persona:
customers-not-same = No es la misma
customers-reason-variant = variantes de una misma dirección
customers-reason-phone = el mismo teléfono
customers-reason-name = el mismo nombre
customers-reason-organisation = la misma organización
customers-reason-in-address = el nombre coincide con la dirección

# Asked again.
customers-asked-again = Preguntado de nuevo
customers-asked-again-hint = Borradores que preguntaban lo que el cliente ya había dicho: detectados, retirados y enviados de todos modos.
customers-asked-none = No se ha preguntado nada dos veces
customers-asked-week = Semana del
customers-asked-agent = Agente
customers-asked-noticed = Detectado
customers-asked-heeded = Retirado
customers-asked-sent = Enviado igualmente
customers-asked-cases = Las conversaciones
customers-event-asked-again = { $actor } volvió a preguntar lo que ya se sabía: { $thing }
customers-known = Ya se sabe – { $what }:
customers-known-message = en su mensaje
customers-known-record = en la ficha del cliente
customers-insert = Insertar
customers-ask-anyway = Preguntar de todos modos
customers-other-language = Prefiere { $theirs }; esto parece { $written }.
customers-thing-order = número de pedido
customers-thing-address = dirección
customers-thing-phone = teléfono
customers-thing-name = nombre
customers-thing-email = correo electrónico
customers-thing-date = fecha
customers-thing-account = número de cliente
customers-thing-picture = foto
customers-thing-product = producto o número de serie
customers-thing-size = talla

# What is wrong with a form.
customers-wrong = No se puede aceptar.
customers-wrong-required = Este dato es necesario.
customers-wrong-too-long = Es demasiado largo.
customers-wrong-too-many = Son demasiados.
customers-wrong-address = No es una dirección de correo.
customers-wrong-address-taken = Otro cliente tiene esta dirección. Combine los dos.
customers-wrong-phone = No es un número de teléfono.
customers-wrong-time-zone = No es una zona horaria, como Europe/Madrid.
customers-wrong-hours = Debe ser posterior al comienzo.
customers-wrong-domain = No es un dominio, como example.com.
customers-wrong-domain-taken = Otra organización tiene este dominio.
customers-wrong-public-domain = Cualquiera puede tener una dirección ahí: no dice a dónde pertenece alguien.
customers-wrong-number = Un campo requiere un número.
customers-wrong-date = Un campo requiere una fecha.
customers-wrong-not-past = Está en el futuro.
customers-wrong-name-taken = Este nombre ya se usa.
customers-wrong-other = No hay otro cliente con esta dirección.
customers-duplicates = { $count ->
    [one] { $count } cliente más puede ser la misma persona
   *[other] { $count } clientes más pueden ser la misma persona
}
customers-add-kind = Tipo
customers-add-identity = Dirección, número o nombre
customers-add-identity-about = Un número con el prefijo del país, como +34 912 345 678; una cuenta por su nombre o la dirección de su página.
customers-kind-email = Correo electrónico
customers-kind-phone = Teléfono
customers-wrong-phone-country = ¿De qué país es este número? Empiece por + y el prefijo del país, como +34.
customers-wrong-account = Esto no es el nombre de una cuenta. Escríbalo como aparece en la página de la persona, sin espacios.
customers-wrong-network = Esta dirección es de otra red. Elija la que le corresponde.
customers-wrong-account-server = Falta el servidor: escriba nombre@servidor.
customers-reason-account = cuentas con el mismo nombre
