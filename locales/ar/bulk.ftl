bulk-bar = المحادثات المختارة
bulk-select = تحديد { $who }
bulk-selected-some = محددة
bulk-selected = { $count ->
    [one] محددة واحدة
    [two] محددتان
    [few] { $count } محددة
    [many] { $count } محددة
   *[other] { $count } محددة
}
bulk-all-of = الكل في { $view }
bulk-none = إلغاء التحديد
bulk-assign = إسناد إلى
bulk-me = أنا
bulk-nobody = لا أحد
bulk-team = الفريق
bulk-no-team = بلا فريق
bulk-tag = الوسوم
bulk-tag-name = الوسم
bulk-tag-add = إضافة
bulk-tag-remove = إزالة
bulk-priority = الأولوية
bulk-more = المزيد
bulk-read = تعليم كمقروءة
bulk-unread = تعليم كغير مقروءة
bulk-open = إعادة الفتح
bulk-resolve = حل
bulk-progress = التقدم
bulk-stop = إيقاف
bulk-running = تم تغيير { NUMBER($done) } من { NUMBER($total) }.
bulk-undoing = تمت استعادة { NUMBER($done) } من { NUMBER($total) }.
bulk-changed = { $count ->
    [one] تم تغيير محادثة واحدة.
    [two] تم تغيير محادثتين.
    [few] تم تغيير { $count } محادثات.
    [many] تم تغيير { $count } محادثة.
   *[other] تم تغيير { $count } محادثة.
}
bulk-stopped = { $count ->
    [one] توقف. تم تغيير محادثة واحدة.
    [two] توقف. تم تغيير محادثتين.
    [few] توقف. تم تغيير { $count } محادثات.
    [many] توقف. تم تغيير { $count } محادثة.
   *[other] توقف. تم تغيير { $count } محادثة.
}
bulk-undone = { $count ->
    [one] تمت استعادة محادثة واحدة.
    [two] تمت استعادة محادثتين.
    [few] تمت استعادة { $count } محادثات.
    [many] تمت استعادة { $count } محادثة.
   *[other] تمت استعادة { $count } محادثة.
}
bulk-passed-over = { $count ->
    [one] تم تجاوز واحدة: محلولة مسبقًا أو تنقصها تفاصيل.
    [two] تم تجاوز اثنتين: محلولتان مسبقًا أو تنقصهما تفاصيل.
    [few] تم تجاوز { $count }: محلولة مسبقًا أو تنقصها تفاصيل.
    [many] تم تجاوز { $count }: محلولة مسبقًا أو تنقصها تفاصيل.
   *[other] تم تجاوز { $count }: محلولة مسبقًا أو تنقصها تفاصيل.
}
bulk-left-alone = { $count ->
    [one] بقيت واحدة كما هي لأنها تغيرت في هذه الأثناء.
    [two] بقيت اثنتان كما هما لأنهما تغيرتا في هذه الأثناء.
    [few] بقيت { $count } كما هي لأنها تغيرت في هذه الأثناء.
    [many] بقيت { $count } كما هي لأنها تغيرت في هذه الأثناء.
   *[other] بقيت { $count } كما هي لأنها تغيرت في هذه الأثناء.
}
bulk-choose-some = اختر بعض المحادثات أولًا.
bulk-too-many = هذه كثيرة جدًا فرادى. اختر كل ما في عرض بدلًا من ذلك.
