relations-follow = Folgen
relations-pin = Oben halten
relations-pinned = Oben gehalten
relations-links = Verknüpfte Vorgänge
relations-add = Vorgang verknüpfen
relations-this-is = Dieser Vorgang ist
relations-number = Nummer des anderen
relations-link = Verknüpfen
relations-unlink = Verknüpfung mit { $number } entfernen
relations-duplicate-of = Duplikat von
relations-has-duplicate = hat das Duplikat
relations-caused-by = verursacht durch
relations-causes = verursacht
relations-related = verwandt mit
relations-followers = { $count ->
    [one] { $count } folgt
   *[other] { $count } folgen
}
