//! As whom a source's own site is asked, and by which way: what opens a door goes to that door alone.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::{Proxy, RequestBuilder};
use schemars::JsonSchema;
use serde::Deserialize;
use url::{Origin, Url};

use super::error::bare;
use crate::model::{Secret, veiled};

/// Fields of a request that Offprint or the connection writes, and what to do instead.
const RESERVED: [(&str, &str); 20] = [
    ("host", "it follows from the `url`"),
    ("content-length", "requests have no body"),
    ("content-type", "requests have no body"),
    ("expect", "requests have no body"),
    ("connection", "it belongs to the connection"),
    ("keep-alive", "it belongs to the connection"),
    ("proxy-connection", "it belongs to the connection"),
    ("te", "it belongs to the connection"),
    ("trailer", "it belongs to the connection"),
    ("transfer-encoding", "it belongs to the connection"),
    ("upgrade", "it belongs to the connection"),
    ("proxy-authenticate", "write the credentials into `proxy`"),
    ("proxy-authorization", "write the credentials into `proxy`"),
    ("accept-encoding", "Offprint unpacks what it asks for"),
    ("if-none-match", "Offprint asks with the site's own validators"),
    ("if-modified-since", "Offprint asks with the site's own validators"),
    ("range", "Offprint reads whole documents"),
    ("user-agent", "write `user_agent = \"…\"`"),
    ("cookie", "write `cookies = { name = \"…\" }`"),
    ("http2-settings", "it belongs to the connection"),
];

/// Why a source can't be asked like this. Never holds a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Not a name of a field.
    #[error("this isn't the name of a header")]
    HeaderName,
    /// A line break or another control character, which would forge a request.
    #[error("this holds a line break or another character that no header may have")]
    HeaderValue,
    /// A field that Offprint writes itself.
    #[error("this header can't be set: {0}")]
    Reserved(&'static str),
    /// Not a cookie.
    #[error("this isn't a cookie: its name is letters and digits, its value has no `;` and no line break")]
    Cookie,
    /// Neither a name with a password nor a token.
    #[error("`auth` is either a `user` with a `password`, or a `token`")]
    Login,
    /// More than one login.
    #[error("there are two logins: one of `auth`, the address and an `Authorization` header is enough")]
    TwoLogins,
    /// A name with a colon.
    #[error("a `user` can't hold a colon")]
    Colon,
    /// Not the address of a proxy.
    #[error("this isn't the address of a proxy")]
    Proxy,
}

/// A login: a name with a password, or a token.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Auth {
    /// The name, sent with the password as basic authentication.
    pub user: Option<Secret>,
    /// The password.
    pub password: Option<Secret>,
    /// A token, sent instead as `Authorization: Bearer`.
    pub token: Option<Secret>,
}

/// How a source's own site is asked. The default is how everybody is: without a word on who reads what.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// The site that gets the fields and the login.
    own: Option<Url>,
    /// Where the source is, where that is a secret.
    address: Option<Url>,
    fields: HeaderMap,
    login: Option<Login>,
    proxy: Option<Url>,
    secrets: Vec<Secret>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Login {
    Basic { user: Secret, password: Secret },
    Bearer { token: Secret },
}

impl Identity {
    /// That of a source with this address, whose credentials become its login.
    #[must_use]
    pub fn of(url: &Url) -> Self {
        let mut identity = Self { own: Some(bare(url)), ..Self::default() };
        if !url.username().is_empty() || url.password().is_some() {
            let user = Secret::new(unescaped(url.username()));
            let password = Secret::new(unescaped(url.password().unwrap_or_default()));
            identity.hide([user.clone(), password.clone()]);
            identity.login = Some(Login::Basic { user, password });
        }
        identity
    }

