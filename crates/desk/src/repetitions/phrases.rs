//! How people ask for things, and what they call them, in the six languages of the interface. Data only.
//!
//! Phrases are compared folded (lower case, without accents), at the borders of words; a star at the end takes any ending. Those of scripts
//! without such borders are looked for anywhere.

use super::rules::Kind;

/// Words that make a request of what follows them.
pub(super) const REQUESTS: &[&str] = &[
    // English
    "please send", "please share", "please provide", "please give", "please tell", "please confirm", "please attach", "please reply with",
    "please include", "please state", "please upload", "please forward", "please specify", "please let us know", "please let me know",
    "please also", "please resend", "please add", "please enter", "please take", "please email", "please quote", "please just send",
    "kindly send", "kindly provide", "kindly share", "kindly attach", "kindly confirm", "kindly let",
    "could you send", "could you share", "could you please", "could you provide", "could you give", "could you tell", "could you confirm",
    "could you attach", "could you let", "could you forward", "could you also", "could you take", "could you remind", "could you resend",
    "could you upload", "could you add", "could you quickly", "could you just", "could you kindly",
    "can you send", "can you share", "can you please", "can you provide", "can you give", "can you tell", "can you confirm", "can you attach",
    "can you let", "can you forward", "can you also", "can you take", "can you remind", "can you resend", "can you upload", "can you quickly",
    "would you send", "would you share", "would you please", "would you mind", "would you kindly", "would you be able", "would you tell",
    "will you send", "may i have", "may i ask", "may we have", "may we ask", "might i", "can i have", "can i get", "can i ask", "can we have", "can we get",
    "could i have", "could i get", "could we have", "could we get", "could i ask", "could we ask", "let me know", "let us know", "tell me", "tell us", "send me", "send us",
    "give me", "give us", "what is", "whats", "what are", "what was", "which is", "do you have", "do you know", "do you still have", "do you happen",
    "i need", "we need", "i will need", "we will need", "i would need", "we would need", "i ll need", "we ll need", "i d need", "we d need",
    "i still need", "we still need", "i require", "we require", "i also need", "we also need", "we just need", "i just need", "all i need", "all we need",
    "i ask you for", "we ask you for", "need from you", "reply with", "share your", "provide your", "confirm your", "where did", "where should", "where do", "where can", "which", "when did", "when was",
    "on what", "what", "how can we reach", "under which", "under what",
    // German
    "bitte senden", "bitte schicken", "bitte nennen", "bitte teilen", "bitte geben", "bitte bestatigen", "bitte ubermitteln", "bitte laden", "bitte ubersenden",
    "bitte fugen", "bitte hangen", "bitte antworten", "bitte machen", "bitte noch", "bitte auch", "bitte mailen", "bitte um", "bitten sie um", "bitten um", "bitten wir um",
    "konnten sie", "konnen sie", "konntest du", "kannst du", "wurden sie", "wurdest du", "durfen wir", "durfte ich", "darf ich", "durften wir", "konnte ich", "konnten wir",
    "wie lautet", "wie lauten", "wie ist", "wie heissen", "was ist", "welche", "welcher", "welches", "welchem", "welchen", "wann haben", "wann hast", "wann wurde", "an welchem",
    "benotige", "benotigen", "brauche", "brauchen", "brauchten", "brauchte", "senden sie", "schicken sie", "nennen sie", "teilen sie", "geben sie", "schick uns", "schick mir", "sende uns", "nenn uns", "nenn mir",
    "haben sie", "hatten sie", "hast du", "wohin", "unter welcher", "unter welchem", "verraten sie", "mogen sie", "sagen sie uns", "sagen sie mir",
    // French
    "pourriez vous", "pouvez vous", "pourrais tu", "peux tu", "merci de", "merci d", "veuillez", "nous indiquer", "m indiquer", "nous communiquer", "me communiquer", "nous envoyer",
    "m envoyer", "nous transmettre", "me transmettre", "envoyez", "indiquez", "transmettez", "communiquez", "precisez", "donnez", "quel est", "quelle est", "quels sont", "quelles sont", "quel", "quelle",
    "avez vous", "aurions besoin", "avons besoin", "ai besoin", "aurais besoin", "aurons besoin", "puis je avoir", "pouvons nous avoir", "pourrions nous avoir", "pourrais je avoir", "il nous faut", "il me faut", "il nous faudrait", "il me faudrait", "il nous manque", "il me manque",
    "quand avez", "a quelle", "sous quel", "comment vous appelez", "dites nous", "dites moi", "seriez vous", "pourrait on avoir",
    // Spanish
    "podria", "podrias", "puede", "puedes", "podriamos", "podemos tener", "me puede", "nos puede", "por favor envie", "por favor envienos", "por favor indique", "por favor indiquenos", "por favor facilite", "por favor mande",
    "envienos", "envieme", "indiquenos", "indiqueme", "faciliteme", "facilitenos", "diganos", "digame", "dime", "mandenos", "mandeme", "proporcionenos", "comparta", "adjunte", "cual es", "cual era", "cual fue", "cuales son", "que",
    "necesito", "necesitamos", "necesitaria", "necesitariamos", "necesitaremos", "tiene", "tendria", "cuando compro", "cuando hizo", "cuando recibio", "cuando realizo", "en que fecha", "nos falta", "me falta", "le agradeceria", "le agradeceriamos", "le rogamos", "como se llama", "seria tan amable", "nos indica", "me indica", "nos envia", "me envia", "me dice", "nos dice", "nos facilita", "me facilita", "a que", "con que", "confirmenos", "confirme",
    // Arabic
    "يرجى", "نرجو", "أرجو", "الرجاء", "رجاء", "من فضلك", "من فضلكم", "هل يمكنك", "هل يمكنكم", "هل يمكن", "هل تستطيع", "هل لديك", "هل بإمكانك", "ما هو", "ما هي", "ما رقم", "ما اسم", "ما عنوان", "ما مقاس", "ما تاريخ", "متى", "نحتاج", "أحتاج", "أرسل لنا", "أرسلوا", "أخبرنا", "زودنا", "تزويدنا", "إرسال", "أي مقاس", "أي منتج", "أي طراز", "لو سمحت", "نود معرفة", "نطلب منك",
    // Japanese (what is asked for stands before)
];

