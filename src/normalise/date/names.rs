//! Names of months, halves of the day and zones, as news sites of the world write them.
//!
//! All in lower case and without accents (U+0300 to U+036F), as the reader folds its text too. Weekdays aren't
//! needed: they say nothing that the date doesn't, and are often wrong.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::Language;

/// Language, then the twelve months, `|` between; spellings and abbreviations of one month with `/` between.
const MONTHS: [(&str, &str); 52] = [
    (
        "en",
        "january/jan|february/feb|march/mar|april/apr|may|june/jun|july/jul|august/aug|september/sept/sep|october/oct|november/nov|december/dec",
    ),
    (
        "id",
        "januari/jan|februari/pebruari/feb/peb|maret/mar|april/apr|mei|juni/jun|juli/jul|agustus/agt/agu/ags/agust|september/sep/sept|oktober/okt|november/nopember/nov/nop|desember/des",
    ),
    ("ms", "januari|februari|mac|april|mei|jun|julai|ogos|september|oktober|november|disember/dis"),
    (
        "de",
        "januar/janner/jan|februar/feber/feb|marz/maerz/mrz|april|mai|juni|juli|august|september|oktober/okt|november|dezember/dez",
    ),
    (
        "fr",
        "janvier/janv|fevrier/fevr/fev|mars|avril/avr|mai|juin|juillet/juil|aout|septembre|octobre|novembre|decembre",
    ),
    (
        "es",
        "enero/ene|febrero|marzo|abril/abr|mayo|junio|julio|agosto/ago|septiembre/setiembre/set|octubre|noviembre|diciembre/dic",
    ),
    ("pt", "janeiro|fevereiro/fev|marco|abril|maio|junho|julho|agosto|setembro/set|outubro/out|novembro|dezembro"),
    (
        "it",
        "gennaio/gen/genn|febbraio/febbr|marzo|aprile|maggio/mag|giugno/giu|luglio/lug|agosto/ago|settembre/sett|ottobre/ott|novembre|dicembre",
    ),
    ("nl", "januari|februari|maart/mrt|april|mei|juni|juli|augustus|september|oktober|november|december"),
    ("af", "januarie|februarie|maart/mrt|april|mei|junie|julie|augustus|september|oktober|november|desember/des"),
    (
        "pl",
        "stycznia/styczen/sty|lutego/luty/lut|marca/marzec|kwietnia/kwiecien/kwi|maja/maj|czerwca/czerwiec/cze|lipca/lipiec/lip|sierpnia/sierpien/sie|wrzesnia/wrzesien/wrz|pazdziernika/pazdziernik/paz|listopada/listopad/lis|grudnia/grudzien/gru",
    ),
    (
        "ru",
        "января/январь/янв|февраля/февраль/фев/февр|марта/март/мар|апреля/апрель/апр|мая/маи|июня/июнь/июн|июля/июль/июл|августа/август/авг|сентября/сентябрь/сен/сент|октября/октябрь/окт|ноября/ноябрь/ноя/нояб|декабря/декабрь/дек",
    ),
    (
        "uk",
        "січня/січень/січ|лютого/лютии/лют|березня/березень/бер|квітня/квітень/квіт|травня/травень/трав|червня/червень/черв|липня/липень/лип|серпня/серпень/серп|вересня/вересень/вер|жовтня/жовтень/жовт|листопада/листопад/лист|грудня/грудень/груд",
    ),
    (
        "be",
        "студзеня/студзень|лютага/люты|сакавіка/сакавік|красавіка/красавік|мая/трауня|чэрвеня/чэрвень|ліпеня/ліпень|жніуня/жнівень|верасня/верасень|кастрычніка/кастрычнік|лістапада/лістапад|снежня/снежань",
    ),
    ("bg", "януари|февруари|март|април|маи|юни|юли|август|септември|октомври|ноември|декември"),
    ("mk", "јануари|февруари|март|април|мај|јуни|јули|август|септември|октомври|ноември|декември"),
    (
        "sr",
        "јануар/јануара|фебруар/фебруара|март/марта|април/априла|мај/маја|јун/јуна|јул/јула|август/августа|септембар/септембра|октобар/октобра|новембар/новембра|децембар/децембра",
    ),
    (
        "bs",
        "januar/januara|februar/februara|mart/marta|april/aprila|maj/maja|jun/juna|jul/jula|avgust/avgusta|septembar/septembra|oktobar/oktobra|novembar/novembra|decembar/decembra",
    ),
    (
        "hr",
        "sijecnja/sijecanj/sij|veljace/veljaca/velj|ozujka/ozujak/ozu|travnja/travanj/tra|svibnja/svibanj/svi|lipnja/lipanj/lip|srpnja/srpanj/srp|kolovoza/kolovoz/kol|rujna/rujan/ruj|listopada/listopad/lis|studenoga/studenog/studeni/stu|prosinca/prosinac/pro",
    ),
    (
        "sl",
        "januar/januarja|februar/februarja|marec/marca|april/aprila|maj/maja|junij/junija|julij/julija|avgust/avgusta/avg|september/septembra|oktober/oktobra|november/novembra|december/decembra",
    ),
    (
        "cs",
        "ledna/leden/led|unora/unor|brezna/brezen|dubna/duben|kvetna/kveten|cervna/cerven|cervence/cervenec|srpna/srpen|zari|rijna/rijen|listopadu/listopad|prosince/prosinec",
    ),
    (
        "sk",
        "januara/januar|februara/februar|marca/marec|aprila/april|maja/maj|juna/jun|jula/jul|augusta/august|septembra/september|oktobra/oktober|novembra/november|decembra/december",
    ),
    (
        "hu",
        "januar|februar|marcius/marc|aprilis|majus/maj|junius|julius|augusztus|szeptember/szept|oktober|november|december",
    ),
    (
        "ro",
        "ianuarie/ian|februarie|martie|aprilie|mai|iunie/iun|iulie/iul|august|septembrie|octombrie|noiembrie|decembrie",
    ),
    (
        "tr",
        "ocak/oca|subat/sub|mart|nisan/nis|mayıs/mayis|haziran/haz|temmuz/tem|agustos|eylul/eyl|ekim/eki|kasım/kasim/kas|aralık/aralik/ara",
    ),
    ("az", "yanvar|fevral|mart|aprel|may|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr"),
    (
        "el",
        "ιανουαριου/ιανουαριος/ιαν|φεβρουαριου/φεβρουαριος/φεβ|μαρτιου/μαρτιος/μαρ|απριλιου/απριλιος/απρ|μαιου/μαιος/μαι|ιουνιου/ιουνιος/ιουν|ιουλιου/ιουλιος/ιουλ|αυγουστου/αυγουστος/αυγ|σεπτεμβριου/σεπτεμβριος/σεπ|οκτωβριου/οκτωβριος/οκτ|νοεμβριου/νοεμβριος/νοε|δεκεμβριου/δεκεμβριος/δεκ",
    ),
    (
        "fi",
        "tammikuuta/tammikuu|helmikuuta/helmikuu|maaliskuuta/maaliskuu|huhtikuuta/huhtikuu|toukokuuta/toukokuu|kesakuuta/kesakuu|heinakuuta/heinakuu|elokuuta/elokuu|syyskuuta/syyskuu|lokakuuta/lokakuu|marraskuuta/marraskuu|joulukuuta/joulukuu",
    ),
    ("et", "jaanuar|veebruar|marts|aprill|mai|juuni|juuli|august|september|oktoober|november|detsember"),
    (
        "lv",
        "janvaris/janvari|februaris/februari|marts/marta|aprilis/aprili|maijs/maija|junijs/junija|julijs/julija|augusts/augusta|septembris/septembri|oktobris/oktobri|novembris/novembri|decembris/decembri",
    ),
    ("lt", "sausio|vasario|kovo|balandzio|geguzes|birzelio|liepos|rugpjucio|rugsejo|spalio|lapkricio|gruodzio"),
    ("sv", "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"),
    ("da", "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"),
    ("no", "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember/des"),
    ("is", "januar|februar|mars|april|mai|juni|juli|agust|september|oktober|november|desember"),
    ("ca", "gener/gen|febrer|marc|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre"),
    (
        "eu",
        "urtarrila/urtarrilaren|otsaila/otsailaren|martxoa/martxoaren|apirila/apirilaren|maiatza/maiatzaren|ekaina/ekainaren|uztaila/uztailaren|abuztua/abuztuaren|iraila/irailaren|urria/urriaren|azaroa/azaroaren|abendua/abenduaren",
    ),
    ("gl", "xaneiro|febreiro|marzo|abril|maio|xuno|xullo|agosto|setembro|outubro|novembro|decembro"),
    ("sq", "janar|shkurt|mars|prill|maj|qershor|korrik|gusht|shtator|tetor|nentor|dhjetor"),
    (
        "ar",
        "يناير/كانون الثاني|فبراير/شباط|مارس/اذار/آذار|ابريل/أبريل/نيسان|مايو/ماي/أيار/ايار|يونيو/يونيه/حزيران|يوليو/يوليه/تموز|أغسطس/اغسطس/غشت/آب|سبتمبر/شتنبر/أيلول/ايلول|أكتوبر/اكتوبر|نوفمبر/نونبر|ديسمبر/دجنبر",
    ),
    ("fa", "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر"),
    ("ur", "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر"),
    (
        "he",
        "בינואר/ינואר|בפברואר/פברואר|במרץ/מרץ/במרס/מרס|באפריל/אפריל|במאי/מאי|ביוני/יוני|ביולי/יולי|באוגוסט/אוגוסט|בספטמבר/ספטמבר|באוקטובר/אוקטובר|בנובמבר/נובמבר|בדצמבר/דצמבר",
    ),
    ("hi", "जनवरी/जन|फरवरी/फ़रवरी/फर|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर/सितम्बर|अक्टूबर/अक्तूबर|नवंबर/नवम्बर|दिसंबर/दिसम्बर"),
    ("bn", "জানুয়ারি|ফেব্রুয়ারি|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর"),
    ("mr", "जानेवारी|फेब्रुवारी|मार्च|एप्रिल|मे|जून|जुलै|ऑगस्ट|सप्टेंबर|ऑक्टोबर|नोव्हेंबर|डिसेंबर"),
    ("th", "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"),
    ("sw", "januari|februari|machi|aprili|mei|juni|julai|agosti|septemba|oktoba|novemba|desemba"),
    ("tl", "enero|pebrero|marso|abril|mayo|hunyo|hulyo|agosto|setyembre|oktubre|nobyembre|disyembre"),
    ("ka", "იანვარი|თებერვალი|მარტი|აპრილი|მაისი|ივნისი|ივლისი|აგვისტო|სექტემბერი|ოქტომბერი|ნოემბერი|დეკემბერი"),
    ("hy", "հունվարի|փետրվարի|մարտի|ապրիլի|մայիսի|հունիսի|հուլիսի|օգոստոսի|սեպտեմբերի|հոկտեմբերի|նոյեմբերի|դեկտեմբերի"),
    ("cy", "ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr"),
];

