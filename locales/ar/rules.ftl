rules-title = القواعد
rules-sentence = ما يحدث من تلقاء نفسه: عندما يحدث شيء أو يمر وقت، وفق شروطك. تعمل القواعد واحدة بعد أخرى بهذا الترتيب.
rules-find = أتمتة، سير عمل، مشغل، تلقائي، إسناد تلقائي، تذكير، متابعة، خطاف ويب، إغلاق تلقائي، إذا
rules-new = قاعدة جديدة
rules-new-about = القاعدة الجديدة متوقفة. انظر ما كانت ستفعله قبل أن تشغّلها.
rules-none = لا توجد قواعد بعد
rules-none-why = أعطِ المحادثات الجديدة للفريق المناسب، أو ذكّر العملاء الصامتين، أو أبلغ برنامجًا آخر.
rules-name = الاسم
rules-on = تعمل
rules-off = متوقفة
rules-failing = أُوقفت لأنها فشلت
rules-state = الحالة
rules-acted = { $count ->
    [one] عملت مرة واحدة
    [two] عملت مرتين
    [few] عملت { $count } مرات
    [many] عملت { $count } مرة
   *[other] عملت { $count } مرة
}
rules-version = الإصدار { $version }
rules-switch-on = تشغيل
rules-switch-on-again = تشغيل من جديد
rules-switch-off = إيقاف
rules-try-first = انظر ما كانت ستفعله في الشهر الماضي قبل أن تشغّلها.
rules-off-why = فشلت هذه القاعدة كثيرًا فأُوقفت.
rules-deleted = حُذفت القاعدة.
rules-delete = حذف القاعدة
rules-delete-about = لن تعمل بعد الآن. ما فعلته يبقى، مع السبب.
rules-when = متى
rules-when-about = يحدث شيء، أو يمر وقت.
rules-if = إذا
rules-if-about = شروط المحادثة في تلك اللحظة. من دون شروط تعمل على الكل.
rules-then = عندئذ
rules-then-about = يُنفَّذ كل شيء بهذا الترتيب، أو لا شيء إذا فشل أحدها.
rules-always = دائمًا
rules-on-events = عندما يحدث أحد هذه
rules-on-time = عندما يمر وقت
rules-how-long = كم من الوقت
rules-since = ابتداءً من متى
rules-working = احتساب ساعات العمل فقط
rules-when-opened = تبدأ محادثة
rules-when-customer-wrote = يكتب العميل
rules-when-answered = يجيب موظف
rules-when-noted = يكتب أحدهم ملاحظة
rules-when-assigned = يصبح شخص آخر مسؤولًا
rules-when-team-assigned = يصبح فريق آخر مسؤولًا
rules-when-resolved = تُحل
rules-when-reopened = تُفتح من جديد
rules-when-priority-set = تتغير أولويتها
rules-when-tagged = يُضاف وسم
rules-when-untagged = يُزال وسم
rules-when-field-set = يتغير حقل
rules-when-type-set = يتغير نوعها
rules-when-snoozed = تُؤجَّل
rules-when-woken = تستيقظ
rules-when-undelivered = يتعذر تسليم إجابة
rules-when-machine-wrote = تكتب آلة
rules-when-handed-off = تُسلَّم لغيره
rules-when-renamed = يتغير موضوعها
rules-when-added-to-problem = تصبح جزءًا من مشكلة
rules-when-taken-from-problem = تخرج من مشكلة
rules-when-review-asked = تنتظر مسودة المراجعة
rules-when-review-decided = تنتهي مراجعة
rules-when-side-answered = يجيب أحدهم في محادثة جانبية
rules-when-merged-in = تُدمج فيها محادثة أخرى
rules-since-created = بعد بدايتها
rules-since-activity = بعد آخر رسالة أو ملاحظة
rules-since-waiting = بعد أن كتب العميل ولم يُجب أحد
rules-since-silence = بعد إجابتنا، إذا بقي العميل صامتًا
rules-since-resolved = بعد حلها
rules-days = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}
rules-hours = { $count ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
rules-minutes = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
rules-months = { $count ->
    [one] الشهر الماضي
    [two] الشهران الماضيان
    [few] آخر { $count } أشهر
    [many] آخر { $count } شهرًا
   *[other] آخر { $count } شهر
}
rules-of-working-time = { $span } من ساعات العمل
rules-what = ما الذي يُفعل
rules-who = من
rules-which-field = أي حقل
rules-do-assign = جعله مسؤولًا
rules-do-team = إعطاؤها لفريق
rules-do-priority = تحديد الأولوية
rules-do-resolve = حلها
rules-do-reopen = فتحها من جديد
rules-do-snooze = تأجيلها حتى
rules-do-tag = إضافة وسم
rules-do-untag = إزالة وسم
rules-do-field = ملء حقل
rules-do-note = كتابة ملاحظة داخلية
rules-do-message = الكتابة إلى العميل
rules-do-macro = استخدام ماكرو
rules-do-webhook = إبلاغ عنوان ويب
rules-do-ask = طلب قرار من شخص
rules-snooze-example = بعد يومين
rules-add-action = إضافة إجراء
rules-remove-action = إزالة الإجراء
rules-message-about = تغادر كرسالة تلقائية، ولا تذهب أبدًا إلى الآلات أو إلى من لا يريدون سماع شيء منا. ويبقى العميل معدودًا منتظرًا.
rules-macro-about = يذهب نصه إلى العميل بلغته، ويُنفَّذ ما يفعله غير ذلك.
rules-webhook-about = طلب موقّع يحمل المحادثة بصيغة JSON. تُعاد محاولته يومين.
rules-ask-about = تصبح المحادثة له، ويُكتب هذا كملاحظة، ويصله إشعار.
rules-secret = توقيع الطلبات
rules-secret-about = تحقق من الترويسة Rapport-Signature بهذا السر لتعرف أن الطلب من هنا.
rules-secret-show = إظهار السر
rules-secret-new = توليد سر آخر
rules-somebody-gone = شخص غادر
rules-wrong-when = اختر شيئًا واحدًا يحدث على الأقل.
rules-wrong-after = اكتب المدة عددًا صحيحًا، سنة على الأكثر.
rules-wrong-viewer = لا أحد ينظر عندما تقرر قاعدة. اختر موظفًا بالاسم بدل «أنا».
rules-wrong-actions = املأ كل إجراء أو أزله. تحتاج القاعدة إلى إجراء واحد على الأقل.
rules-wrong-variable = يذكر النص متغيرًا غير موجود.
rules-wrong-choice = ما اختير هنا لم يعد موجودًا، أو لا يقبل الحقل هذه القيمة. اختر من جديد.
rules-wrong-many = تتسع القاعدة لعشرين إجراءً على الأكثر.
rules-log = ما فعلته
rules-log-about = كل مرة عملت فيها هذه القاعدة، مع الشروط التي تحققت.
rules-log-none = لم تعمل بعد
rules-earlier = الأقدم
rules-held = تحقق ما يلي
rules-did = نُفِّذ
rules-failed-because = لماذا لم يُنفَّذ
rules-not-done = لم يُنفَّذ
rules-outcome-done = تم
rules-outcome-failed = فشلت
rules-outcome-braked = حُجزت
rules-outcome-looped = حُجزت
rules-braked-why = كانت القواعد قد عملت على هذه المحادثة 20 مرة خلال ساعة.
rules-looped-why = نتج هذا عما فعلته القاعدة نفسها، أو عن أربع قواعد متتالية.
rules-why-fields-missing = يجب ملء حقل قبل أن تُحل المحادثة.
rules-why-gone = شخص أو فريق أو ماكرو أو حقل تذكره لم يعد موجودًا.
rules-why-gaps = لم تكن لمتغير في نصها قيمة. اكتب نصًا آخر لهذه الحالة بعد خط عمودي داخل الأقواس.
rules-why-not-active = من تجعله مسؤولًا معطَّل.
rules-why-until = اللحظة التي تؤجل إليها لم تكن قادمة.
rules-why-webhook = لم يقبل عنوان الويب الطلب: { $said }
rules-why-other = { $said }
rules-left-machine = لم تُرسل: كتبت آلة، أو لا أحد يقرأ هناك
rules-left-unreachable = لم تُرسل: لا يصل شيء إلى هذا العنوان
rules-left-not-wanted = لم تُرسل: لا يريد أن يُكتب إليه
rules-left-too-many = لم تُرسل: رسائل تلقائية كثيرة في وقت قصير
rules-left-doubtful = لم تُرسل: ليس مؤكدًا من كتب
rules-left-sample = لم تُرسل: إنها العينة
rules-versions = الإصدارات
rules-versions-about = كل تغيير يصنع إصدارًا. ويمكن استعادة إصدار قديم.
rules-current = الحالي
rules-put-back = استعادة
rules-simulation = ما كانت ستفعله
rules-simulation-about = تنظر إلى ما حدث ولا تغير شيئًا.
rules-simulate = النظر إلى الماضي
rules-simulate-about = ما حدث ومتى معروف من حينه. أما الشروط فتُسأل عنها المحادثات كما هي اليوم: فقد يكون المسؤول والوسوم والأولوية والحقول مختلفة آنذاك.
rules-simulate-start = انظر إلى الماضي
rules-over = إلى أي مدى
rules-reload = إعادة التحميل
rules-result = النتيجة
rules-so-far = { $count ->
    [one] مرة واحدة حتى الآن ({ NUMBER($percent) } %)
    [two] مرتان حتى الآن ({ NUMBER($percent) } %)
    [few] { NUMBER($count) } مرات حتى الآن ({ NUMBER($percent) } %)
    [many] { NUMBER($count) } مرة حتى الآن ({ NUMBER($percent) } %)
   *[other] { NUMBER($count) } مرة حتى الآن ({ NUMBER($percent) } %)
}
rules-would-have = { $count ->
    [one] كانت ستعمل مرة واحدة
    [two] كانت ستعمل مرتين
    [few] كانت ستعمل { NUMBER($count) } مرات
    [many] كانت ستعمل { NUMBER($count) } مرة
   *[other] كانت ستعمل { NUMBER($count) } مرة
}
rules-looked-at = { $count ->
    [one] نُظر في حدث واحد منذ { $from }
    [two] نُظر في حدثين منذ { $from }
    [few] نُظر في { NUMBER($count) } أحداث منذ { $from }
    [many] نُظر في { NUMBER($count) } حدثًا منذ { $from }
   *[other] نُظر في { NUMBER($count) } حدث منذ { $from }
}
rules-cut = كان هناك أكثر مما تتسع له نظرة واحدة. هذا أحدث جزء منه.
rules-older-version = تغيرت القاعدة منذ ذلك الحين. انظر إلى الماضي من جديد.
rules-none-found = لا شيء مطابق
rules-why = لماذا حدث هذا؟
rules-why-about = ما فعلته القواعد في هذه المحادثة، مع الشروط التي تحققت.
rules-why-none = لم تعمل أي قاعدة في هذه المحادثة
rules-event-fired = عملت القاعدة «{ $name }»
rules-event-switched-off = فشلت القاعدة «{ $name }» كثيرًا فأُوقفت
rules-told-switched-off = فشلت قاعدة كثيرًا فأُوقفت
rules-kind-switched-off = تُوقف قاعدة لأنها تفشل (للمديرين)
rules-examples = أمثلة
rules-examples-about = ابدأ بأحدها وغيّر ما تشاء.
rules-like-nudge = التذكير بعد 3 أيام من الصمت
rules-like-close = الحل بعد 7 أيام من الصمت
rules-like-check-in = السؤال بعد أسبوعين من الحل هل أفاد
rules-like-nudge-text = هل ما زلت تحتاج إلى مساعدة في هذا؟ يكفي أن تجيب على هذه الرسالة.
rules-like-check-in-text = هل أفادتك إجابتنا؟ أجب على هذه الرسالة إن بقي شيء.
rules-more-events = أحداث أخرى
