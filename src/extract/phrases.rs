//! The words above and inside furniture, in the languages that news is written in.
//!
//! They only speak about short blocks, and only beside what the structure says.

use std::sync::LazyLock;

use super::hashed::{Hashed, key};

/// What a short block announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Announces {
    Related,
    Comments,
    Author,
    Newsletter,
    Share,
    Tags,
    Advertisement,
    Navigation,
}

impl Announces {
    /// The rule's name, for an operator.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::Related => "related articles, by their heading",
            Self::Comments => "comments, by their heading",
            Self::Author => "author box, by its heading",
            Self::Newsletter => "newsletter box, by its words",
            Self::Share => "share bar, by its words",
            Self::Tags => "tags, by their heading",
            Self::Advertisement => "advertisement label",
            Self::Navigation => "navigation, by its words",
        }
    }
}

/// What a short text announces when it is, as a whole, one of the known headings; counts and punctuation at
/// its ends don't matter ("3 Comments", "Baca juga:").
pub(super) fn heading(text: &str) -> Option<Announces> {
    HEADINGS.get(&key(&bare(text)?)).copied()
}

/// What a text announces by its first words: "Baca juga: …", "About the author: …".
pub(super) fn opening(text: &str) -> Option<Announces> {
    let near = text.char_indices().take_while(|(at, _)| *at <= MAX_PHRASE_BYTES);
    let mut ends = near.filter(|(_, c)| matches!(c, ':' | '：' | '|' | '»' | '►' | '▶' | '→' | '>'));
    let (end, _) = ends.next()?;
    heading(&text[..end])
}

/// Longer texts are no heading of furniture; other scripts need more bytes for as much.
const MAX_PHRASE_BYTES: usize = 90;

/// A short text in lower case without digits, brackets and punctuation at its ends.
fn bare(text: &str) -> Option<String> {
    let most = if text.is_ascii() { MAX_PHRASE_BYTES } else { 2 * MAX_PHRASE_BYTES };
    if text.len() > most {
        return None;
    }
    let text = text.trim_matches(|c: char| !c.is_alphabetic() && !is_vowel_sign(c));
    if text.is_empty() {
        return None;
    }
    let lower = text.to_lowercase();
    if lower.is_ascii() {
        return Some(lower);
    }
    Some(lower.chars().filter_map(folded).collect())
}

/// Signs that one writes and another leaves out or writes otherwise: an apostrophe, the dot that a Turkish capital
/// leaves behind, Arabic vowels, the joiners of Persian.
fn folded(c: char) -> Option<char> {
    match c {
        '’' => Some('\''),
        '\u{0307}' | '\u{064b}'..='\u{0652}' | '\u{0640}' | '\u{200d}'..='\u{200f}' => None,
        '\u{200c}' | '\u{00a0}' => Some(' '),
        'أ' | 'إ' | 'آ' => Some('ا'),
        'ي' | 'ى' => Some('ی'),
        'ك' => Some('ک'),
        _ => Some(c),
    }
}

/// Vowel signs of Indic and south-east Asian scripts end words and aren't all alphabetic.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{0900}'..='\u{0dff}' | '\u{0e00}'..='\u{0eff}') && !c.is_numeric()
}

static HEADINGS: LazyLock<Hashed<Announces>> = LazyLock::new(|| {
    let tables = [
        (Announces::Related, RELATED),
        (Announces::Comments, COMMENTS),
        (Announces::Author, AUTHOR),
        (Announces::Newsletter, NEWSLETTER),
        (Announces::Share, SHARE),
        (Announces::Tags, TAGS),
        (Announces::Advertisement, ADVERTISEMENT),
        (Announces::Navigation, NAVIGATION),
    ];
    tables
        .iter()
        .flat_map(|(kind, table)| {
            table.split('|').map(|phrase| (key(phrase.trim().chars().filter_map(folded).collect::<String>()), *kind))
        })
        .collect()
});

