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

/// Longer texts are no heading of furniture.
const MAX_PHRASE_BYTES: usize = 90;

/// A short text in lower case without digits, brackets and punctuation at its ends.
fn bare(text: &str) -> Option<String> {
    if text.len() > MAX_PHRASE_BYTES {
        return None;
    }
    let text = text.trim_matches(|c: char| !c.is_alphabetic() && !is_vowel_sign(c));
    if text.is_empty() {
        return None;
    }
    let lower = text.to_lowercase();
    Some(if lower.contains('’') { lower.replace('’', "'") } else { lower })
}

/// Vowel signs of Indic and south-east Asian scripts end words and aren't all alphabetic.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{0900}'..='\u{0dff}' | '\u{0e00}'..='\u{0eff}')
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
    tables.iter().flat_map(|(kind, table)| table.split('|').map(|phrase| (key(phrase.trim()), *kind))).collect()
});

/// English, German, French, Spanish, Portuguese, Italian, Dutch, Indonesian, Malay, Polish, Czech, Slovak, Swedish,
/// Danish, Norwegian, Finnish, Turkish, Hungarian, Romanian, Croatian, Russian, Ukrainian, Bulgarian, Greek, Arabic,
/// Persian, Hebrew, Hindi, Bengali, Chinese, Japanese, Korean, Vietnamese, Thai, Swahili.
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
soma pia|soma zaidi|habari zinazohusiana|habari nyingine|makala zinazohusiana|อ่านเพิ่มเติม|ข่าวที่เกี่ยวข้อง|บทความที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|อ่านต่อ|บทความแนะนำ";

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
kommentarer|kommentera|lämna ett svar|lämna en kommentar|skriv en kommentar|skriv kommentar|lämna en kommentar|efterlad et svar|legg igjen en kommentar|legg igjen et svar|kommentér|kommenter|\
kommentit|kommentoi|jätä kommentti|vastaa|yorumlar|yorum|yorum yap|bir yorum yaz|bir cevap yazın|bir yanıt yazın|yorum yapın|\
hozzászólások|hozzászólás|szólj hozzá|vélemény, hozzászólás|kommentek|comentarii|comentariu|lasă un răspuns|lasă un comentariu|adaugă un comentariu|komentari|ostavite komentar|ostavi komentar|odgovori|\
комментарии|комментарий|оставить комментарий|добавить комментарий|написать комментарий|ответить|отменить ответ|обсуждение|коментарі|коментар|залишити коментар|додати коментар|залишити відповідь|коментари|напишете коментар|вашият коментар|\
σχόλια|σχόλιο|αφήστε ένα σχόλιο|αφήστε μια απάντηση|απάντηση|\
تعليقات|التعليقات|تعليق|اترك تعليقا|اترك تعليقاً|اترك ردا|اترك رداً|أضف تعليق|أضف تعليقا|إلغاء الرد|نظرات|دیدگاه ها|دیدگاهتان را بنویسید|ارسال نظر|نظر شما|\
תגובות|תגובה|השאר תגובה|כתיבת תגובה|הוסף תגובה|השארת תגובה|टिप्पणियाँ|टिप्पणी|टिप्पणी करे|एक टिप्पणी छोड़ें|মন্তব্য|মন্তব্য করুন|\
评论|發表評論|发表评论|发表回复|發佈留言|留言|网友评论|写评论|取消回复|コメント|コメントを残す|コメントを書く|コメントする|返信|댓글|댓글 쓰기|댓글 남기기|답글 남기기|의견|\
maoni|toa maoni|acha maoni|bình luận|để lại bình luận|gửi bình luận|trả lời|ý kiến|แสดงความคิดเห็น|ความคิดเห็น|ใส่ความเห็น";

const AUTHOR: &str = "about the author|about the authors|about author|about this author|about the writer|meet the author|author|the author|author bio|written by|about us|about the blog|about this blog|posted by|\
über den autor|über die autorin|über den autor|zum autor|der autor|die autorin|autor|autorin|à propos de l'auteur|à propos de l’auteur|l'auteur|auteur|à propos|sobre el autor|sobre la autora|acerca del autor|acerca de|sobre o autor|sobre a autora|sobre|autore|l'autore|informazioni sull'autore|chi siamo|over de auteur|\
tentang penulis|tentang blog|tentang kami|tentang pengarang|penulis|editor|mengenai penulis|o autorze|o autorce|autorka|o autorovi|o autorech|om författaren|om forfatteren|kirjoittaja|kirjoittajasta|yazar hakkında|hakkında|a szerzőről|szerző|despre autor|o autoru|об авторе|автор|про автора|за автора|σχετικά με τον συντάκτη|عن الكاتب|نبذة عن الكاتب|حول الكاتب|درباره نویسنده|על המחבר|אודות הכותב|लेखक के बारे में|关于作者|關於作者|作者|この記事を書いた人|著者|ライター|執筆者|글쓴이|저자|kuhusu mwandishi|লেখক পরিচিতি|mengenai pengarang|tác giả|về tác giả|เกี่ยวกับผู้เขียน|ผู้เขียน";

