offline-title = オフラインです
offline-what = このページはまだ読んでいないため、今は表示できません。最近読んだものは開けます。書いたものは残ります。
offline-inbox = 受信箱へ
offline-reading = オフライン：保存されたものを表示しています。
