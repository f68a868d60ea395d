//! What a feed asks of those who poll it, and where it says it has gone.

use std::time::Duration;

use chrono_tz::Tz;
use url::Url;

use super::date::date;
use crate::model::{Pace, Timestamp};

/// A longer rhythm is a mistake or a joke.
const MAX_WAIT: Duration = Duration::from_secs(366 * 24 * 3600);
/// Nobody's feed is left alone for longer, whatever it asks.
const MAX_FLOOR: Duration = Duration::from_secs(7 * 24 * 3600);
/// More hubs than these are nobody's.
const MAX_HUBS: usize = 8;
/// English, as RSS has them; Monday is 0.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What a feed tells of its own rhythm and place. All of it is the publisher's word: what makes no sense is left out
/// here, and how far the rest is followed is decided by those who poll.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hints {
    /// How long it may be kept (`ttl`); never zero, at most a year.
    pub ttl: Option<Duration>,
    /// Hours of the day, in GMT and from 0 to 23, in which it isn't to be asked for (`skipHours`).
    pub skip_hours: Vec<u8>,
    /// Days of the week, in GMT, from 0 for Monday to 6, on which it isn't to be asked for (`skipDays`).
    pub skip_days: Vec<u8>,
    /// Time between two updates (`sy:updatePeriod` divided by `sy:updateFrequency`); never zero, at most a year.
    pub update_every: Option<Duration>,
    /// When the rhythm of `update_every` began (`sy:updateBase`).
    pub update_base: Option<Timestamp>,
    /// Where one can subscribe to be told of news (WebSub).
    pub hubs: Vec<Url>,
    /// The feed's own address, as it tells it (`rel="self"`).
    pub own_address: Option<Url>,
    /// Where the feed has moved to (`newLocation`, `itunes:new-feed-url`).
    pub moved_to: Option<Url>,
    /// `sy:updatePeriod` and `sy:updateFrequency`, in whichever order they come.
    period: (Option<Duration>, Option<u32>),
}

impl Hints {
    /// Takes what an element outside the items says.
    pub(super) fn element(&mut self, name: &str, text: &str, base: &Url, zone: Tz) {
        match name {
            "ttl" => self.ttl = text.parse().ok().and_then(|minutes: u64| wait(minutes.checked_mul(60)?)),
            "hour" => {
                // Netscape counted from 1 to 24.
                let hour = text.parse::<u8>().ok().filter(|hour| *hour <= 24).map(|hour| hour % 24);
                add(&mut self.skip_hours, hour);
            }
            "day" => {
                let day = text.get(..3).map(str::to_ascii_lowercase);
                let place = DAYS.iter().position(|known| day.as_deref() == Some(*known));
                add(&mut self.skip_days, place.and_then(|place| u8::try_from(place).ok()));
            }
            "updateperiod" => {
                self.period.0 = period(text);
                self.update_every = self.every();
            }
            "updatefrequency" => {
                self.period.1 = text.parse().ok().filter(|times| *times > 0);
                self.update_every = self.every();
            }
            "updatebase" => self.update_base = date(text, zone).map(Timestamp::from),
            "newlocation" | "new-feed-url" => self.moved_to = web(text, base).or(self.moved_to.take()),
            _ => {}
        }
    }

    /// Takes a link outside the items that isn't to the site.
    pub(super) fn link(&mut self, rel: &str, href: &str, base: &Url) {
        let Some(url) = web(href, base) else { return };
        // One link may be several things.
        for rel in rel.split_ascii_whitespace() {
            match rel {
                "self" => self.own_address = self.own_address.take().or_else(|| Some(url.clone())),
                "hub" if self.hubs.len() < MAX_HUBS && !self.hubs.contains(&url) => self.hubs.push(url.clone()),
                _ => {}
            }
        }
    }

    /// All that asks for less polling, as the schedule knows it; of the two rhythms the slower one.
    #[must_use]
    pub fn pace(&self) -> Pace {
        let floor = self.ttl.max(self.update_every).unwrap_or_default().min(MAX_FLOOR);
        let bits = |values: &[u8]| values.iter().fold(0_u32, |bits, value| bits | 1 << value);
        Pace {
            floor_secs: floor.as_secs(),
            skip_hours: bits(&self.skip_hours),
            skip_days: u8::try_from(bits(&self.skip_days)).unwrap_or_default(),
        }
    }

    fn every(&self) -> Option<Duration> {
        let every = self.period.0? / self.period.1.unwrap_or(1);
        (every >= Duration::from_secs(1)).then_some(every)
    }
}

fn add(list: &mut Vec<u8>, value: Option<u8>) {
    list.extend(value.filter(|value| !list.contains(value)));
}

fn wait(seconds: u64) -> Option<Duration> {
    Some(Duration::from_secs(seconds)).filter(|wait| !wait.is_zero() && *wait <= MAX_WAIT)
}

fn period(text: &str) -> Option<Duration> {
    let hours = match text.to_ascii_lowercase().as_str() {
        "hourly" => 1,
        "daily" => 24,
        "weekly" => 7 * 24,
        "monthly" => 30 * 24,
        "yearly" => 365 * 24,
        _ => return None,
    };
    wait(hours * 3600)
}

fn web(address: &str, base: &Url) -> Option<Url> {
    let address = address.trim();
    let url = base.join(address).ok()?;
    (!address.is_empty() && matches!(url.scheme(), "http" | "https")).then_some(url)
}

#[cfg(test)]
mod tests {
    use crate::discover::{Config, entrance};

    const WEEK_SECS: u64 = 7 * 24 * 3600;

    #[test]
    fn a15_a_feed_says_how_often_it_wants_to_be_asked() {
        for (head, expected) in [
            ("<ttl>120</ttl>", (7200, 0, 0)),
            ("<ttl> 60\n</ttl>", (3600, 0, 0)),
            ("<ttl>-5</ttl>", (0, 0, 0)),
            ("<ttl>99999</ttl>", (WEEK_SECS, 0, 0)),
            ("", (0, 0, 0)),
            ("<skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>99</hour></skipHours>", (0, 0b10_0001, 0)),
            ("<skipDays><day>Monday</day><day>SUNDAY</day><day>Noday</day></skipDays>", (0, 0, 0b100_0001)),
            ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", (21_600, 0, 0)),
            ("<sy:updatePeriod> hourly </sy:updatePeriod>", (3600, 0, 0)),
            ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>-1</sy:updateFrequency>", (86_400, 0, 0)),
            ("<sy:updatePeriod>yearly</sy:updatePeriod>", (WEEK_SECS, 0, 0)),
            ("<sy:updatePeriod>never</sy:updatePeriod><ttl>10</ttl>", (600, 0, 0)),
        ] {
            let feed = format!(
                "<rss version=\"2.0\" xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\"><channel><title>T</title>{head}\
                 <item><link>https://a.example/1</link><ttl>9</ttl></item></channel></rss>"
            );
            let url = "https://a.example/feed".parse().unwrap();

            let found = entrance(&feed, None, &url, &Config::default(), chrono_tz::UTC);

            let pace = found.hints.pace();
            assert_eq!((pace.floor_secs, pace.skip_hours, pace.skip_days), expected, "{head}");
        }
    }
}
