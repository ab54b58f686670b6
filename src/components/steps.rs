//! How far along: the steps as an ordered list, with the current one marked.

use yew::prelude::*;

/// Shows the steps; `current` counts from nought, and all before it are done.
pub fn steps(name: AttrValue, labels: &[AttrValue], current: usize) -> Html {
    let one = |(at, label): (usize, &AttrValue)| {
        let (class, now) = match at.cmp(&current) {
            std::cmp::Ordering::Less => ("done", None),
            std::cmp::Ordering::Equal => ("now", Some("step")),
            std::cmp::Ordering::Greater => ("later", None),
        };
        html! { <li {class} aria-current={now}>{label.clone()}</li> }
    };
    html! { <ol class="steps" aria-label={name}>{for labels.iter().enumerate().map(one)}</ol> }
}