/// English, German, French, Spanish, Portuguese, Italian, Dutch, Indonesian, Malay, Polish, Czech, Slovak, Swedish,
/// Danish, Norwegian, Finnish, Turkish, Hungarian, Romanian, Croatian, Russian, Ukrainian, Bulgarian, Greek, Arabic,
/// Persian, Hebrew, Hindi, Bengali, Tamil, Chinese, Japanese, Korean, Vietnamese, Thai, Swahili.
const RELATED: &str = "related|related posts|related post|related articles|related article|related stories|related story|related news|related content|\
related topics|related links|related reading|related coverage|recommended|recommended for you|recommended reading|recommended articles|\
recommended posts|recommended stories|we recommend|you may also like|you might also like|you might like|you may like|you may also be interested in|\
you might also be interested in|you may be interested in|more from|more on this|more on this topic|more on this story|more stories|more news|more articles|more posts|\
more like this|more to read|more to explore|more from author|more by this author|read also|also read|read more|read next|see also|also see|see more|up next|what to read next|\
further reading|keep reading|continue reading|don't miss|dont miss|latest news|latest posts|latest articles|latest stories|latest|recent posts|recent articles|recent stories|recent news|\
popular posts|popular articles|popular|most popular|most read|trending|trending now|trending stories|top stories|top news|other articles|other news|other stories|\
similar posts|similar articles|similar stories|suggested reading|suggested articles|around the web|from around the web|promoted stories|editor's picks|editors' picks|editor's choice|must read|\
more in this section|in case you missed it|also on|next article|previous article|next post|previous post|share your story|explore more|discover more|related products|read this next|read more about|learn more about|see related|\
lesen sie auch|lies auch|auch interessant|das könnte sie auch interessieren|das könnte dich auch interessieren|das könnte ihnen auch gefallen|das könnte dir auch gefallen|mehr zum thema|zum thema|mehr dazu|mehr lesen|weiterlesen|weitere artikel|weitere beiträge|weitere meldungen|weitere themen|weitere nachrichten|ähnliche artikel|ähnliche beiträge|verwandte artikel|verwandte beiträge|verwandte themen|passend dazu|meistgelesen|meistgelesene artikel|neueste beiträge|neueste artikel|aktuelle beiträge|empfohlen|unsere empfehlungen|empfehlungen der redaktion|siehe auch|auch lesen|mehr von|\
à lire aussi|lire aussi|a lire aussi|à lire également|lire également|à lire|voir aussi|sur le même sujet|sur le même thème|articles similaires|articles liés|articles récents|articles connexes|vous aimerez aussi|vous pourriez aussi aimer|cela peut vous intéresser|ça pourrait vous intéresser|les plus lus|à découvrir aussi|pour aller plus loin|dans la même rubrique|plus d'articles|recommandé pour vous|\
lee también|lea también|lee más|leer más|lea más|lee además|te puede interesar|te podría interesar|le puede interesar|también te puede interesar|quizás te interese|puede interesarte|artículos relacionados|noticias relacionadas|entradas relacionadas|notas relacionadas|contenido relacionado|relacionados|relacionadas|relacionado|más noticias|más leídas|lo más leído|lo más visto|ver también|mira también|mirá también|más sobre este tema|temas relacionados|recomendados|recomendadas|te recomendamos|últimas noticias|entradas recientes|\
leia também|leia mais|leia ainda|veja também|veja mais|saiba mais|confira também|artigos relacionados|notícias relacionadas|matérias relacionadas|posts relacionados|conteúdo relacionado|você pode gostar|você também pode gostar|talvez você goste|recomendado para você|mais lidas|últimas notícias|mais notícias|ver também|ler também|\
leggi anche|leggi di più|potrebbe interessarti|potrebbe interessarti anche|ti potrebbe interessare|ti potrebbe interessare anche|potrebbero interessarti|articoli correlati|notizie correlate|correlati|articoli simili|i più letti|vedi anche|ultime notizie|guarda anche|\
lees ook|lees meer|lees verder|gerelateerde artikelen|gerelateerde berichten|gerelateerd|meer over dit onderwerp|meer nieuws|meest gelezen|aanbevolen|zie ook|ook interessant|misschien vind je dit ook leuk|bekijk ook|\
baca juga|baca selengkapnya|baca lainnya|artikel terkait|berita terkait|pos terkait|terkait|artikel lainnya|berita lainnya|artikel terbaru|berita terbaru|berita terpopuler|terpopuler|populer|direkomendasikan|rekomendasi|rekomendasi untuk anda|rekomendasi untukmu|simak juga|lihat juga|lihat lainnya|pilihan editor|pilihan redaksi|anda mungkin suka|mungkin anda suka|selanjutnya|artikel berkaitan|berita berkaitan|artikel menarik lainnya|tulisan terkait|postingan terkait|\
czytaj także|czytaj też|czytaj również|czytaj więcej|zobacz także|zobacz też|zobacz również|przeczytaj także|przeczytaj również|przeczytaj też|podobne artykuły|podobne wpisy|powiązane artykuły|powiązane|polecane|polecamy|polecane artykuły|najczęściej czytane|najnowsze|warto przeczytać|więcej na ten temat|może cię zainteresować|\
čtěte také|přečtěte si také|související články|související|mohlo by vás zajímat|doporučujeme|nejčtenější|další články|prečítajte si aj|súvisiace články|mohlo by vás zaujímať|\
läs också|läs även|läs mer|relaterade artiklar|relaterat|mest lästa|fler artiklar|rekommenderat|senaste nytt|\
læs også|læs mere|relaterede artikler|relateret|mest læste|anbefalet|seneste nyt|les også|les mer|relaterte artikler|relaterte saker|relatert|mest lest|anbefalte artikler|\
lue myös|lue lisää|aiheeseen liittyvää|suosittelemme|luetuimmat|uusimmat|\
ilgili haberler|ilgili yazılar|ilgili içerikler|bunları da beğenebilirsiniz|ayrıca okuyun|bunlar da ilginizi çekebilir|ilginizi çekebilir|devamını oku|önerilen haberler|son haberler|en çok okunanlar|benzer haberler|benzer yazılar|\
kapcsolódó cikkek|kapcsolódó|olvassa el ezt is|ajánlott cikkek|ajánló|további cikkek|legolvasottabb|ez is érdekelheti|\
citește și|citeste si|citește mai mult|articole similare|articole asemănătoare|știri similare|vezi și|vezi si|recomandări|recomandate|cele mai citite|\
pročitajte još|pročitajte i|povezani članci|povezano|najčitanije|slični članci|preporučeno|vezane vijesti|\
читайте также|читать также|читайте ещё|читать далее|смотрите также|похожие статьи|похожие записи|похожие материалы|похожие новости|по теме|материалы по теме|новости по теме|ещё по теме|рекомендуем|рекомендуем прочитать|вам может быть интересно|вам может понравиться|популярное|самое читаемое|другие новости|последние новости|свежие записи|\
читайте також|дивіться також|схожі статті|схожі записи|за темою|по темі|вас може зацікавити|останні новини|популярне|рекомендуємо|прочетете още|вижте още|още по темата|свързани статии|подобни статии|\
διαβάστε επίσης|διαβάστε ακόμα|διαβάστε περισσότερα|σχετικά άρθρα|σχετικά|δείτε επίσης|δείτε ακόμη|περισσότερα|δημοφιλή|προτεινόμενα|\
اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|اقرأ المزيد|مقالات ذات صلة|أخبار ذات صلة|مواضيع ذات صلة|ذات صلة|مواضيع متعلقة|قد يعجبك أيضا|قد يهمك|قد يهمك أيضا|الأكثر قراءة|المزيد|شاهد أيضا|شاهد أيضاً|موصى به|مقترحات|\
بیشتر بخوانید|همچنین بخوانید|مطالب مرتبط|اخبار مرتبط|خبرهای مرتبط|مقالات مرتبط|پیشنهاد سردبیر|پربازدیدترین|\
קראו גם|קרא גם|כתבות נוספות|כתבות קשורות|מאמרים קשורים|אולי יעניין אותך|עוד בנושא|עוד כתבות|ראו גם|מומלצים|\
यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|और पढ़ें|संबंधित खबरें|संबंधित समाचार|संबंधित लेख|ताजा खबरें|আরও পড়ুন|আরো পড়ুন|সম্পর্কিত খবর|সম্পর্কিত নিবন্ধ|\
相关文章|相关阅读|相关新闻|相關文章|相關新聞|延伸閱讀|延伸阅读|推荐阅读|推薦閱讀|热门文章|熱門文章|猜你喜欢|你可能也喜歡|更多新闻|更多新聞|阅读更多|閱讀更多|最新文章|上一篇|下一篇|看更多|\
関連記事|関連ニュース|おすすめ記事|おすすめ|あわせて読みたい|合わせて読みたい|こちらもおすすめ|人気記事|最新記事|次の記事|前の記事|続きを読む|関連リンク|ランキング|\
관련기사|관련 기사|관련 뉴스|관련글|추천 기사|추천 뉴스|인기 기사|많이 본 뉴스|더보기|이전 글|다음 글|주요 뉴스|\
xem thêm|đọc thêm|tin liên quan|bài viết liên quan|bài liên quan|có thể bạn quan tâm|tin cùng chuyên mục|đọc nhiều|tin mới|\
soma pia|soma zaidi|habari zinazohusiana|habari nyingine|makala zinazohusiana|อ่านเพิ่มเติม|ข่าวที่เกี่ยวข้อง|บทความที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|อ่านต่อ|บทความแนะนำ|\
more from this author|more by the author|you may have missed|what others are reading|top picks|picked for you|readers also liked|related to this story|recommended links|more in|read this too|continue with|don't miss these|\
lesen sie dazu|lesen sie mehr|mehr zu diesem thema|mehr aus dem ressort|weiterführende links|dazu passend|auch spannend|das könnte dir gefallen|das könnte ihnen gefallen|beliebte artikel|beliebte beiträge|meistgelesene beiträge|mehr artikel|mehr beiträge|vorheriger beitrag|nächster beitrag|vorheriger artikel|nächster artikel|zum weiterlesen|neueste meldungen|\
à ne pas manquer|à lire ensuite|lire la suite|les plus récents|les plus consultés|nos autres articles|autres articles|article précédent|article suivant|dans la même catégorie|plus sur ce sujet|à voir aussi|notre sélection|recommandés pour vous|en savoir plus|\
leer también|también te puede gustar|quizá te interese|quizás también te interese|otras noticias|otros artículos|artículos recientes|artículos recomendados|lo último|más en esta sección|no te pierdas|entrada anterior|entrada siguiente|sigue leyendo|te recomendamos leer|más artículos|artículos similares|\
artigos recomendados|mais sobre o tema|outras notícias|outros artigos|posts recentes|post anterior|próximo post|artigo anterior|próximo artigo|veja mais notícias|não perca|talvez te interesse|sugestões de leitura|recomendados para você|em alta|mais lidos|\
articoli consigliati|altri articoli|articoli recenti|ultimi articoli|potrebbero interessarti anche|da non perdere|articolo precedente|articolo successivo|continua a leggere|ti consigliamo|consigliati per te|altre notizie|più letti|letti di più|\
meer artikelen|gerelateerd nieuws|laatste nieuws|aanraders|misschien ook interessant|dit vind je misschien ook leuk|vorig artikel|volgend artikel|populaire artikelen|meer lezen|verder lezen|aanbevolen artikelen|\
baca artikel lainnya|baca berita lainnya|baca juga artikel lainnya|artikel populer|pos terbaru|pos sebelumnya|pos berikutnya|artikel sebelumnya|artikel selanjutnya|berita pilihan|rekomendasi artikel|artikel pilihan|kabar terkait|anda mungkin juga suka|mungkin anda juga suka|mungkin kamu suka|jangan lewatkan|berita lain|postingan serupa|artikel serupa|artikel yang direkomendasikan|direkomendasikan untuk anda|baca terus|baca lebih lanjut|lanjut baca|bacaan terkait|\
anda mungkin berminat|disyorkan untuk anda|disyorkan|paling popular|baca lagi|artikel lain|berita lain-lain|berita terkini|catatan berkaitan|anda mungkin juga berminat|jangan lepaskan|pilihan untuk anda|bacaan lanjut|paling banyak dibaca|artikel sebelum ini|\
zobacz więcej|inne artykuły|popularne|najpopularniejsze|ostatnie wpisy|może ci się spodobać|może cię także zainteresować|poprzedni wpis|następny wpis|poprzedni artykuł|następny artykuł|artykuły powiązane|powiązane wpisy|nie przegap|czytaj dalej|\
podobné články|čtěte více|čtěte dále|čtěte rovněž|mohlo by se vám líbit|nejnovější články|předchozí článek|další článek|nenechte si ujít|k tématu|více k tématu|aktuálně|\
najčítanejšie|ďalšie články|odporúčame|čítajte aj|čítajte tiež|čítajte viac|prečítajte si tiež|súvisiace|mohlo by sa vám páčiť|najnovšie články|predchádzajúci článok|ďalší článok|k téme|viac k téme|nezmeškajte|\
du kanske också gillar|du kanske också är intresserad av|fler nyheter|mer om ämnet|liknande artiklar|senaste artiklarna|föregående inlägg|nästa inlägg|populära artiklar|missa inte|läs vidare|relaterade inlägg|\
se også|måske er du også interesseret i|måske kan du også lide|anbefalet til dig|flere artikler|seneste artikler|lignende artikler|mere om emnet|populære artikler|forrige indlæg|næste indlæg|gå ikke glip af|læs videre|relaterede indlæg|\
anbefalt for deg|siste nytt|flere saker|mer om temaet|siste saker|forrige innlegg|neste innlegg|kanskje liker du også|ikke gå glipp av|les videre|relaterte innlegg|\
sinua saattaisi kiinnostaa|katso myös|saatat pitää myös|uusimmat artikkelit|lisää aiheesta|samasta aiheesta|suositut artikkelit|edellinen artikkeli|seuraava artikkeli|muita artikkeleita|samankaltaisia artikkeleita|lue seuraavaksi|\
ilginizi çekebilecek diğer haberler|bunu da okuyun|bunlara da göz atın|bunları da okuyun|diğer haberler|popüler yazılar|son yazılar|önceki yazı|sonraki yazı|benzer içerikler|önerilenler|sizin için seçtiklerimiz|okumaya devam et|daha fazla oku|\
hasonló cikkek|lásd még|olvasd el ezt is|olvasta már|ez is érdekelhet|legfrissebb|legfrissebb cikkek|előző cikk|következő cikk|népszerű cikkek|kapcsolódó bejegyzések|legnépszerűbb|olvass tovább|tovább olvasom|ne hagyja ki|neked ajánljuk|\
te-ar putea interesa|articole recomandate|articole recente|ultimele știri|articolul anterior|articolul următor|cele mai noi|pe aceeași temă|știri recomandate|nu rata|vezi mai mult|citiți și|vă recomandăm|îți recomandăm|alte articole|\
najčitanije vijesti|moglo bi vas zanimati|možda vas zanima|više o temi|najnovije|vezani članci|\
вам также может понравиться|вам будет интересно|что ещё почитать|что еще почитать|читайте еще|еще по теме|другие статьи|другие материалы|новое на сайте|последние статьи|предыдущая запись|следующая запись|предыдущая статья|следующая статья|популярные статьи|популярные записи|самое популярное|не пропустите|связанные статьи|главное за сутки|читать ещё|читайте по теме|новости партнёров|новости партнеров|\
найпопулярніше|матеріали за темою|читайте ще|читайте за темою|інші новини|інші статті|вам може сподобатися|популярні статті|попередній запис|наступний запис|попередня стаття|наступна стаття|останні статті|ще по темі|новини за темою|пов'язані статті|рекомендовано|не пропустіть|дізнатися більше|\
най-четени|може да ви хареса|последни новини|вижте също|може да ви е интересно|още новини|още от категорията|препоръчваме|препоръчани|популярни|най-нови|предишна статия|следваща статия|не пропускайте|виж още|прочетете също|прочети още|по темата|сродни статии|\
μπορεί να σας ενδιαφέρει|μπορεί να σας αρέσει|τελευταία νέα|πρόσφατα άρθρα|παρόμοια άρθρα|δείτε ακόμα|προηγούμενο άρθρο|επόμενο άρθρο|τα πιο δημοφιλή|πιο διαβασμένα|προτείνουμε|μη χάσετε|ίσως σας ενδιαφέρει|σχετικές ειδήσεις|ροή ειδήσεων|\
أخبار متعلقة|مقالات متعلقة|مقالات مشابهة|مواضيع مشابهة|قد يعجبك|قد يعجبك أيضاً|ربما يعجبك أيضا|ربما تود قراءة|إقرأ أيضاً|اقرئي أيضا|اقرأ كذلك|طالع أيضا|آخر الأخبار|أحدث المقالات|المقال السابق|المقال التالي|الأكثر مشاهدة|الأكثر تداولا|مقالات مختارة|أخبار مشابهة|تابع القراءة|شاهد المزيد|لا تفوت|\
شاید بپسندید|آخرین اخبار|بخوانید|مطالب مشابه|مطالب پیشنهادی|مطالب بیشتر|پیشنهاد ما|نوشته‌های مشابه|نوشته‌های مرتبط|مقالات مشابه|شاید دوست داشته باشید|خبر بعدی|خبر قبلی|پربیننده ترین|تازه ترین|این مطالب را هم بخوانید|اخبار پیشنهادی|بیشتر بدانید|ادامه مطلب|\
הנקראות ביותר|קרא עוד|קראו עוד|אולי תאהבו גם|אולי יעניין אתכם|כתבות מומלצות|כתבות אחרונות|פוסטים קשורים|מאמרים נוספים|הכי נקראות|לכתבה הבאה|הפוסט הקודם|הפוסט הבא|המשך קריאה|חדשות אחרונות|\
सबसे ज्यादा पढ़ी गई|आपको यह भी पसंद आ सकता है|संबंधित पोस्ट|अन्य खबरें|बड़ी खबरें|लेटेस्ट न्यूज|सबसे लोकप्रिय|लोकप्रिय|अनुशंसित|और खबरें|आगे पढ़ें|ये भी देखें|पिछली खबर|अगली खबर|मिलती जुलती खबरें|ट्रेंडिंग|\
সর্বাধিক পঠিত|আপনার ভালো লাগতে পারে|সর্বশেষ খবর|সর্বশেষ|এটিও পড়ুন|আরও খবর|আরো খবর|এই বিভাগের আরও খবর|এই বিভাগের আরো খবর|জনপ্রিয়|প্রস্তাবিত|সম্পর্কিত পোস্ট|সংশ্লিষ্ট খবর|আগের সংবাদ|পরের সংবাদ|\
தொடர்புடைய செய்திகள்|மேலும் படிக்க|தொடர்புடைய கட்டுரைகள்|தொடர்புடைய பதிவுகள்|அதிகம் படிக்கப்பட்டவை|பரிந்துரைக்கப்பட்டவை|சமீபத்திய செய்திகள்|இதையும் படிக்க|இதையும் படியுங்கள்|இதையும் வாசிக்க|மேலும் செய்திகள்|பிரபலமானவை|முந்தைய செய்தி|அடுத்த செய்தி|மேலும்|\
相关推荐|相關報導|相關閱讀|推荐文章|推薦文章|你可能还喜欢|你可能喜欢|您可能感兴趣|您可能也喜歡|你可能會喜歡|您可能還會喜歡|更多文章|更多内容|热门推荐|熱門新聞|热门新闻|最新消息|上一篇文章|下一篇文章|继续阅读|繼續閱讀|大家都在看|大家都在看什麼|其他人也在看|精选文章|猜你感兴趣|热点推荐|同類文章|\
こちらの記事もおすすめ|アクセスランキング|この記事もおすすめ|こんな記事も読まれています|関連する記事|関連トピックス|新着記事|最近の投稿|人気の記事|前の投稿|次の投稿|こちらもご覧ください|関連ページ|よく読まれている記事|注目の記事|ピックアップ|もっと読む|記事ランキング|合わせて読む|あわせて読む|\
함께 보면 좋은 기사|함께 보면 좋은 글|함께 읽기|함께 읽으면 좋은 글|더 읽기|더 보기|많이 본 기사|많이 읽은 기사|인기 뉴스|인기 글|최신 기사|최신 뉴스|최신글|추천 글|이전 기사|다음 기사|이 기사도 함께|관련 글|관련기사 더보기|주요기사|\
đọc nhiều nhất|tin mới nhất|xem ngay|bài viết mới|bài mới nhất|tin nổi bật|tin khác|bài viết khác|các tin khác|bài viết tương tự|có thể bạn thích|bạn có thể quan tâm|bài trước|bài tiếp theo|tin đọc nhiều|cùng chuyên mục|bài cùng chủ đề|đề xuất cho bạn|\
อ่านมากที่สุด|คุณอาจสนใจ|ข่าวล่าสุด|อ่านข่าวที่เกี่ยวข้อง|คุณอาจชอบ|เนื้อหาที่เกี่ยวข้อง|เรื่องที่คุณอาจสนใจ|บทความล่าสุด|ข่าวอื่นๆ|ข่าวยอดนิยม|บทความยอดนิยม|อ่านข่าวเพิ่มเติม|อ่านบทความอื่น|บทความอื่นๆ|ข่าวแนะนำ|ยอดนิยม";

