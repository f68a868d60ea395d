//! Addresses inside a body: absolute, of the web, and without what only tracks.

use url::Url;

use crate::model::is_tracking_parameter;

/// A longer address is left out: no publisher needs one, and feeds have to stay small.
const MAX_BYTES: usize = 4096;

/// Where a link leads, absolute; none where a reader shouldn't be sent there.
pub(super) fn link(raw: &str, base: &Url) -> Option<String> {
    let url = unwrapped(join(raw, base)?);
    match url.scheme() {
        "http" | "https" => Some(url.into()),
        "mailto" | "tel" => Some(url.into()),
        _ => None,
    }
}

/// Where an image, a sound or a frame comes from, absolute; none where it isn't the web.
pub(super) fn resource(raw: &str, base: &Url) -> Option<Url> {
    join(raw, base).filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn join(raw: &str, base: &Url) -> Option<Url> {
    let raw = raw.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if raw.is_empty() || raw.len() > MAX_BYTES {
        return None;
    }
    let mut url = base.join(raw).ok()?;
    if matches!(url.scheme(), "http" | "https") {
        url.host_str().filter(|host| !host.is_empty())?;
        // An http URL with a host has a user and a password to take away, so neither call can fail.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        untrack(&mut url);
    }
    (url.as_str().len() <= MAX_BYTES).then_some(url)
}

/// Pages that only send on to another: host, path, and the parameter that says where to.
const REDIRECTS: [(&str, &str, &[&str]); 14] = [
    ("www.google.com", "/url", &["q", "url"]),
    ("google.com", "/url", &["q", "url"]),
    ("l.facebook.com", "/l.php", &["u"]),
    ("lm.facebook.com", "/l.php", &["u"]),
    ("www.facebook.com", "/l.php", &["u"]),
    ("l.instagram.com", "/", &["u"]),
    ("l.threads.com", "/", &["u"]),
    ("l.threads.net", "/", &["u"]),
    ("www.youtube.com", "/redirect", &["q"]),
    ("out.reddit.com", "", &["url"]),
    ("vk.com", "/away.php", &["to"]),
    ("t.umblr.com", "/redirect", &["z"]),
    ("disq.us", "/url", &["url"]),
    ("slack-redir.net", "/link", &["url"]),
];

/// Where a well-known page of redirects leads, without the detour that counts readers.
fn unwrapped(mut url: Url) -> Url {
    // One wrapper around another is all that is ever seen.
    for _ in 0..3 {
        let host = url.host_str().unwrap_or_default();
        let known =
            REDIRECTS.iter().find(|(known, path, _)| *known == host && (path.is_empty() || *path == url.path()));
        let Some((.., names)) = known else { break };
        let mut pairs = url.query_pairs();
        let target = pairs.find(|(name, value)| names.contains(&name.as_ref()) && value.starts_with("http"));
        // Disqus appends a signature after a colon, which is no part of the address.
        let signature = |target: &str| {
            target
                .rsplit_once(':')
                .filter(|(rest, _)| host == "disq.us" && rest.contains("://"))
                .map(|(rest, _)| rest.to_owned())
        };
        let target = target.map(|(_, value)| signature(&value).unwrap_or_else(|| value.into_owned()));
        match target.and_then(|target| join(&target, &url)) {
            Some(target) => url = target,
            None => break,
        }
    }
    url
}

fn untrack(url: &mut Url) {
    let is_tracking = |pair: &str| is_tracking_parameter(pair.split('=').next().unwrap_or_default());
    if let Some(query) = url.query()
        && query.split('&').any(is_tracking)
    {
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
        let kept = kept.join("&");
        url.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
    if url.fragment().is_some_and(|fragment| fragment.starts_with("utm_") || fragment.starts_with("xtor=")) {
        url.set_fragment(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_absolute_and_leads_to_the_web() {
        let base = Url::parse("https://blog.example/2024/post/").unwrap();
        let check = |raw: &str, expected: Option<&str>| assert_eq!(link(raw, &base).as_deref(), expected, "{raw:?}");

        check("../other?p=1&utm_source=x#n", Some("https://blog.example/2024/other?p=1#n"));
        check("//cdn.example/a", Some("https://cdn.example/a"));
        check("#note", Some("https://blog.example/2024/post/#note"));
        check(" HTTP://me:pw@EXAMPLE.com/a?fbclid=1 ", Some("http://example.com/a"));
        check("mailto:desk@blog.example", Some("mailto:desk@blog.example"));
        check("https://www.google.com/url?q=https%3A%2F%2Fb.example%2Fx%3Fa%3D1&sa=D", Some("https://b.example/x?a=1"));
        check("https://l.facebook.com/l.php?u=https://b.example/%3Ffbclid%3D1&h=A", Some("https://b.example/"));
        check("https://www.google.com/url?q=javascript:x", Some("https://www.google.com/url?q=javascript:x"));
        check("https://b.example/url?q=https://c.example/", Some("https://b.example/url?q=https://c.example/"));
        check("", None);
        check("JaVaScRiPt:alert(1)", None);
        check("java\tscript:alert(1)", None);
        check("\u{1}javascript:alert(1)", None);
        check("vbscript:x", None);
        check("data:text/html,<script>x</script>", None);
        check("file:///etc/passwd", None);
        check("blob:https://blog.example/1", None);
        check("https://", None);
    }
}