/// The solar months of Iran, which begin at the spring equinox.
const SOLAR: [&str; 12] =
    ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];

/// Spellings of several words or with stops inside, and what they are read as; longer ones before their parts.
pub(super) const PHRASES: [(&str, &str); 52] = [
    ("تشرين الأول", "october"),
    ("تشرين الاول", "october"),
    ("تشرين الثاني", "november"),
    ("كانون الأول", "december"),
    ("كانون الاول", "december"),
    ("كانون الثاني", "january"),
    ("thang muoi mot", "november"),
    ("thang muoi hai", "december"),
    ("thang muoi", "october"),
    ("thang gieng", "january"),
    ("thang mot", "january"),
    ("thang hai", "february"),
    ("thang ba", "march"),
    ("thang tu", "april"),
    ("thang nam", "may"),
    ("thang sau", "june"),
    ("thang bay", "july"),
    ("thang tam", "august"),
    ("thang chin", "september"),
    ("ม.ค.", "january"),
    ("ก.พ.", "february"),
    ("มี.ค.", "march"),
    ("เม.ย.", "april"),
    ("พ.ค.", "may"),
    ("มิ.ย.", "june"),
    ("ก.ค.", "july"),
    ("ส.ค.", "august"),
    ("ก.ย.", "september"),
    ("ต.ค.", "october"),
    ("พ.ย.", "november"),
    ("ธ.ค.", "december"),
    ("a.m.", "am"),
    ("p.m.", "pm"),
    ("a. m.", "am"),
    ("p. m.", "pm"),
    ("π.μ.", "am"),
    ("μ.μ.", "pm"),
    ("上午", " am "),
    ("下午", " pm "),
    ("晚上", " pm "),
    ("早上", " am "),
    ("凌晨", " am "),
    ("午前", " am "),
    ("午後", " pm "),
    ("오전", " am "),
    ("오후", " pm "),
    ("令和元年", "2019年"),
    ("平成元年", "1989年"),
    ("正午", " 12:00 "),
    ("元年", "1年"),
    ("民國", " minguo "),
    ("民国", " minguo "),
];

