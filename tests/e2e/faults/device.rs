//! The device fails or is odd: F21–F28, F37–F40.

use std::time::{Duration, Instant};

use all_ears_e2e::fault::Fault;
use all_ears_e2e::lab::{Lab, fill_in, sentence};
use all_ears_e2e::{Outcome, breathe, ensure};
use serde_json::{Value, json};

const RETURN: Duration = Duration::from_secs(75);
const YEAR: i64 = 365 * 86_400_000;

/// Nothing can be stored: the screen says so, and the words go out all the same.
fn unsaved_and_sent(lab: &mut Lab, query: &str) -> Outcome {
    lab.fault(Some(Fault::Down));
    lab.say(query)?;
    sentence(&lab.world()?, &["sending.unsaved"])?;
    let safe = ["sending.saved", "sending.held", "sending.sent"];
    for key in safe {
        ensure(!lab.world()?.shows(key)?, || format!("it says {key}, and nothing is stored"))?;
    }
    lab.fault(None);
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

pub fn quota(lab: &mut Lab) -> Outcome {
    let origin = lab.site.origin();
    let room = |size: Value| json!({ "origin": origin, "quotaSize": size });
    lab.browser()?.cdp("Storage.overrideQuotaForOrigin", &room(json!(1)))?;
    let outcome = unsaved_and_sent(lab, "");
    let whole = json!({ "origin": lab.site.origin() });
    lab.browser()?.cdp("Storage.overrideQuotaForOrigin", &whole)?;
    outcome
}

pub fn open_hangs(lab: &mut Lab) -> Outcome {
    unsaved_and_sent(lab, "before=open-hangs")
}

pub fn no_storage(lab: &mut Lab) -> Outcome {
    unsaved_and_sent(lab, "before=no-storage")
}

pub fn handle_closed(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::Down));
    lab.say("before=handles")?;
    sentence(&lab.world()?, &["sending.saved"])?;
    lab.world()?.script("for (const handle of window.handles) handle.close();", &[])?;
    lab.bulk(2, &json!({}))?;
    lab.world()?.script("for (const handle of window.handles) handle.close();", &[])?;
    lab.kept()?;
    lab.fault(None);
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

pub fn private_window(lab: &mut Lab) -> Outcome {
    lab.restart(&["--incognito"])?;
    lab.fault(Some(Fault::Down));
    lab.say("")?;
    sentence(&lab.world()?, &["sending.saved", "sending.unsaved"])?;
    lab.fault(None);
    lab.delivered(RETURN)?;
    lab.stop();
    Ok(())
}

pub fn later_version(lab: &mut Lab) -> Outcome {
    lab.world()?.visit("elsewhere")?;
    lab.tool("upgrade", &[json!(7)])?;
    lab.fault(Some(Fault::Down));
    lab.say("")?;
    sentence(&lab.world()?, &["sending.saved"])?;
    lab.kept()?;
    lab.fault(None);
    lab.delivered(RETURN).map(drop)
}

pub fn clock(lab: &mut Lab) -> Outcome {
    for jump in [YEAR, -YEAR] {
        lab.begin("F27")?;
        lab.fault(Some(Fault::Answers(503, vec![("Retry-After", "5".to_owned())], "{}")));
        lab.say("")?;
        sentence(&lab.world()?, &["sending.saved"])?;
        // What the store holds was written by a clock that was wrong the other way.
        lab.tool("year", &[json!(-jump)])?;
        lab.tool("drain", &[])?;
        std::thread::park_timeout(Duration::from_millis(500));
        lab.kept()?;
        lab.fault(None);
        lab.delivered(RETURN)?;
    }
    Ok(())
}

