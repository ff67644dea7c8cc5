//! In which language a text is written. `whatlang` is small, needs no model files and says when it is not sure.

use std::sync::LazyLock;

use whatlang::{Detector, Lang, Script};

/// Shortest text that says anything, in letters; scripts of one language need less.
const MIN_LETTERS: usize = 20;
const MIN_OWN_SCRIPT: usize = 4;
/// How sure the answer has to be, from 0 to 1. The crate's own 0.9 is for telling seventy languages apart.
const SURE: f64 = 0.5;
/// More of a text than this makes the answer no better, in bytes.
const ENOUGH: usize = 8 * 1024;

/// Languages told apart, with their codes of ISO 639-1. Few, since each further one makes the others less certain.
const KNOWN: &[(Lang, &str)] = &[
    (Lang::Eng, "en"),
    (Lang::Deu, "de"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Ita, "it"),
    (Lang::Por, "pt"),
    (Lang::Nld, "nl"),
    (Lang::Pol, "pl"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Jpn, "ja"),
    (Lang::Cmn, "zh"),
    (Lang::Kor, "ko"),
    (Lang::Ara, "ar"),
    (Lang::Heb, "he"),
    (Lang::Tur, "tr"),
    (Lang::Swe, "sv"),
    (Lang::Dan, "da"),
    (Lang::Nob, "no"),
    (Lang::Fin, "fi"),
    (Lang::Ces, "cs"),
    (Lang::Hun, "hu"),
    (Lang::Ron, "ro"),
    (Lang::Ell, "el"),
    (Lang::Tha, "th"),
    (Lang::Vie, "vi"),
    (Lang::Hin, "hi"),
];

static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(KNOWN.iter().map(|(lang, _)| *lang).collect()));

/// The code of ISO 639-1; `None` when the text is too short or the answer is not sure.
pub fn language_of(text: &str) -> Option<&'static str> {
    let mut words: Vec<&str> = text[..text.floor_char_boundary(ENOUGH)]
        .split_whitespace()
        // Addresses, links and numbers are of no language.
        .filter(|word| !word.contains(['@', '/', '\\', '_']) && !word.contains(|c: char| c.is_ascii_digit()))
        .collect();
    // The same word again and again says no more than once.
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(*word));
    let words = words.join(" ");
    if let Some(code) = east_asian(&words) {
        return Some(code);
    }
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let found = DETECTOR.detect(&words)?;
    let (_, code) = KNOWN.iter().find(|(lang, _)| *lang == found.lang())?;
    let has_own_script = !matches!(found.script(), Script::Latin | Script::Cyrillic | Script::Arabic);
    if has_own_script {
        return (letters >= MIN_OWN_SCRIPT).then_some(*code);
    }
    (letters >= MIN_LETTERS && found.confidence() >= SURE).then_some(*code)
}

/// Chinese, Japanese or Korean, by their characters: one says as much as three letters, also among foreign words.
fn east_asian(words: &str) -> Option<&'static str> {
    let (mut kana, mut hangul, mut han, mut others) = (0, 0, 0, 0);
    for c in words.chars().filter(|c| c.is_alphabetic()) {
        match c {
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{ac00}'..='\u{d7a3}' => hangul += 1,
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => han += 1,
            _ => others += 1,
        }
    }
    let all = kana + hangul + han;
    if all < MIN_OWN_SCRIPT || all * 3 < others {
        return None;
    }
    Some(match (kana, hangul) {
        (0, 0) => "zh",
        (kana, hangul) if kana > hangul => "ja",
        _ => "ko",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_tells_its_language() {
        for (code, text) in [
            ("en", "The lamp that I ordered last week arrived broken, could you please send me another one?"),
            (
                "de",
                "Die Lampe, die ich letzte Woche bestellt habe, kam leider zerbrochen an. Können Sie mir bitte eine neue schicken?",
            ),
            (
                "fr",
                "La lampe que j’ai commandée la semaine dernière est arrivée cassée, pourriez-vous m’en envoyer une autre ?",
            ),
            ("es", "La lámpara que pedí la semana pasada llegó rota, ¿podrían enviarme otra, por favor?"),
            ("it", "La lampada che ho ordinato la settimana scorsa è arrivata rotta, potete mandarmene un’altra?"),
            ("pt", "O candeeiro que encomendei na semana passada chegou partido, podem enviar-me outro, por favor?"),
            ("nl", "De lamp die ik vorige week heb besteld is kapot aangekomen, kunt u mij een nieuwe sturen?"),
            ("pl", "Lampa, którą zamówiłem w zeszłym tygodniu, dotarła uszkodzona. Czy mogą Państwo przysłać nową?"),
            ("ru", "Лампа, которую я заказал на прошлой неделе, пришла разбитой. Пришлите, пожалуйста, другую."),
            ("ja", "先週注文したランプが壊れて届きました。"),
            ("zh", "我上周订购的台灯到货时已经坏了。"),
            ("ko", "지난주에 주문한 램프가 깨진 채로 도착했습니다."),
            ("ar", "وصل المصباح الذي طلبته الأسبوع الماضي مكسورا، هل يمكنكم إرسال آخر من فضلكم؟"),
            ("tr", "Geçen hafta sipariş ettiğim lamba kırık geldi, lütfen yenisini gönderebilir misiniz?"),
            ("sv", "Lampan som jag beställde förra veckan kom fram trasig, kan ni skicka en ny till mig?"),
            ("fi", "Viime viikolla tilaamani lamppu saapui rikkinäisenä, voisitteko lähettää minulle uuden?"),
            ("cs", "Lampa, kterou jsem si minulý týden objednal, přišla rozbitá. Můžete mi prosím poslat novou?"),
            ("hu", "A múlt héten rendelt lámpa törötten érkezett meg, kérem, küldjenek helyette egy másikat."),
        ] {
            assert_eq!(language_of(text), Some(code), "{text}");
        }
    }

    #[test]
    fn what_is_too_short_has_none() {
        for text in [
            "",
            "ok",
            "Thanks!",
            "4711",
            "https://shop.example/orders/4711",
            "😀😀😀",
            "Point 1 Point 2 Point 3 Point 4 Point 5 Point 6 Point 7",
        ] {
            assert_eq!(language_of(text), None, "{text}");
        }
    }
}