const COMMENTS: &str = "comments|comment|leave a reply|leave a comment|leave your comment|post a comment|add a comment|add comment|write a comment|join the discussion|join the conversation|discussion|responses|thoughts on|cancel reply|reply|conversation|view comments|show comments|load comments|comments are closed|no comments|no comments yet|be the first to comment|what do you think|let us know in the comments|reader comments|your email address will not be published|\
kommentare|kommentar|kommentar schreiben|kommentar verfassen|schreibe einen kommentar|schreiben sie einen kommentar|kommentar hinterlassen|hinterlasse einen kommentar|antworten|diskutieren sie mit|diskussion|ihre meinung|\
commentaires|commentaire|laisser un commentaire|laissez un commentaire|ajouter un commentaire|réagir|réactions|vos réactions|répondre|poster un commentaire|\
comentarios|comentario|deja un comentario|deja una respuesta|dejar un comentario|deja tu comentario|escribe un comentario|responder|cancelar respuesta|opiniones|\
comentários|comentário|deixe um comentário|deixe seu comentário|deixe uma resposta|deixar um comentário|comente|adicionar comentário|\
commenti|commento|lascia un commento|lascia una risposta|scrivi un commento|rispondi|aggiungi un commento|\
reacties|reactie|geef een reactie|laat een reactie achter|plaats een reactie|reageer|reageren|\
komentar|tinggalkan balasan|tinggalkan komentar|tulis komentar|tulis komentar anda|beri komentar|kirim komentar|tambahkan komentar|batalkan balasan|balas|berikan komentar|tinggalkan komen|komen|\
komentarze|komentarz|dodaj komentarz|zostaw komentarz|napisz komentarz|skomentuj|odpowiedz|anuluj pisanie odpowiedzi|\
komentáře|přidat komentář|napsat komentář|diskuze|diskuse|vložit komentář|komentáre|pridať komentár|\
kommentarer|kommentera|lämna ett svar|lämna en kommentar|skriv en kommentar|skriv kommentar|efterlad et svar|legg igjen en kommentar|legg igjen et svar|kommentér|kommenter|\
kommentit|kommentoi|jätä kommentti|vastaa|yorumlar|yorum|yorum yap|bir yorum yaz|bir cevap yazın|bir yanıt yazın|yorum yapın|\
hozzászólások|hozzászólás|szólj hozzá|vélemény, hozzászólás|kommentek|comentarii|comentariu|lasă un răspuns|lasă un comentariu|adaugă un comentariu|komentari|ostavite komentar|ostavi komentar|odgovori|\
комментарии|комментарий|оставить комментарий|добавить комментарий|написать комментарий|ответить|отменить ответ|обсуждение|коментарі|коментар|залишити коментар|додати коментар|залишити відповідь|коментари|напишете коментар|вашият коментар|\
σχόλια|σχόλιο|αφήστε ένα σχόλιο|αφήστε μια απάντηση|απάντηση|\
تعليقات|التعليقات|تعليق|اترك تعليقا|اترك تعليقاً|اترك ردا|اترك رداً|أضف تعليق|أضف تعليقا|إلغاء الرد|نظرات|دیدگاه ها|دیدگاهتان را بنویسید|ارسال نظر|نظر شما|\
תגובות|תגובה|השאר תגובה|כתיבת תגובה|הוסף תגובה|השארת תגובה|टिप्पणियाँ|टिप्पणी|टिप्पणी करे|एक टिप्पणी छोड़ें|মন্তব্য|মন্তব্য করুন|\
评论|發表評論|发表评论|发表回复|發佈留言|留言|网友评论|写评论|取消回复|コメント|コメントを残す|コメントを書く|コメントする|返信|댓글|댓글 쓰기|댓글 남기기|답글 남기기|의견|\
maoni|toa maoni|acha maoni|bình luận|để lại bình luận|gửi bình luận|trả lời|ý kiến|แสดงความคิดเห็น|ความคิดเห็น|ใส่ความเห็น|\
reviews and comments|add your comment|share your thoughts|leave your reply|submit a comment|write a reply|recent comments|reply to this|responses to this|\
kommentar abgeben|kommentar absenden|deine meinung|ihr kommentar|dein kommentar|antwort hinterlassen|antwort abbrechen|leserkommentare|beitrag kommentieren|artikel kommentieren|diskutiere mit|\
laisser une réponse|laissez une réponse|votre commentaire|écrire un commentaire|publier un commentaire|les commentaires|annuler la réponse|vos commentaires|commenter|\
agregar comentario|añadir comentario|publicar un comentario|tu comentario|danos tu opinión|comenta|los comentarios|\
escreva um comentário|faça um comentário|enviar comentário|cancelar resposta|deixe a sua opinião|deixe sua opinião|seu comentário|comentar|\
aggiungi commento|commenta|annulla risposta|il tuo commento|i commenti|\
laat een bericht achter|schrijf een reactie|jouw reactie|uw reactie|reactie annuleren|geef je mening|reageer op dit artikel|\
kirim komentar anda|beri tanggapan|tanggapan|tinggalkan pesan|komentar terbaru|kolom komentar|komentar anda|komentar pembaca|tinggalkan sebuah komentar|tulis balasan|\
ulasan pembaca|tinggalkan balasan anda|beri komen|tulis komen|komen pembaca|tambah komen|ulasan|\
komentarzy|komentarza|dodaj odpowiedź|zostaw odpowiedź|twój komentarz|opinie czytelników|dodaj opinię|\
komentářů|komentáře k článku|vložte komentář|zanechat komentář|váš komentář|odpovědět|zrušit odpověď|diskuze k článku|diskuse k článku|přidejte komentář|názory čtenářů|\
diskusia|napísať komentár|komentárov|pridajte komentár|zanechať komentár|váš komentár|odpovedať|zrušiť odpoveď|diskusia k článku|\
lämna kommentar|skriv ett svar|avbryt svar|din kommentar|svara|läsarkommentarer|diskutera|\
tilføj kommentar|skriv et svar|annuller svar|besvar|læserkommentarer|debat|\
legg til kommentar|svar|leserkommentarer|debatt|\
kommenttia|kirjoita kommentti|lisää kommentti|peruuta vastaus|keskustelu|osallistu keskusteluun|kommenttisi|lukijoiden kommentit|\
yorum bırakın|yorum ekle|yorum yazın|yanıtı iptal et|cevap yaz|yorumunuz|okuyucu yorumları|yorumlarınız|\
hozzászólás írása|új hozzászólás|válasz|válasz írása|írja meg véleményét|komment|kommentelj|olvasói vélemények|mégsem válaszolok|\
comentează|scrie un comentariu|adăugați un comentariu|lăsați un comentariu|lăsați un răspuns|anulează răspunsul|comentarii la articol|răspunde|de comentarii|părerea ta|\
комментария|комментариев|комментировать|оставьте комментарий|ваш комментарий|напишите комментарий|отменить|читать комментарии|комментарии читателей|добавить ответ|комментарии к статье|\
коментарі читачів|напишіть коментар|залиште коментар|ваш коментар|скасувати відповідь|відповісти|обговорення|коментарів|\
коментара|остави коментар|оставете коментар|вашият отговор|отговор|добави коментар|коментирай|напиши коментар|дискусия|вашето мнение|\
αφήστε το σχόλιό σας|γράψτε ένα σχόλιο|προσθήκη σχολίου|σχολιάστε|ακύρωση απάντησης|το σχόλιό σας|αφήστε σχόλιο|υποβολή σχολίου|\
كتابة تعليق|أكتب تعليقك|اكتب تعليقا|اكتب تعليقك|أضف تعليقك|أضف تعليقاً|شاركنا رأيك|رد|تعليقات القراء|ردود|ضع تعليقا|علق|نقاش|شاركنا برأيك|\
دیدگاه‌ها|دیدگاه|دیدگاه خود را بنویسید|ارسال دیدگاه|نظر بدهید|نظرات کاربران|ثبت نظر|لغو پاسخ|پاسخ|نظر دهید|نظرها|نظرات شما|\
תגובות לכתבה|הוספת תגובה|כתוב תגובה|כתבו תגובה|השאירו תגובה|הוסיפו תגובה|ביטול התגובה|תגובות גולשים|דיון|\
कमेंट करें|टिप्पणियां|टिप्पणी करें|कमेंट|कमेंट्स|अपनी टिप्पणी दें|प्रतिक्रिया दें|उत्तर दें|जवाब दें|अपनी राय दें|कोई टिप्पणी नहीं|प्रतिक्रियाएं|\
মতামত দিন|টি মন্তব্য|মন্তব্যসমূহ|মতামত|একটি মন্তব্য করুন|আপনার মতামত|মন্তব্য লিখুন|মন্তব্য যোগ করুন|উত্তর দিন|পাঠকের মন্তব্য|পাঠকের মতামত|কমেন্ট করুন|আপনার মন্তব্য|\
கருத்துகள்|கருத்துக்கள்|கருத்து|கருத்து தெரிவிக்க|கருத்து தெரிவிக்கவும்|உங்கள் கருத்தைப் பதிவு செய்யவும்|உங்கள் கருத்து|கருத்தை பதிவு செய்ய|கருத்துரையிடுக|ஒரு கருத்தை இடுக|மறுமொழி இடவும்|மறுமொழி|பதில் அளிக்க|வாசகர் கருத்து|\
条评论|條評論|則留言|篇留言|发表看法|我要评论|我要留言|写下你的评论|最新评论|参与评论|發表留言|留言板|寫留言|添加评论|网友留言|取消回覆|發表迴響|发表您的评论|回复|回覆|討論|讀者留言|\
コメント欄|コメント一覧|コメントをする|コメントを投稿|コメントを投稿する|みんなのコメント|読者コメント|この記事へのコメント|返信をキャンセル|件のコメント|\
의견 남기기|댓글을 남겨주세요|개의 댓글|댓글 달기|댓글 작성|독자 의견|답글|응답 취소|댓글목록|코멘트|한줄 의견|\
ý kiến bạn đọc|viết bình luận|bình luận của bạn|ý kiến của bạn|gửi ý kiến|thảo luận|hủy trả lời|phản hồi|để lại một bình luận|để lại phản hồi|bạn đọc bình luận|\
เขียนความคิดเห็น|ร่วมแสดงความคิดเห็น|แสดงความเห็น|ตอบกลับ|ทิ้งข้อความไว้|ยกเลิกการตอบ|คอมเมนต์|ความเห็น|ความคิดเห็นของผู้อ่าน";

