//! A button. It always works when pressed: what is still missing is said after the press, never by a grey button.

use yew::prelude::*;

use super::icon::{Icon, icon};

/// How much weight it carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one next step of a screen.
    Primary,
    /// Another way on.
    #[default]
    Quiet,
    /// A way on within a text.
    Link,
    /// A whole row: icon, words, arrow.
    Row,
    /// Only the drawing shows; the label is read out.
    Icon,
}

/// Props of [`button`].
#[derive(Default)]
pub struct Button {
    /// How much weight it carries.
    pub look: Look,
    /// What it does, in words. Never empty.
    pub label: AttrValue,
    /// More about it, below the label; empty for none.
    pub hint: AttrValue,
    /// A drawing before the label.
    pub icon: Option<Icon>,
    /// Called on click, Enter and Space.
    pub on_press: Callback<MouseEvent>,
}

/// Shows it.
pub fn button(props: Button) -> Html {
    let Button { look, label, hint, icon: drawing, on_press } = props;
    let class = match look {
        Look::Primary => "button primary",
        Look::Quiet => "button quiet",
        Look::Link => "link",
        Look::Row => "row",
        Look::Icon => "icon-button",
    };
    let drawing = drawing.map(icon).unwrap_or_default();
    let body = match look {
        Look::Icon => html! { <>{drawing}<span class="hidden">{label}</span></> },
        Look::Row => html! {
            <>
                <span class="row-icon">{drawing}</span>
                <span class="row-words">
                    <span class="row-label">{label}</span>
                    if !hint.is_empty() {
                        <span class="row-hint">{hint}</span>
                    }
                </span>
                {icon(Icon::Forward)}
            </>
        },
        Look::Primary | Look::Quiet | Look::Link => html! { <>{drawing}<span>{label}</span></> },
    };
    html! { <button type="button" {class} onclick={on_press}>{body}</button> }
}
