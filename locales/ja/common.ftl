# 多くの画面で共通の言葉。です・ます調。

common-save = 保存
common-cancel = キャンセル
common-undo = 元に戻す
common-skip = 本文へ移動
common-today = 今日
common-yesterday = 昨日

common-seconds = { NUMBER($count) }秒
common-minutes = { NUMBER($count) }分
common-hours = { NUMBER($count) }時間
common-days = { NUMBER($count) }日

common-nobody = なし
common-somebody = だれか
common-a-team = チーム
common-name = 名前
common-password = パスワード
common-new-password = 新しいパスワード
common-password-hint = 10文字以上。
common-email = メールアドレス
common-add = 追加
common-close = 閉じる
common-try-again = 再試行
common-try-all-again = すべて再試行
common-discard = 破棄
common-show-more = さらに表示
common-number = 番号
common-works = 正常
common-paused = 一時停止中
common-resolved = 解決済み
common-open = 未解決
common-allow-again = 再び許可
common-no-subject = （件名なし）
common-back-to-inbox = 受信トレイに戻る
common-urgent = 緊急
common-high = 高
common-normal = 通常
common-low = 低
common-bytes = { $size } B
common-kilobytes = { $size } kB
common-megabytes = { $size } MB
common-names-and = { $first }と{ $second }