pub fn plain_http(lab: &mut Lab) -> Outcome {
    lab.restart(&["--host-resolver-rules=MAP shop.test 127.0.0.1"])?;
    let origin = lab.site.origin().replace("127.0.0.1", "shop.test");
    lab.fault(Some(Fault::Down));
    let words = lab.mark();
    lab.world()?.open_url(&format!("{origin}/fault"))?;
    let bare = lab.world()?.script("return !navigator.locks && !crypto.randomUUID", &[])?;
    ensure(bare == true, || "this origin is a secure one".to_owned())?;
    fill_in(&lab.world()?, &words)?;
    lab.world()?.click("button", "feedback.send")?;
    sentence(&lab.world()?, &["sending.saved"])?;
    lab.fault(None);
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"])?;
    lab.stop();
    Ok(())
}

pub fn other_endpoint(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::Down));
    lab.say("")?;
    sentence(&lab.world()?, &["sending.saved"])?;
    lab.fault(None);
    // The page of today names another address; what waits goes where it was meant to go.
    lab.world()?.visit(r#"fault?endpoint={"url":"/v1/nowhere"}"#)?;
    lab.world()?.hover("button", "launcher.label")?;
    lab.delivered(RETURN)?;
    let astray = lab.site.arrivals().iter().any(|arrival| arrival.path.ends_with("nowhere"));
    ensure(!astray, || "it went to the new address".to_owned())
}

pub fn cleared(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::Down));
    lab.say("")?;
    sentence(&lab.world()?, &["sending.saved"])?;
    lab.tool("clear", &[])?;
    lab.fault(None);
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

pub fn full(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::Down));
    lab.world()?.visit("fault")?;
    let states = lab.bulk(50, &json!({}))?;
    ensure(states.iter().all(|state| state == "stored"), || format!("{states:?}"))?;
    lab.say("")?;
    sentence(&lab.world()?, &["sending.unsaved"])?;
    let held = lab.waiting()?.len();
    ensure(held == 50, || format!("{held} items wait, and none may be dropped for another"))?;
    lab.fault(None);
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

pub fn other_builds(lab: &mut Lab) -> Outcome {
    lab.world()?.visit("fault")?;
    let words = lab.mark();
    let id = "01990000-1111-7222-8333-444455556666";
    let suffix = lab.site.origin().rsplit(':').next().unwrap_or_default().to_owned();
    let id = format!("{}{suffix:0>5}", &id[..31]);
    let body = json!({
        "schema": "all-ears/submission/1", "id": id, "kind": "feedback", "created_at": "2026-11-21T10:04:05.120Z",
        "locale": "en", "site": lab.site.origin(), "feedback": { "text": words },
    });
    // As the first build wrote it, with less in it than today's.
    let old = json!({
        "id": id, "v": 1, "kind": "feedback", "endpoint": { "url": format!("{}/v1/submissions", lab.site.origin()) },
        "body": body.to_string(), "created_ms": 1_700_000_000_000_i64, "attempts": 0, "last_status": 0, "last_try_ms": 0,
        "not_before_ms": 0, "lease_owner": "", "lease_until_ms": 0, "state": "stored",
    });
    let mut later = old.clone();
    later["v"] = json!(3);
    later["id"] = json!("of a later build");
    later["body"] = json!("untouched");
    lab.tool("put", &[old])?;
    lab.tool("put", &[later])?;
    lab.tool("drain", &[])?;
    lab.delivered(RETURN)?;
    // The row is there before the page has heard of it.
    let start = Instant::now();
    let mut left = lab.waiting()?;
    while left.len() > 1 && start.elapsed() < RETURN {
        breathe();
        left = lab.waiting()?;
    }
    ensure(left.len() == 1 && left[0]["words"] == "untouched", || format!("left in the store: {left:?}"))
}

/// No fault at all: how long a customer waits until words are durably on the device.
pub fn durable(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::Down));
    lab.world()?.visit("elsewhere")?;
    let spent = lab.tool("durable", &[json!(200)])?;
    let mut spent: Vec<f64> = spent.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    ensure(spent.len() == 200, || format!("{} of 200 were stored", spent.len()))?;
    spent.sort_by(f64::total_cmp);
    lab.durable = Some((spent[100], spent[190]));
    Ok(())
}
