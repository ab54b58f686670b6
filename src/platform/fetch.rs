//! Reading a small file: the FAQ, the state of a complaint. Sending is the sender's work.

use wasm_bindgen::JsValue;

use super::js;

/// Longest file that is read, in UTF-16 units.
const FILE_UNITS_MAX: u32 = 4_000_000;

/// What came of a fetch: the text, or the status, which is 0 when the network had no answer.
pub type Fetched = Result<String, u16>;

/// Fetches a text without cookies.
pub fn text(url: &str, done: Box<dyn FnOnce(Fetched)>) {
    let init = js::bare_object(&[
        ("method", "GET".into()),
        ("mode", "cors".into()),
        ("credentials", "omit".into()),
        ("redirect", "follow".into()),
        ("referrerPolicy", "strict-origin".into()),
    ]);
    let answered = Box::new(move |response: JsValue| {
        // An error has no status.
        let status = number(&response, "status") as u16;
        if (200..300).contains(&status) {
            js::ask(&response, "text", &[], Box::new(move |body| done(read(&body))));
        } else {
            done(Err(status));
        }
    });
    js::ask(&js::global(), "fetch", &[url.into(), init.into()], answered);
}

fn number(object: &JsValue, name: &str) -> f64 {
    js::get(object, name).and_then(|number| number.as_f64()).unwrap_or(0.0)
}

fn read(body: &JsValue) -> Fetched {
    if number(body, "length") > f64::from(FILE_UNITS_MAX) {
        return Err(413);
    }
    body.as_string().ok_or(0)
}

/// Whether an address may be fetched: https, the page's own origin, or this machine.
pub fn is_fetchable(url: &str, origin: &str) -> bool {
    let base: JsValue = origin.into();
    let parsed = js::get(&js::global(), "URL").and_then(|constructor| {
        js_sys::Reflect::construct(&constructor.into(), &js_sys::Array::of2(&url.into(), &base)).ok()
    });
    let Some(parsed) = parsed else { return false };
    let host = js::text(&parsed, "hostname");
    js::text(&parsed, "protocol") == "https:"
        || js::text(&parsed, "origin") == origin
        || matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
}
