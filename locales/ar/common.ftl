# مسرد المصطلحات (العربية الفصحى المعاصرة). لكل مفهوم كلمة واحدة.
#
#   conversation = محادثة
#   agent = موظف خدمة
#   customer = عميل
#   assignee = مسندة إلى
#   resolve = حل، محلولة
#   reopen = إعادة الفتح
#   note = ملاحظة
#   reply = رد
#   draft = مسودة
#   snooze = تأجيل
#   macro = ماكرو
#   tag = وسم
#   team = فريق
#   view = طريقة عرض
#   priority = أولوية
#   merge = دمج
#   split off = فصل
#   mailbox = صندوق بريد
#   inbox = صندوق الوارد
#   desk = مساحة العمل
#   sign in = تسجيل الدخول

common-save = حفظ
common-cancel = إلغاء
common-skip = الانتقال إلى المحتوى
common-today = اليوم
common-yesterday = أمس

common-seconds = { $count ->
    [zero] { $count } ثانية
    [one] ثانية واحدة
    [two] ثانيتان
    [few] { $count } ثوانٍ
    [many] { $count } ثانية
   *[other] { $count } ثانية
}
common-minutes = { $count ->
    [zero] { $count } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
common-hours = { $count ->
    [zero] { $count } ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
common-days = { $count ->
    [zero] { $count } يوم
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}

common-nobody = لا أحد
common-somebody = شخص ما
common-a-team = فريق
common-name = الاسم
common-password = كلمة المرور
common-new-password = كلمة المرور الجديدة
common-password-hint = 10 أحرف على الأقل.
common-email = عنوان البريد الإلكتروني
common-add = إضافة
common-close = إغلاق
common-try-again = إعادة المحاولة
common-try-all-again = إعادة محاولة الكل
common-discard = تجاهل
common-show-more = عرض المزيد
common-number = الرقم
common-works = يعمل
common-paused = متوقف مؤقتًا
common-resolved = محلولة
common-open = مفتوحة
common-allow-again = السماح من جديد
common-no-subject = (بلا موضوع)
common-back-to-inbox = العودة إلى صندوق الوارد
common-urgent = عاجلة
common-high = عالية
common-normal = عادية
common-low = منخفضة
common-bytes = { $size } بايت
common-kilobytes = { $size } ك.ب
common-megabytes = { $size } م.ب
common-names-and = { $first } و{ $second }
