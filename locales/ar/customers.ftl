# Customers and organisations.
customers-title = العملاء
customers-new = عميل جديد
customers-search = بحث
customers-search-hint = الاسم أو العنوان أو الهاتف أو المؤسسة
customers-none = لا يوجد عملاء بعد
customers-none-hint = كل من يكتب إليكم يصبح عميلاً.
customers-not-found = لم يُعثر على شيء
customers-not-found-hint = جرّب بداية اسم أو عنوان أو رقم هاتف.
customers-more = عرض المزيد
customers-earlier = عرض الأقدم
customers-conversations = { NUMBER($open) } مفتوحة من أصل { NUMBER($all) }
customers-open = مفتوحة
customers-edit = تعديل
customers-add = إضافة
customers-name = الاسم
customers-address = البريد الإلكتروني
customers-addresses = العناوين
customers-remove = إزالة { $address }
customers-phone = الهاتف
customers-who = من هو
customers-whole-story = القصة كاملة
customers-unknown = غير معروف

# How somebody wants to be written to.
customers-preferences = كيفية مراسلته
customers-preferences-hint = يلتزم محرر الردود والرسائل التلقائية بذلك.
customers-greeting-name = التحية بالاسم
customers-greet-as = «{ $name }»
customers-greet = ابدأ بـ «{ $greeting }»
customers-form = صيغة المخاطبة
customers-form-formal = رسمية
customers-form-informal = غير رسمية
customers-pronouns = الضمائر
customers-language = اللغة
customers-way = الوسيلة المفضلة
customers-way-any = أي وسيلة
customers-way-email = البريد الإلكتروني
customers-way-phone = الهاتف
customers-way-chat = الدردشة
customers-way-text = الرسائل النصية
customers-way-post = البريد
customers-prefers = يُفضَّل: { $way }
customers-time-zone = المنطقة الزمنية
customers-hours-from = من
customers-hours-until = إلى
customers-weekdays-only = أيام الأسبوع فقط
customers-there = الساعة هناك { $time }
customers-there-not-now = الساعة هناك { $time }، خارج أوقاته
customers-send-theirs = في وقته: { $when } هناك
customers-needs = سهولة الوصول
customers-needs-hint = يظهر لكل من يراسله.
customers-needs-note = تفاصيل أخرى
customers-need-large-print = خط كبير
customers-need-screen-reader = قارئ شاشة
customers-need-plain-language = لغة بسيطة
customers-need-no-phone = بدون مكالمات
customers-need-interpreter = مترجم أو خدمة وسيطة
customers-need-more-time = وقت أطول للرد

# Notes, story, files.
customers-notes = ملاحظات
customers-notes-hint = يراها زملاؤك فقط. تظهر المثبتة بجانب كل محادثة.
customers-note-new = ملاحظة عن هذا العميل
customers-note-add = إضافة ملاحظة
customers-note-pin = تثبيت
customers-note-unpin = إلغاء التثبيت
customers-note-pinned = مثبتة
customers-note-delete = حذف
customers-note-deleted = حُذفت الملاحظة.
customers-story = السجل
customers-story-none = لم يحدث شيء بعد
customers-files = الملفات
customers-files-all = كل الملفات
customers-files-none = لا توجد ملفات

# Organisations.
customers-organisation = المؤسسة
customers-organisations = المؤسسات
customers-organisations-hint = من يكتب من أحد نطاقاتها ينضم إليها تلقائياً.
customers-organisations-none = لا توجد مؤسسات بعد
customers-organisation-new = مؤسسة جديدة
customers-organisation-none = لا شيء
customers-belongs-to = ينتمي إلى
customers-domains = النطاقات
customers-domains-hint = مفصولة بفواصل. لا تُقبل نطاقات مزودي البريد العام.
customers-people = الأشخاص
customers-people-none = لا أحد بعد

# Fields of one's own.
customers-fields = الحقول
customers-fields-hint = ما تودون معرفته أيضاً عن العملاء والمؤسسات.
customers-field-add = إضافة حقل
customers-field-owner = يخص
customers-field-kind = المحتوى
customers-field-options = الخيارات، واحد في كل سطر
customers-field-archive = أرشفة
customers-field-archived = مؤرشف
customers-field-bring-back = استعادة
customers-kind-text = نص
customers-kind-number = رقم
customers-kind-date = تاريخ
customers-kind-choice = اختيار

# Consent.
customers-consent = الموافقة
customers-consent-hint = ما وافق عليه وما اعترض عليه. لا يُحذف شيء أبداً.
customers-consent-record = تسجيل
customers-consent-purpose = بشأن
customers-consent-answer = الجواب
customers-consent-source = المصدر
customers-consent-evidence = الدليل
customers-consent-evidence-hint = اقتباس أو رابط أو رقم محادثة.
customers-consent-when = متى
customers-purpose-any = أي تواصل
customers-purpose-service = رسائل الخدمة
customers-purpose-surveys = الاستبيانات
customers-purpose-outreach = الأخبار والعروض
customers-answer-agreed = موافق
customers-answer-objected = معترض
customers-answer-unasked = لم يُسأل
customers-do-not-contact = عدم التواصل
customers-source-agent = سجّله موظف
customers-source-message = رسالة منه
customers-source-spoken = شفهياً، بالهاتف أو حضورياً
customers-source-form = نموذج
customers-source-import = منقول من مكان آخر
customers-source-merge = معروف عن عميل مدمج
customers-dnc = طلب { $name } عدم التواصل معه.
customers-send-anyway = إرسال على أي حال

