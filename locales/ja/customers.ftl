# Customers and organisations.
customers-title = お客様
customers-new = お客様を追加
customers-search = 検索
customers-search-hint = 名前・アドレス・電話番号・組織
customers-none = お客様はまだいません
customers-none-hint = メッセージをくださった方がお客様として登録されます。
customers-not-found = 見つかりませんでした
customers-not-found-hint = 名前・アドレス・電話番号の先頭の文字で検索してください。
customers-more = さらに表示
customers-earlier = 以前のものを表示
customers-conversations = 未解決 { NUMBER($open) } 件 / 全 { NUMBER($all) } 件
customers-open = 未解決
customers-edit = 変更
customers-add = 追加
customers-name = 名前
customers-address = メールアドレス
customers-addresses = 連絡先
customers-add-address = メールアドレスを追加
customers-remove = { $address } を削除
customers-phone = 電話番号
customers-who = 基本情報
customers-whole-story = これまでの経緯
customers-unknown = 不明

# How somebody wants to be written to.
customers-preferences = ご希望の連絡方法
customers-preferences-hint = 返信欄と自動送信はこの内容に従います。
customers-greeting-name = 呼びかけの名前
customers-greet-as = 「{ $name }」
customers-greet = 「{ $greeting }」で始める
customers-form = 敬称・文体
customers-form-formal = 丁寧
customers-form-informal = くだけた
customers-pronouns = 代名詞
customers-language = 言語
customers-way = ご希望の手段
customers-way-any = 指定なし
customers-way-email = メール
customers-way-phone = 電話
customers-way-chat = チャット
customers-way-text = ショートメッセージ
customers-way-post = 郵送
customers-prefers = 希望：{ $way }
customers-time-zone = タイムゾーン
customers-hours-from = 開始時刻
customers-hours-until = 終了時刻
customers-weekdays-only = 平日のみ
customers-there = 現地時刻 { $time }
customers-there-not-now = 現地時刻 { $time }（ご希望の時間外）
customers-send-theirs = 先方の時間に：現地 { $when }
customers-needs = アクセシビリティ
customers-needs-hint = 返信する担当者全員に表示されます。
customers-needs-note = 補足
customers-need-large-print = 大きな文字
customers-need-screen-reader = スクリーンリーダー
customers-need-plain-language = やさしい言葉
customers-need-no-phone = 電話不可
customers-need-interpreter = 通訳・電話リレー
customers-need-more-time = 返答に時間が必要

# Notes, story, files.
customers-notes = メモ
customers-notes-hint = 社内だけに表示されます。固定したメモはすべての会話の横に表示されます。
customers-note-new = このお客様についてのメモ
customers-note-add = メモを追加
customers-note-pin = 固定する
customers-note-unpin = 固定を解除
customers-note-pinned = 固定
customers-note-delete = 削除
customers-note-deleted = メモを削除しました。
customers-story = 経緯
customers-story-none = まだ記録はありません
customers-files = ファイル
customers-files-all = すべてのファイル
customers-files-none = ファイルはありません

# Organisations.
customers-organisation = 組織
customers-organisations = 組織
customers-organisations-hint = 登録したドメインから届いた方は自動的に所属します。
customers-organisations-none = 組織はまだありません
customers-organisation-new = 組織を追加
customers-organisation-none = なし
customers-belongs-to = 所属
customers-domains = ドメイン
customers-domains-hint = カンマ区切り。一般のメールサービスのドメインは使えません。
customers-people = メンバー
customers-people-none = まだいません

# Fields of one's own.
customers-fields = 項目
customers-fields-hint = お客様や組織について追加で管理する項目です。
customers-field-add = 項目を追加
customers-field-owner = 対象
customers-field-kind = 種類
customers-field-options = 選択肢（1行に1つ）
customers-field-archive = アーカイブ
customers-field-archived = アーカイブ済み
customers-field-bring-back = 元に戻す
customers-kind-text = テキスト
customers-kind-number = 数値
customers-kind-date = 日付
customers-kind-choice = 選択

