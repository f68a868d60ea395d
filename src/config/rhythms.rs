//! Which rhythm a table asks for: an interval, a cron expression, or one that follows the source.

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use schemars::JsonSchema;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::load::Sections;
use super::tables::{DefaultPace, SourceTable};
use crate::model::{self, Period, Rhythm, Timestamp};

/// Shortest and longest interval. Feeds ask for hours; a minute is what a newsroom's own page may bear.
const INTERVALS: RangeInclusive<Duration> = Duration::from_secs(60)..=Duration::from_secs(366 * 24 * 3600);
/// Limits of adaptive rhythms that name none.
const MIN: Period = Period::from_secs(15 * 60);
const MAX: Period = Period::from_secs(24 * 3600);

/// The value of `adaptive`: limits, or whether at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adaptive {
    Switch(bool),
    Limits { min: Option<Period>, max: Option<Period> },
}

/// The rhythm of sources without their own, and what those inherit of it that say only a part.
pub(super) struct DefaultRhythm {
    pub(super) rhythm: Rhythm,
    every: Duration,
    has_cron: bool,
    limits: (Option<Period>, Option<Period>),
}

/// The rhythm where nothing but an interval is known.
pub(super) fn default_of(every: Duration) -> Rhythm {
    adaptive(every, (None, None))
}

/// Limits that nobody has written make room for the interval.
fn adaptive(every: Duration, (min, max): (Option<Period>, Option<Period>)) -> Rhythm {
    let min = min.map_or(MIN.get().min(every), Period::get);
    let max = max.map_or(MAX.get().max(every), Period::get);
    Rhythm::Adaptive(model::Adaptive { every, min, max })
}

impl Sections<'_, '_> {
    /// The rhythm of `[fetch]`.
    pub(super) fn default_rhythm(&mut self, pace: &DefaultPace) -> DefaultRhythm {
        let (every, cron) = (pace.every.get(), pace.cron.as_ref());
        let is_written = self.tree.value("fetch.every").is_some();
        self.check_rhythm("fetch", is_written.then_some(every), cron);
        let wanted = self.tree.value("fetch.adaptive").map(|_| pace.adaptive);
        let has_cron = cron.is_some();
        if has_cron && wanted.is_some_and(Adaptive::is_on) {
            self.refuse_both("fetch");
        }
        let limits = wanted.map_or((None, None), Adaptive::limits);
        self.check_limits("fetch", every, limits);
        let rhythm = match cron {
            Some(cron) => cron.clone(),
            None if pace.adaptive.is_on() => adaptive(every, limits),
            None => Rhythm::Every(every),
        };
        DefaultRhythm { rhythm, every, has_cron, limits }
    }

    /// The rhythm of a source, `path` being where its table stands.
    pub(super) fn source_rhythm(&mut self, path: &str, table: &SourceTable, defaults: &DefaultRhythm) -> Rhythm {
        let (own, cron) = (table.every.map(Period::get), table.cron.as_ref());
        self.check_rhythm(path, own, cron);
        let is_on = table.adaptive.is_some_and(Adaptive::is_on);
        if let Some(cron) = cron {
            if is_on {
                self.refuse_both(path);
            }
            return cron.clone();
        }
        let Some(wanted) = table.adaptive.filter(|_| is_on) else {
            return match own {
                Some(every) => Rhythm::Every(every),
                None if table.adaptive.is_some() && !defaults.has_cron => Rhythm::Every(defaults.every),
                None => defaults.rhythm.clone(),
            };
        };
        if own.is_none() && defaults.has_cron {
            let help = "`[fetch]` has a `cron`: write `every` here, the time between two visits if it posted hourly";
            self.refuse(&format!("{path}.adaptive"), "`adaptive` follows an interval, and there is none", help);
        }
        let every = own.unwrap_or(defaults.every);
        let (min, max) = wanted.limits();
        self.check_limits(path, every, (min, max));
        // Inherited limits aren't this source's word, so they make room for its interval.
        let min = min.or(defaults.limits.0.filter(|min| min.get() <= every));
        let max = max.or(defaults.limits.1.filter(|max| max.get() >= every));
        adaptive(every, (min, max))
    }

