relations-follow = متابعة
relations-pin = تثبيت في الأعلى
relations-pinned = مثبتة في الأعلى
relations-links = محادثات مرتبطة
relations-add = ربط محادثة
relations-this-is = هذه المحادثة
relations-number = رقم الأخرى
relations-link = ربط
relations-unlink = إزالة الربط مع { $number }
relations-duplicate-of = نسخة مكررة من
relations-has-duplicate = لها نسخة مكررة
relations-caused-by = سببها
relations-causes = تسببت في
relations-related = ذات صلة بـ
relations-followers = { $count ->
    [one] متابع واحد
    [two] متابعان
    [few] { $count } متابعين
    [many] { $count } متابعًا
   *[other] { $count } متابع
}