    /// Sends a field with each request.
    ///
    /// # Errors
    /// When it is none, or not the operator's to write.
    pub fn add_header(&mut self, name: &str, value: &Secret) -> Result<(), IdentityError> {
        let field = HeaderName::from_bytes(name.as_bytes()).map_err(|_| IdentityError::HeaderName)?;
        if let Some((_, why)) = RESERVED.iter().find(|(reserved, _)| *reserved == field.as_str()) {
            return Err(IdentityError::Reserved(why));
        }
        if field == reqwest::header::AUTHORIZATION && self.login.is_some() {
            return Err(IdentityError::TwoLogins);
        }
        self.fields.insert(field, hidden_value(value)?);
        // `Bearer x`: the word before is no secret, and the part after may be met alone.
        let last = value.reveal().rsplit(' ').next().unwrap_or_default();
        self.hide([value.clone(), Secret::new(last)]);
        Ok(())
    }

    /// Sends cookies with each request; what the site sets itself is never kept.
    ///
    /// # Errors
    /// With the name of the first that is none.
    pub fn add_cookies(&mut self, cookies: &BTreeMap<String, Secret>) -> Result<(), (String, IdentityError)> {
        let mut pairs = Vec::new();
        for (name, value) in cookies {
            let is_name = HeaderName::from_bytes(name.as_bytes()).is_ok();
            let is_value = !value.reveal().contains(|c: char| c.is_control() || c == ';');
            if !is_name || !is_value {
                return Err((name.clone(), IdentityError::Cookie));
            }
            pairs.push(format!("{name}={}", value.reveal()));
            self.hide([value.clone()]);
        }
        if !pairs.is_empty() {
            let line = hidden_value(&Secret::new(pairs.join("; "))).map_err(|error| (String::new(), error))?;
            self.fields.insert(COOKIE, line);
        }
        Ok(())
    }

    /// Logs in with each request.
    ///
    /// # Errors
    /// When it is no login, or a second one.
    pub fn log_in(&mut self, auth: &Auth) -> Result<(), IdentityError> {
        if self.login.is_some() || self.fields.contains_key(reqwest::header::AUTHORIZATION) {
            return Err(IdentityError::TwoLogins);
        }
        let login = match (&auth.user, &auth.password, &auth.token) {
            (Some(user), Some(password), None) if user.reveal().contains(':') => {
                self.hide([user.clone(), password.clone()]);
                return Err(IdentityError::Colon);
            }
            (Some(user), Some(password), None) => {
                self.hide([user.clone(), password.clone()]);
                Login::Basic { user: user.clone(), password: password.clone() }
            }
            (None, None, Some(token)) => {
                hidden_value(token)?;
                self.hide([token.clone()]);
                Login::Bearer { token: token.clone() }
            }
            _ => return Err(IdentityError::Login),
        };
        self.login = Some(login);
        Ok(())
    }

    /// Bears another name than Offprint's. robots.txt is read as Offprint all the same.
    ///
    /// # Errors
    /// When a header can't hold it.
    pub fn call_itself(&mut self, user_agent: &str) -> Result<(), IdentityError> {
        let value = HeaderValue::from_str(user_agent.trim()).map_err(|_| IdentityError::HeaderValue)?;
        self.fields.insert(USER_AGENT, value);
        Ok(())
    }

    /// Goes through a proxy, wherever the source leads.
    ///
    /// # Errors
    /// When it isn't the address of one.
    pub fn go_through(&mut self, proxy: &Secret) -> Result<(), IdentityError> {
        let url = Url::parse(proxy.reveal().trim()).map_err(|_| IdentityError::Proxy)?;
        let is_place = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        let is_known = matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h");
        if !is_known || !is_place || url.host_str().is_none_or(str::is_empty) || url.port() == Some(0) {
            return Err(IdentityError::Proxy);
        }
        // What can't be set up is found out here, not at the first request.
        Proxy::all(url.as_str()).map_err(|_| IdentityError::Proxy)?;
        let [user, password] = [url.username(), url.password().unwrap_or_default()].map(str::to_owned);
        self.hide([&user, &password].map(|text| Secret::new(text.as_str())));
        self.hide([&user, &password].map(|text| Secret::new(unescaped(text))));
        self.proxy = Some(url);
        Ok(())
    }

    /// Asks here, where the source shows a veiled address; `secrets` is what the veil hides.
    pub fn veil(&mut self, address: &Url, secrets: impl IntoIterator<Item = Secret>) {
        self.address = Some(bare(address));
        self.hide(secrets);
    }

