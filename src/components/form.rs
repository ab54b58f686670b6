//! A group of fields that Enter hands in. The browser itself never sends anything.

use yew::Html;
use yew::virtual_dom::ListenerKind;

use super::dom::Handler;
use super::node::Element;

/// Shows the fields; `role` is `search` or empty.
pub fn form(role: &'static str, on_submit: Handler, fields: Vec<Html>) -> Html {
    let mut form = Element::new("form", "").set("novalidate", "");
    if !role.is_empty() {
        form = form.set("role", role);
    }
    form.on(ListenerKind::onsubmit, on_submit).with(fields)
}
