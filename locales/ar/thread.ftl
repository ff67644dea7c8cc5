thread-conversation = المحادثة
thread-messages = الرسائل
thread-not-open = لا توجد محادثة معروضة
thread-choose-one = اختر واحدة من القائمة أو استخدم لوحة المفاتيح.
thread-next-previous = التالية، السابقة
thread-search = بحث
thread-all-shortcuts = كل الاختصارات
thread-not-found = غير موجودة
thread-none-such = لا توجد محادثة كهذه
thread-none-such-why = ربما حُذفت، أو أن الرقم غير صحيح.
thread-back-to-list = العودة إلى القائمة
thread-customer-pane = لوحة العميل
thread-customer-pane-key = لوحة العميل (])
thread-came-back = ارتدّ البريد المرسل إلى { $address }: { $reason }. لن يُرسل إليه شيء حتى يُسمح به من جديد.
thread-another-subject = للرسالة الأخيرة موضوع آخر: «{ $subject }».
thread-split-it-off = فصلها
thread-change-subject = تغيير الموضوع
thread-subject = الموضوع
thread-rename = تغيير
thread-assign = إسناد
thread-assign-key = إسناد (a)
thread-assign-now = إسناد، الآن: { $name }
thread-assigned-nobody = لا أحد
thread-assign-to = إسناد إلى
thread-me = أنا
thread-team = الفريق
thread-team-key = الفريق (t)
thread-team-now = الفريق، الآن: { $name }
thread-team-none = لا شيء
thread-no-team = بلا فريق
thread-priority = الأولوية
thread-priority-key = الأولوية (p)
thread-priority-now = الأولوية، الآن: { $priority }
thread-tags = الوسوم
thread-tags-key = الوسوم (l)
thread-tags-now = الوسوم، الآن: { $tags }
thread-tags-none = لا شيء
thread-remove-tag = إزالة الوسم { $tag }
thread-add-tag = إضافة وسم
thread-merge-or-split = دمج أو فصل
thread-merge-or-split-key = دمج أو فصل (v)
thread-merge-into = دمج في المحادثة
thread-merge = دمج
thread-split-last = فصل الرسالة الأخيرة
thread-mark-unread = وضع علامة غير مقروءة
thread-mark-unread-key = وضع علامة غير مقروءة (u)
thread-reopen = إعادة الفتح
thread-resolve = حل
thread-show-earlier = عرض الرسائل السابقة
thread-new = جديد
thread-customer = العميل
thread-close-customer-pane = إغلاق لوحة العميل
thread-other-conversations = محادثات أخرى
thread-started = البداية
thread-waiting = في الانتظار
thread-assigned-to = مسندة إلى
thread-copy-to = { $to }؛ نسخة إلى { $copies }
thread-event-merged = دمج { $name } هنا:
thread-event-split = فصل { $name } رسائل إلى
thread-event-began-as-split = فصل { $name } هذه من
thread-event-moved-away = نقل { $name } رسالة إلى
thread-event-moved-in = نقل { $name } رسالة إلى هنا من
thread-event-undone = تراجع { $name } عن ذلك؛ انظر
thread-event-took = تولّى { $name } هذه المحادثة
thread-event-assigned = أسند { $name } هذه المحادثة إلى { $to }
thread-event-unassigned = ألغى { $name } إسناد هذه المحادثة
thread-event-team = أعطى { $name } هذه المحادثة إلى { $team }
thread-event-no-team = سحب { $name } هذه المحادثة من فريقها
thread-event-resolved = حلّ { $name } هذه المحادثة
thread-event-reopened = أعاد { $name } فتح هذه المحادثة
thread-event-priority = ضبط { $name } الأولوية على { $priority }
thread-event-tagged = أضاف { $name } الوسم { $tag }
thread-event-untagged = أزال { $name } الوسم { $tag }
thread-event-renamed = غيّر { $name } الموضوع إلى «{ $subject }»
thread-masked = { $count ->
    [one] حُجب عند الوصول: { $what }
    [two] حُجب عند الوصول: { $what } (مرتين)
    [few] حُجب عند الوصول: { $what } ({ $count } مرات)
   *[other] حُجب عند الوصول: { $what } ({ $count } مرة)
}
thread-no-reason = لم يُذكر السبب
thread-doubt-domain = يطلب مالك { $domain } التحقق من مصدر بريده، وهذه الرسالة لم تجتز التحقق.
thread-doubt-forwarded = مرّت عبر قائمة بريدية أو خدمة إعادة توجيه، وقد يكون هذا هو السبب.
thread-doubt-server = أُرسلت من خادم لا يرسل منه { $domain }، ولا يوجد ما يؤكدها.
thread-replying = { $count ->
    [one] { $names } يكتب ردًا
    [two] { $names } يكتبان ردًا
   *[other] { $names } يكتبون ردًا
}
thread-viewing = { $count ->
    [one] { $names } يطّلع على هذا
    [two] { $names } يطّلعان على هذا
   *[other] { $names } يطّلعون على هذا
}
thread-by-email = بريد إلكتروني
