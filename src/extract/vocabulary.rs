//! The class names and ids that sites give their furniture, and the words such names are made of.

use super::marks::Furniture;

/// Whole names, in lower case with `-` between words, a space between names.
pub(super) const NAMES: &[(Furniture, &str)] = &[
    (
        Furniture::Comments,
        "article-comments comentario comentarios comment comment-area comment-form comment-list comment-reply \
     comment-respond comment-section comment-wrapper commentaire commentaires commentform commenti \
     commentlist comments comments-area comments-container comments-list comments-section comments-wrapper \
     coral-thread discourse-comments discussion disqus disqus-comments disqus-thread facebook-comments \
     fb-comments fb-comments-wrapper giscus hyvor-talk-view isso-thread jp-comments komentar komentarze \
     kommentar kommentare kommentarer livefyre opinie pingbacks post-comments reacties reader-comments \
     remark42 respond spot-im-frame-inpage trackbacks user-comments utterances viafoura webmentions",
    ),
    (
        Furniture::Related,
        "a-lire-aussi also-like also-read articles-lies articoli-correlati artikel-terkait baca-juga \
     berita-terkait chitayte-takzhe crp-related czytaj-takze dable-widget further-reading inline-related \
     jp-relatedposts latest-news latest-posts lees-ook leggi-anche leia-mais leia-tambem lire-aussi \
     mehr-zum-thema mgid more-articles more-from more-news more-posts more-stories morefrom most-popular \
     most-read nav-below nav-links nav-single next-article next-post next-up noticias-relacionadas ob-widget \
     onward-journey outbrain popular-posts post-nav post-navigation post-pagination post-related \
     posts-navigation prev-next prev-post previous-post rc-widget read-also read-more-posts read-next \
     readnext recent-posts recommendation recommendations recommended recommended-articles recommended-posts \
     relacionadas relacionados related related-article related-articles related-container related-content \
     related-items related-links related-news related-post related-posts related-products related-reading \
     related-section related-stories related-topics related-wrapper relatedposts rp4wp-related-posts see-also \
     seealso similar-articles similar-posts story-related suggested-posts suggestions taboola \
     te-puede-interesar terkait trc-related-container trending trending-now trending-posts up-next \
     verwandte-artikel weitere-artikel wp-related-posts yarpp yarpp-related you-may-also-like \
     you-might-also-like zergnet zobacz-takze",
    ),
    (
        Furniture::Sidebar,
        "article-sidebar footer-widgets left-rail left-sidebar page-sidebar post-sidebar primary-sidebar rail \
     right-column right-rail right-sidebar rightcol rightrail secondary-sidebar side-bar sidebar \
     sidebar-container sidebar-left sidebar-primary sidebar-right sidebar-widget sidebar-wrapper widget \
     widget-area widgets",
    ),
    (
        Furniture::Newsletter,
        "ck-form convertkit-form email-signup email-subscribe inline-newsletter jetpack-subscribe mailchimp \
     mailing-list mailpoet-form mc-embed-signup newsletter newsletter-block newsletter-box \
     newsletter-container newsletter-cta newsletter-form newsletter-inline newsletter-module newsletter-promo \
     newsletter-signup newsletter-subscribe newsletter-widget newsletter-wrapper opt-in optin optin-form \
     sign-up signup signup-form subscribe subscribe-box subscribe-form subscribe-widget subscribe-widget-wrap \
     subscription subscription-form subscription-widget-wrap tnp wp-block-jetpack-subscriptions",
    ),
    (
        Furniture::Share,
        "a2a-kit addthis addthis-inline-share-toolbox addthis-toolbox addtoany addtoany-share-save-container \
     article-actions article-share article-tools blog-share bookmarks clap-button dpsp-networks-btns-wrapper \
     entry-share essb-links essb-links-list follow-buttons follow-us heateor-sss-sharing-container \
     jp-post-flair jp-sharing-input kk-star-ratings like-button likebtn mashsb-container post-actions \
     post-likes post-ratings post-share post-sharing print-button rating-box reactions sd-sharing \
     sd-sharing-enabled share share-article share-bar share-block share-box share-button share-buttons \
     share-container share-icons share-links share-post share-this share-tools share-widget share-wrap \
     share-wrapper shareaholic-canvas sharebar sharedaddy shares sharethis sharethis-inline-share-buttons \
     sharing sharing-buttons social social-bar social-buttons social-follow social-icons social-links \
     social-media social-media-share social-share social-shares social-sharing socials ssba ssba-wrap \
     st-inline-share swp-social-panel td-post-sharing tools-share",
    ),
    (
        Furniture::Breadcrumbs,
        "ariane bread-crumb bread-crumbs breadcrumb breadcrumb-list breadcrumb-nav breadcrumb-trail breadcrumbs \
     breadcrumbs-wrapper brotkrumen crumbs fil-ariane rank-math-breadcrumb yoast-breadcrumb",
    ),
    (
        Furniture::AuthorBox,
        "a-propos-auteur abh-box about-author about-the-author article-author-bio author-about author-area \
     author-bio author-bio-box author-block author-bottom author-box author-card author-container \
     author-description author-details author-info author-meta-box author-profile author-section \
     author-widget authorbio authorbox bio bio-box byline-bio contributor-bio entry-author m-a-box \
     molongui-author-box multiple-authors-boxes-wrapper post-author-bio post-author-box post-author-info \
     pp-multiple-authors-wrapper ppma-author-box saboxplugin-wrap sobre-autor sobre-o-autor uber-den-autor \
     writer-bio",
    ),
    (
        Furniture::Tags,
        "article-tags article-topics blog-tags cat-links entry-tags hashtags keywords post-categories post-cats \
     post-tag post-tags story-tags tag-box tag-cloud tag-container tag-links tag-list tag-wrapper tagcloud \
     taglist tags tags-container tags-links tags-list tags-wrapper td-tags topic-list topics",
    ),
    (
        Furniture::Promotion,
        "ad ad-banner ad-block ad-box ad-container ad-label ad-slot ad-text ad-unit ad-wrapper ads adsbygoogle \
     adsense adv advert advertisement advertising adverts affiliate affiliate-box affiliate-disclosure \
     affiliate-notice annons anzeige app-download app-promo article-promo banner banner-ad banners \
     call-to-action cta cta-banner cta-block cta-box cta-section cta-wrapper dfp disclosure donate donate-box \
     donation donation-box download-app google-ad gpt-ad iklan in-article-ad inline-ad inline-cta \
     inline-promo membership-cta native-ad paywall paywall-box piano-inline promo promo-box promobox promoted \
     promotion promotions pub pubblicita publicidad publicite regwall reklama reklame sponsor sponsored \
     sponsored-content sponsored-post sponsors subscribe-wall support-box support-note support-us upsell werbung",
    ),
    (
        Furniture::Consent,
        "alert-bar announcement-bar cmplz-cookiebanner consent consent-banner cookie cookie-banner cookie-bar \
     cookie-consent cookie-law-info-bar cookie-notice cookie-policy cookie-popup cookiebanner cookieconsent \
     cookies didomi-host gdpr gdpr-banner lightbox modal modal-content notification-bar onetrust-banner-sdk \
     onetrust-consent-sdk overlay popup privacy-banner qc-cmp2-container sp-message-container toast \
     usercentrics-root",
    ),
    (
        Furniture::Navigation,
        "accessibility back-to-top backtotop catlinks colophon ez-toc-container footer footer-bottom footer-menu \
     footer-nav jump-links jump-nav lang-switcher language-switcher login login-form lwptoc main-menu \
     main-nav mainnav masthead mega-menu menu mobile-menu mobile-nav mw-editsection nav navbar navigation \
     off-canvas offcanvas page-footer page-links page-numbers pager pagination printfooter rank-math-toc \
     screen-reader-text screenreader scroll-to-top search-box search-form searchbox searchform site-branding \
     site-footer site-header site-nav skip-link skip-links sr-only submenu subnav table-contents \
     table-of-contents toc toc-container toc-wrapper toolbar top-bar top-nav topbar topnav visually-hidden \
     wp-block-table-of-contents",
    ),
    (
        Furniture::Meta,
        "article-byline article-date article-info article-meta author-date blog-meta byline date-published \
     dateline entry-date entry-footer entry-info entry-meta entry-utility image-credit meta-data meta-info \
     metadata news-date photo-credit post-byline post-date post-details post-header-meta post-info post-meta \
     post-views post-views-count posted-on postmeta pubdate publish-date published published-date read-time \
     reading-time story-meta tanggal time-to-read timestamp view-count word-count",
    ),
];