    /// Where the source is, where it doesn't show that itself.
    #[must_use]
    pub fn address(&self) -> Option<&Url> {
        self.address.as_ref()
    }

    /// Whether it sends something that isn't for everybody's eyes.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        self.login.is_some() || self.fields.keys().any(|name| name != USER_AGENT) || self.address.is_some()
    }

    /// A text as logs and pages may show it.
    #[must_use]
    pub fn hidden(&self, text: &str) -> String {
        veiled(text, &self.secrets)
    }

    /// The proxy that requests go through.
    pub(super) fn proxy(&self) -> Option<&Url> {
        self.proxy.as_ref()
    }

    /// Fields of a request to `url`, where that is the source's own site.
    pub(super) fn fields(&self, url: &Url) -> Option<&HeaderMap> {
        Some(&self.fields).filter(|fields| !fields.is_empty() && self.is_own(url))
    }

    /// Logs in, where `url` is the source's own site.
    pub(super) fn logged_in(&self, request: RequestBuilder, url: &Url) -> RequestBuilder {
        match self.login.as_ref().filter(|_| self.is_own(url)) {
            Some(Login::Basic { user, password }) => request.basic_auth(user.reveal(), Some(password.reveal())),
            Some(Login::Bearer { token }) => request.bearer_auth(token.reveal()),
            None => request,
        }
    }

    /// Tells those apart to whom `url` may answer differently; 0 is everybody. Of this process alone: it is never
    /// stored or shown.
    pub(super) fn party(&self, url: &Url) -> u64 {
        let is_own = self.is_own(url) && (self.login.is_some() || !self.fields.is_empty());
        if !is_own && self.proxy.is_none() {
            return 0;
        }
        let mut hasher = DefaultHasher::new();
        self.proxy.hash(&mut hasher);
        if is_own {
            self.login.hash(&mut hasher);
            for (name, value) in &self.fields {
                (name.as_str(), value.as_bytes()).hash(&mut hasher);
            }
        }
        hasher.finish().max(1)
    }

    /// The same scheme, host and port; or the same host when http became https, both at their usual ports. Other
    /// hosts of the same domain may belong to others.
    fn is_own(&self, url: &Url) -> bool {
        let Some(own) = &self.own else { return false };
        let is_upgrade = own.scheme() == "http"
            && url.scheme() == "https"
            && own.port().is_none()
            && url.port().is_none()
            && own.host() == url.host();
        matches!(own.origin(), Origin::Tuple(..)) && own.origin() == url.origin() || is_upgrade
    }

    fn hide(&mut self, secrets: impl IntoIterator<Item = Secret>) {
        self.secrets.extend(secrets.into_iter().filter(|secret| !secret.reveal().is_empty()));
        // The longer first, so that no part of one is left.
        self.secrets.sort_by_key(|secret| std::cmp::Reverse(secret.reveal().len()));
    }
}

/// Says what there is and none of it.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("own", &self.own.as_ref().map(|own| own.origin().ascii_serialization()))
            .field("fields", &self.fields.keys().map(HeaderName::as_str).collect::<Vec<_>>())
            .field("has_login", &self.login.is_some())
            .field("proxy", &self.proxy.as_ref().map(place))
            .finish_non_exhaustive()
    }
}

/// Scheme, host and port of a proxy.
pub(super) fn place(proxy: &Url) -> String {
    let port = proxy.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{}{port}", proxy.scheme(), proxy.host_str().unwrap_or_default())
}

fn hidden_value(value: &Secret) -> Result<HeaderValue, IdentityError> {
    let mut field =
        HeaderValue::from_bytes(value.reveal().trim().as_bytes()).map_err(|_| IdentityError::HeaderValue)?;
    // Whoever prints a request prints «Sensitive» in its place, and HTTP/2 keeps it out of its tables.
    field.set_sensitive(true);
    Ok(field)
}

