//! What someone wrote this time: a mail's text without quotations and signature.
//!
//! Rather too much than too little: text between quotations stays, and where nothing is left, everything stays.

/// A quotation's first line in the languages of common mail programs: how it may begin, and the verb in it.
const BEGINS: &[&str] = &["on ", "am ", "le ", "el ", "il ", "em ", "op ", "den ", "w dniu ", "dnia ", "a ", "na "];
const WROTE_AT_END: &[&str] = &[
    "wrote",
    "writes",
    "a écrit",
    "a ecrit",
    "escribió",
    "escribio",
    "ha scritto",
    "escreveu",
    "het volgende geschreven",
    "schrieb",
    "skrev",
    "napisał",
];
const WROTE_INSIDE: &[&str] = &[" schrieb ", " schreef ", " skrev "];

/// Lines between dashes above a copy of the mail before, in lower case.
const DIVIDERS: &[&str] = &[
    "original message",
    "original appointment",
    "reply message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "message d’origine",
    "message original",
    "mensaje original",
    "messaggio originale",
    "mensagem original",
    "oorspronkelijk bericht",
    "reply above this line",
];

/// What programs call the fields above such a copy.
pub(super) const FROM: &[&str] = &["from", "von", "de", "da", "van"];
const SENT: &[&str] = &[
    "sent",
    "date",
    "gesendet",
    "datum",
    "envoyé",
    "enviado",
    "enviado el",
    "fecha",
    "inviato",
    "data",
    "enviada em",
    "enviado em",
    "verzonden",
];
const TO: &[&str] = &["to", "an", "à", "para", "a", "aan"];
const SUBJECT: &[&str] = &["subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp"];

/// Words that announce answers inside of a quotation that has no marks.
const INSIDE: &[&str] = &[
    "inline",
    "in-line",
    "in line",
    "below",
    "siehe unten",
    "s.u.",
    "s. u.",
    "unten",
    "im text",
    "in rot",
    "in blau",
    "ci-dessous",
    "dans le texte",
    "en rouge",
    "en bleu",
    "abajo",
    "en rojo",
    "en azul",
    "di seguito",
    "sotto",
    "in rosso",
    "in blu",
    "abaixo",
    "em vermelho",
    "em azul",
    "hieronder",
    "in rood",
    "in blauw",
    "in red",
    "in blue",
    "in green",
    "between the lines",
];

/// Lines that telephones and programs add by themselves, in lower case.
const ADDED: &[&str] = &[
    "sent from my ",
    "sent from mail for",
    "sent from outlook",
    "sent from yahoo",
    "sent from proton",
    "sent via ",
    "get outlook for",
    "sent with proton",
    "von meinem ",
    "gesendet von mail",
    "gesendet mit ",
    "gesendet von meinem",
    "diese nachricht wurde von meinem",
    "outlook für ",
    "outlook for ",
    "holen sie sich outlook",
    "envoyé de mon ",
    "envoyé depuis ",
    "envoyé à partir de",
    "télécharger outlook",
    "obtenez outlook",
    "enviado desde mi ",
    "enviado desde ",
    "obtener outlook",
    "inviato da ",
    "scarica outlook",
    "ottieni outlook",
    "enviado do meu ",
    "enviado do ",
    "obter o outlook",
    "enviado a partir do",
    "verstuurd vanaf ",
    "verzonden vanaf ",
    "verzonden met ",
    "outlook voor ",
    "outlook pour ",
    "outlook para ",
    "outlook per ",
];

/// Longest signature behind two dashes without the space that the standard asks for, in lines.
const MAX_LOOSE_SIGNATURE: usize = 12;

/// The text without quotations, the lines that introduce them, and the signature.
pub fn own_words(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut own: Vec<&str> = Vec::new();
    let (mut at, mut starts_stretch) = (0, true);
    while at < lines.len() {
        if is_quoted(lines[at]) {
            end_stretch(&mut own);
            at += 1;
        } else if let Some(length) = introduction(&lines[at..]) {
            let after = next_line(&lines, at + length);
            if after < lines.len() && !is_quoted(lines[after]) && !stops_here(&own) {
                return text.trim().to_owned();
            }
            end_stretch(&mut own);
            at = if after < lines.len() && !is_quoted(lines[after]) { lines.len() } else { after };
        } else if is_divider(lines[at]) || is_header_block(&lines[at..]) {
            if !stops_here(&own) {
                return text.trim().to_owned();
            }
            at = lines.len();
        } else if is_signature(&lines[at..]) {
            end_stretch(&mut own);
            at += 1;
            while at < lines.len()
                && !is_quoted(lines[at])
                && introduction(&lines[at..]).is_none()
                && !is_divider(lines[at])
                && !is_header_block(&lines[at..])
            {
                at += 1;
            }
        } else {
            // Blank lines at the start of a stretch say nothing.
            if !(lines[at].trim().is_empty() && starts_stretch) {
                own.push(lines[at]);
                starts_stretch = false;
            }
            at += 1;
            continue;
        }
        starts_stretch = true;
    }
    end_stretch(&mut own);
    let words = own.join("\n");
    let words = words.trim_matches('\n').trim_end();
    if words.trim().is_empty() { text.trim().to_owned() } else { words.to_owned() }
}

