//! What is measured: the widget, the form written by hand, and the page without either.

/// One of the three pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The built widget, by one script tag.
    Widget,
    /// `benches/vanilla/vanilla.js`.
    Vanilla,
    /// An empty script: what a page costs anyway.
    Empty,
}

impl Subject {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Widget, Self::Vanilla, Self::Empty];

    /// Its name in figures and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Widget => "widget",
            Self::Vanilla => "vanilla",
            Self::Empty => "empty",
        }
    }

    /// Its tag in the page.
    pub fn script(self) -> &'static str {
        match self {
            Self::Widget => {
                r#"<script src="/all-ears/all-ears.js" async data-endpoint="/v1/submissions" data-company="Fernway Outfitters"></script>"#
            }
            Self::Vanilla => r#"<script src="/vanilla.js" defer data-endpoint="/v1/submissions"></script>"#,
            Self::Empty => r#"<script src="/empty.js" async></script>"#,
        }
    }

    /// The first control after opening: the menu's first entry, the first of the rating's buttons.
    pub fn first_control(self) -> &'static str {
        match self {
            Self::Widget | Self::Empty => "dialog[open] li button",
            Self::Vanilla => "dialog[open] input",
        }
    }

    /// Takes it from the page.
    pub fn destroy(self) -> &'static str {
        match self {
            Self::Widget => "allEars('destroy')",
            Self::Vanilla => "feedback.destroy()",
            Self::Empty => "0",
        }
    }
}
