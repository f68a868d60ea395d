//! Test sites of many makes, and whether their articles are found.

// `cfg(test)` is always on here; written out, it tells clippy that helpers beside the tests may unwrap.
#[cfg(test)]
mod cms;
#[cfg(test)]
mod date;
#[cfg(test)]
mod feeds;
#[cfg(test)]
mod furniture;
#[cfg(test)]
mod generators;
#[cfg(test)]
mod honest;
#[cfg(test)]
mod hosted;
#[cfg(test)]
mod html;
#[cfg(test)]
mod listings;
#[cfg(test)]
mod maps;
#[cfg(test)]
mod newspapers;
#[cfg(test)]
mod parts;
#[cfg(test)]
mod publishing;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod scripted;
#[cfg(test)]
mod site;
#[cfg(test)]
mod story;
#[cfg(test)]
mod structured;
#[cfg(test)]
mod syndication;
#[cfg(test)]
mod tongue;
#[cfg(test)]
mod tongues_east;
#[cfg(test)]
mod tongues_west;
#[cfg(test)]
mod verdict;
#[cfg(test)]
mod web;
#[cfg(test)]
mod wordpress;
#[cfg(test)]
mod wordpress_news;
#[cfg(test)]
mod world;

/// Two tests for each site: whether it is what it says, and whether its articles are found. A line has the test's name,
/// who makes the site, and whether `add` can make a source of it: `Later` is for a site whose articles can't be read yet, or not with their dates.
macro_rules! sites {
    ($($name:ident: $make:path, $by:ident;)*) => {
        #[cfg(test)]
        mod is_as_declared {
            $(
                #[test]
                fn $name() {
                    crate::honest::check(&$make());
                }
            )*
        }

        #[cfg(test)]
        mod finds {
            $(find!($name, $make, $by);)*
        }
    };
}

macro_rules! find {
    ($name:ident, $make:path, Later) => {};
    ($name:ident, $make:path, Add) => {
        #[test]
        fn $name() {
            crate::verdict::hold($make());
        }
    };
}

sites! {
    a_wordpress_blog_with_a_classic_theme: crate::wordpress::classic, Add;
    a_wordpress_blog_with_a_block_theme: crate::wordpress::blocks, Add;
    a_wordpress_news_portal_in_indonesian: crate::wordpress_news::portal, Add;
    a_wordpress_site_whose_feed_is_off: crate::wordpress_news::without_feed, Add;
    a_wordpress_site_behind_an_application: crate::wordpress_news::rest_only, Add;
    a_ghost_publication: crate::publishing::ghost, Add;
    a_blogger_blog: crate::publishing::blogger, Add;
    a_hugo_site_whose_cards_have_empty_links: crate::generators::hugo, Add;
    a_jekyll_blog: crate::generators::jekyll, Add;
    an_astro_blog_that_links_its_feed_nowhere: crate::generators::astro, Add;
    a_publication_like_mediums: crate::hosted::mediumish, Add;
    a_newsletter_like_substacks: crate::hosted::substackish, Add;
    a_squarespace_journal: crate::hosted::squarespace, Add;
    a_shops_blog: crate::hosted::shopify, Add;
    a_wix_blog_whose_feed_has_a_usual_name: crate::hosted::wixish, Add;
    a_next_site_whose_list_is_in_its_state: crate::scripted::next_pages, Add;
    a_next_site_that_streams: crate::scripted::next_app, Add;
    a_nuxt_site_whose_list_is_in_its_state: crate::scripted::nuxt, Add;
    a_drupal_site: crate::cms::drupal, Add;
    a_joomla_category: crate::cms::joomla, Add;
    a_typo3_news_list: crate::cms::typo3, Add;
    a_newspapers_front_page: crate::newspapers::front_page, Add;
    a_newspapers_section_with_its_own_feed: crate::newspapers::section_feed, Add;
    a_listing_without_dates: crate::listings::without_dates, Add;
    a_listing_of_relative_links_and_a_base: crate::listings::relative, Add;
    a_listing_whose_cards_are_links: crate::listings::cards, Add;
    a_listing_in_a_table: crate::listings::table, Add;
    a_listing_from_1998: crate::listings::plain_list, Add;
    a_listing_with_hashed_classes: crate::listings::hashed, Add;
    a_listing_with_hashed_classes_after_the_next_build: crate::listings::hashed_again, Add;
    a_listing_that_loads_more: crate::listings::endless, Add;
    a_japanese_listing: crate::world::japanese, Add;
    an_arabic_listing: crate::world::arabic, Add;
    a_russian_listing: crate::world::russian, Add;
    a_thai_listing: crate::world::thai, Add;
    a_site_with_packed_sitemaps_only: crate::maps::index, Add;
    a_site_with_a_news_sitemap_only: crate::maps::news, Add;
    a_site_whose_sitemap_always_says_now: crate::maps::always_now, Add;
    a_feed_served_as_a_page: crate::feeds::rss_as_html, Add;
    a_feed_served_as_a_download: crate::feeds::atom_as_octets, Add;
    a_json_feed_served_as_text: crate::feeds::json_as_text, Add;
    a_site_whose_main_feed_is_named_last: crate::feeds::several, Add;
    a_site_with_a_feed_of_another_language: crate::feeds::two_languages, Add;
    a_blog_from_one_of_its_articles: crate::feeds::from_an_article, Add;
    one_article_and_nothing_else: crate::feeds::lone_article, Add;
    a_list_in_json_ld: crate::structured::item_list, Add;
    a_list_in_microformats: crate::structured::microformats, Add;
    a_list_in_microdata: crate::structured::microdata, Add;
    articles_on_two_pages: crate::parts::two_pages, Later;
    articles_with_a_print_version: crate::parts::with_print, Later;
    a_site_that_blocks_bots: crate::refused::blocked, Add;
    a_site_behind_a_login: crate::refused::login, Add;
    a_site_that_is_empty_without_scripts: crate::refused::scripts, Add;
}

/// The verdict is only worth something if it finds what is wrong.
#[cfg(test)]
mod the_verdict_notices {
    use chrono::TimeDelta;

    use crate::site::Site;
    use crate::verdict::hold;
    use crate::wordpress::classic;

    fn told_wrongly(change: impl FnOnce(&mut Site)) {
        let mut site = classic();
        change(&mut site);
        hold(site);
    }

    #[test]
    #[should_panic(expected = "too few articles")]
    fn a_headline_with_something_sticking_to_it() {
        told_wrongly(|site| site.articles[3].title.push('!'));
    }

    #[test]
    #[should_panic(expected = "too few articles")]
    fn a_text_that_lacks_its_end() {
        told_wrongly(|site| site.articles[5].last_words = "and then the tide came".to_owned());
    }

    #[test]
    #[should_panic(expected = "too many false ones")]
    fn something_that_is_no_article() {
        told_wrongly(|site| drop(site.articles.remove(2)));
    }

    #[test]
    #[should_panic(expected = "wrong dates")]
    fn a_wrong_date() {
        told_wrongly(|site| site.articles[7].published = site.articles[7].published.map(|at| at - TimeDelta::days(9)));
    }
}