const AUTHOR: &str = "about the author|about the authors|about author|about this author|about the writer|meet the author|author|the author|author bio|written by|about us|about the blog|about this blog|posted by|\
über den autor|über die autorin|zum autor|der autor|die autorin|autor|autorin|à propos de l'auteur|à propos de l’auteur|l'auteur|auteur|à propos|sobre el autor|sobre la autora|acerca del autor|acerca de|sobre o autor|sobre a autora|sobre|autore|l'autore|informazioni sull'autore|chi siamo|over de auteur|\
tentang penulis|tentang blog|tentang kami|tentang pengarang|penulis|editor|mengenai penulis|o autorze|o autorce|autorka|o autorovi|o autorech|om författaren|om forfatteren|kirjoittaja|kirjoittajasta|yazar hakkında|hakkında|a szerzőről|szerző|despre autor|o autoru|об авторе|автор|про автора|за автора|σχετικά με τον συντάκτη|عن الكاتب|نبذة عن الكاتب|حول الكاتب|درباره نویسنده|על המחבר|אודות הכותב|लेखक के बारे में|关于作者|關於作者|作者|この記事を書いた人|著者|ライター|執筆者|글쓴이|저자|kuhusu mwandishi|লেখক পরিচিতি|mengenai pengarang|tác giả|về tác giả|เกี่ยวกับผู้เขียน|ผู้เขียน|\
about the contributor|author profile|the writer|about our author|more about the author|article by|story by|\
zur person|zur autorin|über die autoren|unsere autorin|unser autor|der verfasser|über den verfasser|autorenprofil|autoreninfo|verfasst von|geschrieben von|autoren|\
à propos de l'autrice|à propos de l'auteure|l'autrice|l'auteure|écrit par|rédigé par|publié par|\
sobre nosotros|quién escribe|escrito por|publicado por|acerca de la autora|el autor|la autora|autora|\
quem somos|o autor|a autora|\
chi è l'autrice|chi è l'autore|autrice|scritto da|pubblicato da|sull'autore|sull'autrice|a proposito dell'autore|\
over de schrijver|over de auteurs|over de redacteur|geschreven door|over de maker|schrijver|\
tentang penulis ini|profil penulis|ditulis oleh|tentang admin|oleh penulis|biodata penulis|penulis artikel|tentang situs ini|\
pengarang|\
o autorach|autor tekstu|napisał|napisała|autor artykułu|\
autor článku|autorka článku|napsal|napsala|\
o autorke|napísal|napísala|o autoroch|\
om skribenten|om författarna|skribent|skriven av|författare|författaren|\
om forfatterne|skrevet af|forfatter|forfatteren|\
om journalisten|skrevet av|\
tietoa kirjoittajasta|kirjoittajat|kirjoittajan esittely|toimittaja|kirjoittanut|\
yazar|yazarın profili|yazar bilgisi|yazan|yazarlar|\
a szerzőkről|szerzőről|a cikk szerzője|írta|szerzőnk|\
despre autoare|despre autori|autorul|autoarea|scris de|\
автор статьи|об авторах|автор материала|автор текста|написал|кто автор|\
про авторку|про авторів|авторка|автор статті|автор матеріалу|\
за авторите|авторът|авторката|автор на статията|\
σχετικά με τη συντάκτρια|ο συντάκτης|η συντάκτρια|συντάκτης|σχετικά με τον αρθρογράφο|ο αρθρογράφος|ο συγγραφέας|σχετικά με τον συγγραφέα|για τον συντάκτη|συντακτική ομάδα|\
عن الكاتبة|عن المؤلف|نبذة عن الكاتبة|حول المؤلف|الكاتب|الكاتبة|عن المحرر|كتب بواسطة|بقلم|المؤلف|\
نویسنده|نویسنده مطلب|درباره مولف|دربارۀ نویسنده|نگارنده|\
אודות הכותבת|על הכותב|על הכותבת|אודות המחבר|אודות המחברת|הכותב|הכותבת|נכתב על ידי|\
लेखिका के बारे में|लेखक|लेखिका|लेखक परिचय|लेखक का परिचय|\
লেখক সম্পর্কে|লেখক|লেখকের পরিচয়|লেখক পরিচয়|প্রতিবেদক|\
ஆசிரியர் பற்றி|எழுத்தாளர் பற்றி|கட்டுரையாளர் பற்றி|ஆசிரியர் குறிப்பு|கட்டுரையாளர்|\
作者简介|作者簡介|作者介绍|作者介紹|本文作者|撰文者|\
著者プロフィール|著者について|執筆者プロフィール|ライター紹介|ライタープロフィール|筆者プロフィール|筆者紹介|プロフィール|この記事のライター|記事を書いた人|書いた人|運営者情報|\
글쓴이 소개|저자 소개|작성자 소개|필자 소개|기자 소개|작가 소개|작성자|필자|블로그 소개|\
tác giả bài viết|thông tin tác giả|giới thiệu tác giả|người viết|\
ประวัติผู้เขียน|เกี่ยวกับนักเขียน|นักเขียน";

