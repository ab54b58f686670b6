//! An answer's blocks as nodes, never as a string of HTML. Addresses were checked by `domain::markup`.

use domain::markup::{Block, Inline};
use yew::Html;

use super::own;
use crate::components::node::{el, text};
use crate::components::outside;

/// The blocks as nodes.
pub fn blocks(blocks: &[Block]) -> Vec<Html> {
    let mut out = Vec::new();
    for block in blocks {
        out.push(match block {
            Block::Paragraph(parts) => el("p", "", inlines(parts)),
            Block::List { ordered, items } => {
                let mut list = Vec::new();
                for parts in items {
                    list.push(el("li", "", inlines(parts)));
                }
                el(if *ordered { "ol" } else { "ul" }, "", list)
            }
        });
    }
    out
}

fn inlines(parts: &[Inline]) -> Vec<Html> {
    let mut out = Vec::new();
    for part in parts {
        out.push(match part {
            Inline::Text(said) => text(own(said)),
            Inline::Strong(parts) => el("strong", "", inlines(parts)),
            Inline::Emphasis(parts) => el("em", "", inlines(parts)),
            Inline::Link { text, url } => outside(own(url), own(text)),
        });
    }
    out
}
