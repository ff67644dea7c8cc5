profile-language = 言語
profile-language-hint = メニューと画面の言語です。返信の文面は変わりません。
profile-language-of-browser = ブラウザーの設定に従う
