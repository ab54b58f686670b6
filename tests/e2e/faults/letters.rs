//! Sizes and letters at their limits: F34.

use std::rc::Rc;
use std::time::Duration;

use all_ears_e2e::lab::{Lab, fill_in};
use all_ears_e2e::watch::{sentence, watch};
use all_ears_e2e::world::World;
use all_ears_e2e::{Failure, Outcome, ensure};
use serde_json::{Value, json};

const RETURN: Duration = Duration::from_secs(75);

/// What has broken programs that pass texts on, in one way or another.
const HOSTILE: [&str; 30] = [
    // Letters outside the first plane, put together, modified, or counted wrongly.
    "\u{1f6b2}\u{1f6b2}\u{1f6b2}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{1F44D}\u{1F3FE} \u{1F1EC}\u{1F1E7} 3\u{FE0F}\u{20E3}",
    "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}",
    "\u{1112}\u{1161}\u{11ab} \u{fdfa}\u{fb00} \u{130}\u{131}\u{1e9e} \u{20000}\u{2a6d6}",
    // Writing to the left, and marks that turn it.
    "\u{202e}drawkcab\u{202c} \u{2067}isolated\u{2069} \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{627}\u{644}",
    // What cannot be seen, and what is no letter.
    "\u{feff}a\u{200b}b\u{2060}c\u{ad}d\u{34f}e\u{180e}f\u{e0001}\u{e007f}g",
    "a\u{0}b",
    "\u{1}\u{2}\u{7}\u{8}\u{b}\u{c}\u{1b}[31m\u{1f}\u{7f}\u{80}\u{85}\u{9f}",
    "one\u{2028}two\u{2029}three",
    "\u{fffd}\u{fffe}\u{ffff}\u{10ffff}\u{fdd0}\u{e000}",
    "tab\tline\r\nline\nline\rend",
    // Somebody else's quotes.
    r#"" \' ` \\" \\ / \\/ \u0000 \ud800 \x00 %00 %u0000 &quot; &#0;"#,
    "'; DROP TABLE submissions; --",
    "1' OR '1'='1",
    "=1+1",
    "=HYPERLINK(\"http://127.0.0.1\";\"x\")",
    "@SUM(1)",
    "+1-1",
    "-- %s %n %d %x %p",
    "{{kind}} {reference} ${7*7} #{7*7} <%= 7*7 %> {% raw %}",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]> <!-- --> <?xml?> <!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "../../../etc/passwd",
    "$(touch x) `touch x` ; touch x | touch x",
    "a\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK",
    "{\"feedback\":{\"text\":\"another\"}}",
    "__proto__ constructor toString hasOwnProperty",
    "undefined null NaN Infinity true -0 1e400 0x7f 1_000",
    "CON PRN AUX NUL COM1 LPT1",
];

/// A half of a letter, as a script or a torn paste leaves it, and what becomes of it.
const TORN: &str = "const at = candidates('textbox', arguments[0])[0];
    at.value += ' \\ud83d alone, \\ude00 first \\ud83d';
    at.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));";
const MENDED: &str = " \u{fffd} alone, \u{fffd} first \u{fffd}";

pub fn odd_bodies(lab: &mut Lab) -> Outcome {
    sizes(lab)?;
    lab.begin("F34b")?;
    hostile(lab)?;
    for page in ["fault", "no-wasm"] {
        lab.begin("F34c")?;
        torn(lab, page)?;
    }
    Ok(())
}

/// One byte below what may be stored, that, and one more; and letters, to the byte.
fn sizes(lab: &mut Lab) -> Outcome {
    lab.world()?.visit("fault")?;
    let sizes = json!([64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1]);
    let sent = lab.tool("raw", &[json!(["\u{1f6b2}".repeat(200)]), sizes])?;
    let states: Vec<&str> =
        sent["states"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure(states == ["stored", "stored", "stored", "unsaved"], || format!("{states:?}"))?;
    let site = Rc::clone(&lab.site);
    let bodies: Vec<&str> =
        sent["bodies"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    lab.world()?.within(RETURN, "every body at the endpoint, to the byte", || {
        let seen = site.arrivals();
        Ok(bodies.iter().all(|body| seen.iter().any(|one| one.body == body.as_bytes())).then_some(()))
    })
}

/// Each is a row, letter by letter.
fn hostile(lab: &mut Lab) -> Outcome {
    lab.world()?.visit("fault")?;
    let words: Vec<String> = HOSTILE.iter().map(|text| format!("{} {text}", lab.mark())).collect();
    lab.forget_marks();
    for text in &words {
        lab.expect(text.clone());
    }
    let states = lab.tool("submit", &[json!(words), json!({ "receipt": "strict" })])?;
    ensure(states == json!(vec!["stored"; HOSTILE.len()]), || format!("{states}"))?;
    lab.delivered(RETURN).map(drop)
}

/// Half a letter can be no row: what is sent in its place is the sign that something is missing, and the rest is kept.
fn torn(lab: &mut Lab, page: &str) -> Outcome {
    let words = lab.mark();
    let mended = words.clone() + MENDED;
    lab.forget_marks();
    lab.expect(mended.clone());
    lab.world()?.visit(page)?;
    let tear = |world: &World<'_>, field: &str| {
        world.look(TORN, &[Value::from(world.texts.resolve(field)?)])?;
        watch(world, &mended)?;
        world.click("button", "feedback.send")
    };
    let world = lab.world()?;
    if page == "no-wasm" {
        world.click("button", "launcher.label")?;
        world.fill("feedback.text.any", &words)?;
        tear(&world, "feedback.text.any")?;
    } else {
        fill_in(&world, &words)?;
        tear(&world, "feedback.text.idea")?;
    }
    lab.delivered(RETURN / 5).map_err(|Failure(why)| {
        let bodies: Vec<String> =
            lab.site.arrivals().iter().map(|one| String::from_utf8_lossy(&one.body).into_owned()).collect();
        Failure(format!("{page}: {why}; sent: {bodies:?}"))
    })?;
    sentence(&lab.world()?, &["sending.sent"]).map(drop)
}