const NEWSLETTER: &str = "newsletter|newsletters|subscribe|subscribe now|sign up|sign up now|subscribe to our newsletter|sign up for our newsletter|subscribe to newsletter|join our newsletter|get our newsletter|our newsletter|subscribe to our blog|stay updated|stay informed|stay in the loop|stay connected|get the latest news|get updates|email updates|never miss a story|never miss an update|never miss a post|join our mailing list|follow us|follow us on|free newsletter|\
newsletter abonnieren|abonnieren|jetzt abonnieren|newsletter anmelden|jetzt anmelden|folgen sie uns|s'abonner|abonnez-vous|inscrivez-vous à notre newsletter|s'inscrire à la newsletter|recevez notre newsletter|suivez-nous|suscríbete|suscribirse|suscríbete a nuestro boletín|boletín|boletines|síguenos|síguenos en|assine|assine nossa newsletter|inscreva-se|siga-nos|boletim|iscriviti|iscriviti alla newsletter|iscriviti alla nostra newsletter|seguici|seguici su|schrijf je in|abonneer|nieuwsbrief|meld je aan|volg ons|\
berlangganan|langganan|langganan newsletter|ikuti kami|ikuti kami di|dapatkan berita terbaru|zapisz się|zapisz się do newslettera|subskrybuj|obserwuj nas|śledź nas|odebírat|přihlásit se k odběru|sledujte nás|prenumerera|nyhetsbrev|följ oss|nyhedsbrev|tilmeld nyhedsbrev|følg oss|følg os|meld deg på|uutiskirje|tilaa uutiskirje|seuraa meitä|abone ol|bülten|bültene abone ol|bizi takip edin|iratkozz fel|hírlevél|feliratkozás|kövess minket|abonează-te|abonare|urmărește-ne|pretplatite se|pratite nas|\
подписаться|подпишитесь|подписывайтесь|рассылка|подписка|подписывайтесь на нас|підписатися|підписка|підписуйтесь|абонирай се|абонирайте се|εγγραφή|εγγραφείτε|ακολουθήστε μας|اشترك|اشترك الآن|النشرة البريدية|تابعنا|تابعونا|عضویت در خبرنامه|خبرنامه|הרשמה לניוזלטר|הירשמו|עקבו אחרינו|सब्सक्राइब करें|हमें फॉलो करें|订阅|訂閱|关注我们|追蹤我們|メルマガ登録|ニュースレター|フォローする|購読|구독|구독하기|뉴스레터|đăng ký|đăng ký nhận tin|theo dõi chúng tôi|สมัครสมาชิก|ติดตามเรา|\
subscribe to our newsletter today|join the newsletter|sign up for the newsletter|get the newsletter|subscribe via email|subscribe by email|newsletter signup|newsletter sign-up|subscribe to updates|get our stories by email|stay up to date|weekly newsletter|daily newsletter|\
newsletter bestellen|unser newsletter|zum newsletter anmelden|für den newsletter anmelden|kostenlos abonnieren|bleiben sie informiert|bleib auf dem laufenden|nichts mehr verpassen|folge uns|newsletter erhalten|melden sie sich für unseren newsletter an|\
abonnez-vous à notre newsletter|abonnez-vous à notre infolettre|inscription à la newsletter|inscrivez-vous à la newsletter|notre newsletter|la newsletter|infolettre|restez informé|restez informés|recevez nos articles|\
suscríbete a la newsletter|suscríbete a nuestra newsletter|suscríbete al boletín|recibe nuestro boletín|recibe nuestra newsletter|apúntate a nuestra newsletter|mantente informado|nuestro boletín|\
receba nossa newsletter|assine a newsletter|inscreva-se na nossa newsletter|subscreva a nossa newsletter|cadastre-se|receba as notícias por e-mail|siga-nos nas redes sociais|fique por dentro|\
ricevi la nostra newsletter|iscriviti gratis|la nostra newsletter|resta aggiornato|rimani aggiornato|iscriviti al canale|\
schrijf je in voor onze nieuwsbrief|schrijf u in voor onze nieuwsbrief|meld je aan voor onze nieuwsbrief|abonneer je op onze nieuwsbrief|ontvang onze nieuwsbrief|onze nieuwsbrief|blijf op de hoogte|inschrijven voor de nieuwsbrief|\
berlangganan newsletter kami|berlangganan newsletter|berlangganan buletin|langganan buletin|dapatkan artikel terbaru|dapatkan update terbaru|dapatkan kabar terbaru|ikuti kami di google news|gabung|jangan ketinggalan berita|\
langgan surat berita kami|surat berita|langgan newsletter kami|langgan sekarang|ikuti kami di telegram|buletin|langgan buletin kami|\
zapisz się na newsletter|zapisz się do naszego newslettera|subskrybuj newsletter|bądź na bieżąco|nasz newsletter|obserwuj nas w google|\
přihlaste se k odběru newsletteru|přihlaste se k odběru|odebírat novinky|odebírejte novinky|odběr novinek|odběr newsletteru|přihlášení k newsletteru|zůstaňte v obraze|novinky e-mailem|\
prihláste sa na odber noviniek|odoberajte náš newsletter|odber noviniek|odoberať novinky|prihláste sa na odber|prihlásiť sa na odber|novinky e-mailom|\
prenumerera på vårt nyhetsbrev|prenumerera på nyhetsbrevet|anmäl dig till vårt nyhetsbrev|få vårt nyhetsbrev|missa inga nyheter|håll dig uppdaterad|\
tilmeld dig vores nyhedsbrev|tilmeld dig nyhedsbrevet|få vores nyhedsbrev|abonner på vores nyhedsbrev|modtag vores nyhedsbrev|hold dig opdateret|\
meld deg på vårt nyhetsbrev|meld deg på nyhetsbrevet|abonner på vårt nyhetsbrev|hold deg oppdatert|\
tilaa uutiskirjeemme|tilaa uutiskirjeemme nyt|tilaa ilmainen uutiskirje|liity postituslistalle|pysy ajan tasalla|\
bültenimize abone olun|e-posta bülteni|e-bültene abone olun|haber bülteni|e-bülten|bültene kayıt ol|bizi takip et|haberdar olun|\
iratkozzon fel hírlevelünkre|iratkozz fel hírlevelünkre|iratkozzon fel|feliratkozás hírlevélre|hírlevél feliratkozás|kövessen minket|ne maradjon le|\
abonează-te la newsletter|abonați-vă la newsletter|abonați-vă|înscrie-te la newsletter|primește newsletterul|fii la curent|urmăriți-ne|\
подпишитесь на рассылку|подписывайтесь на нашу рассылку|подпишитесь на нашу рассылку|подписаться на рассылку|подпишитесь на новости|подписка на рассылку|подписаться на новости|наша рассылка|подпишитесь на наш канал|подписывайтесь на наш телеграм-канал|будьте в курсе|\
підпишіться на розсилку|підписатися на новини|підпишіться на нашу розсилку|підписатися на розсилку|розсилка|наша розсилка|підпишіться на наш канал|будьте в курсі|стежте за нами|\
абонирайте се за нашия бюлетин|бюлетин|абонамент за бюлетин|абонирайте се за бюлетина|нашият бюлетин|последвайте ни|запишете се за бюлетина|\
εγγραφείτε στο newsletter μας|ενημερωτικό δελτίο|εγγραφή στο newsletter|εγγραφείτε στο newsletter|γραφτείτε στο newsletter|ακολουθήστε μας στο google news|μείνετε ενημερωμένοι|εγγραφείτε στο ενημερωτικό δελτίο|\
اشترك في نشرتنا البريدية|اشترك في النشرة البريدية|اشتركوا في نشرتنا البريدية|القائمة البريدية|اشترك في القائمة البريدية|الاشتراك في النشرة البريدية|سجل في نشرتنا|اشترك في نشرتنا|نشرتنا البريدية|النشرة الإخبارية|تابعنا على|\
عضویت در خبرنامه ما|اشتراک خبرنامه|در خبرنامه ما عضو شوید|ما را دنبال کنید|مشترک شوید|\
הירשמו לניוזלטר שלנו|הרשמו לניוזלטר|הצטרפו לניוזלטר|הירשמו לניוזלטר|הרשמה לרשימת התפוצה|ניוזלטר|הצטרפו לרשימת התפוצה|הישארו מעודכנים|\
हमारे न्यूज़लेटर की सदस्यता लें|न्यूज़लेटर|न्यूजलेटर|हमारे न्यूजलेटर को सब्सक्राइब करें|न्यूज़लेटर सब्सक्राइब करें|हमसे जुड़ें|सदस्यता लें|ताज़ा अपडेट पाएं|\
নিউজলেটার সাবস্ক্রাইব করুন|নিউজলেটার|সাবস্ক্রাইব করুন|আমাদের নিউজলেটার|আমাদের অনুসরণ করুন|আমাদের সঙ্গে থাকুন|গ্রাহক হোন|\
எங்கள் செய்திமடலுக்குப் பதிவு செய்யுங்கள்|செய்திமடல்|செய்திமடலுக்கு பதிவு செய்யவும்|செய்திமடல் பதிவு|எங்களைப் பின்தொடரவும்|பதிவு செய்யுங்கள்|சந்தா செலுத்துங்கள்|\
订阅我们的电子报|订阅邮件|订阅电子报|订阅我们|邮件订阅|订阅我们的通讯|订阅我们的邮件|关注公众号|訂閱電子報|訂閱我們的電子報|電子報|訂閱我們|追蹤我們的粉絲專頁|免費訂閱|免费订阅|\
ニュースレターに登録|メールマガジン|メールマガジン登録|メルマガ|ニュースレター登録|無料メルマガ登録|購読する|フォローしてね|フォローしよう|\
뉴스레터 구독하기|뉴스레터 구독|뉴스레터 신청|이메일 구독|구독 신청|무료 구독|채널 구독|팔로우하기|\
đăng ký nhận bản tin|nhận bản tin|bản tin|đăng ký nhận tin mới|đăng ký email|theo dõi chúng tôi trên|nhận tin mới nhất|\
สมัครรับจดหมายข่าว|รับจดหมายข่าว|จดหมายข่าว|สมัครรับข่าวสาร|รับข่าวสาร|กดติดตาม";