    fn check_rhythm(&mut self, path: &str, every: Option<Duration>, cron: Option<&Rhythm>) {
        if every.is_some() && cron.is_some() {
            self.refuse(&format!("{path}.cron"), "both `every` and `cron` are set", "remove one of them");
        }
        if let Some(every) = every
            && !INTERVALS.contains(&every)
        {
            let message = "`every` is out of range";
            self.refuse(&format!("{path}.every"), message, "guests behave: write `1m` or longer, up to `366d`");
        }
        if let Some(Rhythm::Cron(times)) = cron
            && times.find_next_occurrence(&Timestamp::EPOCH.to_datetime(), false).is_err()
        {
            self.refuse(&format!("{path}.cron"), "this time never comes", "look at the day and the month");
        }
    }

    fn refuse_both(&mut self, path: &str) {
        self.refuse(&format!("{path}.adaptive"), "both `adaptive` and `cron` are set", "remove one of them");
    }

    /// Holds limits that were written to each other and to the interval.
    fn check_limits(&mut self, path: &str, every: Duration, (min, max): (Option<Period>, Option<Period>)) {
        let path = format!("{path}.adaptive");
        for (key, limit) in [("min", min), ("max", max)] {
            if limit.is_some_and(|limit| !INTERVALS.contains(&limit.get())) {
                let help = "guests behave: write `1m` or longer, up to `366d`";
                return self.refuse(&format!("{path}.{key}"), format!("`{key}` is out of range"), help);
            }
        }
        let between = "`every`, the time between two visits of a source that posts hourly, is between `min` and `max`";
        let written = Period::from_secs(every.as_secs());
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            self.refuse(&path, format!("`min` ({min}) is longer than `max` ({max})"), "write the shorter one as `min`");
        } else if let Some(min) = min.filter(|min| min.get() > every) {
            self.refuse(&path, format!("`min` ({min}) is longer than `every` ({written})"), between);
        } else if let Some(max) = max.filter(|max| max.get() < every) {
            self.refuse(&path, format!("`max` ({max}) is shorter than `every` ({written})"), between);
        }
    }
}

impl Adaptive {
    fn is_on(self) -> bool {
        self != Self::Switch(false)
    }

    fn limits(self) -> (Option<Period>, Option<Period>) {
        match self {
            Self::Switch(_) => (None, None),
            Self::Limits { min, max } => (min, max),
        }
    }
}

impl<'de> Deserialize<'de> for Adaptive {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either)
    }
}

/// Reads a truth value or a table.
struct Either;

impl<'de> Visitor<'de> for Either {
    type Value = Adaptive;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`false`, or limits such as `{ min = \"15m\", max = \"24h\" }`")
    }

    fn visit_bool<E: Error>(self, is_on: bool) -> Result<Adaptive, E> {
        Ok(Adaptive::Switch(is_on))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Adaptive, A::Error> {
        let (mut min, mut max) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "min" => min = Some(map.next_value()?),
                "max" => max = Some(map.next_value()?),
                _ => return Err(A::Error::unknown_field(&key, &["min", "max"])),
            }
        }
        Ok(Adaptive::Limits { min, max })
    }
}

impl Serialize for Adaptive {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Switch(is_on) => serializer.serialize_bool(*is_on),
            Self::Limits { min, max } => {
                serializer.collect_map([("min", min.unwrap_or(MIN)), ("max", max.unwrap_or(MAX))])
            }
        }
    }
}

impl JsonSchema for Adaptive {
    fn schema_name() -> Cow<'static, str> {
        "Adaptive".into()
    }

    fn json_schema(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut limit = |description: &str| {
            let mut schema = types.subschema_for::<Period>();
            schema.insert("description".to_owned(), description.into());
            schema
        };
        let min =
            limit("The shortest time between two visits, `1m` or longer. Default: `15m`, or `every` if that is less.");
        let max =
            limit("The longest time between two visits, up to `366d`. Default: `24h`, or `every` if that is more.");
        schemars::json_schema!({"type": ["boolean", "object"], "properties": {"min": min, "max": max}})
    }
}
