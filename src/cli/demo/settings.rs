//! The configuration that the demo's daemon runs with, as its reader may open and change it.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use url::Url;

use super::site::Site;

/// How often the demo reads its own sites: oftener than a file may ask of the sites of others, so that a new article
/// arrives while one watches. Set it on the sources after loading the file.
pub const EVERY: Duration = Duration::from_secs(15);

/// What the demo knows only once it runs.
#[derive(Debug)]
pub struct Settings<'a> {
    /// Where the daemon listens.
    pub listen: SocketAddr,
    /// Where the daemon is reached.
    pub public_url: &'a Url,
    /// Folder of the database.
    pub data: &'a Path,
}

/// The TOML of a daemon that reads these sites, each at its address, and merges them into one feed.
#[must_use]
pub fn config_toml(settings: &Settings<'_>, sites: &[(Site, Url)]) -> String {
    let mut toml = format!(
        "# The settings of this demo. A file of your own needs no more than one [[source]] with a `url`.\n\n\
         [server]\n\
         listen = {}\n\
         public_url = {}\n\n\
         [storage]\n\
         url = {}\n\n\
         [fetch]\n\
         contact = {}\n\
         every = \"1m\"                 # as often as a guest may; the demo asks its own sites oftener still\n\
         per_host = {{ concurrency = 1, delay = \"50ms\" }}\n\
         private_networks = true      # the sample sites are on this machine\n",
        quoted(&settings.listen.to_string()),
        quoted(settings.public_url.as_str()),
        quoted(&format!("sqlite:{}", settings.data.join("offprint.db").display())),
        quoted(settings.public_url.as_str()),
    );
    for (site, base) in sites {
        let address = format!("{}{}", base.as_str().trim_end_matches('/'), site.entrance);
        let _ = write!(
            toml,
            "\n# {}\n[[source]]\nid = {}\ntitle = {}\nurl = {}\ntimezone = {}\n",
            site.about,
            quoted(site.key),
            quoted(site.title),
            quoted(&address),
            quoted(site.timezone),
        );
        if let Some(discover) = site.discover {
            let _ = writeln!(toml, "discover = {discover}");
        }
    }
    let keys: Vec<String> = sites.iter().map(|(site, _)| quoted(site.key)).collect();
    let _ =
        write!(toml, "\n[[feed]]\nid = \"morning\"\ntitle = \"The morning paper\"\nsources = [{}]\n", keys.join(", "));
    toml
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
