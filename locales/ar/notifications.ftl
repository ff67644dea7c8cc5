notifications-title = الإشعارات
notifications-read-all = وضع علامة مقروء على الكل
notifications-new = جديد
notifications-none = لا شيء بعد
notifications-none-about = تُبلَّغ هنا حين يذكرك أحد أو يسلّمك شيئًا أو يكتب أحد عملائك.
notifications-mentioned = ذكرك { $who }
notifications-assigned = أسند إليك { $who } هذا
notifications-customer-replied = كتب { $who }
notifications-handoff-asked = سلّمك { $who } هذا
notifications-handoff-declined = رفض { $who } تسليمك
notifications-answer-failed = تعذّر إرسال ردّك
notifications-earlier = عرض الأقدم
notifications-choose = اختر ما تُبلَّغ به
notifications-settings-about = بأي طريقة تُبلَّغ بماذا. ولا تُبلَّغ أبدًا بما تفعله بنفسك.
notifications-kind-mentioned = يذكرك أحد في ملاحظة
notifications-kind-assigned = تُسند إليك محادثة
notifications-kind-customer-replied = يكتب عميل فيما هو لك أو تتابعه
notifications-kind-handoff-asked = يُسلَّم شيء إليك أو إلى فريقك
notifications-kind-handoff-declined = يُرفض ما سلّمته
notifications-kind-answer-failed = يتعذّر إرسال رد لك
notifications-way = ماذا
notifications-in-app = في المكتب
notifications-by-mail = بالبريد
notifications-by-push = في المتصفحات
notifications-by-mail-about = رسالة واحدة كل ساعة على الأكثر، بما لم تقرأه.
notifications-browsers = المتصفحات
notifications-browsers-about = يعرض المتصفح الرسائل حتى والمكتب مغلق، ومحتواها مشفّر لهذا المتصفح.
notifications-browsers-none = لا متصفح بعد
notifications-browser-add = العرض في هذا المتصفح
notifications-browser-remove = إزالة
notifications-browser-refused = المتصفح لا يسمح بذلك. اسمح بإشعارات هذا الموقع في إعداداته.
notifications-since = منذ { $day }
notifications-digest-subject = { $count ->
        [one] أمر واحد بانتظارك
        [two] أمران بانتظارك
        [few] { $count } أمور بانتظارك
       *[other] { $count } أمرًا بانتظارك
    }
notifications-digest-hello = مرحبًا { $name }،
notifications-digest-intro = لم تقرأ ما يلي بعد:
notifications-digest-end = تختار في إعداداتك ما تُبلَّغ به بالبريد.
notifications-mentions-view = الإشارات
notifications-mentions-none = لم يذكرك أحد
notifications-mentions-none-about = هنا المحادثات المفتوحة التي كُتب في ملاحظاتها @ واسمك.
notifications-side-answered = ردّ { $who } في محادثة جانبية
notifications-kind-side-answered = يردّ أحدهم في محادثة جانبية لما هو لك أو تتابعه
