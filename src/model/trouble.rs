//! Why a source can't be read, as a class, and what that asks of whom.

use std::str::FromStr;

/// A class of failures that have one cure. Words about one failure stand beside it, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The host's name leads nowhere.
    NoName,
    /// No connection, or one that breaks.
    Unreachable,
    /// No answer in time, or one that comes too slowly.
    Timeout,
    /// The connection can't be trusted.
    Tls,
    /// The source's proxy can't be reached, or lets nobody through.
    Proxy,
    /// The address is one that is never fetched: inside a private network, or not of the web.
    Inside,
    /// robots.txt forbids it.
    Robots,
    /// robots.txt can't be read, which forbids it for now.
    RobotsUnreadable,
    /// The host wants to be asked less often.
    RateLimited,
    /// The page is gone for good.
    Gone,
    /// There is no such page.
    NotFound,
    /// The site has a problem of its own.
    Server,
    /// The site wants a login or payment.
    LoginWall,
    /// The site refuses to show this to us.
    Forbidden,
    /// Redirects that lead nowhere.
    Redirect,
    /// A status that doesn't fit the question.
    Unfit,
    /// An answer without content.
    Empty,
    /// Larger than allowed, or packed so that it would be.
    TooLarge,
    /// An answer that breaks off.
    Truncated,
    /// A feed that can't be read.
    Malformed,
    /// A document that is no feed and leads to none.
    NotAFeed,
    /// A page that is empty without JavaScript.
    Scripts,
    /// A page that asks for proof of a human.
    Challenge,
    /// The operator's selectors find no article.
    Selectors,
    /// A failure of Offprint itself.
    Bug,
}

/// What a failure asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cure {
    /// Nothing: asking again later may do.
    Wait,
    /// Asking less often.
    SlowDown,
    /// A new address, or the end of the source: asking again won't do.
    GiveUp,
    /// A person's hand.
    TellOperator,
}

impl Cure {
    /// As it's shown to programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::SlowDown => "slow-down",
            Self::GiveUp => "give-up",
            Self::TellOperator => "tell-operator",
        }
    }
}

impl Trouble {
    /// All of them.
    const ALL: [Self; 25] = [
        Self::NoName,
        Self::Unreachable,
        Self::Timeout,
        Self::Tls,
        Self::Proxy,
        Self::Inside,
        Self::Robots,
        Self::RobotsUnreadable,
        Self::RateLimited,
        Self::Gone,
        Self::NotFound,
        Self::Server,
        Self::LoginWall,
        Self::Forbidden,
        Self::Redirect,
        Self::Unfit,
        Self::Empty,
        Self::TooLarge,
        Self::Truncated,
        Self::Malformed,
        Self::NotAFeed,
        Self::Scripts,
        Self::Challenge,
        Self::Selectors,
        Self::Bug,
    ];