/// Below is a copy without marks. What stands above is all there is, unless nothing does or it points to words below.
fn stops_here(own: &[&str]) -> bool {
    let above = own.join("\n").to_lowercase();
    !above.trim().is_empty() && !INSIDE.iter().any(|word| above.contains(word))
}

/// Ends a stretch of own words: drops what programs added below it, leaves one blank line.
fn end_stretch(own: &mut Vec<&str>) {
    loop {
        match own.last().map(|line| line.trim()) {
            Some("") if own.len() > 1 && own[own.len() - 2].trim().is_empty() => _ = own.pop(),
            Some("") => {
                let before = own.len().checked_sub(2).map(|i| own[i].trim());
                match before {
                    Some(line) if is_added(line) || is_rule(line) => {
                        own.pop();
                        own.pop();
                    }
                    _ => return,
                }
            }
            Some(line) if is_added(line) || is_rule(line) => _ = own.pop(),
            Some(_) => own.push(""),
            None => return,
        }
    }
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

fn is_added(line: &str) -> bool {
    let line = line.trim_start_matches(['-', '_', '*', ' ']).to_lowercase();
    line.chars().count() <= 90 && ADDED.iter().any(|start| line.starts_with(start))
}

/// Nothing but a drawn line.
fn is_rule(line: &str) -> bool {
    line.len() >= 5 && line.chars().all(|c| matches!(c, '_' | '-' | '=' | ' '))
}

fn is_divider(line: &str) -> bool {
    let inner = line.trim_matches(['-', '_', '*', ' ', '#', '=']);
    line.trim_start().starts_with(['-', '_', '#', '=']) && inner.len() < 60 && {
        let inner = inner.to_lowercase();
        DIVIDERS.iter().any(|divider| inner.starts_with(divider))
    }
}

/// `On … wrote:`, on up to four lines: how many. What does not stand right above a quotation must look very much like it.
fn introduction(lines: &[&str]) -> Option<usize> {
    if lines[0].len() > 400 {
        return None;
    }
    let start = lines[0].trim_start().to_lowercase();
    let begins = BEGINS.iter().any(|word| start.starts_with(word)) || start.starts_with(|c: char| c.is_ascii_digit());
    let mut joined = String::new();
    for (number, line) in lines.iter().take(if begins { 4 } else { 1 }).enumerate() {
        if line.trim().is_empty() || is_quoted(line) {
            return None;
        }
        joined.push_str(line.trim());
        joined.push(' ');
        let Some(sentence) = joined.trim_end().strip_suffix([':', '：']) else { continue };
        let sentence = format!("{} ", sentence.trim_end().to_lowercase());
        let ends_so = WROTE_AT_END.iter().any(|verb| sentence.trim_end().ends_with(verb));
        let has_verb = ends_so || WROTE_INSIDE.iter().any(|verb| sentence.contains(verb));
        let has_date = sentence.contains(|c: char| c.is_ascii_digit());
        let above_quotation = || {
            let next = next_line(lines, number + 1);
            next >= lines.len() || is_quoted(lines[next])
        };
        let is_dated_address = has_date && sentence.contains('@');
        if (begins && has_verb && has_date) || ((has_verb || is_dated_address) && above_quotation()) {
            return Some(number + 1);
        }
    }
    None
}

fn next_line(lines: &[&str], from: usize) -> usize {
    (from..lines.len()).find(|i| !lines[*i].trim().is_empty()).unwrap_or(lines.len())
}

/// `From: … Sent: … To: … Subject: …` as Outlook puts above the mail before.
pub(super) fn is_header_block(lines: &[&str]) -> bool {
    if label(lines[0]).is_none_or(|label| !FROM.contains(&label.as_str())) {
        return false;
    }
    let mut found = [false; 3];
    for line in lines.iter().skip(1).take(8) {
        if let Some(label) = label(line) {
            for (names, found) in [SENT, TO, SUBJECT].iter().zip(&mut found) {
                *found |= names.contains(&label.as_str());
            }
        }
    }
    found.iter().filter(|found| **found).count() >= 2
}

/// The word before the colon, in lower case, without the stars of bold text.
pub(super) fn label(line: &str) -> Option<String> {
    let (label, _) = line.split_once(':')?;
    if label.len() > 40 {
        return None;
    }
    let label = label.trim_matches(|c: char| matches!(c, '*' | '>' | ' ' | '\u{a0}')).to_lowercase();
    (!label.is_empty()).then_some(label)
}

/// A line of two dashes, and no more below than a signature has.
fn is_signature(lines: &[&str]) -> bool {
    match lines[0] {
        "-- " => true,
        "--" | "—" => lines[1..].iter().take_while(|line| !is_quoted(line)).count() <= MAX_LOOSE_SIGNATURE,
        _ => false,
    }
}