/// Words that make a request of what stands before them as well.
pub(super) const AFTER: &[&str] = &[
    "benotigen wir", "benotige ich", "brauchen wir", "brauche ich", "fehlt uns", "fehlt mir", "fehlt noch", "fehlen uns", "is missing", "would help", "would be helpful", "is needed", "is required", "please", "ware hilfreich",
    "nous manque", "me manque", "serait utile", "est necessaire", "s il vous plait", "nos falta", "nos ayudaria", "seria util", "es necesario", "por favor",
    "を教えて", "をお教え", "をお知らせ", "を知らせ", "をお送り", "を送って", "をご送付", "をご連絡", "をご提示", "をご記入", "をご入力", "をいただけ", "を頂け", "を添付", "をご確認のうえお", "は何ですか", "は何でしょうか", "はいつですか", "はいつでしょうか", "はどちらですか", "はどちらでしょうか", "はどれですか", "をお伺い", "を伺", "をお聞かせ", "が必要です", "が必要となります", "をご教示", "をお願い", "はお持ちですか", "はありますか", "はございますか", "をもう一度", "を再度", "はおいくつ", "を見せて", "をお見せ", "をアップロード",
];

/// Words that say that nothing is asked for, or that it is there already.
pub(super) const NOT_ASKED: &[&str] = &[
    "thank you for", "thanks for", "no need", "need not", "do not need", "don t need", "dont need", "already have", "we have your", "i have your", "we have received", "i have received", "we received", "i see your", "i can see", "i found", "we found", "you can find", "you will find", "you ll find", "never ask", "not ask", "do not send", "please do not", "don t send", "never send", "please check", "please keep", "please ignore", "you may ignore", "is printed", "as you gave", "you gave us", "with your order number we", "we have noted", "i have noted", "we will never", "where you can", "where to find",
    "vielen dank fur", "danke fur", "nicht notig", "nicht erforderlich", "nicht mehr", "brauchen sie nicht", "mussen sie nicht", "haben wir bereits", "habe ich bereits", "liegt uns vor", "liegt mir vor", "liegen uns vor", "haben wir erhalten", "habe ich erhalten", "finden sie", "keine", "senden sie uns keine", "nie nach", "niemals", "haben wir notiert", "wurde geandert", "wurde hinterlegt", "bitte prufen",
    "merci pour", "merci d avoir", "n est pas necessaire", "pas besoin", "inutile", "avons deja", "ai deja", "avons bien recu", "ai bien recu", "vous trouverez", "ne nous envoyez", "n envoyez", "jamais", "avons note", "a ete modifiee", "a ete mise a jour", "avons trouve",
    "gracias por", "no es necesario", "no hace falta", "no necesitamos", "no necesito", "ya tenemos", "ya tengo", "hemos recibido", "he recibido", "encontrara", "nunca", "no nos envie", "no envie", "hemos anotado", "hemos encontrado", "puede encontrar", "puede ver", "hemos cambiado", "hemos actualizado", "que nos envio", "que nos dio", "que nos indico",
    "ありがとうございます", "ありがとうございました", "必要はありません", "不要です", "必要ございません", "いただいております", "頂いております", "確認できました", "確認いたしました", "受け取りました", "拝受", "届いております", "に記載されています", "をご確認ください", "お送りにならないで", "送らないで", "変更しました", "変更いたしました", "お尋ねすることはありません",
    "شكرا", "لا داعي", "لا حاجة", "لا تحتاج", "لدينا بالفعل", "استلمنا", "تلقينا", "وجدنا", "ستجد", "يمكنك العثور", "لا ترسل", "عدم إرسال", "لن نطلب", "تم تحديث", "تم تغيير", "سجلنا",
];

