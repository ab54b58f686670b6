//! The widget dies, the page and its customer are difficult: F29–F33, F35.

use std::time::Duration;

use all_ears_e2e::fault::{BREAK, Fault};
use all_ears_e2e::lab::{Lab, fill_in};
use all_ears_e2e::watch::{hand_in, sentence, watch};
use all_ears_e2e::{Failure, Outcome};

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
            hand_in(&world, &words)?;
            sentence(&world, &["sending.saved"])?;
        } else {
            watch(&world, &words)?;
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
    hand_in(&world, &words)?;
    sentence(&world, &["sending.saved"])?;
    lab.fault(None);
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

/// The page's script replaces things once the widget is there; then the customer sends.
fn patched(lab: &mut Lab, patch: &str, receipt: &str) -> Outcome {
    let words = lab.mark();
    lab.world()?.visit(&format!(r#"fault?endpoint={{"receipt":"{receipt}"}}"#))?;
    fill_in(&lab.world()?, &words)?;
    watch(&lab.world()?, &words)?;
    lab.world()?.script(patch, &[])?;
    lab.world()?.click("button", "feedback.send")?;
    let sent = lab.delivered(RETURN).and_then(|_| sentence(&lab.world()?, &["sending.sent"]));
    sent.map(drop).map_err(|Failure(why)| Failure(format!("receipt {receipt}, {patch}: {why}")))
}

/// What a page has put in place of `fetch`. The first are seen to be no browser's; those after the fourth read as native
/// code.
const FETCHES: [&str; 10] = [
    "window.fetch = () => { throw new Error('blocked'); };",
    "window.fetch = () => new Promise(() => {});",
    "window.fetch = () => Promise.resolve(new Response('{}', { status: 200 }));",
    "const real = fetch; window.fetch = (url, init) => real(url, { ...init, headers: {}, body: 'torn' });",
    "const fake = () => Promise.resolve(new Response('{}', { status: 200 })); window.fetch = fake.bind(window);",
    "const real = fetch; const torn = (url, init) => real(url, { ...init, body: 'torn' });
     window.fetch = torn.bind(window);",
    "window.fetch = new Proxy(fetch, { apply: () => Promise.resolve(new Response('{}', { status: 200 })) });",
    "window.fetch = new Proxy(fetch, { apply: (to, self, [url, init]) =>
       Promise.resolve(new Response(JSON.stringify({ id: JSON.parse(init.body).id }), { status: 200 })) });",
    "Function.prototype.toString = () => 'function fetch() { [native code] }';
     window.fetch = () => Promise.resolve(new Response('{}', { status: 200 }));",
    "const { toString } = Function.prototype;
     window.fetch = () => Promise.resolve(new Response('{}', { status: 200 }));
     Function.prototype.toString = function () {
       return this === fetch ? 'function fetch() { [native code] }' : toString.call(this);
     };",
];

/// Also with `receipt: "status"`, where any 2xx of somebody else's would be believed.
pub fn patched_fetch(lab: &mut Lab) -> Outcome {
    for patch in FETCHES {
        for receipt in ["strict", "status"] {
            lab.begin("F31")?;
            patched(lab, patch, receipt)?;
        }
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
        patched(lab, patch, "strict")?;
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
    hand_in(&lab.world()?, &words)?;
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}

pub fn double_press(lab: &mut Lab) -> Outcome {
    let words = lab.mark();
    lab.world()?.visit("fault")?;
    fill_in(&lab.world()?, &words)?;
    watch(&lab.world()?, &words)?;
    lab.world()?.double_click("button", "feedback.send")?;
    lab.delivered(RETURN)?;
    sentence(&lab.world()?, &["sending.sent"])?;
    lab.delivered(RETURN).map(drop)
}
