//! Made-up help-desk text: the same from the same numbers, its words as unevenly frequent as in real mail (Zipf's law).

use base::search::Query;

/// How many different words there are. The word of rank r occurs about 1/r as often as the first.
const VOCABULARY: usize = 40_000;
const SYLLABLES: &[&str] = &[
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "ta", "ve", "wi", "xo",
    "yu", "zan", "bel", "cor", "den", "fir", "gal", "hem", "jol", "kur", "lin", "mar", "nes", "por", "ran", "sil",
    "tor",
];
const NAMES: &[&str] = &[
    "Ana", "Björn", "Chloé", "Dilek", "Emil", "Fatima", "Giulia", "Håkon", "Inés", "Jürgen", "Kasia", "Léa", "Marek",
    "Nuno", "Olga", "Petra", "Quentin", "Rosa", "Søren", "Tomás", "Ulla", "Vera", "Wim", "Yara", "Zoë",
];

/// Numbers that look like chance and are the same in every run (splitmix64).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice of their own for each thing that is made, so that it is the same however many others are.
    pub(crate) fn of(thing: u64) -> Self {
        Self(thing.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// True in `percent` of a hundred throws.
    pub(crate) fn hits(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// The vocabulary with its frequencies.
#[derive(Debug)]
pub(crate) struct Corpus {
    words: Vec<String>,
    /// Sums of 1/rank, for drawing words by binary search.
    sums: Vec<f64>,
}

impl Corpus {
    pub(crate) fn new() -> Self {
        let mut sum = 0.0;
        let sums = (1..=VOCABULARY).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self { words: (0..VOCABULARY).map(spell).collect(), sums: sums.collect() }
    }

    /// The word of that rank, from 0.
    pub(crate) fn word(&self, rank: usize) -> &str {
        &self.words[rank]
    }

    fn draw(&self, dice: &mut Dice) -> &str {
        let total = self.sums[VOCABULARY - 1];
        let at = dice.below(1 << 53) as f64 / (1_u64 << 53) as f64 * total;
        &self.words[self.sums.partition_point(|sum| *sum < at).min(VOCABULARY - 1)]
    }

    /// So many words with capitals and stops.
    pub(crate) fn text(&self, dice: &mut Dice, words: u64) -> String {
        let mut text = String::with_capacity(words as usize * 7);
        let mut begins = true;
        for index in 0..words {
            let word = self.draw(dice);
            if index > 0 {
                text.push(' ');
            }
            match word.chars().next().filter(|_| begins) {
                Some(first) => {
                    text.extend(first.to_uppercase());
                    text.push_str(&word[first.len_utf8()..]);
                }
                None => text.push_str(word),
            }
            begins = dice.below(9) == 0;
            if begins {
                text.push_str(if dice.hits(30) { ".\n" } else { "." });
            }
        }
        text
    }

    /// Searches by what makes them hard; `conversations` is how many there are.
    pub(crate) fn searches(&self, conversations: u64, each: usize) -> Vec<(&'static str, Vec<String>)> {
        let word = |dice: &mut Dice, from: u64, to: u64| self.word((from + dice.below(to - from)) as usize).to_owned();
        let class = |number: u64, make: &dyn Fn(&mut Dice) -> String| {
            (0..each as u64).map(|n| make(&mut Dice::of(number << 32 | n))).collect::<Vec<_>>()
        };
        vec![
            ("very common word", class(1, &|d| word(d, 0, 30) + " ")),
            ("common word", class(2, &|d| word(d, 30, 300) + " ")),
            ("middling word", class(3, &|d| word(d, 300, 5000) + " ")),
            ("rare word", class(4, &|d| word(d, 20_000, 40_000) + " ")),
            ("two words, common", class(5, &|d| format!("{} {} ", word(d, 0, 100), word(d, 0, 100)))),
            ("two words, mixed", class(6, &|d| format!("{} {} ", word(d, 0, 100), word(d, 1000, 10_000)))),
            ("three words", class(7, &|d| format!("{} {} {} ", word(d, 0, 50), word(d, 20, 500), word(d, 20, 500)))),
            ("absent together", class(8, &|d| format!("{} {} ", word(d, 30_000, 40_000), word(d, 30_000, 40_000)))),
            (
                "as one types",
                class(9, &|d| {
                    let word = word(d, 0, 20_000);
                    let length = 2 + d.below(word.chars().count() as u64 - 1) as usize;
                    word.chars().take(length).collect()
                }),
            ),
            ("common word but", class(10, &|d| format!("{} -{} ", word(d, 0, 100), word(d, 0, 300)))),
            ("address", class(11, &|d| address(d.below(conversations / 3 + 1)))),
            ("number", class(12, &|d| format!("#{} ", 1 + d.below(conversations)))),
        ]
    }
}

/// The name of a customer.
pub(crate) fn name(customer: u64) -> String {
    let mut dice = Dice::of(customer ^ 0xABCD);
    let first = NAMES[dice.below(NAMES.len() as u64) as usize];
    let last = spell((dice.below(20_000) + 1000) as usize);
    let (head, tail) = last.split_at(1);
    format!("{first} {}{tail}", head.to_uppercase())
}

/// The address of a customer.
pub(crate) fn address(customer: u64) -> String {
    format!("{}{customer}@mail{}.example", spell((customer % 5000) as usize), customer % 40)
}

/// A word for each number, pronounceable and each another.
fn spell(mut number: usize) -> String {
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
        if number == 0 {
            return word;
        }
        number -= 1;
    }
}

/// As the product understands it.
pub(crate) fn understood(typed: &str) -> Query {
    Query::parse(typed)
}