const SHARE: &str = "share|share this|share this article|share this post|share this story|share this page|share on|share on facebook|share on twitter|share on x|share on linkedin|share via email|share with friends|sharing|tweet|tweet this|pin it|like this|email this|print|print this|print article|facebook|twitter|linkedin|whatsapp|pinterest|telegram|reddit|e-mail|copy link|link copied|click to share|spread the word|save|save article|bookmark|like|like loading|listen|listen to this article|\
teilen|artikel teilen|beitrag teilen|drucken|auf facebook teilen|diesen artikel teilen|partager|partagez|partager cet article|imprimer|partager sur|compartir|comparte|compartir en|compartir este artículo|imprimir|compartilhar|compartilhe|partilhar|partilhe|compartilhe isso|condividi|condividi questo articolo|condividi su|stampa|delen|deel dit artikel|deel|delen op|afdrukken|\
bagikan|bagikan ini|bagikan artikel|bagikan artikel ini|bagikan berita|sebarkan|kongsi|kongsikan|cetak|salin tautan|udostępnij|podziel się|drukuj|sdílet|sdílejte|zdieľať|tisknout|dela|dela artikeln|skriv ut|del|del artiklen|del artikkelen|jaa|jaa artikkeli|paylaş|bunu paylaş|yazdır|megosztás|oszd meg|distribuie|distribuie articolul|podijeli|podijelite|podeli|\
поделиться|поделитесь|поделиться ссылкой|поделиться в соцсетях|печать|поширити|поділитися|сподели|споделете|κοινοποίηση|κοινοποιήστε|μοιραστείτε|شارك|شاركها|مشاركة|شارك هذا|طباعة|اشتراک گذاری|به اشتراک بگذارید|שתף|שתפו|שיתוף|शेयर करें|साझा करें|শেয়ার করুন|分享|分享到|分享至|シェア|シェアする|ツイート|공유|공유하기|인쇄|shiriki|chia sẻ|แชร์|แบ่งปัน|\
share this with friends|share this via|share it|share the article|share the story|share this:|send to a friend|\
diesen beitrag teilen|beitrag drucken|artikel drucken|jetzt teilen|teile diesen artikel|teile diesen beitrag|teilen mit|teilen sie diesen artikel|\
partager l'article|partagez cet article|partager via|partage|\
comparte este artículo|comparte esta noticia|compartir artículo|comparte en|compártelo|comparte esto|comparte esta entrada|\
compartilhar este artigo|compartilhe este artigo|compartilhe essa notícia|compartilhe com os amigos|partilhar este artigo|compartilhe nas redes sociais|\
condividi l'articolo|condividi con|condividi su facebook|condividi:|\
deel dit bericht|deel dit|deel via|artikel delen|delen via|\
menyukai ini|suka memuat|bagikan ke|bagikan tulisan ini|bagikan postingan ini|bagikan berita ini|bagikan via|sebarkan artikel ini|bagikan di|share artikel ini|kirim ke teman|\
kongsi artikel ini|kongsikan artikel ini|kongsi berita ini|kongsi di|sebarkan berita ini|\
podziel się artykułem|udostępnij artykuł|podziel się ze znajomymi|podziel się tym|udostępnij na|\
sdílet článek|sdílet na facebooku|sdílejte článek|poslat e-mailem|vytisknout|\
zdieľať článok|zdieľajte|zdieľať na facebooku|vytlačiť|zdieľajte článok|\
dela med dig|dela inlägget|dela på facebook|dela den här artikeln|tipsa|\
del artikel|del på facebook|del indlægget|del denne artikel|\
del saken|del innlegget|del denne artikkelen|tips en venn|\
jaa juttu|jaa facebookissa|jaa tämä artikkeli|tulosta|\
bu yazıyı paylaş|haberi paylaş|facebook'ta paylaş|sosyal medyada paylaş|yazıyı paylaş|paylaşın|\
cikk megosztása|ossza meg|megosztom|oszd meg másokkal|nyomtatás|megosztás facebookon|\
distribuie pe facebook|distribuiți|trimite|distribuie știrea|partajează|\
поделиться статьёй|поделиться статьей|поделиться новостью|поделиться с друзьями|поделиться в facebook|поделитесь с друзьями|рассказать друзьям|распечатать|поделитесь в соцсетях|\
поділитися статтею|поділитись|поділитися новиною|роздрукувати|поділитися у facebook|розповісти друзям|\
сподели статията|споделяне|споделете статията|сподели с приятели|сподели във facebook|принтирай|\
μοιραστείτε το άρθρο|μοιραστείτε το|κοινοποίηση άρθρου|μοιράσου το|εκτύπωση|κοινοποίησε το|\
شارك هذا المقال|شارك المقال|مشاركة المقال|شارك الخبر|مشاركة الخبر|شارك على|شارك الموضوع|انشر|أرسل|\
اشتراک‌گذاری|به اشتراک گذاشتن|اشتراک گذاری مطلب|چاپ|ارسال به دوستان|این مطلب را به اشتراک بگذارید|\
שתפו את הכתבה|שתפו את הפוסט|שתף כתבה|שיתוף הכתבה|שתפו בפייסבוק|הדפסה|שתפו עם חברים|\
इस लेख को साझा करें|इस खबर को शेयर करें|शेयर|साझा करें यह लेख|दोस्तों के साथ शेयर करें|खबर शेयर करें|इसे शेयर करें|\
খবরটি শেয়ার করুন|শেয়ার|শেয়ার করুন এই পোস্ট|সংবাদটি শেয়ার করুন|পোস্টটি শেয়ার করুন|নিউজটি শেয়ার করুন|\
பகிர்க|பகிர|பகிரவும்|பகிருங்கள்|இதைப் பகிர்க|ஷேர் செய்ய|நண்பர்களுடன் பகிர|\
分享本文|分享这篇文章|分享這篇文章|分享文章|分享给朋友|分享給朋友|转发|打印|列印|分享此文|一键分享|分享按鈕|\
この記事をシェアする|この記事をシェア|シェアしよう|シェアお願いします|ツイートする|印刷|共有|共有する|シェアしてね|記事を共有|\
기사 공유하기|기사 공유|이 글 공유하기|공유 하기|sns 공유|친구에게 공유|프린트|url 복사|\
chia sẻ bài viết|chia sẻ bài viết này|chia sẻ lên facebook|chia sẻ với bạn bè|in bài viết|chia sẻ ngay|\
แชร์บทความนี้|แชร์ข่าวนี้|แชร์เรื่องนี้|แชร์ไปยัง|แชร์หน้านี้|แบ่งปันบทความ";

