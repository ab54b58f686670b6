//! A group of fields that Enter hands in. The browser itself never sends anything.

use yew::Html;

use super::attribute::Attribute;
use super::dom::{Event, Handler};
use super::node::Element;

/// Shows the fields; `role` is `search` or empty.
pub fn form(role: &'static str, on_submit: Handler, fields: Html) -> Html {
    let mut form = Element::new("form", "").set(Attribute::NoValidate, "");
    if !role.is_empty() {
        form = form.set(Attribute::Role, role);
    }
    form.on(Event::Submit, on_submit).with([fields])
}
