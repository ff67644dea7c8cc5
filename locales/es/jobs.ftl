jobs-what = Tareas que se intentaron varias veces sin éxito. No se pierde nada hasta que usted las descarte.
jobs-none = No ha fallado nada
jobs-none-why = Lo que no se puede hacer, como correo que no se puede leer o enviar, aparece aquí con el motivo.
jobs-tried = { $count ->
    [one] Un intento · abandonado el { $time }
   *[other] { $count } intentos · abandonado el { $time }
}
jobs-discard = Descartar: { $what }
jobs-kind-receive-delivery = Procesar una llegada
jobs-kind-send-message = Enviar un mensaje
jobs-kind-follow-customer = Seguir a un cliente
jobs-kind-walk-organisation = Recorrer una organización
jobs-kind-move-conversations = Mover las conversaciones de un cliente
jobs-kind-sweep-blobs = Limpiar archivos
jobs-kind-prune-sessions = Quitar sesiones antiguas
