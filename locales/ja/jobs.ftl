jobs-what = 何度か試しても成功しなかった処理です。破棄するまで何も失われません。
jobs-none = 失敗した処理はありません
jobs-none-why = 読み取りや送信ができないメールなど、実行できなかった処理が理由とともに表示されます。
jobs-tried = { NUMBER($count) }回試行 · { $time } に中止
jobs-discard = 破棄：{ $what }
