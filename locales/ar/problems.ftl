problems-title = المشكلات
problems-about = سبب واحد وراء محادثات كثيرة، ورد واحد عليها جميعًا.
problems-new = مشكلة جديدة
problems-new-about = تُضاف المحادثات من صندوق الوارد: واحدة واحدة أو كثيرة دفعة واحدة.
problems-name = ما المشكلة؟
problems-name-about = في سطر واحد، للزملاء. لا يراه العملاء.
problems-open-it = فتح المشكلة
problems-none-open = لا توجد مشكلة مفتوحة
problems-none-open-about = حين يكتب كثيرون عن الأمر نفسه، افتح مشكلة هنا أو اضغط b في محادثة.
problems-none-solved = لا توجد مشكلة محلولة
problems-none-solved-about = ما حُلّ يبقى هنا مع رده.
problems-none-found = لا توجد مشكلة مفتوحة مطابقة.
problems-solved = محلولة
problems-edit = تعديل
problems-owner = المسؤول
problems-opened-by = فتحها
problems-known = ما هو معروف
problems-known-about = للزملاء. لا يراه العملاء.
problems-known-hint = السبب، منذ متى، من المتأثر، وما يقال للعملاء حتى ذلك الحين
problems-known-nothing = لم يُدوَّن شيء بعد.
problems-solve = حل
problems-reopen = إعادة الفتح
problems-solved-by = { $who } وسمها محلولة:
problems-without-answer = { $count ->
    [one] محادثة واحدة لم تتلق الرد بعد.
    [two] محادثتان لم تتلقيا الرد بعد.
    [few] { $count } محادثات لم تتلق الرد بعد.
    [many] { $count } محادثة لم تتلق الرد بعد.
   *[other] { $count } محادثة لم تتلق الرد بعد.
}
problems-send-it = إرسال الرد
problems-resolve-all = { $count ->
    [one] حل محادثة واحدة
    [two] حل محادثتين
    [few] حل { $count } محادثات
    [many] حل { $count } محادثة
   *[other] حل { $count } محادثة
}
problems-resolve-first = { $count ->
    [one] حل أول محادثة
    [two] حل أول محادثتين
    [few] حل أول { $count } محادثات
    [many] حل أول { $count } محادثة
   *[other] حل أول { $count } محادثة
}
problems-conversations = { $count ->
    [one] محادثة واحدة
    [two] محادثتان
    [few] { $count } محادثات
    [many] { $count } محادثة
   *[other] { $count } محادثة
}
problems-conversations-head = المحادثات
problems-taken-out = أُخرجت { $what }.
problems-no-members = لا محادثة ضمنها
problems-no-members-about = اضغط b في محادثة، أو اختر عدة محادثات من قائمة وأضفها.
problems-read-by = { $language }: { NUMBER($count) }
problems-take-out = إخراج من المشكلة
problems-problem = المشكلة
problems-part-of = ضمن مشكلة…
problems-another-one = ضمن مشكلة أخرى…
problems-moves = هي ضمن { $number } { $title }. اختيار أخرى ينقلها.
problems-find = ابحث عن مشكلة باسمها أو رقمها
problems-find-button = بحث
problems-is-part = هي ضمن هذه
problems-add = إضافة
problems-new-from = أو مشكلة جديدة
problems-open-and-add = فتح وإضافة
problems-has-answer = تلقت الرد المشترك.
problems-is-solved = حُلّت المشكلة، ولم تتلق هذه المحادثة ردًا بعد.
problems-add-to = إضافة إلى مشكلة
problems-no-problem = بلا مشكلة
problems-answer = الرد المشترك
problems-answer-about = نص لكل لغة يقرؤها العملاء. لا يُرسل شيء قبل أن ترى من يتلقى ماذا.
problems-unknown-variable = لا يوجد متغير { $names }. صححه قبل الإرسال.
problems-text-for = { $count ->
    [one] { $language } (محادثة واحدة)
    [two] { $language } (محادثتان)
    [few] { $language } ({ $count } محادثات)
    [many] { $language } ({ $count } محادثة)
   *[other] { $language } ({ $count } محادثة)
}
problems-unknown-languages = { $count ->
    [one] لغة محادثة واحدة غير معروفة: تتلقى النص المخصص لسائر اللغات.
    [two] لغة محادثتين غير معروفة: تتلقيان النص المخصص لسائر اللغات.
    [few] لغة { $count } محادثات غير معروفة: تتلقى النص المخصص لسائر اللغات.
    [many] لغة { $count } محادثة غير معروفة: تتلقى النص المخصص لسائر اللغات.
   *[other] لغة { $count } محادثة غير معروفة: تتلقى النص المخصص لسائر اللغات.
}
problems-further-language = لغة أخرى
problems-language = اللغة
problems-choose-language = اختر لغة
problems-text = النص
problems-standard = لسائر اللغات
problems-standard-none = لا شيء: لا يتلقون ردًا
problems-standard-about = النص الذي يتلقاه من لا نص بلغته.
problems-variables-about = يُستخدم ما بعد | حين لا تُعرف القيمة. وبدونه لا يتلقى ذلك العميل ردًا، وتُعلم بذلك.
problems-save-and-send = حفظ ومعرفة من يتلقى ماذا
problems-another = بدء رد آخر
problems-another-about = عند وجود جديد: يمكن أن يتلقى الجميع الرد التالي، ومنهم من تلقى هذا.
problems-preview-for = كما يتلقاه { $name }
problems-language-wrong = اختر لغة لكل نص، وكل لغة مرة واحدة.
problems-answer-changed = غيّر شخص آخر الرد في الأثناء. نصوصك ما زالت هنا: احفظ مرة أخرى للإبقاء عليها.
problems-language-unknown = لغة غير معروفة
problems-who-gets-what = من يتلقى ماذا
problems-who-gets-what-about = تحقق قبل الإرسال. من تلقى هذا الرد لا يتلقاه مرة أخرى.
problems-sums = الإجمالي
problems-what = ماذا
problems-gets = يتلقى النص بـ{ $language }
problems-gets-it = يتلقاه
problems-gets-nothing = لا يتلقى شيئًا.
problems-more-than-summed = هذه أول ألفي محادثة؛ والرد يُرسل إليها جميعًا.
problems-only-open = المحادثات غير المحلولة فقط
problems-only-open-about = ويُتجاوز كذلك ما يُحل في الأثناء.
problems-afterwards = بعد ذلك
problems-afterwards-nothing = تركها كما هي
problems-afterwards-resolve = حلها
problems-afterwards-wait = تأجيلها حتى يكتب العميل
problems-send-to = { $count ->
    [one] إرسال إلى عميل واحد
    [two] إرسال إلى عميلين
    [few] إرسال إلى { $count } عملاء
    [many] إرسال إلى { $count } عميلًا
   *[other] إرسال إلى { $count } عميل
}
problems-look-again = معاينة من جديد
problems-changed-meanwhile = تغيّر الرد منذ أن عاينته. عاينه من جديد ثم أرسل.
problems-under-way = هناك رد قيد الإرسال. انتظر حتى يكتمل أو أوقفه.
problems-nobody-left = تلقت جميع المحادثات هذا الرد.
problems-no-text-yet = لا نص يمكن إرساله. اكتب نصًا أو صحح متغيراته.
problems-unreached = من لم يتلقه
problems-all-reached = تلقاه الجميع
problems-all-reached-about = لم يُتجاوز أحد ولم يفشل شيء.
problems-sent = { $count ->
    [one] عميل واحد تلقى الرد.
    [two] عميلان تلقيا الرد.
    [few] { $count } عملاء تلقوا الرد.
    [many] { $count } عميلًا تلقوا الرد.
   *[other] { $count } عميل تلقوا الرد.
}
problems-sums-passed-over = { $count ->
    [one] تُجووز واحد.
    [two] تُجووز اثنان.
    [few] تُجووز { $count }.
    [many] تُجووز { $count }.
   *[other] تُجووز { $count }.
}
problems-sums-failed = { $count ->
    [one] فشل واحد.
    [two] فشل اثنان.
    [few] فشل { $count }.
    [many] فشل { $count }.
   *[other] فشل { $count }.
}
problems-about-to-begin = { $who } يرسل الرد. يبدأ خلال ثوانٍ؛ وحتى ذلك الحين يمكن إيقافه فلا يتلقاه أحد.
problems-going-out = { $who } يرسل الرد: تم { NUMBER($done) } من { NUMBER($total) }.
problems-stopped = أُوقف.
problems-answered = تم الرد
problems-not-answered-yet = لم يُرد بعد
problems-not-delivered = لم يصل
problems-failed = فشل
problems-passed-over = تُجووزت
problems-reason-answered = تلقت هذا الرد.
problems-reason-resolved = هي محلولة.
problems-reason-do-not-contact = لا يريد العميل أن يُتواصل معه.
problems-reason-no-address = لا عنوان للإرسال إليه.
problems-reason-suppressed = عاد البريد إلى { $address } نهائيًا.
problems-reason-suppressed-some = عاد البريد إلى أحد عناوينها نهائيًا.
problems-reason-draft = بدأت ردًا هناك. أرسله أو تخلص منه أولًا.
problems-reason-no-text = لا نص بلغتها، ولا نص لسائر اللغات.
problems-reason-gap = قيمة غير معروفة وبلا بديل: { $names }
problems-reason-no-mailbox = لا يوجد صندوق بريد للإرسال منه.
problems-reason-not-delivered = تعذر تسليمه. افتح المحادثة لمعرفة السبب وإعادة الإرسال.
problems-reason-fields-missing = تلقت الرد، لكن يجب ملء حقول قبل حلها.
problems-reason-other = تعذر الرد عليها. رد عليها يدويًا.
problems-event-added = { $actor } جعل هذه ضمن المشكلة { $problem }
problems-event-taken = { $actor } أخرج هذه من المشكلة { $problem }
problems-any = أي مشكلة
