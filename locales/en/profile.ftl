profile-language = Language
profile-language-hint = Of menus and pages. Your answers stay as you write them.
profile-language-of-browser = As the browser asks