/// What a part of an address stands for.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn what_opens_a_door_goes_to_that_door_alone() {
        for (own, other, expected) in [
            ("https://a.example/feed", "https://a.example/x", true),
            ("https://a.example/feed", "https://a.example:8443/", false),
            ("https://a.example/feed", "http://a.example/", false),
            ("http://a.example/feed", "https://a.example/", true),
            ("http://a.example:8080/feed", "https://a.example:8080/", false),
            ("https://a.example/feed", "https://www.a.example/", false),
            ("https://a.example/feed", "https://example/", false),
            ("https://a.example/feed", "https://a.example.evil.example/", false),
            ("https://A.example/feed", "https://a.example./", false),
        ] {
            let mut identity = Identity::of(&url(own));
            identity.add_header("X-Key", &Secret::new("value")).unwrap();
            assert_eq!(identity.fields(&url(other)).is_some(), expected, "{own} {other}");
            assert_eq!(identity.party(&url(other)) != 0, expected, "{own} {other}");
        }
    }

    #[test]
    fn what_would_forge_a_request_is_refused() {
        for (name, value, error) in [
            ("X Key", "v", IdentityError::HeaderName),
            ("X-Key\r\nHost", "v", IdentityError::HeaderName),
            ("", "v", IdentityError::HeaderName),
            ("X-Key", "v\r\nHost: x", IdentityError::HeaderValue),
            ("X-Key", "v\nx", IdentityError::HeaderValue),
            ("X-Key", "v\0", IdentityError::HeaderValue),
        ] {
            let mut identity = Identity::of(&url("https://a.example/"));
            assert_eq!(identity.add_header(name, &Secret::new(value)), Err(error), "{name:?} {value:?}");
        }
        for name in
            ["Host", "content-length", "Transfer-Encoding", "Connection", "TE", "Upgrade", "Proxy-Authorization"]
        {
            let mut identity = Identity::of(&url("https://a.example/"));
            let refused = identity.add_header(name, &Secret::new("v"));
            assert!(matches!(refused, Err(IdentityError::Reserved(_))), "{name}: {refused:?}");
        }
        for proxy in ["ftp://p.example", "socks4://p.example", "p.example:8080", "http://", "http://p.example/path", ""]
        {
            let mut identity = Identity::default();
            assert_eq!(identity.go_through(&Secret::new(proxy)), Err(IdentityError::Proxy), "{proxy}");
        }
        for value in ["a;b", "a\r\nb"] {
            let cookies = BTreeMap::from([("name".to_owned(), Secret::new(value))]);
            assert!(Identity::default().add_cookies(&cookies).is_err(), "{value:?}");
        }
    }

    #[test]
    fn one_login_is_enough() {
        let auth = Auth { token: Some(Secret::new("abcd")), ..Auth::default() };
        let mut twice = Identity::of(&url("https://me:secret@a.example/"));
        let mut half = Identity::of(&url("https://a.example/"));

        assert_eq!(twice.log_in(&auth), Err(IdentityError::TwoLogins));
        assert_eq!(twice.add_header("Authorization", &Secret::new("Basic x")), Err(IdentityError::TwoLogins));
        assert_eq!(half.log_in(&Auth { user: Some(Secret::new("me")), ..Auth::default() }), Err(IdentityError::Login));
        assert_eq!(half.log_in(&auth), Ok(()));
    }

    #[test]
    fn an_identity_shows_nothing_of_its_secrets() {
        let mut identity = Identity::of(&url("https://ca%6Eary-1:canary-2@a.example/?key=canary-3"));
        identity.veil(&url("https://a.example/?key=canary-3"), [Secret::new("canary-3")]);
        identity.add_header("X-Key", &Secret::new("Key canary-4")).unwrap();
        identity.add_cookies(&BTreeMap::from([("id".to_owned(), Secret::new("canary-5"))])).unwrap();
        identity.go_through(&Secret::new("socks5h://canary-6:canary%2D7@p.example:1080")).unwrap();

        let shown = format!("{identity:?} {identity:#?}");
        assert!(!shown.contains("canary"), "{shown}");
        for n in 1..=7 {
            assert_eq!(identity.hidden(&format!("x canary-{n} y")), "x *** y");
        }
    }
}
