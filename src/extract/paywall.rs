//! The stub below a teaser that asks to pay for the rest: it goes, and says that reading on costs something.

use std::sync::LazyLock;

use super::hashed::{Hashed, key};
use super::judge::Verdicts;
use super::survey::Survey;
use super::tag::Tag;

/// The rule of what belongs to the stub.
const STUB: &str = "a stub that asks to pay for the rest";
/// A longer block tells something of its own.
const MAX_WORDS: f32 = 30.0;
/// With fewer words before it, the page is a wall and no teaser.
const MIN_WORDS_OF_A_TEASER: f32 = 20.0;
/// The share of the text that may follow the stub: its own small print.
const MAX_SHARE_AFTER: f32 = 0.2;
/// How many blocks below the text a stub may begin.
const REACH_BELOW: usize = 8;
/// Words of the box that goes with the stub.
const MAX_WORDS_OF_A_BOX: f32 = 80.0;

/// Removes the stub below the text that stays; whether there is one.
pub(super) fn remove(survey: &Survey<'_>, verdicts: &mut Verdicts) -> bool {
    let Some(last_kept) = verdicts.removed_by.iter().rposition(Option::is_none) else { return false };
    let n_blocks = survey.blocks.len();
    let words = |idx: usize| if verdicts.is_kept(idx) { survey.blocks[idx].words() } else { 0.0 };
    let all: f32 = (0..n_blocks).map(words).sum();
    let (mut after, mut start) = (0.0, None);
    for idx in (0..n_blocks.min(last_kept + 1 + REACH_BELOW)).rev() {
        after += words(idx);
        let is_stub = survey.blocks[idx].words() <= MAX_WORDS && asks_to_pay(survey, idx);
        if is_stub && all - after >= MIN_WORDS_OF_A_TEASER {
            start = Some(idx);
        }
        if after > MAX_SHARE_AFTER * all && after > MAX_WORDS {
            break;
        }
    }
    let Some(stub) = start else { return false };
    // The whole box, where it is a small one.
    let boxed = survey.lineage(survey.blocks[stub].parent).map(|idx| survey.elements[idx].blocks.clone());
    let is_small = |blocks: &std::ops::Range<usize>| {
        survey.blocks[blocks.clone()].iter().map(|block| block.words()).sum::<f32>() <= MAX_WORDS_OF_A_BOX
            && (0..blocks.start).any(|idx| verdicts.is_kept(idx))
    };
    let begin = boxed.take_while(is_small).last().map_or(stub, |blocks| blocks.start);
    for removed_by in &mut verdicts.removed_by[begin..] {
        removed_by.get_or_insert(STUB);
    }
    verdicts.removed_by[stub] = Some(STUB);
    true
}

/// Whether a block asks to pay for the rest, where readers see it.
fn asks_to_pay(survey: &Survey<'_>, idx: usize) -> bool {
    let is_elsewhere = |idx: usize| {
        let element = &survey.elements[idx];
        element.is_hidden_from_readers || matches!(element.tag, Tag::Nav | Tag::Footer | Tag::Dialog | Tag::Header)
    };
    let block = &survey.blocks[idx];
    let text = survey.text(block.tape.clone(), 300).to_lowercase().replace('’', "'");
    says_so(&text) && !survey.lineage(block.parent).any(is_elsewhere)
}

/// Whether a text in lower case holds one of the phrases.
fn says_so(text: &str) -> bool {
    text.char_indices().any(|(at, _)| {
        let rest = &text[at..];
        BY_START.get(&key(start(rest))).is_some_and(|phrases| phrases.iter().any(|phrase| rest.starts_with(phrase)))
    })
}

/// The first characters of a phrase or a text, by which phrases are looked up.
fn start(text: &str) -> &str {
    let end = text.char_indices().nth(N_OF_START).map_or(text.len(), |(end, _)| end);
    &text[..end]
}

/// No phrase is shorter.
const N_OF_START: usize = 3;

static BY_START: LazyLock<Hashed<Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_start: Hashed<Vec<&'static str>> = Hashed::default();
    for phrase in ASKS.split('|') {
        by_start.entry(key(start(phrase))).or_default().push(phrase);
    }
    by_start
});

