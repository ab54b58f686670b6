//! Names and values below each other.

use yew::{AttrValue, Html};

use super::node::{el, isolated, list, words};

/// Shows the rows, each a name and a value, that say something. Line breaks are kept.
pub fn summary_list(rows: Vec<(AttrValue, AttrValue)>) -> Html {
    let mut rows_shown = Vec::new();
    for (term, value) in rows {
        if !value.is_empty() {
            rows_shown.push(el("div", "", [words("dt", "", term), el("dd", "", [isolated(value)])]));
        }
    }
    list("dl", "summary", rows_shown)
}
