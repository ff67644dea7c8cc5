keys-own = 自分用のキー
keys-own-what = 欄に移って、キーを押すか、二つのキーを続けて押します。Backspace で外せます。
keys-save = このキーを保存
keys-reset = 元のキーに戻す
keys-not-a-key = 「{ $keys }」は使えません。文字か記号で、Ctrl か Shift との組み合わせは可、Alt は不可です。
keys-taken = このキーは「{ $what }」に使われています。
keys-none = キーなし