/// Words inside names that speak against a block.
pub(super) const AGAINST: &str = "ad ads adv advert advertisement advertising affiliate alert anzeige archive aussi author avatar baca \
     badge banner bio bookmark bottom breadcrumb breadcrumbs bullet button buttons byline callout cards \
     carousel cart categories category comment commentlist comments community compartir consent contact \
     cookie cookies copyright credit credits cta dialog disclaimer disclosure discuss disqus donate download \
     email embed extra facebook feedback flyout follow foot footer footnote form gdpr grid header hidden hide \
     icon iklan info inline instagram komentar kommentar kommentare kommentarer label legal links lire list \
     login logo menu meta metadata modal more nav navbar navigation newsletter next notice offer optin \
     outbrain overlay pager pagination partager paywall pinterest popular popup prev previous price print \
     product products profile promo promoted promotion rail rating reaction reactions read recent recirc \
     recirculation recommend recommendation recommendations recommended reklama relacionadas relacionados \
     related reply respond rss search secondary see share shareholder sharing shop shoutbox sidebar sign \
     signup similar site slider social sponsor sponsored sponsors sticky strip subscribe subscription \
     suggested swiper taboola tabs tag tagcloud tags teaser teasers terkait thumbnail timestamp toc toolbar \
     tools top topics trending twitter utility video views vote werbung whatsapp widget widgets yarpp";

/// Words inside names that speak for a block.
pub(super) const FOR: &str = "article articlebody articlecontent artikel berita blog body bodytext contenido content contenu copy \
     detail entry entrycontent hentry inhalt isi konten main mainbody markdown node page paragraph post \
     postbody postcontent prose rich richtext single story storybody text texte texto wysiwyg";
