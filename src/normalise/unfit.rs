//! What isn't an article: pages that ask for something instead of telling something.

/// Longest text that may be a wall; whatever is longer tells more than it asks.
const MAX_WALL_WORDS: usize = 120;
/// Longest text of a page that says it isn't there.
const MAX_NOTICE_WORDS: usize = 60;

/// Why a page gives no article. Its entrance may still tell enough: see `from_entrance`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Neither page nor entrance give a headline.
    #[error("neither page nor entrance give a headline")]
    NoTitle,
    /// Nothing to read and nothing to see is left of the body.
    #[error("nothing is left of the body")]
    NoText,
    /// The page asks for consent to cookies.
    #[error("the page asks for consent instead of showing the article")]
    ConsentWall,
    /// The page asks to subscribe or log in.
    #[error("the page asks to subscribe or log in instead of showing the article")]
    Paywall,
    /// The page asks for proof that we are human, or for scripts.
    #[error("the page asks for proof that we are human")]
    Challenge,
    /// The page says that there is no such page.
    #[error("the page says that the article isn't there")]
    NotFound,
}

const CHALLENGE: [&str; 20] = [
    "just a moment...",
    "attention required! | cloudflare",
    "checking your browser",
    "checking if the site connection is secure",
    "verify you are human",
    "verifying you are human",
    "verify that you are not a robot",
    "are you a robot",
    "i'm not a robot",
    "please enable javascript and cookies to continue",
    "enable javascript to continue",
    "unusual traffic from your computer",
    "access to this page has been denied",
    "request unsuccessful. incapsula",
    "ddos protection by",
    "performing security verification",
    "bestätigen sie, dass sie ein mensch sind",
    "vérifiez que vous êtes humain",
    "verifica que eres humano",
    "verifikasi bahwa anda bukan robot",
];
const CONSENT: [&str; 16] = [
    "we value your privacy",
    "we and our partners store",
    "before you continue to",
    "accept all cookies to continue",
    "manage your cookie preferences",
    "consent to the use of cookies",
    "wir und unsere partner",
    "mit werbung weiterlesen",
    "zustimmung zu cookies",
    "nous et nos partenaires",
    "accepter et continuer",
    "nosotros y nuestros socios",
    "noi e i nostri partner",
    "wij en onze partners",
    "my i nasi partnerzy",
    "kami dan mitra kami menyimpan",
];
const PAYWALL: [&str; 22] = [
    "subscribe to continue",
    "subscribe to read",
    "subscribe to keep reading",
    "to continue reading, subscribe",
    "this article is for subscribers",
    "this content is for subscribers",
    "already a subscriber? log in",
    "log in to continue reading",
    "sign in to continue reading",
    "create a free account to continue",
    "you have reached your limit of free articles",
    "jetzt abonnieren und weiterlesen",
    "weiterlesen mit abo",
    "article réservé aux abonnés",
    "réservé à nos abonnés",
    "suscríbete para seguir leyendo",
    "contenido exclusivo para suscriptores",
    "abbonati per continuare",
    "assine para continuar lendo",
    "berlangganan untuk membaca",
    "この記事は会員限定",
    "订阅后继续阅读",
];
const NOT_FOUND: [&str; 22] = [
    "404 not found",
    "404 - not found",
    "404 – page not found",
    "error 404",
    "404 error",
    "page not found",
    "page can't be found",
    "page could not be found",
    "page can’t be found",
    "this page doesn't exist",
    "page you are looking for",
    "nothing was found at this location",
    "halaman tidak ditemukan",
    "seite nicht gefunden",
    "page introuvable",
    "página no encontrada",
    "página não encontrada",
    "pagina non trovata",
    "pagina niet gevonden",
    "nie znaleziono strony",
    "страница не найдена",
    "ページが見つかりません",
];

/// Whether a page is plainly no article. Only short texts are judged: an article about paywalls isn't one.
#[must_use]
pub fn wall(title: &str, text: &str) -> Option<Unfit> {
    let n_words = text.split_whitespace().take(MAX_WALL_WORDS + 1).count();
    if n_words > MAX_WALL_WORDS {
        return None;
    }
    let (title, text) = (title.to_lowercase(), text.to_lowercase());
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| title.contains(phrase) || text.contains(phrase));
    if says(&CHALLENGE) {
        return Some(Unfit::Challenge);
    }
    if n_words <= MAX_NOTICE_WORDS && says(&NOT_FOUND) {
        return Some(Unfit::NotFound);
    }
    if says(&PAYWALL) {
        return Some(Unfit::Paywall);
    }
    says(&CONSENT).then_some(Unfit::ConsentWall)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_page_that_asks_is_a_wall_and_an_article_about_walls_is_not() {
        let check = |title, text: &str, expected| {
            assert_eq!(wall(title, text), expected, "{title}");
        };

        check("Just a moment...", "Enable JavaScript and cookies to continue", Some(Unfit::Challenge));
        check("Rain", "This article is for subscribers. Log in.", Some(Unfit::Paywall));
        check("Rain", "We value your privacy. We and our partners store things.", Some(Unfit::ConsentWall));
        check("Page not found – Gazette", "Try a search?", Some(Unfit::NotFound));
        check("Halaman tidak ditemukan", "", Some(Unfit::NotFound));
        check("Rain at last", "It rained for an hour and all went out to look.", None);
        check("Why we say «subscribe to continue»", &"word ".repeat(200), None);
    }
}