/// Zones by the abbreviations that feeds and pages use: minutes east of Greenwich.
const ZONES: [(&str, i32); 67] = [
    ("acdt", 630),
    ("acst", 570),
    ("adt", -180),
    ("aedt", 660),
    ("aest", 600),
    ("akdt", -480),
    ("akst", -540),
    ("art", -180),
    ("ast", -240),
    ("awst", 480),
    ("brt", -180),
    ("bst", 60),
    ("cat", 120),
    ("cdt", -300),
    ("cest", 120),
    ("cet", 60),
    ("clst", -180),
    ("clt", -240),
    ("cot", -300),
    ("cst", -360),
    ("eat", 180),
    ("edt", -240),
    ("eest", 180),
    ("eet", 120),
    ("est", -300),
    ("gmt", 0),
    ("gst", 240),
    ("hkt", 480),
    ("hst", -600),
    ("ict", 420),
    ("idt", 180),
    ("irst", 210),
    ("ist", 330),
    ("jst", 540),
    ("kst", 540),
    ("mdt", -360),
    ("mesz", 120),
    ("met", 60),
    ("mez", 60),
    ("msk", 180),
    ("mst", -420),
    ("myt", 480),
    ("ndt", -150),
    ("npt", 345),
    ("nst", -210),
    ("nzdt", 780),
    ("nzst", 720),
    ("pdt", -420),
    ("pet", -300),
    ("pht", 480),
    ("pkt", 300),
    ("pst", -480),
    ("sast", 120),
    ("sgt", 480),
    ("trt", 180),
    ("ut", 0),
    ("utc", 0),
    ("wast", 120),
    ("wat", 60),
    ("west", 60),
    ("wet", 0),
    ("wib", 420),
    ("wit", 540),
    ("wita", 480),
    ("z", 0),
    ("мск", 180),
    ("zulu", 0),
];

