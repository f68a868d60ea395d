//! As whom a source is asked: its keys become an identity, and what is secret in its address is veiled.

use std::ops::Range;

use url::Url;

use super::load::Sections;
use super::tables::SourceTable;
use crate::fetch::{Identity, IdentityError};
use crate::model::{Secret, VEIL};

/// The address that a source shows, and the identity that holds all it doesn't.
pub(super) fn read(sections: &mut Sections<'_, '_>, path: &str, source: &SourceTable) -> (Url, Identity) {
    let mut identity = Identity::of(&source.url);
    for (name, value) in &source.headers {
        if let Err(error) = identity.add_header(name, value) {
            refuse(sections, &format!("{path}.headers.{name}"), error);
        }
    }
    if let Err((name, error)) = identity.add_cookies(&source.cookies) {
        refuse(sections, &format!("{path}.cookies.{name}"), error);
    }
    if let Some(Err(error)) = source.auth.as_ref().map(|auth| identity.log_in(auth)) {
        refuse(sections, &format!("{path}.auth"), error);
    }
    if let Some(Err(error)) = source.proxy.as_ref().map(|proxy| identity.go_through(proxy)) {
        refuse(sections, &format!("{path}.proxy"), error);
    }
    if let Some(Err(error)) = source.user_agent.as_ref().map(|name| identity.call_itself(name)) {
        refuse(sections, &format!("{path}.user_agent"), error);
    }
    let (mut shown, secrets) = veiled(&source.url, sections.holes(&format!("{path}.url")));
    if !secrets.is_empty() {
        identity.veil(&source.url, secrets);
    }
    // Neither can fail: an address of the web may have both.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    (shown, identity)
}

fn refuse(sections: &mut Sections<'_, '_>, path: &str, error: IdentityError) {
    let help = match error {
        IdentityError::HeaderName => "write a name such as `X-Api-Key`",
        IdentityError::HeaderValue => "write it on one line; `${file:PATH}` leaves out the last line break",
        IdentityError::Reserved(_) => "remove it",
        IdentityError::Cookie => "write `cookies = { name = \"value\" }`, one key for each",
        IdentityError::Login | IdentityError::TwoLogins => {
            "write `auth = { user = \"…\", password = \"${env:NAME}\" }` or `auth = { token = \"${env:NAME}\" }`"
        }
        IdentityError::Colon => "basic authentication can't carry it; ask the site for another name",
        IdentityError::Proxy => {
            "write `http://`, `https://`, `socks5://` or `socks5h://`, a host and a port, such as `http://proxy.example:3128`"
        }
    };
    sections.refuse_safely(path, error.to_string(), help);
}

/// What placeholders of an address put behind its host is a secret: the address with a veil over it, and what that
/// hides.
fn veiled(url: &Url, holes: Option<(String, Vec<Range<usize>>)>) -> (Url, Vec<Secret>) {
    let Some((text, holes)) = holes else { return (url.clone(), Vec::new()) };
    let authority = text.find("://").map_or(0, |idx| idx + 3);
    let behind = text.get(authority..).and_then(|rest| rest.find(['/', '?', '#', '\\']));
    let behind = behind.map_or(text.len(), |idx| authority + idx);
    let (mut shown, mut secrets) = (text.clone(), Vec::new());
    for hole in holes.into_iter().rev() {
        let start = hole.start.max(behind);
        // A slash or a question mark alone tells nothing.
        let piece = text.get(start..hole.end).unwrap_or_default();
        let inner = piece.trim_start_matches(['/', '?', '#', '&']);
        if inner.is_empty() {
            continue;
        }
        shown.replace_range(hole.end - inner.len()..hole.end, VEIL);
        let values = inner.split(['?', '&', '#']).map(|pair| pair.split_once('=').map_or(pair, |(_, value)| value));
        secrets.extend(std::iter::once(inner).chain(values).filter(|text| !text.is_empty()).map(Secret::new));
    }
    if secrets.is_empty() {
        return (url.clone(), secrets);
    }
    // What the address writes of it may be escaped.
    secrets.extend(
        url.query()
            .into_iter()
            .flat_map(|query| query.split('&'))
            .filter_map(|pair| {
                let value = pair.split_once('=').map_or(pair, |(_, value)| value);
                secrets.iter().any(|secret| is_same(value, secret)).then(|| Secret::new(value))
            })
            .collect::<Vec<_>>(),
    );
    let shown = Url::parse(&shown).ok().filter(|shown| shown.host() == url.host());
    (shown.unwrap_or_else(|| hidden_whole(url)), secrets)
}

fn is_same(value: &str, secret: &Secret) -> bool {
    url::form_urlencoded::parse(value.as_bytes()).any(|(key, _)| key == secret.reveal())
}

fn hidden_whole(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.set_path(VEIL);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn veil(parts: &[(&str, bool)]) -> (String, Vec<String>) {
        let (mut text, mut holes) = (String::new(), Vec::new());
        for (part, is_hole) in parts {
            let start = text.len();
            text.push_str(part);
            if *is_hole {
                holes.push(start..text.len());
            }
        }
        let (shown, secrets) = veiled(&Url::parse(&text).unwrap(), Some((text, holes)));
        (shown.into(), secrets.iter().map(|secret| secret.reveal().to_owned()).collect())
    }

    #[test]
    fn what_placeholders_put_behind_the_host_is_veiled() {
        for (parts, shown, secret) in [
            (
                &[("https://a.example/f?key=", false), ("s3 cret", true), ("&b=1", false)][..],
                "https://a.example/f?key=***&b=1",
                "s3%20cret",
            ),
            (
                &[("https://a.example/", false), ("s3cret", true), ("/feed.xml", false)],
                "https://a.example/***/feed.xml",
                "s3cret",
            ),
            (&[("https://a.example/feed?key=s3cret", true)], "https://a.example/***", "s3cret"),
            (&[("https://", false), ("a", true), (".example/feed", false)], "https://a.example/feed", ""),
            (&[("https://a.example", true), ("/feed", false)], "https://a.example/feed", ""),
            (&[("https://a.example/", true), ("feed", false)], "https://a.example/feed", ""),
        ] {
            let (found, secrets) = veil(parts);

            assert_eq!(found, shown);
            assert_eq!(secrets.iter().any(|text| text == secret), !secret.is_empty(), "{secrets:?}");
        }
    }
}
