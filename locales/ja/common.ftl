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
