//! The frame of every screen: way back, title, what scrolls, the one next step, and in the same place on each screen
//! the way to complain and to reach a person (welcome-complaints, friendly-technology).

use domain::message::MessageKey;
use domain::session::Action;
use domain::view::View;
use yew::prelude::*;

use super::{Scene, own};
use crate::components::{Button, Icon, Look, button, icon, live_region};

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
    /// The next step, or nothing.
    pub action: Html,
    /// What the way to complain carries along; `None` on the complaint's own screens.
    pub complain: Option<fn() -> Action>,
}

/// The way to complain with nothing to carry along.
pub fn complain() -> Option<fn() -> Action> {
    Some(|| Action::ViewChosen(View::Complaint))
}

/// Shows the frame.
pub fn panel(scene: &Scene<'_>, frame: Frame) -> Html {
    let (tabindex, role, titled) =
        if frame.reading { (Some("0"), Some("group"), Some("title")) } else { (None, None, None) };
    let at_menu = scene.session.view() == View::Menu;
    html! {
        <div class={if scene.inline { "app inline" } else { "app" }} lang={scene.catalog.locale()}
            dir={scene.catalog.direction()} data-screen={frame.name}>
            <div class="head">
                if !at_menu {
                    {button(Button {
                        look: Look::Icon,
                        label: scene.text(MessageKey::PanelBack),
                        icon: Some(Icon::Back),
                        on_press: scene.press(|| Action::BackPressed),
                        ..Button::default()
                    })}
                }
                <h2 id="title" tabindex="-1">{frame.title}</h2>
                if !scene.inline {
                    {button(Button {
                        look: Look::Icon,
                        label: scene.text(MessageKey::PanelClose),
                        icon: Some(Icon::Close),
                        on_press: scene.press(|| Action::ClosePressed),
                        ..Button::default()
                    })}
                }
            </div>
            {frame.above}
            <div class="body" key={frame.name} tabindex={tabindex} role={role} aria-labelledby={titled}>
                {frame.body}
            </div>
            <div class="foot">
                {frame.action}
                {ways(scene, frame.complain)}
            </div>
            {live_region(scene.announcement.clone())}
        </div>
    }
}

fn ways(scene: &Scene<'_>, complain: Option<fn() -> Action>) -> Html {
    let company = scene.company;
    // One line holds two of the three in words: beside the other two, the letter stands for the address.
    let brief = if complain.is_some() && !company.phone.is_empty() { "brief" } else { "" };
    let page = !company.contact_url.is_empty() && company.phone.is_empty();
    html! {
        <ul class="ways" aria-label={scene.text(MessageKey::PanelWays)}>
            if let Some(make) = complain {
                <li>{button(Button {
                    look: Look::Link,
                    label: scene.text(MessageKey::PanelComplain),
                    on_press: scene.press(make),
                    ..Button::default()
                })}</li>
            }
            {contact_link("tel:", &company.phone, Icon::Phone, "")}
            {contact_link("mailto:", &company.email, Icon::Letter, brief)}
            if page {
                <li>{outside(own(&company.contact_url), scene.text(MessageKey::PanelContactPage))}</li>
            }
        </ul>
    }
}

fn contact_link(scheme: &str, address: &str, drawing: Icon, class: &'static str) -> Html {
    if address.is_empty() {
        return Html::default();
    }
    html! { <li {class}><a class="link" href={href(scheme, address)}>{icon(drawing)}<bdi>{own(address)}</bdi></a></li> }
}

/// A link that opens beside the page, so that nothing typed is lost.
pub fn outside(url: AttrValue, text: AttrValue) -> Html {
    html! { <a class="link" href={url} target="_blank" rel="noopener noreferrer">{text}</a> }
}

/// An address for a phone or a mail program. Spaces are for reading only.
pub fn href(scheme: &str, address: &str) -> AttrValue {
    let mut out = String::from(scheme);
    out.extend(address.chars().filter(|character| !character.is_whitespace()));
    AttrValue::from(out)
}
