//! Drawings on a grid of 24: one path each, in the colour of the text around them. Never the only carrier of meaning,
//! so they are hidden from assistive technology.

use yew::Html;

use super::attribute::Attribute;
use super::node::Element;

/// A drawing by its path, which travels with the screens that show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon(&'static str);

impl Icon {
    /// To the previous screen; mirrored in right-to-left languages.
    pub const BACK: Self = Self("M15 5l-7 7 7 7");
    /// To the next screen; mirrored in right-to-left languages.
    pub const FORWARD: Self = Self("M9 5l7 7-7 7");
    /// Away with it.
    pub const CLOSE: Self = Self("M6 6l12 12M18 6L6 18");
    /// A star.
    pub const STAR: Self = Self("M12 3.2l2.7 5.6 6.1.8-4.5 4.2 1.1 6.1-5.4-3-5.4 3 1.1-6.1-4.5-4.2 6.1-.8z");
    /// A speech bubble.
    pub const BUBBLE: Self =
        Self("M20 11.5a7.5 7.5 0 0 1-11 6.6L4 19.5l1.5-4.3A7.5 7.5 0 1 1 20 11.5zM9 10h6M9 13.5h4");
    /// A lens.
    pub const LENS: Self = Self("M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5L20 20");
    /// An ear that listens.
    pub const EAR: Self = Self(
        "M7 10a5 5 0 0 1 10 0c0 3.2-3 3.9-3 6.8A3.2 3.2 0 0 1 8.6 19M10 10.2a2 2 0 0 1 4 0c0 1.8-2.2 1.9-2.2 4",
    );
    /// A list with a tick: what became of it.
    pub const PROGRESS: Self =
        Self("M4 7l1.5 1.5L8.5 5M12 7h8M4 13l1.5 1.5 3-3.5M12 13h8M5 18.5h2M12 18.5h8");
    /// Done.
    pub const TICK: Self = Self("M5 12.5l4.5 4.5L19 7.5");
    /// Done, in a ring.
    pub const DONE: Self = Self("M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8 12.3l2.8 2.8L16 9.7");
    /// Something to know.
    pub const INFO: Self = Self("M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 11v5M12 7.8v.1");
    /// Something that wants care.
    pub const CARE: Self = Self("M12 4l8.7 15.5H3.3zM12 10v4.2M12 16.8v.1");
    /// A telephone.
    pub const PHONE: Self = Self(
        "M6.5 4h3l1.4 4-2 1.4a11 11 0 0 0 5.7 5.7l1.4-2 4 1.4v3a2 2 0 0 1-2 2A15 15 0 0 1 4.5 6a2 2 0 0 1 2-2z",
    );
    /// A letter.
    pub const LETTER: Self = Self("M4 6h16v12H4zM4 7l8 6 8-6");
    /// Two sheets.
    pub const COPY: Self = Self("M9 9h11v11H9zM15 9V4H4v11h5");
    /// Down to the device.
    pub const DOWNLOAD: Self = Self("M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14");
    /// A calendar.
    pub const CALENDAR: Self = Self("M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7");
    /// A heart.
    pub const HEART: Self =
        Self("M12 19.5S4 15 4 9.3A4.2 4.2 0 0 1 12 7.4a4.2 4.2 0 0 1 8 1.9c0 5.7-8 10.2-8 10.2z");
    /// A light bulb.
    pub const BULB: Self = Self("M9.5 17.5v-1.8a6 6 0 1 1 5 0v1.8zM10 20.5h4");
    /// A question mark in a ring.
    pub const QUESTION: Self = Self(
        "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM9.6 9.6a2.5 2.5 0 1 1 3.7 2.2c-.9.5-1.3 1-1.3 2M12 16.6v.1",
    );
    /// Thumb up.
    pub const THUMB_UP: Self = Self(
        "M7.5 11v8.5H4V11zM7.5 11l4-7.5c1.4 0 2.3 1 2 2.5L13 10h5a2 2 0 0 1 2 2.3l-1 5.5a2 2 0 0 1-2 1.7H7.5",
    );
    /// Thumb down.
    pub const THUMB_DOWN: Self = Self(
        "M7.5 13V4.5H4V13zM7.5 13l4 7.5c1.4 0 2.3-1 2-2.5l-.5-4h5a2 2 0 0 0 2-2.3l-1-5.5a2 2 0 0 0-2-1.7H7.5",
    );
    /// A sheet of paper.
    pub const SHEET: Self = Self("M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 15.5h6");
    /// Very unhappy.
    pub const FACE1: Self =
        Self("M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8 16.5a4.8 4.8 0 0 1 8 0M8 8l2 1.5M16 8l-2 1.5");
    /// Unhappy.
    pub const FACE2: Self =
        Self("M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8.5 16a5.5 5.5 0 0 1 7 0M9 9.5v.6M15 9.5v.6");
    /// So-so.
    pub const FACE3: Self = Self("M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8.5 15.2h7M9 9.5v.6M15 9.5v.6");
    /// Happy.
    pub const FACE4: Self =
        Self("M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8.5 14.3a5.5 5.5 0 0 0 7 0M9 9.5v.6M15 9.5v.6");
    /// Very happy.
    pub const FACE5: Self = Self(
        "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM7.5 13.5h9a4.6 4.6 0 0 1-9 0zM8 9.5q1-1.4 2 0M14 9.5q1-1.4 2 0",
    );
}

/// Draws it.
pub fn icon(which: Icon) -> Html {
    let class = if matches!(which, Icon::BACK | Icon::FORWARD) { "icon way" } else { "icon" };
    let path = Element::new("path", "").set(Attribute::D, which.0).with([]);
    Element::new("svg", class)
        .set(Attribute::ViewBox, "0 0 24 24")
        .set(Attribute::AriaHidden, "true")
        .with([path])
}
