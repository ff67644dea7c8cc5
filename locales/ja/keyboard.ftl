keyboard-what = 受信トレイの操作はすべてキーボードで行えます。
keyboard-single = 単独キー
keyboard-single-do = 入力欄にカーソルがないとき、単独キーで操作する
keyboard-single-hint = 音声入力を使う場合や、誤ってキーを押してしまう場合はオフにしてください。Ctrl または ⌘ との組み合わせは引き続き使えます。
