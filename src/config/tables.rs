//! The tables of the file that no other module owns; the rest are the modules' own settings types.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use url::Url;

use super::rhythms::Adaptive;
use super::suggest::nearest;
use crate::model::{FeedId, Language, Period, Reserved, Rhythm, Secret, SourceId};
use crate::{discover, extract, fetch};

/// What stands in `[server]` beside the server's own settings.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct Heading {
    /// What this collection of feeds is called: the title of the start page and of the feed of everything.
    pub title: String,
}

/// What stands in `[fetch]` beside the HTTP client's own settings: the rhythm of sources without their own.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct DefaultPace {
    /// How long after a visit a source is visited again, such as `30m` or `2h`; at least `1m`. Not together with
    /// `cron`.
    pub every: Period,
    /// When sources are visited instead: minute, hour, day of month, month and day of week, such as `5 */2 * * *`.
    #[serde(deserialize_with = "cron", skip_serializing)]
    #[schemars(with = "Option<String>")]
    pub cron: Option<Rhythm>,
    /// Between which limits the time between two visits follows what a source posts, `every` being that of a source
    /// that posts hourly; `false` visits all alike.
    pub adaptive: Adaptive,
    /// Time zone of `cron` and of dates that a site gives without one, such as `Asia/Jakarta`.
    #[serde(deserialize_with = "zone", serialize_with = "zone_name")]
    #[schemars(with = "String")]
    pub timezone: Tz,
    /// Which wishes of pages (`X-Robots-Tag`, meta elements) keep them from being republished.
    pub respect: Respect,
}

/// Which wishes of pages are respected.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct Respect {
    /// Pages that ask not to be listed (`noindex`, `none`). Default: `true`.
    pub noindex: Option<bool>,
    /// Pages that ask not to be kept (`noarchive`). Default: `false`.
    pub noarchive: Option<bool>,
    /// Pages that ask not to be quoted (`nosnippet`, `max-snippet:0`). Default: `false`.
    pub nosnippet: Option<bool>,
    /// Pages that reserve text and data mining (`tdm-reservation: 1`). Default: `false`.
    pub tdm_reservation: Option<bool>,
}

impl Respect {
    /// What is respected where this says nothing otherwise.
    pub(super) fn over(self, usual: Reserved) -> Reserved {
        Reserved {
            noindex: self.noindex.unwrap_or(usual.noindex),
            noarchive: self.noarchive.unwrap_or(usual.noarchive),
            nosnippet: self.nosnippet.unwrap_or(usual.nosnippet),
            tdm: self.tdm_reservation.unwrap_or(usual.tdm),
        }
    }
}

/// What stands in `[extract]`: how pages are read, whatever their source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct DefaultPages {
    /// Folder with rules of single sites in the format of FiveFilters' Full-Text RSS, one file per host; a relative
    /// path starts at the folder of this file. Without the folder there are no such rules.
    pub site_rules: PathBuf,
}

