profile-language = Langue
profile-language-hint = Celle des menus et des pages. Vos réponses restent telles que vous les écrivez.
profile-language-of-browser = Celle du navigateur
