//! An answer's blocks as nodes, never as a string of HTML. Addresses were checked by `domain::markup`.

use domain::markup::{Block, Inline};
use yew::Html;

use super::own;
use crate::components::node::{list, text};
use crate::components::outside;

/// The blocks as nodes.
pub fn blocks(blocks: &[Block]) -> Vec<Html> {
    let mut out = Vec::new();
    for block in blocks {
        out.push(match block {
            Block::Paragraph(parts) => list("p", "", inlines(parts)),
            Block::List { ordered, items } => {
                let mut lines = Vec::new();
                for parts in items {
                    lines.push(list("li", "", inlines(parts)));
                }
                list(if *ordered { "ol" } else { "ul" }, "", lines)
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
            Inline::Strong(parts) => list("strong", "", inlines(parts)),
            Inline::Emphasis(parts) => list("em", "", inlines(parts)),
            Inline::Link { text, url } => outside(own(url), own(text)),
        });
    }
    out
}