/// One `[[source]]`: a site that is read.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct SourceTable {
    /// A home page, a feed, or a page that lists articles: which one is found out.
    pub url: Url,
    /// Its name in addresses, 1 to 64 of a-z, 0-9 and -. It is part of every article's identity: changing it makes
    /// old articles new. Default: made from the host of `url`.
    pub id: Option<SourceId>,
    /// What readers see. Default: what the site calls itself.
    pub title: Option<String>,
    /// Names by which a `[[feed]]` picks its sources, as `"tag:NAME"`.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The language of its articles, such as `id` or `pt-BR`. Default: what each page says.
    #[serde(default, deserialize_with = "language")]
    #[schemars(with = "Option<String>")]
    pub language: Option<Language>,
    /// Time zone of `cron` and of dates that the site gives without one. Default: that of `[fetch]`.
    #[serde(default, deserialize_with = "own_zone")]
    #[schemars(with = "Option<String>")]
    pub timezone: Option<Tz>,
    /// How long after a visit it is visited again; at least `1m`. Default: as in `[fetch]`.
    pub every: Option<Period>,
    /// When it is visited instead: minute, hour, day of month, month and day of week, such as `30 6,18 * * 1-5`.
    #[serde(default, deserialize_with = "cron")]
    #[schemars(with = "Option<String>")]
    pub cron: Option<Rhythm>,
    /// Whether, and between which limits, the time between two visits follows what it posts. Default: as in
    /// `[fetch]`, unless the source has its own `every` or `cron`.
    pub adaptive: Option<Adaptive>,
    /// Headers sent with each request to its own site: scheme, host and port of `url`. Values may be secrets.
    #[serde(default)]
    pub headers: BTreeMap<String, Secret>,
    /// Cookies sent with each request to its own site. What the site sets itself isn't kept.
    #[serde(default)]
    pub cookies: BTreeMap<String, Secret>,
    /// A login sent with each request to its own site: `user` and `password`, or a `token`.
    pub auth: Option<fetch::Auth>,
    /// A proxy for all that is asked for this source, such as `http://proxy.example:3128`, `https://…`, `socks5://…`
    /// (names are looked up here) or `socks5h://…` (the proxy looks them up). Default: none, whatever the environment
    /// says.
    pub proxy: Option<Secret>,
    /// The User-Agent sent to its own site. Default: `Offprint/VERSION (+CONTACT)`.
    pub user_agent: Option<String>,
    /// Which wishes of its pages keep them from being republished. Default: as in `[fetch]`, each by itself.
    #[serde(default)]
    pub respect: Respect,
    /// How its list of articles is read, where that can't be found out.
    #[serde(default)]
    pub discover: discover::Config,
    /// How its pages are read, where that can't be found out.
    #[serde(default)]
    pub extract: extract::Config,
}

/// One `[[feed]]`: articles of several sources together; of articles that say the same, one is shown.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct FeedTable {
    /// Its name in addresses, 1 to 64 of a-z, 0-9 and -, unlike that of any source.
    pub id: FeedId,
    /// What readers see. Default: the id.
    pub title: Option<String>,
    /// What it gathers: ids of sources, `"tag:NAME"` for all with that tag, `"*"` for all.
    #[schemars(length(min = 1))]
    pub sources: Vec<String>,
}

impl Default for Heading {
    fn default() -> Self {
        Self { title: "Offprint".to_owned() }
    }
}

impl Default for DefaultPages {
    fn default() -> Self {
        Self { site_rules: PathBuf::from("site-rules") }
    }
}

impl Default for DefaultPace {
    fn default() -> Self {
        Self {
            every: Period::from_secs(30 * 60),
            cron: None,
            adaptive: Adaptive::Limits { min: None, max: None },
            timezone: Tz::UTC,
            respect: Respect::default(),
        }
    }
}

fn cron<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Rhythm>, D::Error> {
    let expression = String::deserialize(deserializer)?;
    if expression.split_whitespace().count() != 5 {
        return Err(D::Error::custom(format!("`{expression}` isn't a cron expression: five fields are needed")));
    }
    Rhythm::cron(&expression).map(Some).map_err(D::Error::custom)
}

fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tz, D::Error> {
    let name = String::deserialize(deserializer)?;
    name.parse().map_err(|_| {
        let near = nearest(&name, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        D::Error::custom(format!("`{name}` isn't a time zone{near}"))
    })
}

fn own_zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Tz>, D::Error> {
    zone(deserializer).map(Some)
}

fn zone_name<S: serde::Serializer>(zone: &Tz, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(zone.name())
}

fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Language>, D::Error> {
    let tag = String::deserialize(deserializer)?;
    match Language::parse(&tag) {
        Some(language) => Ok(Some(language)),
        None => Err(D::Error::custom(format!("`{tag}` isn't a language tag"))),
    }
}