# Merging.
customers-merge = دمج
customers-merge-hint = تُنقل عناوين العميل الآخر ومحادثاته وملاحظاته إلى هنا. تحتفظ كل محادثة بمستلميها، ويمكن التراجع عن ذلك.
customers-merge-address = بريد العميل الآخر
customers-merge-here = دمج هنا
customers-still-moving = لا تزال محادثات دمج سابق قيد النقل. حاول مجدداً بعد قليل.
customers-merge-undo = التراجع عن الدمج
customers-merged = دُمج { $name } في هذا العميل.
customers-same-person = قد يكون الشخص نفسه:
customers-not-same = ليس نفسه
customers-reason-variant = صيغ مختلفة لعنوان واحد
customers-reason-phone = رقم الهاتف نفسه
customers-reason-name = الاسم نفسه
customers-reason-organisation = المؤسسة نفسها
customers-reason-in-address = الاسم يطابق العنوان

# Asked again.
customers-asked-again = أُعيد السؤال
customers-asked-again-hint = المسودات التي سألت عمّا قاله العميل من قبل: ما لوحظ، وما سُحب، وما أُرسل رغم ذلك.
customers-asked-none = لم يُسأل أحد مرتين
customers-asked-week = أسبوع
customers-asked-agent = الموظف
customers-asked-noticed = لوحظ
customers-asked-heeded = سُحب
customers-asked-sent = أُرسل رغم ذلك
customers-asked-cases = المحادثات
customers-event-asked-again = سأل { $actor } مجدداً عمّا هو معروف: { $thing }
customers-known = معروف بالفعل – { $what }:
customers-known-message = في رسالته
customers-known-record = في بيانات العميل
customers-insert = إدراج
customers-ask-anyway = السؤال على أي حال
customers-other-language = اللغة المفضلة { $theirs }؛ يبدو أن هذا بـ { $written }.
customers-thing-order = رقم الطلب
customers-thing-address = العنوان
customers-thing-phone = رقم الهاتف
customers-thing-name = الاسم
customers-thing-email = البريد الإلكتروني
customers-thing-date = التاريخ
customers-thing-account = رقم العميل
customers-thing-picture = الصورة
customers-thing-product = المنتج أو الرقم التسلسلي
customers-thing-size = المقاس

# What is wrong with a form.
customers-wrong = لا يمكن قبول هذا.
customers-wrong-required = هذا الحقل مطلوب.
customers-wrong-too-long = هذا طويل جداً.
customers-wrong-too-many = العدد كبير جداً.
customers-wrong-address = هذا ليس بريداً إلكترونياً.
customers-wrong-address-taken = هذا العنوان لعميل آخر. ادمج الاثنين بدلاً من ذلك.
customers-wrong-phone = هذا ليس رقم هاتف.
customers-wrong-time-zone = هذه ليست منطقة زمنية مثل Asia/Riyadh.
customers-wrong-hours = يجب أن يكون بعد البداية.
customers-wrong-domain = هذا ليس نطاقاً مثل example.com.
customers-wrong-domain-taken = هذا النطاق لمؤسسة أخرى.
customers-wrong-public-domain = يمكن لأي شخص امتلاك عنوان هناك، فلا يدل على الانتماء.
customers-wrong-number = أحد الحقول يتطلب رقماً.
customers-wrong-date = أحد الحقول يتطلب تاريخاً.
customers-wrong-not-past = هذا في المستقبل.
customers-wrong-name-taken = هذا الاسم مستخدم.
customers-wrong-other = لا يوجد عميل آخر بهذا العنوان.
customers-duplicates = { $count ->
    [one] قد يكون عميل آخر الشخص نفسه
    [two] قد يكون عميلان آخران الشخص نفسه
    [few] قد يكون { $count } عملاء آخرين الشخص نفسه
   *[other] قد يكون { $count } عميلاً آخر الشخص نفسه
}
customers-add-kind = النوع
customers-add-identity = العنوان أو الرقم أو الاسم
customers-add-identity-about = رقم الهاتف مع رمز الدولة مثل ‎+966 11 234 5678؛ والحساب باسمه أو بعنوان صفحته.
customers-kind-email = البريد الإلكتروني
customers-kind-phone = الهاتف
customers-wrong-phone-country = لأي دولة هذا الرقم؟ ابدأ بعلامة + ورمز الدولة، مثل ‎+966.
customers-wrong-account = هذا ليس اسم حساب. أدخله كما يظهر في صفحة الشخص وبلا مسافات.
customers-wrong-network = هذا العنوان يخص شبكة أخرى. اختر الشبكة التي ينتمي إليها.
customers-wrong-account-server = الخادم مفقود: اكتب الاسم@الخادم.
customers-reason-account = حسابات بالاسم نفسه
