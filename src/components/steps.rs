//! How far along: the steps as an ordered list, with the current one marked.

use std::cmp::Ordering;

use yew::{AttrValue, Html};

use super::attribute::Attribute;
use super::node::{Element, text};

/// Shows the steps; `current` counts from nought, and all before it are done.
pub fn steps(name: AttrValue, labels: Vec<AttrValue>, current: usize) -> Html {
    let mut list = Vec::new();
    for (at, label) in labels.into_iter().enumerate() {
        let step = match at.cmp(&current) {
            Ordering::Less => Element::new("li", "done"),
            Ordering::Equal => Element::new("li", "now").set(Attribute::AriaCurrent, "step"),
            Ordering::Greater => Element::new("li", "later"),
        };
        list.push(step.with([text(label)]));
    }
    Element::new("ol", "steps").give(Attribute::AriaLabel, name).list(list)
}