    /// As it's stored and shown to programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoName => "no-name",
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::Tls => "tls",
            Self::Proxy => "proxy",
            Self::Inside => "inside",
            Self::Robots => "robots",
            Self::RobotsUnreadable => "robots-unreadable",
            Self::RateLimited => "rate-limited",
            Self::Gone => "gone",
            Self::NotFound => "not-found",
            Self::Server => "server",
            Self::LoginWall => "login-wall",
            Self::Forbidden => "forbidden",
            Self::Redirect => "redirect",
            Self::Unfit => "unfit",
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::Truncated => "truncated",
            Self::Malformed => "malformed",
            Self::NotAFeed => "not-a-feed",
            Self::Scripts => "scripts",
            Self::Challenge => "challenge",
            Self::Selectors => "selectors",
            Self::Bug => "bug",
        }
    }

    /// What it asks for.
    #[must_use]
    pub fn cure(self) -> Cure {
        match self {
            Self::Unreachable | Self::Timeout | Self::Server | Self::RobotsUnreadable => Cure::Wait,
            Self::Empty | Self::Truncated | Self::Unfit => Cure::Wait,
            Self::RateLimited => Cure::SlowDown,
            Self::Gone => Cure::GiveUp,
            Self::NoName | Self::Tls | Self::Inside | Self::Robots | Self::NotFound => Cure::TellOperator,
            Self::Proxy | Self::LoginWall | Self::Forbidden | Self::Redirect | Self::TooLarge => Cure::TellOperator,
            Self::Malformed | Self::NotAFeed | Self::Scripts | Self::Challenge => Cure::TellOperator,
            Self::Selectors | Self::Bug => Cure::TellOperator,
        }
    }

    /// What its operator can do, in sentences.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::NoName => "The name can't be found. Check the spelling of the url, and this machine's DNS.",
            Self::Unreachable | Self::Timeout => {
                "The site doesn't answer. Nothing to do if it is down; else check this machine's network."
            }
            Self::Tls => "The connection isn't trusted. If a browser complains too, the site has to mend it.",
            Self::Proxy => {
                "The proxy doesn't let us through. Check the source's proxy setting with its name and password."
            }
            Self::Inside => {
                "The address isn't on the public internet. If that is meant, name its network in allowed_networks under [fetch]."
            }
            Self::Robots => {
                "The site's robots.txt forbids this address. Ask the site for another way in, or remove the source."
            }
            Self::RobotsUnreadable => {
                "The site's robots.txt can't be read, which forbids the site for now. It is asked again by itself."
            }
            Self::RateLimited => {
                "The site asks for patience and gets it. If it lasts, make the source's interval longer."
            }
            Self::Gone => {
                "The site says that this address is gone for good. Find its new one and change the source's url."
            }
            Self::NotFound => {
                "The address leads nowhere. Open it in a browser, find the new one and change the source's url."
            }
            Self::Server => "The site has a problem of its own. Nothing to do: it is asked again by itself.",
            Self::LoginWall => {
                "The site wants a login. Give the source one (`auth`, `cookies` or `headers`), or ask for access."
            }
            Self::Forbidden => {
                "The site refuses programs. Try its feed instead of its pages, or ask the site for access."
            }
            Self::Redirect => {
                "The address redirects to nowhere. Open it in a browser, and change the source's url to where you end."
            }
            Self::Unfit | Self::Empty | Self::Truncated => {
                "The answer is no use. Nothing to do if it is a hiccup: it is asked again by itself."
            }
            Self::TooLarge => {
                "The answer is larger than allowed. If that is meant, raise max_body_bytes under [fetch]."
            }
            Self::Malformed => {
                "The feed can't be read. Tell the site, or use another of its feeds; if readers can read it, report it."
            }
            Self::NotAFeed => {
                "The page was read and lists nothing. Give the address of the site's feed, or name the elements of its \
                 listing under discover."
            }
            Self::Scripts => {
                "The page is empty without JavaScript, which isn't run here. Give the address of the site's feed; many \
                 such sites have one."
            }
            Self::Challenge => {
                "The site asks for proof of a human first. Give the address of its feed, or ask the site to let this \
                 program in."
            }
            Self::Selectors => {
                "The page was read. Open it in a browser, and compare the setting with what the page is made of."
            }
            Self::Bug => "Offprint failed at this document. Please report its address.",
        }
    }
}

/// Not a name of any trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this names no trouble")]
pub struct TroubleError;

impl FromStr for Trouble {
    type Err = TroubleError;

    fn from_str(text: &str) -> Result<Self, TroubleError> {
        Self::ALL.into_iter().find(|trouble| trouble.as_str() == text).ok_or(TroubleError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trouble_is_read_back_by_its_name() {
        for trouble in Trouble::ALL {
            assert_eq!(trouble.as_str().parse(), Ok(trouble));
            assert!(trouble.advice().ends_with('.'));
        }
        assert_eq!("tired".parse::<Trouble>(), Err(TroubleError));
    }
}
