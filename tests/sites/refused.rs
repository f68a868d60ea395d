//! Sites of which nothing can be had, each for a reason that can be told.

use crate::site::{Ends, Missing, Site};

/// 403 and a challenge for whoever isn't a browser.
pub fn blocked() -> Site {
    let mut site = Site::new("blocks_bots", "/");
    site.ends = Ends::Fails(&["403", "block", "refuse", "forbid"]);
    site.missing = Missing::Always(403, "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title><meta name=\"robots\" content=\"noindex,nofollow\"></head><body class=\"no-js\"><div class=\"main-wrapper\" role=\"main\"><div class=\"main-content\"><noscript><div class=\"h2\">Enable JavaScript and cookies to continue</div></noscript></div></div><script src=\"/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1\"></script></body></html>".to_owned());
    site
}

/// Every address leads to a form that asks for a password.
pub fn login() -> Site {
    let mut site = Site::new("login_wall", "/");
    site.ends = Ends::Fails(&["login", "log in", "sign in", "password"]);
    site.missing = Missing::Login("<!DOCTYPE html><html lang=\"en\"><head><title>Sign in | Members’ Gazette</title></head><body><main><h1>Sign in</h1><p>The Gazette is for members. Please sign in to continue.</p><form action=\"/session\" method=\"post\"><label>E-mail <input type=\"email\" name=\"email\"></label><label>Password <input type=\"password\" name=\"password\"></label><button>Sign in</button></form><a href=\"/password\">Forgot your password?</a> <a href=\"/join\">Become a member</a></main></body></html>".to_owned());
    site
}

/// The same empty page for every address, also for `/feed` and `/sitemap.xml`: all is made by scripts.
pub fn scripts() -> Site {
    let mut site = Site::new("empty_without_scripts", "/");
    site.ends = Ends::Fails(&["javascript", "script"]);
    site.missing = Missing::Always(200, "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"/><link rel=\"icon\" href=\"/favicon.ico\"/><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/><title>React App</title><script defer=\"defer\" src=\"/static/js/main.5f2e8c1d.js\"></script><link href=\"/static/css/main.css\" rel=\"stylesheet\"></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=\"root\"></div></body></html>".to_owned());
    site
}