/// What stubs say, in the languages of `phrases`; each may stand anywhere in a short block.
const ASKS: &str = "subscribe to continue|subscribe to read|subscribe to keep reading|subscribe to unlock|subscribe now to read|subscribe today to read|to continue reading, subscribe|to keep reading, subscribe|to read the rest of this|to continue reading this article|want to read the full article|this article is for subscribers|this story is for subscribers|this content is for subscribers|for subscribers only|for members only|exclusively for subscribers|available to subscribers|reserved for subscribers|this post is for paid|this post is for subscribers|this post is for paying|for paying subscribers|for paid subscribers|become a member to read|become a subscriber to read|sign in to continue reading|log in to continue reading|register to continue reading|create a free account to continue|you have reached your limit of free|you've reached your limit of free|unlock this article|unlock the full article|start your free trial to|continue reading with a subscription|keep reading with a|\
weiterlesen mit|jetzt weiterlesen|jetzt abonnieren und weiterlesen|um weiterzulesen|nur für abonnenten|nur für abonnentinnen|exklusiv für abonnenten|für abonnenten reserviert|dieser artikel ist kostenpflichtig|mit einem abo weiterlesen|lesen sie weiter mit|weiter lesen mit|zugang zu allen artikeln|diesen artikel freischalten|\
réservé aux abonnés|réservé à nos abonnés|réservée aux abonnés|abonnez-vous pour lire|abonnez-vous pour continuer|pour lire la suite|la suite est réservée|il vous reste|s'abonner pour lire|\
suscríbete para seguir|suscríbete para leer|suscríbete para continuar|suscríbase para|para seguir leyendo|exclusivo para suscriptores|solo para suscriptores|sólo para suscriptores|hazte suscriptor|\
assine para continuar|assine para ler|assine e continue|exclusivo para assinantes|para continuar lendo|para continuar a ler|só para assinantes|reservado a assinantes|torne-se assinante|\
riservato agli abbonati|riservata agli abbonati|abbonati per|per continuare a leggere|solo per gli abbonati|solo per abbonati|\
alleen voor abonnees|word abonnee om|verder lezen? |om verder te lezen|exclusief voor abonnees|lees verder met een abonnement|\
khusus pelanggan|khusus untuk pelanggan|berlangganan untuk membaca|berlangganan untuk melanjutkan|untuk melanjutkan membaca|langganan untuk membaca|khusus anggota premium|khusus member premium|baca selengkapnya dengan berlangganan|untuk pelanggan sahaja|langgan untuk terus membaca|langgan untuk membaca|untuk pelanggan premium|\
tylko dla prenumeratorów|tylko dla subskrybentów|dla prenumeratorów|wykup dostęp|wykup subskrypcję|kup dostęp|aby czytać dalej|aby przeczytać całość|dostępny tylko dla|\
jen pro předplatitele|pouze pro předplatitele|předplaťte si|pro předplatitele|len pre predplatiteľov|iba pre predplatiteľov|predplaťte si|odomknite článok|odemknout článek|\
endast för prenumeranter|bara för prenumeranter|prenumerera för att läsa|för att läsa vidare|kun for abonnenter|for abonnenter|abonnement for at læse|for at læse videre|bli abonnent for|for å lese videre|saken er for abonnenter|\
vain tilaajille|tilaajille|tilaa ja jatka|jatka lukemista tilaajana|yalnızca abonelere|abonelere özel|okumaya devam etmek için|devamını okumak için abone|\
csak előfizető|előfizetőink|fizessen elő|fizess elő|az olvasás folytatásához|doar pentru abonați|exclusiv pentru abonați|pentru a citi în continuare|pentru a continua lectura|samo za pretplatnike|\
только подписчикам|только для подписчиков|доступен по подписке|доступно по подписке|оформите подписку|чтобы читать дальше|чтобы продолжить чтение|лише передплатникам|тільки для передплатників|лише для передплатників|оформіть передплату|оформіть підписку|щоб читати далі|само за абонати|за да продължите да четете|\
μόνο για συνδρομητές|αποκλειστικά για συνδρομητές|για να συνεχίσετε την ανάγνωση|γίνετε συνδρομητής|\
للمشتركين فقط|حصري للمشتركين|اشترك لمتابعة|اشترك لقراءة|لمواصلة القراءة|مخصوص مشترک|ویژه مشترک|برای ادامه مطلب|برای خواندن ادامه|\
למנויים בלבד|להמשך קריאה למנויים|כדי להמשיך לקרוא|\
केवल सदस्यों के लिए|सिर्फ सब्सक्राइबर|आगे पढ़ने के लिए सब्सक्राइब|पूरा पढ़ने के लिए सब्सक्राइब|শুধু গ্রাহকদের জন্য|শুধুমাত্র গ্রাহকদের|পড়া চালিয়ে যেতে|সম্পূর্ণ পড়তে সাবস্ক্রাইব|சந்தாதாரர்களுக்கு மட்டும்|தொடர்ந்து படிக்க சந்தா|\
仅限会员|会员专享|订阅后继续阅读|订阅以继续阅读|付费后阅读|付费阅读|僅限會員|會員專屬|訂閱後繼續閱讀|訂閱以繼續閱讀|付費閱讀|付費訂閱|\
会員限定|有料会員|続きを読むには|この記事は有料|유료 회원|구독하고 계속|구독자 전용|구독자만|\
dành riêng cho người đăng ký|dành cho thuê bao|để đọc tiếp|chỉ dành cho thành viên|สำหรับสมาชิกเท่านั้น|เฉพาะสมาชิก|เพื่ออ่านต่อ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stubs_say_is_written_as_it_is_compared() {
        for phrase in ASKS.split('|') {
            assert!(phrase == phrase.to_lowercase() && !phrase.contains('’'), "«{phrase}»");
            assert!(phrase.chars().count() >= N_OF_START && says_so(&format!("… {phrase}")), "«{phrase}»");
        }
    }

    #[test]
    fn what_tells_of_subscriptions_asks_for_none() {
        for text in ["subscribers fell by a tenth.", "er las weiter, bis es hell war", "", "…", "订阅"] {
            assert!(!says_so(text), "{text}");
        }
    }
}
