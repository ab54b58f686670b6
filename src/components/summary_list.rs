//! Names and values below each other.

use yew::prelude::*;

/// One row.
pub struct SummaryRow {
    /// What it is.
    pub term: AttrValue,
    /// What it says; line breaks are kept.
    pub value: AttrValue,
}

/// Shows the rows that say something.
pub fn summary_list(rows: Vec<SummaryRow>) -> Html {
    let one = |row: SummaryRow| {
        html! { <div><dt>{row.term}</dt><dd><bdi>{row.value}</bdi></dd></div> }
    };
    html! { <dl class="summary">{for rows.into_iter().filter(|row| !row.value.is_empty()).map(one)}</dl> }
}
