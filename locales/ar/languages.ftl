languages-what = ما تقوله الواجهة، لغةً لغةً، لمن يترجمها.
languages-complete = لكل لغة كل الرسائل، وإلا فلا يُبنى Rapport. الرسالة المطابقة للإنجليزية قد تكون منسية.
languages-messages = { $count ->
    [zero] لا رسائل
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $count } رسائل
    [many] { $count } رسالة
   *[other] { $count } رسالة
}
languages-same = { $count ->
    [one] واحدة كما في الإنجليزية
   *[other] { $count } كما في الإنجليزية
}
languages-download = تنزيل { $file }
languages-files = { $count ->
    [zero] لا ملفات
    [one] ملف واحد
    [two] ملفان
    [few] { $count } ملفات
    [many] { $count } ملفًا
   *[other] { $count } ملف
}
