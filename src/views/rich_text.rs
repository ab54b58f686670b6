//! An answer's blocks as nodes, never as a string of HTML. Addresses were checked by `domain::markup`.

use domain::markup::{Block, Inline};
use yew::prelude::*;

use super::{own, panel};

/// Shows the blocks.
pub fn blocks(blocks: &[Block]) -> Html {
    html! { <>{for blocks.iter().map(block)}</> }
}

fn block(block: &Block) -> Html {
    match block {
        Block::Paragraph(parts) => html! { <p>{inlines(parts)}</p> },
        Block::List { ordered, items } => {
            let items = items.iter().map(|parts| html! { <li>{inlines(parts)}</li> });
            if *ordered {
                html! { <ol>{for items}</ol> }
            } else {
                html! { <ul>{for items}</ul> }
            }
        }
    }
}

fn inlines(parts: &[Inline]) -> Html {
    html! { <>{for parts.iter().map(inline)}</> }
}

fn inline(part: &Inline) -> Html {
    match part {
        Inline::Text(text) => html! { {own(text)} },
        Inline::Strong(parts) => html! { <strong>{inlines(parts)}</strong> },
        Inline::Emphasis(parts) => html! { <em>{inlines(parts)}</em> },
        Inline::Link { text, url } => panel::outside(own(url), own(text)),
    }
}
