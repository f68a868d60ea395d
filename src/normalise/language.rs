//! Which language the body is in.

use whatlang::{Info, Lang, detect};

use crate::model::Language;

/// Fewest characters that tell a language.
const MIN_CHARS: usize = 200;
/// So many are looked at: more cost time and change nothing.
const MAX_CHARS: usize = 1_500;

/// The language named by the first of `tags` that is one, else the one the text shows. A tag that the text's
/// script rules out is passed over; templates often say `en` whatever is written. The note says so.
pub(super) fn choose<'a>(tags: impl Iterator<Item = &'a str>, text: &str) -> (Option<Language>, Option<String>) {
    let named = tags.filter_map(Language::parse).find(|tag| !matches!(tag.primary(), "und" | "mul" | "zxx"));
    if text.chars().nth(MIN_CHARS).is_none() {
        return (named, None);
    }
    let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(end, _)| end);
    if named.as_ref().is_some_and(|named| is_beyond_doubt(named, &text[..end])) {
        return (named, None);
    }
    let seen = detect(&text[..end]);
    let seen = seen.as_ref().and_then(|info| Some((info, code(info.lang())?)));
    match (named, seen) {
        (Some(named), Some((info, code))) if contradicts(&named, info, code) => {
            let note = format!("language: the page says `{named}`, its text is `{code}`");
            (Language::parse(code), Some(note))
        }
        (None, Some((_, code))) => (Language::parse(code), None),
        (named, _) => (named, None),
    }
}

/// Whether the text is surely of another language: by its script, or where only a template's default stands
/// against a clear detection.
fn contradicts(named: &Language, info: &Info, code: &str) -> bool {
    let primary = match named.primary() {
        "nb" | "nn" => "no",
        "iw" => "he",
        "in" => "id",
        "yue" => "zh",
        "fil" => "tl",
        other => other,
    };
    if primary == code {
        return false;
    }
    let is_template_default = primary == "en" && info.is_reliable() && info.confidence() > 0.9;
    let is_other_script = is_latin(primary) && !is_latin(code) && info.is_reliable();
    is_template_default || is_other_script
}

/// Whether a language is written in Latin letters, as far as that is known.
fn is_latin(code: &str) -> bool {
    !matches!(
        code,
        "ru" | "uk"
            | "be"
            | "bg"
            | "mk"
            | "ar"
            | "fa"
            | "ur"
            | "he"
            | "yi"
            | "ja"
            | "zh"
            | "ko"
            | "th"
            | "el"
            | "hi"
            | "bn"
            | "mr"
            | "ne"
            | "ta"
            | "te"
            | "kn"
            | "ml"
            | "gu"
            | "pa"
            | "or"
            | "si"
            | "km"
            | "my"
            | "ka"
            | "hy"
            | "am"
            | "sr"
            | "kk"
            | "ky"
            | "tg"
            | "mn"
            | "lo"
            | "bo"
            | "dv"
            | "ug"
            | "ps"
            | "sd"
            | "ckb"
    )
}

/// Whether a longer look at a text can't contradict its tag: what isn't written in Latin letters is never doubted, and
/// what is in them can only be `en` by mistake.
fn is_beyond_doubt(named: &Language, text: &str) -> bool {
    match named.primary() {
        primary if !is_latin(primary) => true,
        primary => is_latin_text(text) && (primary != "en" || reads_english(text)),
    }
}

/// Whether most characters of a text are plain Latin letters.
fn is_latin_text(text: &str) -> bool {
    2 * text.bytes().filter(u8::is_ascii_alphabetic).count() > text.len()
}

/// Whether the words that English can't do without are as many as only English has them: one in ten.
fn reads_english(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let (mut n_words, mut n_english) = (0, 0);
    for word in words {
        n_words += 1;
        n_english += usize::from(["the", "of", "and", "to"].iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    n_english * 10 >= n_words
}

/// The two-letter code of what whatlang finds; none where it knows no such code.
fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "no",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_counts_unless_the_text_rules_it_out() {
        let indonesian = "Hujan turun deras sejak pagi di seluruh wilayah kota sehingga beberapa jalan utama tergenang air dan \
            warga harus mencari jalan lain untuk berangkat kerja. Petugas kebersihan sudah bersiap sejak malam karena \
            perkiraan cuaca menyebutkan bahwa hujan akan berlangsung selama tiga hari berturut-turut.";
        let japanese = "朝から強い雨が降り続き、市内のいくつかの道路が冠水した。".repeat(12);
        let check = |tags: &[&str], text: &str, expected: &str| {
            let chosen = choose(tags.iter().copied(), text).0;
            assert_eq!(chosen.map(|language| language.to_string()).as_deref(), Some(expected), "{tags:?}");
        };

        check(&["", "zz zz", "id-ID"], indonesian, "id-ID");
        check(&[], indonesian, "id");
        check(&["en-US"], indonesian, "id");
        check(&["en"], &japanese, "ja");
        check(&["de"], "Zu kurz.", "de");
        check(&["ms"], indonesian, "ms");
        assert_eq!(choose(std::iter::empty(), "Too short to tell.").0, None);
    }
}
