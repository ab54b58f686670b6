//! Reading a small file: the FAQ, the state of a complaint. Sending is the sender's work.

use wasm_bindgen::JsValue;

use super::js;

/// Longest file that is read, in UTF-16 units.
const FILE_UNITS_MAX: u32 = 4_000_000;

/// Fetches a text without cookies. `Err` carries the status, 0 when the network had no answer.
pub async fn text(url: &str) -> Result<String, u16> {
    let init = js::bare_object(&[
        ("method", "GET".into()),
        ("mode", "cors".into()),
        ("credentials", "omit".into()),
        ("redirect", "follow".into()),
        ("referrerPolicy", "strict-origin".into()),
    ]);
    let response =
        js::call_async(&js_sys::global(), "fetch", &[url.into(), init.into()]).await.map_err(|_| 0_u16)?;
    let status = js::get(&response, "status").and_then(|status| status.as_f64()).unwrap_or(0.0) as u16;
    if !(200..300).contains(&status) {
        return Err(status);
    }
    let body = js::call_async(&response, "text", &[]).await.map_err(|_| 0_u16)?;
    let length = js::get(&body, "length").and_then(|length| length.as_f64()).unwrap_or(0.0);
    if length > f64::from(FILE_UNITS_MAX) {
        return Err(413);
    }
    body.as_string().ok_or(0)
}

/// Whether an address may be fetched: https, the page's own origin, or this machine.
pub fn is_fetchable(url: &str, origin: &str) -> bool {
    let base: JsValue = origin.into();
    let parsed = js::get(&js_sys::global(), "URL").and_then(|constructor| {
        js_sys::Reflect::construct(&constructor.into(), &js_sys::Array::of2(&url.into(), &base)).ok()
    });
    let Some(parsed) = parsed else { return false };
    let host = js::text(&parsed, "hostname");
    js::text(&parsed, "protocol") == "https:"
        || js::text(&parsed, "origin") == origin
        || matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
}
