//! The line and the endpoint fail: F01–F09, F16, F17, F20, F36.

use std::time::{Duration, Instant};

use all_ears_e2e::fault::Fault;
use all_ears_e2e::lab::Lab;
use all_ears_e2e::watch::sentence;
use all_ears_e2e::{Failure, Outcome, ensure};
use serde_json::{Value, json};

/// As long as a gate may stay closed by courtesy, and a little more.
const RETURN: Duration = Duration::from_secs(75);
const STRICT: &str = r#"{"receipt":"strict"}"#;

fn strict() -> Value {
    json!({ "receipt": "strict" })
}

/// Submitted while it cannot arrive, seen as saved; then the fault ends and it is seen as sent.
fn ride_out(lab: &mut Lab, fault: Fault, lasts: Duration) -> Outcome {
    lab.fault(Some(fault));
    lab.say("")?;
    sentence(&lab.world()?, &["sending.saved", "sending.held"])?;
    let site = std::rc::Rc::clone(&lab.site);
    lab.world()?.until("the first request", || Ok((!site.arrivals().is_empty()).then_some(())))?;
    lab.kept()?;
    std::thread::park_timeout(lasts);
    ensure(!lab.world()?.shows("sending.sent")?, || "it says sent, and nothing was".to_owned())?;
    lab.fault(None);
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

pub fn down_then_back(lab: &mut Lab) -> Outcome {
    let lasts = if lab.thorough { 10 } else { 3 };
    ride_out(lab, Fault::Down, Duration::from_secs(lasts))
}

pub fn unavailable(lab: &mut Lab) -> Outcome {
    let later = |value: &str| {
        let headers =
            vec![("Retry-After", value.to_owned()), ("Date", "Sat, 21 Nov 2026 10:00:00 GMT".to_owned())];
        Fault::Answers(503, headers, "{}")
    };
    let lasts = if lab.thorough { 60 } else { 2 };
    ride_out(lab, Fault::status(503), Duration::from_secs(lasts))?;
    lab.begin("F02b")?;
    ride_out(lab, later("2"), Duration::from_millis(500))?;
    lab.begin("F02c")?;
    ride_out(lab, later("Sat, 21 Nov 2026 10:00:03 GMT"), Duration::from_millis(500))
}

pub fn too_many(lab: &mut Lab) -> Outcome {
    let seconds = 10;
    lab.fault(Some(Fault::Answers(429, vec![("Retry-After", seconds.to_string())], "{}")));
    lab.say("")?;
    sentence(&lab.world()?, &["sending.saved"])?;
    let site = std::rc::Rc::clone(&lab.site);
    lab.world()?.until("the first request", || Ok((!site.arrivals().is_empty()).then_some(())))?;
    lab.fault(None);
    for event in ["online", "pageshow"] {
        lab.world()?.script(&format!("dispatchEvent(new Event('{event}'))"), &[])?;
    }
    lab.delivered(RETURN)?;
    let at: Vec<Instant> = lab.site.arrivals().iter().map(|arrival| arrival.at).collect();
    let waited = at[1].duration_since(at[0]);
    // The answer took its way back before the wait began; nothing else shortens it.
    ensure(waited >= Duration::from_secs(seconds), || format!("asked again after {waited:?}"))?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

pub fn silence(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::Silence));
    lab.say("")?;
    let site = std::rc::Rc::clone(&lab.site);
    lab.world()?.until("the first request", || Ok((!site.arrivals().is_empty()).then_some(())))?;
    ensure(!lab.world()?.shows("sending.sent")?, || "it says sent without an answer".to_owned())?;
    lab.fault(None);
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

pub fn answers_cut(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::AnswerLost));
    lab.say("")?;
    let site = std::rc::Rc::clone(&lab.site);
    lab.world()?.within(RETURN, "three cut answers", || Ok((site.arrivals().len() >= 3).then_some(())))?;
    ensure(!lab.world()?.shows("sending.sent")?, || "it says sent without an answer".to_owned())?;
    lab.fault(None);
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

