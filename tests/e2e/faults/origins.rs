//! The way to another origin fails: no encryption, no name, nothing that the page may read: F18, F19.

use std::time::Duration;

use all_ears_e2e::fault::Fault;
use all_ears_e2e::lab::Lab;
use all_ears_e2e::site::Guests;
use all_ears_e2e::tls::Encrypted;
use all_ears_e2e::watch::sentence;
use all_ears_e2e::{Outcome, ensure};
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

/// The endpoint's name is unknown; a browser that knows it sends what was left, from the page that follows.
fn name(lab: &mut Lab) -> Outcome {
    lab.site.guests(Guests::Read);
    let way = Encrypted::open(lab.site.port())?;
    let trusting = "--ignore-certificate-errors";
    lab.restart(&["--host-resolver-rules=MAP api.test ~NOTFOUND", trusting])?;
    lab.say(&to(&way.origin().replace("127.0.0.1", "api.test")))?;
    sentence(&lab.world()?, &["sending.saved"])?;
    std::thread::park_timeout(Duration::from_secs(2));
    still_saved(lab)?;
    ensure(way.callers() == 0, || "the name was known after all".to_owned())?;
    lab.come_back(&["--host-resolver-rules=MAP api.test 127.0.0.1", trusting])?;
    lab.world()?.visit("fault")?;
    lab.delivered(RETURN)?;
    lab.stop();
    Ok(())
}

pub fn no_way(lab: &mut Lab) -> Outcome {
    certificate(lab)?;
    lab.begin("F18b")?;
    name(lab)
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
