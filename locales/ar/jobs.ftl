jobs-what = مهام جُرّبت عدة مرات دون نجاح. لا يضيع منها شيء حتى تتجاهلها.
jobs-none = لم يفشل شيء
jobs-none-why = يظهر هنا ما تعذّر تنفيذه، كبريد لا يمكن قراءته أو إرساله، مع السبب.
jobs-tried = { $count ->
    [one] جُرّبت مرة واحدة · تُركت { $time }
    [two] جُرّبت مرتين · تُركت { $time }
    [few] جُرّبت { $count } مرات · تُركت { $time }
   *[other] جُرّبت { $count } مرة · تُركت { $time }
}
jobs-discard = تجاهل: { $what }
jobs-kind-receive-delivery = معالجة بريد وارد
jobs-kind-send-message = إرسال رسالة
jobs-kind-follow-customer = متابعة تغييرات العميل
jobs-kind-walk-organisation = تحديث المؤسسة
jobs-kind-move-conversations = نقل محادثات العميل
jobs-kind-sweep-blobs = تنظيف الملفات
jobs-kind-prune-sessions = إزالة الجلسات القديمة