static BY_NAME: LazyLock<HashMap<&'static str, Vec<(&'static str, u32)>>> = LazyLock::new(|| {
    let mut by_name: HashMap<&str, Vec<(&str, u32)>> = HashMap::new();
    for (language, months) in MONTHS {
        for (month, spellings) in (1..).zip(months.split('|')) {
            for spelling in spellings.split('/') {
                by_name.entry(spelling).or_default().push((language, month));
            }
        }
    }
    by_name
});

/// The month of this name; where languages differ (Croatian and Polish «listopad»), `hint` decides.
pub(super) fn month(word: &str, hint: Option<&Language>) -> Option<u32> {
    let hint = hint.map(Language::primary).unwrap_or_default();
    if let Some(known) = BY_NAME.get(word) {
        let hinted = known.iter().find(|(language, _)| *language == hint);
        return hinted.or_else(|| known.first()).map(|(_, month)| *month);
    }
    // An abbreviation that isn't listed: the beginning of one name of the page's own language.
    let (_, months) = MONTHS.iter().find(|(language, _)| *language == hint)?;
    let starts = |name: &str| name.split('/').any(|spelling| spelling.starts_with(word));
    let mut matching = (1..).zip(months.split('|')).filter(|(_, name)| word.chars().count() >= 3 && starts(name));
    matching.next().filter(|_| matching.next().is_none()).map(|(month, _)| month)
}

/// The Iranian solar month of this name.
pub(super) fn solar_month(word: &str) -> Option<u32> {
    (1..).zip(SOLAR).find(|(_, name)| *name == word).map(|(month, _)| month)
}

/// Minutes east of Greenwich of a zone's abbreviation.
pub(super) fn zone(word: &str, hint: Option<&Language>) -> Option<i32> {
    match (word, hint.map(Language::primary)) {
        ("cst", Some("zh")) => Some(480),
        ("ist", Some("he")) => Some(120),
        _ => ZONES.iter().find(|(name, _)| *name == word).map(|(_, minutes)| *minutes),
    }
}

/// Whether a word says that the hours of the day's first half are meant.
pub(super) fn is_morning(word: &str) -> bool {
    matches!(word, "am" | "ص" | "صباحا" | "صباحًا" | "sang" | "पूर्वाह्न" | "ق.ظ" | "oo")
}

/// Whether a word says that the hours of the day's second half are meant.
pub(super) fn is_afternoon(word: &str) -> bool {
    matches!(word, "pm" | "م" | "مساء" | "مساءً" | "chieu" | "toi" | "अपराह्न" | "os")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_twelve_months_written_as_the_reader_folds_them() {
        for (language, months) in MONTHS {
            assert_eq!(months.split('|').count(), 12, "{language}");
            assert_eq!(super::super::token::fold(months), months, "{language}");
        }
    }
}
