relations-follow = Seguir
relations-pin = Mantener arriba
relations-pinned = Mantenida arriba
relations-links = Conversaciones vinculadas
relations-add = Vincular una conversación
relations-this-is = Esta conversación
relations-number = Número de la otra
relations-link = Vincular
relations-unlink = Quitar el vínculo con { $number }
relations-duplicate-of = duplicado de
relations-has-duplicate = tiene el duplicado
relations-caused-by = causada por
relations-causes = causa
relations-related = relacionada con
relations-followers = { $count ->
    [one] { $count } seguidor
   *[other] { $count } seguidores
}
