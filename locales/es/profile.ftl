profile-language = Idioma
profile-language-hint = El de los menús y las páginas. Sus respuestas quedan tal como las escribe.
profile-language-of-browser = El del navegador
