languages-what = 画面の文言を言語ごとにまとめた、翻訳者向けのページです。
languages-complete = どの言語にもすべての文言があります。欠けているとRapportはビルドできません。英語と同じ文言は、訳し忘れの可能性があります。
languages-messages = { NUMBER($count) }件の文言
languages-same = 英語と同じ：{ NUMBER($count) }件
languages-download = { $file } をダウンロード
languages-files = { NUMBER($count) }個のファイル