# Consent.
customers-consent = 同意
customers-consent-hint = 同意・拒否の記録です。記録は削除されません。
customers-consent-record = 記録する
customers-consent-purpose = 対象
customers-consent-answer = 回答
customers-consent-source = 入手方法
customers-consent-evidence = 根拠
customers-consent-evidence-hint = 引用・リンク・会話番号など。
customers-consent-when = 日時
customers-purpose-any = 連絡全般
customers-purpose-service = サービスのお知らせ
customers-purpose-surveys = アンケート
customers-purpose-outreach = お知らせ・ご案内
customers-answer-agreed = 同意
customers-answer-objected = 拒否
customers-answer-unasked = 未確認
customers-do-not-contact = 連絡不可
customers-source-agent = 担当者が記録
customers-source-message = お客様のメッセージ
customers-source-spoken = 口頭（電話・対面）
customers-source-form = フォーム
customers-source-import = 他システムから移行
customers-source-merge = 統合したお客様から
customers-dnc = { $name }様は連絡を希望されていません。
customers-send-anyway = それでも送信

# Merging.
customers-merge = 統合
customers-merge-hint = もう一方のアドレス・会話・メモをここにまとめます。各会話の宛先は変わらず、元に戻せます。
customers-merge-address = もう一方のメールアドレス
customers-merge-here = ここに統合
customers-still-moving = 以前の統合の会話を移動中です。しばらくしてからもう一度お試しください。
customers-merge-undo = 統合を元に戻す
customers-merged = { $name }様をこのお客様に統合しました。
customers-same-person = 同一人物の可能性：
customers-not-same = 別人です
customers-reason-variant = 同じアドレスの別表記
customers-reason-phone = 同じ電話番号
customers-reason-name = 同じ名前
customers-reason-organisation = 同じ組織
customers-reason-in-address = 名前がアドレスと一致

# Asked again.
customers-asked-again = 重ねて質問
customers-asked-again-hint = お客様から既に伺った内容を尋ねた下書きの件数です。
customers-asked-none = 重ねての質問はありません
customers-asked-week = 週
customers-asked-agent = 担当者
customers-asked-noticed = 検出
customers-asked-heeded = 取り下げ
customers-asked-sent = そのまま送信
customers-asked-cases = 該当する会話
customers-event-asked-again = { $actor }が確認済みの内容を再度尋ねました：{ $thing }
customers-known = 確認済み：{ $what }
customers-known-message = メッセージに記載
customers-known-record = お客様情報に登録
customers-insert = 挿入
customers-ask-anyway = それでも尋ねる
customers-other-language = ご希望の言語は{ $theirs }ですが、この文章は{ $written }のようです。
customers-thing-order = 注文番号
customers-thing-address = 住所
customers-thing-phone = 電話番号
customers-thing-name = お名前
customers-thing-email = メールアドレス
customers-thing-date = 日付
customers-thing-account = お客様番号
customers-thing-picture = 写真
customers-thing-product = 商品・製造番号
customers-thing-size = サイズ

# What is wrong with a form.
customers-wrong = この内容は使用できません。
customers-wrong-required = 入力してください。
customers-wrong-too-long = 長すぎます。
customers-wrong-too-many = 多すぎます。
customers-wrong-address = メールアドレスではありません。
customers-wrong-address-taken = このアドレスは別のお客様に登録されています。統合してください。
customers-wrong-phone = 電話番号ではありません。
customers-wrong-time-zone = Asia/Tokyoのようなタイムゾーンを入力してください。
customers-wrong-hours = 開始時刻より後にしてください。
customers-wrong-domain = example.comのようなドメインを入力してください。
customers-wrong-domain-taken = このドメインは別の組織に登録されています。
customers-wrong-public-domain = 誰でも使えるメールサービスのため、所属の判断に使えません。
customers-wrong-number = 数値を入力してください。
customers-wrong-date = 日付を入力してください。
customers-wrong-not-past = 未来の日時です。
customers-wrong-name-taken = この名前は既に使われています。
customers-wrong-other = このアドレスの別のお客様は見つかりません。
customers-duplicates = { $count ->
   *[other] 同一人物の可能性があるお客様が{ $count }名います
}
