profile-language = اللغة
profile-language-hint = لغة القوائم والصفحات. تبقى ردودك كما تكتبها.
profile-language-of-browser = حسب إعداد المتصفح