/// What things are called. The first that fits in a place wins, so that longer ones stand first where one is part of another.
pub(super) const THINGS: &[(Kind, &[&str])] = &[
    (Kind::Email, &[
        "email address*", "e mail address*", "mail address*", "email", "e mail", "emails",
        "emailadresse*", "e mail adresse*", "mailadresse*", "mail adresse*",
        "adresse email", "adresse e mail", "adresse mail", "adresse electronique", "courriel", "adresse de messagerie",
        "correo electronico", "direccion de correo", "correo", "direccion de email",
        "メールアドレス", "Eメールアドレス", "البريد الإلكتروني", "بريدك الإلكتروني", "بريدكم الإلكتروني", "الإيميل", "بريد إلكتروني",
    ]),
    (Kind::Order, &[
        "order number*", "order no", "order nr", "order id", "order reference*", "order ref", "order code", "ordernumber", "number of your order", "number of the order", "purchase number", "booking number", "reference number of your order", "invoice number", "which order", "what order",
        "bestellnummer*", "bestellnr", "auftragsnummer*", "auftragsnr", "bestell nr", "bestell nummer", "nummer ihrer bestellung", "nummer deiner bestellung", "nummer der bestellung", "rechnungsnummer*", "welche bestellung", "vorgangsnummer*",
        "numero de commande", "numero de votre commande", "no de commande", "n de commande", "reference de commande", "reference de votre commande", "numero de la commande", "numero de facture", "quelle commande",
        "numero de pedido", "numero de su pedido", "numero del pedido", "numero de tu pedido", "n de pedido", "referencia del pedido", "referencia de su pedido", "numero de orden", "numero de factura", "que pedido",
        "注文番号", "ご注文番号", "オーダー番号", "受注番号", "رقم الطلب", "رقم طلبك", "رقم طلبكم", "رقم الطلبية", "رقم طلبيتك", "رقم الفاتورة", "رقم طلبيتكم",
    ]),
    (Kind::Account, &[
        "account number*", "customer number*", "customer id", "client number*", "account id", "membership number*", "member number*", "customer no", "contract number*", "customer reference",
        "kundennummer*", "kundennr", "kunden nr", "kontonummer*", "mitgliedsnummer*", "vertragsnummer*", "kunden nummer",
        "numero de client", "numero client", "numero de compte", "numero d adherent", "numero de contrat", "identifiant client", "numero de membre",
        "numero de cliente", "numero de cuenta", "numero de socio", "numero de contrato", "codigo de cliente",
        "お客様番号", "顧客番号", "会員番号", "契約番号", "アカウント番号", "رقم العميل", "رقم حسابك", "رقم الحساب", "رقم العضوية", "رقم عضويتك", "رقم عميلك", "رقم العقد",
    ]),
    (Kind::Product, &[
        "serial number*", "serial no", "model number*", "which product", "what product", "which model", "what model", "product name", "name of the product", "which item", "what item", "article number*", "item number*", "product number*", "product code", "sku", "which lamp", "which device",
        "seriennummer*", "modellnummer*", "artikelnummer*", "produktnummer*", "welches produkt", "welches modell", "welchen artikel", "welcher artikel", "modellbezeichnung", "produktbezeichnung", "um welches produkt", "um welches modell", "welches gerat", "serien nr", "geratenummer*",
        "numero de serie", "numero de modele", "reference du produit", "reference de l article", "quel produit", "quel modele", "quel article", "reference de votre produit", "nom du produit", "de quel appareil", "quel appareil",
        "numero de modelo", "referencia del producto", "referencia del articulo", "que producto", "que modelo", "que articulo", "cual producto", "nombre del producto", "codigo del producto",
        "シリアル番号", "製造番号", "型番", "商品名", "商品番号", "品番", "製品名", "モデル名", "どの商品", "どの製品", "الرقم التسلسلي", "رقم الموديل", "رقم الطراز", "اسم المنتج", "رقم المنتج", "أي منتج", "أي طراز",
    ]),
    (Kind::Phone, &[
        "phone number*", "telephone number*", "telephone", "mobile number*", "cell number", "number we can call", "number we can reach", "number i can reach", "number to reach", "number to call", "call you on", "contact number*", "phone", "how can we reach you by phone",
        "telefonnummer*", "handynummer*", "mobilnummer*", "rufnummer*", "telefonisch erreichen", "telefon nr", "telefon", "ruckrufnummer*",
        "numero de telephone", "numero de portable", "telephone portable", "numero ou vous joindre", "coordonnees telephoniques", "numero de mobile",
        "numero de telefono", "telefono", "numero de movil", "numero de contacto", "telefono de contacto", "numero de celular", "movil",
        "電話番号", "お電話番号", "携帯番号", "連絡先番号", "رقم الهاتف", "رقم هاتفك", "رقم الجوال", "رقم جوالك", "رقم هاتفكم", "رقم الموبايل", "رقم جوالكم",
    ]),
    (Kind::Address, &[
        "delivery address*", "shipping address*", "postal address*", "home address*", "mailing address*", "street address", "full address", "your address", "address", "postcode", "zip code", "post code", "where should we deliver", "where should we send",
        "lieferadresse*", "anschrift*", "postanschrift*", "versandadresse*", "adresse", "postleitzahl*", "wohin sollen wir", "rechnungsadresse*", "hausnummer",
        "adresse de livraison", "adresse postale", "votre adresse", "code postal", "adresse complete", "adresse d expedition", "l adresse", "adresse",
        "direccion de envio", "direccion de entrega", "direccion postal", "su direccion", "codigo postal", "direccion completa", "direccion", "tu direccion", "domicilio",
        "住所", "ご住所", "お届け先", "配送先", "郵便番号", "送付先", "عنوان التوصيل", "عنوانك", "عنوان الشحن", "العنوان", "عنوانكم", "الرمز البريدي", "عنوان التسليم",
    ]),
    (Kind::Name, &[
        "your name", "full name", "first name", "last name", "surname", "name on the order", "family name", "name the order", "your first and last name",
        "ihren namen", "ihr name", "dein name", "deinen namen", "vollstandigen namen", "vornamen", "nachnamen", "vor und nachnamen", "vor und zuname", "wie heissen sie", "ihr vollstandiger name", "auf welchen namen", "welchem namen", "welchen namen",
        "votre nom", "nom complet", "votre prenom", "nom de famille", "nom et prenom", "comment vous appelez", "vos nom et prenom", "quel nom", "a quel nom",
        "su nombre", "nombre completo", "nombre y apellidos", "sus apellidos", "tu nombre", "como se llama", "que nombre",
        "お名前", "氏名", "ご氏名", "フルネーム", "اسمك", "الاسم الكامل", "اسمكم", "ما اسم", "اسمك الكامل",
    ]),
    (Kind::Date, &[
        "when did you order", "when did you buy", "when did you purchase", "when did you place", "when did you receive", "when was it", "when was the order", "when was your order", "when it was bought", "when you bought", "when you ordered", "when you placed", "date of purchase", "purchase date", "order date", "date of the order", "date of your order", "date you ordered", "date you bought", "delivery date", "what date", "which date", "which day", "what day",
        "kaufdatum*", "bestelldatum*", "wann haben sie", "wann hast du", "wann wurde", "wann sie bestellt", "wann sie gekauft", "wann sie die", "wann sie das", "wann sie den", "an welchem tag", "welchem datum", "datum ihrer bestellung", "datum des kaufs", "datum der bestellung", "lieferdatum*", "rechnungsdatum*",
        "date d achat", "date de commande", "date de votre commande", "date de votre achat", "quand avez vous", "a quelle date", "quelle date", "date de livraison", "date de la commande", "date de l achat",
        "fecha de compra", "fecha del pedido", "fecha de su pedido", "cuando compro", "cuando hizo", "cuando recibio", "cuando realizo", "en que fecha", "que fecha", "fecha de la compra", "fecha de entrega", "que dia",
        "購入日", "注文日", "ご購入日", "ご注文日", "いつご購入", "いつ購入", "いつご注文", "いつ注文", "購入された日", "تاريخ الشراء", "تاريخ الطلب", "متى اشتريت", "متى طلبت", "متى قمت", "متى استلمت", "في أي تاريخ", "تاريخ الاستلام",
    ]),
    (Kind::Picture, &[
        "photo", "photos", "picture*", "screenshot*", "screen shot*", "image", "images", "photograph*", "snapshot*",
        "foto", "fotos", "bild", "bilder", "aufnahme", "aufnahmen", "bildschirmfoto*",
        "capture d ecran", "captures d ecran", "photographie*", "copie d ecran", "cliche",
        "imagen", "imagenes", "captura*", "fotografia*",
        "写真", "画像", "スクリーンショット", "スクショ", "صورة", "صور", "لقطة شاشة", "لقطات",
    ]),
    (Kind::Size, &[
        "which size", "what size", "your size", "size", "sizes", "measurements", "shoe size", "dress size",
        "grosse", "konfektionsgrosse*", "schuhgrosse*", "kleidergrosse*", "masse",
        "taille", "pointure", "dimensions", "mesures",
        "talla", "tamano", "medidas", "numero de calzado",
        "サイズ", "寸法", "مقاس", "المقاس", "مقاسك", "القياس", "قياسك",
    ]),
];

