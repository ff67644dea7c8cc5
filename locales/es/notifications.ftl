notifications-title = Notificaciones
notifications-bell = { $count ->
        [0] Notificaciones
        [one] Notificaciones, { $count } sin leer
       *[other] Notificaciones, { $count } sin leer
    }
notifications-read-all = Marcar todo como leído
notifications-new = Nuevo
notifications-none = Nada todavía
notifications-none-about = Aquí se le avisa cuando alguien le menciona, le entrega algo o escribe un cliente suyo.
notifications-mentioned = { $who } le ha mencionado
notifications-assigned = { $who } le ha asignado esto
notifications-customer-replied = { $who } ha escrito
notifications-handoff-asked = { $who } le entrega esto
notifications-handoff-declined = { $who } ha rechazado su entrega
notifications-answer-failed = No se pudo enviar su respuesta
notifications-earlier = Mostrar anteriores
notifications-choose = Elegir de qué se le avisa
notifications-settings-about = Por qué vía se le avisa de qué. Nunca de lo que hace usted.
notifications-kind-mentioned = Alguien le menciona en una nota
notifications-kind-assigned = Se le asigna una conversación
notifications-kind-customer-replied = Un cliente escribe en lo suyo o en lo que sigue
notifications-kind-handoff-asked = Se le entrega algo a usted o a su equipo
notifications-kind-handoff-declined = Se rechaza lo que entregó
notifications-kind-answer-failed = No se puede enviar una respuesta suya
notifications-way = Qué
notifications-in-app = En la mesa
notifications-by-mail = Por correo
notifications-by-push = En navegadores
notifications-by-mail-about = Como mucho un correo por hora, con lo que no ha leído.
notifications-browsers = Navegadores
notifications-browsers-about = Un navegador muestra mensajes también con la mesa cerrada. Su contenido va cifrado para ese navegador.
notifications-browsers-none = Ningún navegador
notifications-browser-add = Mostrar en este navegador
notifications-browser-remove = Quitar
notifications-browser-refused = El navegador no lo permite. Permita las notificaciones de este sitio en sus ajustes.
notifications-since = Desde el { $day }
notifications-digest-subject = { $count ->
        [one] { $count } asunto le espera
       *[other] { $count } asuntos le esperan
    }
notifications-digest-hello = Hola { $name }:
notifications-digest-intro = aún no ha leído esto:
notifications-digest-end = En sus ajustes elige de qué se le avisa por correo.
notifications-mentions-view = Menciones
notifications-mentions-none = Nadie le ha mencionado
notifications-mentions-none-about = Aquí están las conversaciones abiertas en cuyas notas alguien escribió @ y su nombre.
activity-title = Actividad
activity-about = Lo ocurrido últimamente, lo más reciente primero.
activity-who = Quién
activity-everybody = Todos
activity-show = Mostrar
activity-none = Nada ha ocurrido últimamente
activity-rapport = Rapport
activity-opened = { $who } abrió una conversación
activity-wrote = { $who } escribió
activity-answered = { $who } respondió
activity-noted = { $who } dejó una nota
activity-mentioned = { $who } mencionó a { $whom }
activity-failed = No se pudo enviar una respuesta
activity-more = Mostrar anteriores
activity-handed-off = { $who } entregó esto
activity-accepted = { $who } aceptó la entrega
activity-declined = { $who } rechazó la entrega
activity-withdrawn = { $who } puso fin a la entrega
