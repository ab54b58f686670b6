//! Names and values below each other.

use yew::{AttrValue, Html};

use super::node::{el, isolated, words};

/// Shows the rows, each a name and a value, that say something. Line breaks are kept.
pub fn summary_list(rows: Vec<(AttrValue, AttrValue)>) -> Html {
    let mut list = Vec::new();
    for (term, value) in rows {
        if !value.is_empty() {
            list.push(el("div", "", vec![words("dt", "", term), el("dd", "", vec![isolated(value)])]));
        }
    }
    el("dl", "summary", list)
}