/// Words before a number that say what the number is of.
pub(super) const NUMBER_OF: &[(Kind, &[&str])] = &[
    (Kind::Order, &["order", "bestellung", "bestellnummer", "bestellnr", "auftrag", "auftragsnummer", "commande", "pedido", "purchase", "booking", "invoice", "rechnung", "rechnungsnummer", "facture", "factura", "注文", "オーダー", "الطلب", "طلب", "طلبي", "طلبية", "الفاتورة"]),
    (Kind::Account, &["account", "customer", "client", "member", "membership", "contract", "kunde", "kundennummer", "kundennr", "konto", "kontonummer", "mitgliedsnummer", "vertrag", "vertragsnummer", "compte", "contrat", "cliente", "cuenta", "socio", "contrato", "お客様番号", "顧客番号", "会員番号", "契約番号", "العميل", "حساب", "حسابي", "العضوية", "عميل"]),
    (Kind::Product, &["serial", "model", "seriennummer", "modell", "artikelnummer", "modellnummer", "serie", "modele", "modelo", "sku", "item", "article", "artikel", "シリアル", "製造番号", "型番", "品番", "التسلسلي", "الموديل", "الطراز"]),
    (Kind::Phone, &["phone", "telephone", "tel", "mobile", "cell", "call", "telefon", "telefonnummer", "handy", "handynummer", "mobil", "rufnummer", "portable", "telefono", "movil", "電話", "携帯", "هاتف", "هاتفي", "الجوال", "جوال", "جوالي", "الهاتف"]),
];

