//! Links, none of which takes the place of the page: nothing typed is lost, and the other page learns nothing.

use yew::{AttrValue, Html};

use super::attribute::Attribute;
use super::node::{Element, isolated, text};

/// A link that opens beside the page.
pub fn outside(url: AttrValue, said: AttrValue) -> Html {
    let link = Element::new("a", "link").give(Attribute::Href, url);
    link.set(Attribute::Target, "_blank").set(Attribute::Rel, "noopener noreferrer").with([text(said)])
}

/// A link to a phone or a mail program by `tel:` or `mailto:`. Spaces in the address are for reading only.
pub fn contact(scheme: &str, address: &str, before: Html) -> Html {
    let mut href = String::from(scheme);
    href.push_str(address);
    href.retain(|character| character != ' ');
    let said = isolated(AttrValue::from(address.to_owned()));
    Element::new("a", "link").give(Attribute::Href, href.into()).with([before, said])
}
