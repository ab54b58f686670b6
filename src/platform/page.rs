//! What the page says of itself. Addresses are cut to origin and path: queries carry secrets.

use domain::submission::Page;

use super::js;

fn bare(address: &str) -> String {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    address[..end].to_owned()
}

/// Origin of the page, and the page.
pub fn read() -> (String, Page) {
    let global = js_sys::global();
    let location = js::get(&global, "location").unwrap_or_default();
    let document = js::get(&global, "document").unwrap_or_default();
    let page = Page {
        url: bare(&js::text(&location, "href")),
        title: js::text(&document, "title"),
        referrer: bare(&js::text(&document, "referrer")),
    };
    (js::text(&location, "origin"), page)
}