/// Words of streets: with a number beside them they are an address.
pub(super) const STREETS: &[&str] = &[
    "street", "road", "avenue", "lane", "drive", "square", "close", "boulevard", "court", "terrace", "rue", "chemin", "impasse", "allee", "place", "quai", "calle", "avenida", "plaza", "paseo", "carrer", "carretera", "ronda", "camino", "platz", "weg", "gasse", "ufer", "strasse", "str",
];
/// Endings of streets' names.
pub(super) const STREET_ENDINGS: &[&str] = &["strasse", "straße", "str", "weg", "gasse", "platz", "allee", "damm", "ufer", "ring", "steig"];
/// What an address is told by where words are not parted.
pub(super) const ADDRESS_MARKS: &[&str] = &["〒", "丁目", "番地", "شارع", "حي ", "طريق"];

/// Words of buying, ordering and receiving: a date beside them is when.
pub(super) const BOUGHT: &[&str] = &[
    "ordered", "order", "bought", "purchased", "purchase", "received", "arrived", "delivered", "bestellt", "gekauft", "erhalten", "geliefert", "bestellung", "kauf", "angekommen", "commande", "achete", "recu", "achat", "livre", "livree", "compre", "pedi", "pedido", "recibi", "compra", "llego", "購入", "注文", "届", "買", "اشتريت", "طلبت", "استلمت", "وصل", "الطلب", "الشراء",
];

/// Months by their beginnings.
pub(super) const MONTHS: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "januar", "februar", "marz", "mai", "juni", "juli", "oktober", "dezember", "okt", "dez", "janvier", "fevrier", "mars", "avril", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    "يناير", "فبراير", "مارس", "ابريل", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
];

/// Words before a size.
pub(super) const SIZES: &[&str] = &["size", "grosse", "taille", "pointure", "talla", "サイズ", "مقاس", "المقاس", "مقاسي", "schuhgrosse", "gr"];