const NEWSLETTER: &str = "newsletter|newsletters|subscribe|subscribe now|sign up|sign up now|subscribe to our newsletter|sign up for our newsletter|subscribe to newsletter|join our newsletter|get our newsletter|our newsletter|subscribe to our blog|stay updated|stay informed|stay in the loop|stay connected|get the latest news|get updates|email updates|never miss a story|never miss an update|never miss a post|join our mailing list|follow us|follow us on|free newsletter|\
newsletter abonnieren|abonnieren|jetzt abonnieren|newsletter anmelden|jetzt anmelden|folgen sie uns|s'abonner|abonnez-vous|inscrivez-vous à notre newsletter|s'inscrire à la newsletter|recevez notre newsletter|suivez-nous|suscríbete|suscribirse|suscríbete a nuestro boletín|boletín|boletines|síguenos|síguenos en|assine|assine nossa newsletter|inscreva-se|siga-nos|boletim|iscriviti|iscriviti alla newsletter|iscriviti alla nostra newsletter|seguici|seguici su|schrijf je in|abonneer|nieuwsbrief|meld je aan|volg ons|\
berlangganan|langganan|langganan newsletter|ikuti kami|ikuti kami di|dapatkan berita terbaru|zapisz się|zapisz się do newslettera|subskrybuj|obserwuj nas|śledź nas|odebírat|přihlásit se k odběru|sledujte nás|prenumerera|nyhetsbrev|följ oss|nyhedsbrev|tilmeld nyhedsbrev|følg oss|følg os|meld deg på|uutiskirje|tilaa uutiskirje|seuraa meitä|abone ol|bülten|bültene abone ol|bizi takip edin|iratkozz fel|hírlevél|feliratkozás|kövess minket|abonează-te|abonare|urmărește-ne|pretplatite se|pratite nas|\
подписаться|подпишитесь|подписывайтесь|рассылка|подписка|подписывайтесь на нас|підписатися|підписка|підписуйтесь|абонирай се|абонирайте се|εγγραφή|εγγραφείτε|ακολουθήστε μας|اشترك|اشترك الآن|النشرة البريدية|تابعنا|تابعونا|عضویت در خبرنامه|خبرنامه|הרשמה לניוזלטר|הירשמו|עקבו אחרינו|सब्सक्राइब करें|हमें फॉलो करें|订阅|訂閱|关注我们|追蹤我們|メルマガ登録|ニュースレター|フォローする|購読|구독|구독하기|뉴스레터|đăng ký|đăng ký nhận tin|theo dõi chúng tôi|สมัครสมาชิก|ติดตามเรา";

const SHARE: &str = "share|share this|share this article|share this post|share this story|share this page|share on|share on facebook|share on twitter|share on x|share on linkedin|share via email|share with friends|sharing|tweet|tweet this|pin it|like this|email this|print|print this|print article|facebook|twitter|linkedin|whatsapp|pinterest|telegram|reddit|e-mail|copy link|link copied|click to share|spread the word|save|save article|bookmark|like|like loading|listen|listen to this article|\
teilen|artikel teilen|beitrag teilen|drucken|auf facebook teilen|diesen artikel teilen|partager|partagez|partager cet article|imprimer|partager sur|compartir|comparte|compartir en|compartir este artículo|imprimir|compartilhar|compartilhe|partilhar|partilhe|compartilhe isso|condividi|condividi questo articolo|condividi su|stampa|delen|deel dit artikel|deel|delen op|afdrukken|\
bagikan|bagikan ini|bagikan artikel|bagikan artikel ini|bagikan berita|sebarkan|kongsi|kongsikan|cetak|salin tautan|udostępnij|podziel się|drukuj|sdílet|sdílejte|zdieľať|tisknout|dela|dela artikeln|skriv ut|del|del artiklen|del artikkelen|jaa|jaa artikkeli|paylaş|bunu paylaş|yazdır|megosztás|oszd meg|distribuie|distribuie articolul|podijeli|podijelite|podeli|\
поделиться|поделитесь|поделиться ссылкой|поделиться в соцсетях|печать|поширити|поділитися|сподели|споделете|κοινοποίηση|κοινοποιήστε|μοιραστείτε|شارك|شاركها|مشاركة|شارك هذا|طباعة|اشتراک گذاری|به اشتراک بگذارید|שתף|שתפו|שיתוף|शेयर करें|साझा करें|শেয়ার করুন|分享|分享到|分享至|シェア|シェアする|ツイート|공유|공유하기|인쇄|shiriki|chia sẻ|แชร์|แบ่งปัน";

const TAGS: &str = "tags|tag|tagged|tagged with|topics|topic|categories|category|filed under|posted in|labels|keywords|hashtags|\
schlagwörter|schlagworte|themen|kategorien|kategorie|étiquettes|mots-clés|catégories|thèmes|etiquetas|categorías|categoría|temas|palavras-chave|categorias|tópicos|assuntos|etichette|categorie|argomenti|onderwerpen|categorieën|topik|kategori|tagar|topik terkait|tagi|tematy|štítky|témata|taggar|ämnen|emner|aiheet|avainsanat|etiketler|konular|címkék|etichete|oznake|теги|метки|рубрики|тэги|мітки|етикети|тагове|ετικέτες|الوسوم|وسوم|كلمات مفتاحية|برچسب ها|برچسب‌ها|תגיות|टैग|टैग्स|标签|標籤|タグ|カテゴリー|태그|từ khóa|thẻ|แท็ก|ป้ายกำกับ";

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
