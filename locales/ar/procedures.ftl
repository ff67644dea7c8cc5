# الإجراءات: ما ينبغي فعله في محادثات من نوع ما.

procedures-title = الإجراءات
procedures-sentence = ما ينبغي فعله في محادثات من نوع ما، خطوة خطوة: مهام وأسئلة وقرارات ونصوص.
procedures-find = دليل عمل، قوائم تحقق، مسار عمل، شجرة قرار، خطوات إلزامية، تصعيد
procedures-procedure = الإجراء
procedures-none = لا إجراءات بعد
procedures-none-why = اكتب كيف يتم أمر ما هنا، كإرجاع أو شكوى، فيفعله الجميع بالطريقة نفسها.
procedures-add = إضافة إجراء
procedures-add-what = يبدأ من تلقاء نفسه في المحادثات التي يخصها. ومن دون نوع وشروط يُختار يدويًا.
procedures-edit-what = خطوات أخرى تصنع إصدارًا جديدًا. وتحتفظ المحادثات بالإصدار الذي بدأت به.
procedures-example = وصل تالفًا
procedures-for-type = للمحادثات من النوع
procedures-for-type-hint = يبدأ حين تأخذ محادثة هذا النوع.
procedures-any-type = أي نوع
procedures-conditions = شروط أخرى
procedures-conditions-hint = يبدأ حيث تتحقق هذه أيضًا. وإن ناسبت عدة إجراءات بدأ أكثرها شروطًا.
procedures-with-conditions = بحسب شروط
procedures-by-hand = يُختار يدويًا
procedures-steps = الخطوات
procedures-steps-what = تُنجز من أعلى إلى أسفل. قد تتخطى القرارات خطوات، ولا تعود إلى الوراء أبدًا.
procedures-add-step = إضافة خطوة
procedures-step-number = الخطوة { NUMBER($number) }
procedures-move-up = رفع الخطوة { NUMBER($number) }
procedures-move-down = خفض الخطوة { NUMBER($number) }
procedures-remove-step = إزالة الخطوة { NUMBER($number) }
procedures-kind-task = مهمة
procedures-kind-fact = معلومة تُسأل
procedures-kind-decision = قرار
procedures-kind-text = نص للاستخدام
procedures-task-title = ما الذي ينبغي فعله؟
procedures-fact-title = ما الذي يُسأل عنه؟ إن تُرك فارغًا فاسم الحقل
procedures-decision-title = السؤال
procedures-text-title = لأي غرض؟
procedures-text-words = النص
procedures-text-hint = يُدرج في الرد بضغطة واحدة. وتُملأ المتغيرات كما في وحدات الماكرو.
procedures-about = تفاصيل
procedures-required = مطلوبة قبل حل المحادثة
procedures-decision-required = القرار الواقع على الطريق مطلوب دائمًا قبل حل المحادثة.
procedures-field = تُحفظ في الحقل
procedures-field-hint = تُسأل مرة واحدة: إن كان الحقل معبأً فالخطوة منجزة من تلقاء نفسها.
procedures-no-fields = لا حقول بعد. أضف واحدًا أولًا.
procedures-field-gone = حقل هذه الخطوة لم يعد موجودًا.
procedures-answers = الإجابات
procedures-answers-hint = من اثنتين إلى ست. والسطر الخالي من الكلام لا يُحسب.
procedures-answer-number = الإجابة { NUMBER($number) }
procedures-leads-to = إلى أين تقود الإجابة { NUMBER($number) }
procedures-to-next = إلى الخطوة التالية
procedures-to-step = إلى الخطوة { NUMBER($number) }: { $title }
procedures-to-end = إلى النهاية
procedures-who = من يحق له القرار
procedures-who-anyone = الجميع
procedures-who-admins = المسؤولون
procedures-who-owners = المالكون
procedures-who-team = فريق { $team }
procedures-decided-by = صاحب القرار: { $who }
procedures-limits = متى يكثر الأمر
procedures-limits-what = حين تتجاوز محادثة هذه الحدود يُبلَّغ المشرف وتُوسم المحادثة، لينظر فيها من يستطيع إنهاءها.
procedures-limits-set = الحدود
procedures-most-steps = خطوات أُنجزت أو أُلغيت
procedures-most-messages = رسائل من العميل وإليه
procedures-most-handoffs = عمليات التسليم
procedures-no-limit = بلا حد
procedures-lead = من يُبلَّغ
procedures-all-admins = كل المسؤولين
procedures-tag = الوسم
procedures-tag-hint = إن تُرك فارغًا فلا وسم.
procedures-versions = الإصدارات
procedures-versions-what = كل إصدار بخطواته، وكم مرة بدأ، وأين تُرك.
procedures-version = الإصدار { NUMBER($number) }
procedures-newest = الأحدث
procedures-so-many-steps = { $count ->
    [zero] لا خطوات
    [one] خطوة واحدة
    [two] خطوتان
    [few] { NUMBER($count) } خطوات
    [many] { NUMBER($count) } خطوة
   *[other] { NUMBER($count) } خطوة
}
procedures-archive-hint = لا يبدأ بعد الآن. والمحادثات التي لها هذا الإجراء تحتفظ به.
procedures-wrong-field = اختر حقلًا.
procedures-wrong-answers = اذكر إجابتين على الأقل.
procedures-wrong-twice = إجابة مكررة.
procedures-wrong-to = إجابة تقود إلى خطوة لا تأتي لاحقًا. اختر غيرها.
procedures-wrong-steps = في إحدى الخطوات خطأ. وهي تقول ما هو.
procedures-wrong-no-steps = أضف خطوة.
procedures-wrong-limit = الحد عدد صحيح من 1 فصاعدًا، أو فارغ.
procedures-wrong-personal = متابع المحادثة ومن هو «أنا» يختلفان من شخص إلى آخر. أزل هذه الشروط.
procedures-changed-meanwhile = حفظ شخص آخر إصدارًا جديدًا في هذه الأثناء. انسخ ما تحتاج إليه، ثم افتح الصفحة من جديد وعدّل ذلك الإصدار.
procedures-begin-one = بدء إجراء…
procedures-begin = بدء
procedures-choose = اختيار إجراء
procedures-replaces = يحل محل: { $name }
procedures-is-this = لها هذا الإجراء
procedures-another-one = إجراء آخر…
procedures-take-off = إزالة
procedures-progress = التقدم
procedures-of = { NUMBER($done) } من { NUMBER($total) }
procedures-of-at-most = { NUMBER($done) } من { NUMBER($total) } على الأكثر
procedures-depends = ما يلي يتوقف على القرار.
procedures-finished = مكتمل
procedures-overridden = حُلّت دون كل الخطوات
procedures-is-newer = هناك الإصدار { NUMBER($number) }.
procedures-go-on-with-newest = المتابعة به
procedures-put-in = إدراج في الرد
procedures-show-text = عرض النص
procedures-is-done = منجزة
procedures-known-already = معروفة من قبل
procedures-too-many-steps = أُنجز أو أُلغي أكثر من { NUMBER($most) } من الخطوات. أُبلغ المشرف.
procedures-too-many-messages = تبودل أكثر من { NUMBER($most) } من الرسائل. أُبلغ المشرف.
procedures-too-many-handoffs = { $most ->
    [zero] سُلّمت. أُبلغ المشرف.
    [one] سُلّمت أكثر من مرة. أُبلغ المشرف.
    [two] سُلّمت أكثر من مرتين. أُبلغ المشرف.
    [few] سُلّمت أكثر من { NUMBER($most) } مرات. أُبلغ المشرف.
    [many] سُلّمت أكثر من { NUMBER($most) } مرة. أُبلغ المشرف.
   *[other] سُلّمت أكثر من { NUMBER($most) } مرة. أُبلغ المشرف.
}
procedures-steps-missing = قبل الحل، أنجز: { $names }.
procedures-steps-missing-some = هناك خطوات من الإجراء ينبغي إنجازها قبل الحل.
procedures-steps-missing-title = الحل دون كل الخطوات
procedures-steps-missing-are = هذه الخطوات مطلوبة ولم تُنجز:
procedures-nothing-missing = لا تنقص أي خطوة.
procedures-reason = لماذا يصح ذلك رغم هذا؟
procedures-reason-hint = يُحفظ في السجل ويراه المسؤولون
procedures-resolve-anyway = الحل دون كل الخطوات…
procedures-resolve-anyway-button = حل
procedures-moved-on = تقدم الإجراء في هذه الأثناء. انظر ثانية وأعد المحاولة.
procedures-is-archived = هذا الإجراء لا يبدأ بعد الآن. اختر غيره.
procedures-reason-steps-missing = تلقت الرد، لكن خطوات من إجرائها ينبغي إنجازها قبل حلها
procedures-event-begun = بدأ { $who } الإجراء { $name }
procedures-event-decided = قرر { $who } في «{ $title }»: { $answer }
procedures-event-finished = أكمل { $who } الإجراء { $name }
procedures-event-renewed = تابع { $who } بالإصدار { NUMBER($version) } من { $name }
procedures-event-taken-off = أزال { $who } الإجراء { $name }
procedures-event-overridden = حلّها { $who } دون هذه الخطوات: { $steps }. السبب: { $reason }
procedures-kind-too-much = محادثة تتجاوز حدود إجرائها
procedures-told-too-much = محادثة تتجاوز حدود إجرائها
procedures-figures = الأرقام
procedures-figures-what = كل رقم يقود إلى محادثاته.
procedures-made-by = أنشأه { $who }، { $when }
procedures-begun = بدأت
procedures-state-going = جارية
procedures-state-resolved = حُلّت وبقيت خطوات
procedures-state-taken-off = أُزيل
procedures-state-replaced = استُبدل
procedures-state-merged = دُمجت
procedures-never-left = لم يترك أحد الطريق بعد.
procedures-left-at = تُرك عند
procedures-after-the-end = بعد الخطوة الأخيرة
procedures-overrides = حُلّت دون كل الخطوات
procedures-overrides-what = كل منها مع سببه، والأحدث أولًا.
procedures-no-overrides = لم يحل أحد دون كل الخطوات
procedures-at-step = عند «{ $step }»
