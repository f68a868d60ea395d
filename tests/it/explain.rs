//! Why an article came out as it did, asked of the running daemon.

use crate::daemon::{Daemon, Running};
use crate::origin::Origin;

/// The page that was kept is read again by the rules of now: a changed selector shows at once.
#[test]
fn an_article_is_explained_from_its_kept_page_by_the_rules_of_now() {
    let origin = Origin::start("Gazette", 1);
    let source = format!(
        "[fetch]\nprivate_networks = true\nper_host = {{ delay = \"1ms\" }}\n\
         [[source]]\nid = \"gazette\"\nurl = \"{}feed\"\n",
        origin.url()
    );
    let daemon = Daemon::prepare(&source);
    let running = daemon.start();
    daemon.wait("the article is read", || running.items("gazette").len() == 1);
    let id = running.items("gazette")[0].0.trim_start_matches("urn:uuid:").to_owned();

    let before = explanation(&running, &id);
    let config = std::fs::read_to_string(daemon.config()).unwrap();
    let rules = "extract = { remove = [\"article p:last-child\"], content = \"div.gone\" }\n";
    std::fs::write(daemon.config(), config + rules).unwrap();
    running.signal("HUP");
    daemon.wait("the new rules explain", || explanation(&running, &id).contains("removed by the configuration"));

    assert!(before.contains("kept: text of the article"), "{before}");
    assert!(before.contains("as the page gives it"), "{before}");
    assert!(!before.contains("removed by the configuration"), "{before}");
    let after = explanation(&running, &id);
    assert!(after.contains("<code>extract.content</code> <code>div.gone</code>"), "{after}");
}

fn explanation(running: &Running<'_>, id: &str) -> String {
    let answer = running.get(&format!("/articles/{id}/explain")).expect("the server answers");
    assert_eq!(answer.status, 200);
    String::from_utf8(answer.body).unwrap()
}
