//! The frame of every screen: way back, title, what scrolls, the one next step, and in the same place on each screen
//! the way to complain and to reach a person (welcome-complaints, friendly-technology).

use domain::message::MessageKey;
use domain::session::Action;
use domain::view::View;
use yew::{AttrValue, Html};

use super::{Scene, own};
use crate::components::attribute::Attribute;
use crate::components::node::{Element, el, none, text};
use crate::components::{Icon, Look, contact, icon, live_region, outside};

/// What a screen puts into the frame.
pub struct Frame {
    /// Name of the screen, for its motion and for tests. A new name starts the screen afresh.
    pub name: &'static str,
    /// Whether there is nothing in it but text: then the text itself can be reached by keyboard, to scroll it.
    pub reading: bool,
    /// Its heading.
    pub title: AttrValue,
    /// Between heading and body: how far along.
    pub above: Html,
    /// What scrolls.
    pub body: Html,
    /// The next steps.
    pub actions: Html,
    /// What the way to complain carries along; `None` on the complaint's own screens.
    pub complain: Option<fn() -> Action>,
}

/// The way to complain with nothing to carry along.
pub fn complain() -> Option<fn() -> Action> {
    Some(|| Action::ViewChosen(View::Complaint))
}

/// Shows the frame.
pub fn panel(scene: &Scene<'_>, frame: Frame) -> Html {
    panel_with(scene, frame, none())
}

/// Shows the frame with something after the ways to a person.
pub fn panel_with(scene: &Scene<'_>, frame: Frame, last: Html) -> Html {
    let mut body = Element::new("div", "body").key(frame.name);
    if frame.reading {
        body = body
            .set(Attribute::TabIndex, "0")
            .set(Attribute::Role, "group")
            .set(Attribute::AriaLabelledby, "title");
    }
    Element::new("div", if scene.inline { "app inline" } else { "app" })
        .give(Attribute::Lang, scene.catalog.locale())
        .set(Attribute::Dir, scene.catalog.direction())
        .set(Attribute::DataScreen, frame.name)
        .with([
            head(scene, frame.title),
            frame.above,
            body.with([frame.body]),
            el("div", "foot", [frame.actions, ways(scene, frame.complain), last]),
            live_region(scene.announcement.clone()),
        ])
}

fn head(scene: &Scene<'_>, title: AttrValue) -> Html {
    let back = if scene.session.view() == View::Menu {
        none()
    } else {
        scene.button(Look::Icon, MessageKey::PanelBack, Some(Icon::BACK), || Action::BackPressed)
    };
    let close = if scene.inline {
        none()
    } else {
        scene.button(Look::Icon, MessageKey::PanelClose, Some(Icon::CLOSE), || Action::ClosePressed)
    };
    let h2 = Element::new("h2", "").set(Attribute::Id, "title").set(Attribute::TabIndex, "-1");
    let h2 = spoken(h2, scene.session.answers.foreign());
    el("div", "head", [back, h2.with([text(title)]), close])
}

/// An element in its own language, where that is not the one of the screen.
pub fn spoken(element: Element, lang: Option<&str>) -> Element {
    match lang {
        Some(lang) => element.give(Attribute::Lang, own(lang)),
        None => element,
    }
}

fn ways(scene: &Scene<'_>, complain: Option<fn() -> Action>) -> Html {
    let company = scene.company;
    // One line holds two of the three in words: beside the other two, the letter stands for the address.
    let brief = if complain.is_some() && !company.phone.is_empty() { "brief" } else { "" };
    let mut list = Vec::new();
    if let Some(make) = complain {
        list.push(el("li", "", [scene.button(Look::Link, MessageKey::PanelComplain, None, make)]));
    }
    if !company.phone.is_empty() {
        list.push(el("li", "", [contact("tel:", &company.phone, icon(Icon::PHONE))]));
    } else if !company.contact_url.is_empty() {
        let page = outside(own(&company.contact_url), scene.text(MessageKey::PanelContactPage));
        list.push(el("li", "", [page]));
    }
    if !company.email.is_empty() {
        list.push(el("li", brief, [contact("mailto:", &company.email, icon(Icon::LETTER))]));
    }
    Element::new("ul", "ways").give(Attribute::AriaLabel, scene.text(MessageKey::PanelWays)).list(list)
}