pub fn no_receipt(lab: &mut Lab) -> Outcome {
    let query = format!("endpoint={STRICT}");
    let portal = Fault::Answers(200, Vec::new(), "<html><title>Sign in</title></html>");
    for fault in [Fault::AnswerHalf, portal, Fault::Answers(200, Vec::new(), r#"{"id":"another"}"#)] {
        lab.begin("F06")?;
        lab.fault(Some(fault));
        lab.say(&query)?;
        sentence(&lab.world()?, &["sending.saved"])?;
        let site = std::rc::Rc::clone(&lab.site);
        lab.world()?.until("the first request", || Ok((!site.arrivals().is_empty()).then_some(())))?;
        std::thread::park_timeout(Duration::from_millis(300));
        ensure(!lab.world()?.shows("sending.sent")?, || "it believes what is no receipt".to_owned())?;
        lab.fault(None);
        lab.delivered(RETURN)?;
    }
    Ok(())
}

pub fn redirects(lab: &mut Lab) -> Outcome {
    for status in [301, 302, 307] {
        lab.begin("F07")?;
        let elsewhere = format!("{}/v1/elsewhere", lab.site.origin());
        lab.fault(Some(Fault::Answers(status, vec![("Location", elsewhere)], "")));
        lab.say("")?;
        sentence(&lab.world()?, &["sending.held"])?;
        let astray = lab.site.arrivals().iter().any(|arrival| arrival.path.ends_with("elsewhere"));
        ensure(!astray, || format!("a {status} led elsewhere"))?;
        lab.fault(None);
        lab.tool("sendNow", &[])?;
        lab.delivered(RETURN)?;
    }
    Ok(())
}

pub fn refused(lab: &mut Lab) -> Outcome {
    for status in [400, 413, 422] {
        lab.begin("F08")?;
        lab.fault(Some(Fault::status(status)));
        let mark = lab.say("")?;
        sentence(&lab.world()?, &["sending.rejected"])?;
        let held = lab.waiting()?;
        let kept = held
            .iter()
            .any(|item| item["state"] == "rejected" && item["words"] == Value::from(mark.as_str()));
        ensure(kept, || format!("refused with {status}, and the store has {held:?}"))?;
    }
    Ok(())
}

pub fn misconfigured(lab: &mut Lab) -> Outcome {
    for status in [401, 404] {
        lab.begin("F09")?;
        lab.fault(Some(Fault::status(status)));
        lab.say("")?;
        sentence(&lab.world()?, &["sending.held"])?;
        let before = lab.site.arrivals().len();
        lab.tool("drain", &[])?;
        lab.fault(None);
        ensure(lab.site.arrivals().len() == before, || {
            "a broken endpoint is asked again at once".to_owned()
        })?;
        // Two hours later.
        lab.tool("later", &[json!(7_200_000)])?;
        lab.tool("drain", &[])?;
        lab.delivered(RETURN)?;
    }
    Ok(())
}

pub fn five_minutes(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::Down));
    lab.world()?.visit("fault")?;
    lab.bulk(20, &strict())?;
    std::thread::park_timeout(Duration::from_secs(300));
    lab.fault(None);
    let spent = lab.delivered(Duration::from_secs(90))?;
    ensure(spent <= Duration::from_secs(60), || format!("twenty took {spent:?} after the return"))
}

pub fn shaky(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::Shaky(10, 400)));
    lab.world()?.visit("fault")?;
    lab.bulk(20, &strict())?;
    lab.delivered(RETURN * 2).map(drop)
}

pub fn blocked(lab: &mut Lab) -> Outcome {
    let browser = lab.browser()?;
    browser.cdp("Network.enable", &json!({}))?;
    browser.cdp("Network.setBlockedURLs", &json!({ "urls": ["*/v1/submissions"] }))?;
    lab.say("")?;
    let seen = sentence(&lab.world()?, &["sending.saved"]);
    let kept = lab.kept();
    lab.browser()?.cdp("Network.setBlockedURLs", &json!({ "urls": [] }))?;
    seen?;
    kept?;
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

pub fn receiver_killed(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::Down));
    lab.world()?.visit("fault")?;
    lab.bulk(50, &strict())?;
    lab.fault(None);
    lab.tool("drain", &[])?;
    for _ in 0..3 {
        std::thread::park_timeout(Duration::from_millis(200));
        lab.receiver.kill();
        std::thread::park_timeout(Duration::from_millis(300));
        lab.receiver
            .run()
            .map_err(|Failure(why)| Failure(format!("the receiver does not come back: {why}")))?;
        lab.tool("drain", &[])?;
    }
    lab.delivered(RETURN).map(drop)
}
