//! The way to another origin fails: no encryption, no name, nothing that the page may read: F18, F19.

use std::time::Duration;

use all_ears_e2e::fault::Fault;
use all_ears_e2e::lab::{Lab, fill_in};
use all_ears_e2e::site::Guests;
use all_ears_e2e::tls::Encrypted;
use all_ears_e2e::watch::{hand_in, sentence};
use all_ears_e2e::{Failure, Outcome, ensure};
use serde_json::json;

const RETURN: Duration = Duration::from_secs(75);

/// The query that sends to this origin, with nothing asked before.
fn to(origin: &str) -> String {
    format!(r#"endpoint={{"url":"{origin}/v1/submissions","format":"text"}}"#)
}

/// Still nothing but saved.
fn still_saved(lab: &mut Lab) -> Outcome {
    ensure(!lab.world()?.shows("sending.sent")?, || "it says sent, and nothing was".to_owned())?;
    let rows = lab.rows()?;
    ensure(rows.iter().all(|(_, count)| *count == 0), || format!("it got through: {rows:?}"))?;
    lab.kept()
}

fn arrived(lab: &mut Lab) -> Outcome {
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

/// Plain text where encryption was meant, then a certificate that nobody knows, then one that is trusted.
fn certificate(lab: &mut Lab) -> Outcome {
    lab.site.guests(Guests::Read);
    let way = Encrypted::open(lab.site.port())?;
    way.broken(true);
    lab.say(&to(&way.origin()))?;
    sentence(&lab.world()?, &["sending.saved"])?;
    lab.world()?.until("the first try", || Ok((way.callers() > 0).then_some(())))?;
    still_saved(lab)?;
    way.broken(false);
    let before = way.callers();
    lab.world()?.script("dispatchEvent(new Event('online'))", &[])?;
    lab.world()?
        .until("a try with the unknown certificate", || Ok((way.callers() > before).then_some(())))?;
    std::thread::park_timeout(Duration::from_millis(500));
    still_saved(lab)?;
    lab.browser()?.cdp("Security.setIgnoreCertificateErrors", &json!({ "ignore": true }))?;
    let outcome = arrived(lab);
    lab.browser()?.cdp("Security.setIgnoreCertificateErrors", &json!({ "ignore": false }))?;
    outcome
}

/// What could not go is sent by the page that follows, in a browser for which the way is free.
fn next_browser_sends(lab: &mut Lab, page: &str, rules: &[&str]) -> Outcome {
    sentence(&lab.world()?, &["sending.saved"])?;
    std::thread::park_timeout(Duration::from_secs(2));
    still_saved(lab)?;
    lab.come_back(rules)?;
    lab.world()?.open_url(page)?;
    lab.delivered(RETURN)?;
    lab.stop();
    Ok(())
}

/// The endpoint's name is unknown, then known.
fn name(lab: &mut Lab) -> Outcome {
    lab.site.guests(Guests::Read);
    lab.restart(&["--host-resolver-rules=MAP api.test ~NOTFOUND"])?;
    lab.say(&to(&format!("http://api.test:{}", lab.site.port())))?;
    let page = format!("{}/fault", lab.site.origin());
    next_browser_sends(lab, &page, &["--host-resolver-rules=MAP api.test 127.0.0.1"])
}

/// The page is encrypted and its endpoint is not: the browser sends nothing, until it is told to.
fn mixed_content(lab: &mut Lab) -> Outcome {
    lab.site.guests(Guests::Read);
    let way = Encrypted::open(lab.site.port())?;
    let rules = ["--host-resolver-rules=MAP api.test 127.0.0.1", "--ignore-certificate-errors"];
    lab.restart(&rules)?;
    let words = lab.mark();
    let query = to(&format!("http://api.test:{}", lab.site.port()));
    lab.world()?.open_url(&format!("{}/fault?{query}", way.origin()))?;
    fill_in(&lab.world()?, &words)?;
    hand_in(&lab.world()?, &words)?;
    let page = format!("{}/fault", way.origin());
    next_browser_sends(lab, &page, &[rules[0], rules[1], "--allow-running-insecure-content"])
}

pub fn no_way(lab: &mut Lab) -> Outcome {
    let ways: [(&str, fn(&mut Lab) -> Outcome); 3] =
        [("encryption", certificate), ("name", name), ("mixed content", mixed_content)];
    for (what, way) in ways {
        lab.begin("F18")?;
        let outcome = way(lab);
        if outcome.is_err() {
            eprintln!("{:?} {:?} {:?}", lab.world()?.console()?, lab.site.requests(), lab.world()?.events()?);
        }
        outcome.map_err(|Failure(why)| Failure(format!("{what}: {why}")))?;
    }
    Ok(())
}

/// Errors that the page may not read, then a success that it may not read, then one that it may: the first counts for
/// nothing, the second is stored and not believed, the third is the same row.
pub fn no_cors(lab: &mut Lab) -> Outcome {
    lab.site.guests(Guests::HandIn);
    lab.fault(Some(Fault::NoCors(500)));
    let other = lab.site.origin().replace("127.0.0.1", "localhost");
    let words = lab.say(&to(&other))?;
    sentence(&lab.world()?, &["sending.saved"])?;
    let site = std::rc::Rc::clone(&lab.site);
    lab.world()?.until("the first request", || Ok((!site.arrivals().is_empty()).then_some(())))?;
    still_saved(lab)?;
    lab.fault(None);
    lab.world()?.within(RETURN, "an answer that cannot be read", || {
        Ok(site.stored().iter().any(|note| note.words == words).then_some(()))
    })?;
    std::thread::park_timeout(Duration::from_millis(500));
    ensure(!lab.world()?.shows("sending.sent")?, || "it believes what it cannot read".to_owned())?;
    let here = lab.waiting()?.iter().any(|item| item["words"] == words);
    ensure(here, || "what was not acknowledged is gone from the store".to_owned())?;
    site.guests(Guests::Read);
    arrived(lab)
}