const TAGS: &str = "tags|tag|tagged|tagged with|topics|topic|categories|category|filed under|posted in|labels|keywords|hashtags|\
schlagwörter|schlagworte|themen|kategorien|kategorie|étiquettes|mots-clés|catégories|thèmes|etiquetas|categorías|categoría|temas|palavras-chave|categorias|tópicos|assuntos|etichette|categorie|argomenti|onderwerpen|categorieën|topik|kategori|tagar|topik terkait|tagi|tematy|štítky|témata|taggar|ämnen|emner|aiheet|avainsanat|etiketler|konular|címkék|etichete|oznake|теги|метки|рубрики|тэги|мітки|етикети|тагове|ετικέτες|الوسوم|وسوم|كلمات مفتاحية|برچسب ها|برچسب‌ها|תגיות|टैग|टैग्स|标签|標籤|タグ|カテゴリー|태그|từ khóa|thẻ|แท็ก|ป้ายกำกับ|\
article tags|story tags|more on these topics|related tags|explore topics|in this story topics|\
stichworte|stichwörter|schlagwort|tags zum artikel|rubriken|thema|\
mots clés|sujets|thématiques|étiquette|tags de l'article|\
palabras clave|etiquetado con|archivado en|temas de la noticia|\
palavras chave|marcadores|arquivado em|tags da notícia|\
tag articolo|parole chiave|categoria|archiviato in|\
trefwoorden|thema's|trefwoord|rubriek|\
tag terkait|label|kata kunci|topik berita|ditandai|\
topik berkaitan|\
słowa kluczowe|etykiety|tematy artykułu|otagowano|\
klíčová slova|rubriky|tagy|klíčová slova článku|\
značky|kľúčové slová|témy|kategórie|\
etiketter|nyckelord|kategorier|taggat|märkord|\
emneord|nøgleord|tags i artiklen|mærker|\
stikkord|nøkkelord|merkelapper|\
asiasanat|tunnisteet|kategoriat|avainsana|aihetunnisteet|\
anahtar kelimeler|kategoriler|etiket|konu başlıkları|\
témák|kulcsszavak|címke|kategóriák|kategória|\
cuvinte cheie|categorii|subiecte|etichetă|taguri|\
ключевые слова|темы|тема|метка|рубрика|категории|\
ключові слова|теми|категорії|тег|позначки|\
ключови думи|таг|\
θέματα|λέξεις κλειδιά|λέξεις-κλειδιά|κατηγορίες|ετικέτα|\
الكلمات المفتاحية|كلمات دلالية|الكلمات الدلالية|تصنيفات|التصنيفات|وسوم المقال|مواضيع|\
کلیدواژه‌ها|کلیدواژه|کلمات کلیدی|برچسب|موضوعات|دسته‌ها|\
נושאים|מילות מפתח|תגית|קטגוריות|נושאים קשורים|\
विषय|श्रेणियाँ|कीवर्ड|श्रेणी|\
ট্যাগ|ট্যাগস|বিষয়|বিষয়সমূহ|বিভাগ|\
குறிச்சொற்கள்|குறிப்புகள்|குறிச்சொல்|தலைப்புகள்|பகுப்புகள்|\
关键词|关键字|關鍵字|關鍵詞|相关标签|分类|分類|话题|文章标签|相關標籤|話題|\
キーワード|関連タグ|関連キーワード|カテゴリ|ハッシュタグ|この記事のタグ|トピック|\
키워드|해시태그|카테고리 태그|관련 태그|분류|주제|\
chủ đề|tags bài viết|thẻ bài viết|danh mục|chuyên mục|\
แท็กที่เกี่ยวข้อง|คำสำคัญ|หมวดหมู่|หัวข้อ|คีย์เวิร์ด";

