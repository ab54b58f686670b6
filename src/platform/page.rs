//! What the page says of itself. Addresses are cut to origin and path: queries carry secrets.

use domain::message::until;
use domain::submission::Page;

use super::js;

fn bare(address: &str) -> String {
    until(until(address, "?"), "#").to_owned()
}

/// The full tag of a language as the page or the device writes it, such as `en-GB` for `en`: dates differ by country.
pub fn full_tag(locale: &str) -> String {
    let global = js::global();
    let document = js::get(&global, "document").and_then(|document| js::get(&document, "documentElement"));
    let page = document.map(|root| js::text(&root, "lang")).unwrap_or_default();
    let device = js::get(&global, "navigator").map(|own| js::text(&own, "language")).unwrap_or_default();
    let fits = |tag: &str| until(tag, "-") == until(locale, "-");
    if fits(&page) {
        page
    } else if fits(&device) {
        device
    } else {
        locale.to_owned()
    }
}

/// Origin of the page, and the page.
pub fn read() -> (String, Page) {
    let global = js::global();
    let location = js::get(&global, "location").unwrap_or_default();
    let document = js::get(&global, "document").unwrap_or_default();
    let page = Page {
        url: bare(&js::text(&location, "href")),
        title: js::text(&document, "title"),
        referrer: bare(&js::text(&document, "referrer")),
    };
    (js::text(&location, "origin"), page)
}
