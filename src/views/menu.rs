//! The first screen: news, and what can be done here. The way to complain is as easy to find as the way to praise.

use domain::complaint::context_text;
use domain::message::MessageKey;
use domain::session::Action;
use domain::view::View;
use yew::Html;

use super::panel::{Frame, complain, panel};
use super::{Scene, own};
use crate::components::node::{all, el, gathered, list, none, words};
use crate::components::{Icon, Look, Tone, notice, outside, row};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let company = scene.company.name.as_str();
    let lead = if company.is_empty() {
        scene.text(MessageKey::MenuLeadPlain)
    } else {
        scene.catalog.with(MessageKey::MenuLead, &[("company", company)])
    };
    let mut rows = Vec::new();
    for item in scene.menu {
        rows.push(entry(scene, *item));
    }
    panel(
        scene,
        Frame {
            name: "menu",
            reading: false,
            title: scene.text(MessageKey::MenuTitle),
            above: none(),
            body: all([words("p", "lead", lead), news(scene), list("ul", "rows", rows), returned(scene)]),
            actions: none(),
            complain: if scene.menu.contains(&View::Complaint) { None } else { complain() },
        },
    )
}

/// What is news now.
fn news(scene: &Scene<'_>) -> Html {
    let mut items = Vec::new();
    for news in scene.notices {
        let begun = news.starts_at.is_none_or(|from| from <= scene.now);
        if begun && news.ends_at.is_none_or(|until| scene.now < until) {
            let more = if news.url.is_empty() {
                none()
            } else {
                outside(own(&news.url), scene.text(MessageKey::MenuNoticeMore))
            };
            items.push(notice(Tone::Plain, own(&news.text), more));
        }
    }
    gathered(items)
}

/// What came back is said below all that can be pressed: it is found when the menu stands already, and moves nothing.
fn returned(scene: &Scene<'_>) -> Html {
    if !scene.session.status.kept.has_news() {
        return none();
    }
    let look =
        scene.button(Look::Link, MessageKey::MenuReturnedLook, None, || Action::ViewChosen(View::Status));
    notice(Tone::Plain, scene.text(MessageKey::MenuReturned), look)
}

fn entry(scene: &Scene<'_>, item: View) -> Html {
    let (drawing, label, hint) = match item {
        View::Rating => (Icon::STAR, MessageKey::MenuRating, MessageKey::MenuRatingHint),
        View::Feedback => (Icon::BUBBLE, MessageKey::MenuFeedback, MessageKey::MenuFeedbackHint),
        View::Answers => (Icon::LENS, MessageKey::MenuAnswers, MessageKey::MenuAnswersHint),
        View::Complaint => (Icon::EAR, MessageKey::MenuComplaint, MessageKey::MenuComplaintHint),
        View::Status => (Icon::PROGRESS, MessageKey::MenuStatus, MessageKey::MenuStatusHint),
        View::Menu => return none(),
    };
    let mut hint = scene.text(hint);
    if item == View::Rating {
        let product = context_text(&scene.session.context, "product");
        if !product.is_empty() {
            hint = product.into();
        }
    }
    let on_press = scene.press_at(item as usize, |at| Action::ViewChosen(View::ALL[at % View::ALL.len()]));
    el("li", "", [row(Some(drawing), scene.text(label), hint, none(), on_press)])
}