const ADVERTISEMENT: &str = "advertisement|advertisements|advertising|advert|ad|ads|sponsored|sponsored content|sponsored by|promoted|promoted content|story continues below advertisement|article continues below advertisement|article continues below|continue reading below|continue reading the main story|skip advertisement|scroll to continue|scroll to continue with content|ad feedback|\
anzeige|werbung|publicité|la suite après cette publicité|publicidad|publicidade|continua após a publicidade|continua depois da publicidade|pubblicità|continua dopo la pubblicità|advertentie|iklan|scroll untuk membaca|gulir untuk lanjut membaca|lanjutkan membaca|advertensi|reklama|dalsza część artykułu pod materiałem wideo|dalsza część tekstu pod wideo|inzerce|annons|artikeln fortsätter efter annonsen|annonce|annonse|mainos|reklam|hirdetés|publicitate|oglas|реклама|διαφήμιση|إعلان|إعلانات|تبلیغات|פרסומת|विज्ञापन|বিজ্ঞাপন|广告|廣告|広告|スポンサーリンク|광고|quảng cáo|โฆษณา";

const NAVIGATION: &str = "skip to content|skip to main content|back to top|top|table of contents|contents|in this article|on this page|jump to|menu|home|search|close|open|show more|load more|view all|see all|back|next|previous|click here|more|log in|login|register|expand|collapse|loading|image|gallery|view gallery|\
inhalt|inhaltsverzeichnis|nach oben|zurück|startseite|sommaire|haut de page|accueil|retour|índice|contenido|contenidos|inicio|volver|sumário|conteúdo|início|voltar|indice|sommario|torna su|inhoudsopgave|daftar isi|beranda|kembali|kembali ke atas|spis treści|obsah|innehåll|indhold|innhold|sisällys|içindekiler|tartalom|cuprins|sadržaj|содержание|оглавление|зміст|съдържание|περιεχόμενα|المحتويات|فهرست|תוכן עניינים|विषय सूची|目录|目錄|目次|목차|mục lục|สารบัญ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headings_of_furniture_are_known_in_many_languages() {
        for (text, announces) in [
            ("Related Posts:", Announces::Related),
            ("Direkomendasikan", Announces::Related),
            ("Baca juga", Announces::Related),
            ("あわせて読みたい", Announces::Related),
            ("Читайте также:", Announces::Related),
            ("اقرأ أيضا", Announces::Related),
            ("यह भी पढ़ें:", Announces::Related),
            ("Tinggalkan Balasan", Announces::Comments),
            ("12 Comments", Announces::Comments),
            ("Kommentare (3)", Announces::Comments),
            ("Tentang Blog", Announces::Author),
            ("Partager", Announces::Share),
            ("Werbung", Announces::Advertisement),
        ] {
            assert_eq!(heading(text), Some(announces), "{text}");
        }
    }

    #[test]
    fn a_sentence_announces_nothing() {
        for text in ["Related costs fell.", "The author was born in 1931.", "", "42"] {
            assert_eq!(heading(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_is_announced_by_its_first_words() {
        assert_eq!(opening("Baca juga: Harga beras turun"), Some(Announces::Related));
        assert_eq!(opening("LESEN SIE AUCH | Der nächste Schritt"), Some(Announces::Related));
        assert_eq!(opening("The minister said: no."), None);
    }
}
