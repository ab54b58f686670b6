//! The widget dies, the page and its customer are difficult: F29–F35.

use std::time::Duration;

use all_ears_e2e::fault::{BREAK, Fault};
use all_ears_e2e::lab::{Lab, fill_in, sentence};
use all_ears_e2e::{Outcome, ensure};
use serde_json::{Value, json};

const RETURN: Duration = Duration::from_secs(75);

/// A real panic in the WASM while somebody types, as it is handed in, and while it is on its way.
pub fn widget_panics(lab: &mut Lab) -> Outcome {
    for (moment, press) in
        [("typing", "panel.back"), ("handing in", "feedback.send"), ("on its way", "panel.back")]
    {
        lab.begin("F29")?;
        let words = lab.mark();
        lab.world()?.visit("fault")?;
        let world = lab.world()?;
        fill_in(&world, &words)?;
        if moment == "on its way" {
            world.site.fault(Some(Fault::Down));
            world.click("button", "feedback.send")?;
            sentence(&world, &["sending.saved"])?;
        }
        world.script(BREAK, &[])?;
        world.click("button", press)?;
        if moment == "typing" {
            world.until("the words in the plain form", || {
                let there =
                    world.has("textbox", "feedback.text.any")? && !world.has("button", "panel.back")?;
                Ok((there && world.value("feedback.text.any")? == words).then_some(()))
            })?;
            world.click("button", "feedback.send")?;
        }
        lab.fault(None);
        lab.delivered(RETURN)?;
        sentence(&lab.world()?, &["sending.sent"])?;
    }
    Ok(())
}

pub fn plain_form(lab: &mut Lab) -> Outcome {
    lab.fault(Some(Fault::Down));
    let words = lab.mark();
    lab.world()?.visit("no-wasm")?;
    let world = lab.world()?;
    world.click("button", "launcher.label")?;
    world.fill("feedback.text.any", &words)?;
    world.click("button", "feedback.send")?;
    sentence(&world, &["sending.saved"])?;
    lab.fault(None);
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

/// The page's script replaces things once the widget is there; then the customer sends.
fn patched(lab: &mut Lab, patch: &str) -> Outcome {
    let words = lab.mark();
    lab.world()?.visit(r#"fault?endpoint={"receipt":"strict"}"#)?;
    fill_in(&lab.world()?, &words)?;
    lab.world()?.script(patch, &[])?;
    lab.world()?.click("button", "feedback.send")?;
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

pub fn patched_fetch(lab: &mut Lab) -> Outcome {
    for patch in [
        "window.fetch = () => { throw new Error('blocked'); };",
        "window.fetch = () => new Promise(() => {});",
        "window.fetch = () => Promise.resolve(new Response('{}', { status: 200 }));",
        "const real = fetch; window.fetch = (url, init) => real(url, { ...init, headers: {}, body: 'torn' });",
    ] {
        lab.begin("F31")?;
        patched(lab, patch)?;
    }
    Ok(())
}

pub fn patched_prototypes(lab: &mut Lab) -> Outcome {
    for patch in [
        "Object.prototype.mode = 'no-cors'; Object.prototype.keepalive = 'yes';",
        "Array.prototype.toJSON = () => 'torn';",
        "window.setTimeout = () => 0;",
        "Date.now = () => 0;",
        "window.Promise = class extends Promise {};",
    ] {
        lab.begin("F32")?;
        patched(lab, patch)?;
    }
    Ok(())
}

pub fn keepalive_gone(lab: &mut Lab) -> Outcome {
    // 64 KiB, which is all that a page has, in requests that never end.
    let hog = "for (let at = 0; at < 4; at++) fetch('/v1/hog', { method: 'POST', keepalive: true, \
               body: 'x'.repeat(16384) }).catch(() => {});";
    lab.fault(Some(Fault::BlackHole));
    let words = lab.mark();
    lab.world()?.visit("fault")?;
    fill_in(&lab.world()?, &words)?;
    lab.world()?.script(hog, &[])?;
    let site = std::rc::Rc::clone(&lab.site);
    lab.world()?.until("the page's own requests", || Ok((site.arrivals().len() >= 4).then_some(())))?;
    lab.fault(None);
    lab.world()?.click("button", "feedback.send")?;
    lab.delivered(RETURN).map(drop)
}

pub fn odd_bodies(lab: &mut Lab) -> Outcome {
    lab.world()?.visit("fault")?;
    let odd = [
        "\u{1f6b2}".repeat(200),
        "\u{202e}drawkcab".to_owned(),
        "a\u{0}b".to_owned(),
        "\u{1F468}\u{200D}\u{1F469}".to_owned(),
    ];
    let before = lab.site.arrivals().len();
    let bodies: Vec<Value> = odd.iter().map(|text| Value::from(text.as_str())).collect();
    let sent = lab.tool("raw", &[Value::from(bodies), json!([32 * 1024 - 1, 32 * 1024, 32 * 1024 + 1])])?;
    let states: Vec<&str> =
        sent["states"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let (last, others) = states.split_last().unwrap_or((&"", &[]));
    ensure(*last == "unsaved" && others.iter().all(|state| *state == "stored"), || format!("{states:?}"))?;
    let site = std::rc::Rc::clone(&lab.site);
    let bodies: Vec<String> = sent["bodies"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|body| body.as_str().map(str::to_owned))
        .collect();
    lab.world()?.within(RETURN, "every body at the endpoint, to the byte", || {
        let seen: Vec<Vec<u8>> = site.arrivals().split_off(before).into_iter().map(|one| one.body).collect();
        Ok(bodies.iter().all(|body| seen.iter().any(|one| one == body.as_bytes())).then_some(()))
    })
}

pub fn double_press(lab: &mut Lab) -> Outcome {
    let words = lab.mark();
    lab.world()?.visit("fault")?;
    fill_in(&lab.world()?, &words)?;
    lab.world()?.double_click("button", "feedback.send")?;
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"])?;
    lab.delivered(RETURN).map(drop)
}
