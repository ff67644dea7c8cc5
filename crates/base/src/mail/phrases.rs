//! What mail programs write around a quotation, in the languages of their users: English, German, French, Spanish, Italian,
//! Portuguese, Dutch, Polish, Russian, Japanese, Chinese, Korean, Arabic, Turkish, Swedish, Danish, Norwegian, Finnish, Czech,
//! Hungarian. All in lower case.

/// How the line that introduces a quotation may begin.
#[rustfmt::skip]
pub(super) const BEGINS: &[&str] = &[
    "on ", "am ", "le ", "el ", "il ", "em ", "op ", "den ", "w dniu ", "dnia ", "a ", "na ", "på ", "dne ", "в ",
    "во ", "no dia ", "in data ", "w ", "dn. ", "на ", "vào ", "στις ",
];
/// How it may end, before the colon.
#[rustfmt::skip]
pub(super) const WROTE_AT_END: &[&str] = &[
    "wrote", "writes", "a écrit", "a ecrit", "escribió", "escribio", "ha scritto", "escreveu",
    "het volgende geschreven", "schrieb", "folgendes geschrieben", "skrev", "napisał", "pisze", "pisal", "napisal", "napisał(a)", "napisała",
    "написал", "написал(а)", "написала", "пишет", "писал", "написал:а", "写道", "寫道", "写了", "님이 작성", "작성", "님이 씀",
    "のメール", "のメッセージ", "書きました", "が書いた", "さんが書きました", "さんは書きました", "yazdı", "şunu yazdı", "şunları yazdı", "kirjoitti",
    "napsal", "napsal(a)", "napsala", "írta", "ezt írta", "kirjutas", "έγραψε", "a scris", "כתב", "כתבה", "كتب",
    "كتبت", "escrigué", "va escriure", "escribió(a)", "ha escrito", "geschreven", "schreef",
];
/// What it may contain.
#[rustfmt::skip]
pub(super) const WROTE_INSIDE: &[&str] = &[
    " schrieb ", " schreef ", " skrev ", " ezt írta ", " escreveu (", " kirjoitti ", " تمت كتابة ما يلي بواسطة ",
    " كتب ", " كتبت ", " napsal ", " napsal(a) ", " 于", " 於 ", " пишет ", " napisał(a) ", " написал(а) ",
    " escribió (",
];
/// Lines between dashes above a copy of the mail before.
#[rustfmt::skip]
pub(super) const DIVIDERS: &[&str] = &[
    "original message", "original appointment", "reply message", "ursprüngliche nachricht", "originalnachricht",
    "message d'origine", "message d’origine", "message original", "mensaje original", "messaggio originale",
    "mensagem original", "oorspronkelijk bericht", "reply above this line", "исходное сообщение", "исходное письмо",
    "оригинальное сообщение", "wiadomość oryginalna", "oryginalna wiadomość", "元のメッセージ",
    "元のメール", "原始邮件", "原邮件", "邮件原件", "原始信件", "原始郵件", "원본 메시지", "원본 메일", "الرسالة الأصلية", "orijinal mesaj",
    "orijinal ileti", "özgün ileti", "ursprungligt meddelande", "originalmeddelande", "oprindelig meddelelse",
    "oprindelig besked", "original besked", "opprinnelig melding", "alkuperäinen viesti", "původní zpráva",
    "původní e-mail", "eredeti üzenet", "please type your reply above", "bitte geben sie ihre antwort oberhalb",
];
/// What programs call the fields above such a copy: the writer,
#[rustfmt::skip]
pub(super) const FROM: &[&str] = &[
    "from", "von", "de", "da", "van", "od", "от", "差出人", "送信者", "发件人", "寄件者", "寄件人", "보낸 사람", "보낸사람", "من",
    "kimden", "gönderen", "från", "fra", "lähettäjä", "odesílatel", "feladó", "от кого",
];
/// the time,
#[rustfmt::skip]
pub(super) const SENT: &[&str] = &[
    "sent", "date", "gesendet", "datum", "envoyé", "enviado", "enviado el", "fecha", "inviato", "data",
    "enviada em", "enviado em", "verzonden", "wysłano", "отправлено", "дата", "送信日時", "日時", "送信日", "日付", "发送时间",
    "发送日期", "日期", "时间", "寄件日期", "傳送時間", "傳送日期", "보낸 날짜", "보낸 시간", "날짜", "تاريخ الإرسال", "التاريخ", "تم الإرسال",
    "أُرسلت", "gönderme tarihi", "gönderilme tarihi", "gönderildi", "gönderim zamanı", "tarih", "skickat", "sendt",
    "dato", "lähetetty", "päivämäärä", "pvm", "odesláno", "elküldve", "küldve", "dátum", "geschickt", "envoyé le",
    "inviata", "data invio", "enviada", "date d'envoi",
];
/// the receiver,
#[rustfmt::skip]
pub(super) const TO: &[&str] = &[
    "to", "an", "à", "para", "a", "aan", "do", "кому", "宛先", "收件人", "收件者", "받는 사람", "받는사람", "إلى", "kime", "alıcı",
    "till", "til", "vastaanottaja", "komu", "címzett", "destinatario", "pour", "voor", "destinataire",
];
/// and the subject.
#[rustfmt::skip]
pub(super) const SUBJECT: &[&str] = &[
    "subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "temat", "тема", "件名", "主题", "主旨",
    "제목", "الموضوع", "konu", "ämne", "emne", "aihe", "předmět", "tárgy", "sujet", "betreft",
];
/// Words that announce answers inside of a quotation that has no marks.
#[rustfmt::skip]
pub(super) const INSIDE: &[&str] = &[
    "inline", "in-line", "in line", "below", "siehe unten", "s.u.", "s. u.", "unten", "im text", "in rot",
    "in blau", "ci-dessous", "dans le texte", "en rouge", "en bleu", "abajo", "en rojo", "en azul", "di seguito",
    "sotto", "in rosso", "in blu", "abaixo", "em vermelho", "em azul", "hieronder", "in rood", "in blauw", "in red",
    "in blue", "in green", "between the lines", "poniżej", "czerwon", "w tekście", "ниже", "красным", "в тексте",
    "nedan", "i rött", "nedenfor", "med rødt", "punaisella", "níže", "červeně", "alább", "pirossal", "aşağıda",
    "kırmızı", "赤字", "文中に", "本文中", "红色", "紅色", "红字", "下文", "아래", "빨간", "أدناه", "باللون الأحمر",
];
/// How lines begin that telephones and programs add by themselves,
#[rustfmt::skip]
pub(super) const ADDED: &[&str] = &[
    "sent from my ", "sent from mail for", "sent from outlook", "sent from yahoo", "sent from proton", "sent via ",
    "get outlook for", "sent with proton", "von meinem ", "gesendet von mail", "gesendet mit ",
    "gesendet von meinem", "diese nachricht wurde von meinem", "outlook für ", "outlook for ",
    "holen sie sich outlook", "envoyé de mon ", "envoyé depuis ", "envoyé à partir de", "télécharger outlook",
    "obtenez outlook", "enviado desde mi ", "enviado desde ", "obtener outlook", "inviato da ", "scarica outlook",
    "ottieni outlook", "enviado do meu ", "enviado do ", "obter o outlook", "enviado a partir do",
    "verstuurd vanaf ", "verzonden vanaf ", "verzonden met ", "outlook voor ", "outlook pour ", "outlook para ",
    "outlook per ", "wysłane z ", "wysłano z ", "pobierz outlook", "отправлено с ", "отправлено из ",
    "отправлено от ", "отправлено через ", "скачать outlook", "从我的", "发自我的", "發自我的", "來自我的", "寄自我的", "從我的", "来自我的",
    "获取 outlook", "取得 outlook", "下载 outlook", "나의 iphone", "내 iphone", "أُرسلت من", "أرسلت من", "مرسل من",
    "تم الإرسال من", "skickat från ", "hämta outlook", "sendt fra ", "hent outlook", "skaff deg outlook",
    "lähetetty iphone", "lähetetty ipad", "lähetetty android", "lähetetty samsung", "hanki outlook", "odesláno z ",
    "odesláno ze ", "stáhnout outlook", "získat outlook", "küldve az ", "elküldve az ", "az iphone",
    "outlook beszerzése", "sent from aol", "sent from the all new aol", "yahoo mail:", "envoyé avec ",
    "envoyé via ", "verzonden via ", "enviado con ", "enviado com ", "mit der outlook", "gesendet über ",
    "von unterwegs gesendet", "get bluemail", "sent on the go", "sent with spark", "sent from spark",
];
/// and how they end.
pub(super) const ADDED_ENDS: &[&str] = &[
    "から送信",
    "에서 보냄",
    "dan gönderildi",
    "den gönderildi",
    "tan gönderildi",
    "ten gönderildi",
    "ról küldve",
    "ről küldve",
    "geräten gesendet",
    "iphone gesendet",
    "ipad gesendet",
    "handy gesendet",
    "smartphone gesendet",
];
