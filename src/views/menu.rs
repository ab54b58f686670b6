//! The first screen: news, and what can be done here. The way to complain is as easy to find as the way to praise.

use domain::complaint::context_text;
use domain::config::Notice;
use domain::message::MessageKey;
use domain::session::Action;
use domain::view::View;
use yew::prelude::*;

use super::panel::{Frame, complain, outside, panel};
use super::{Scene, own};
use crate::components::{Button, Icon, Look, Tone, button, notice};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let company = scene.company.name.as_str();
    let lead = if company.is_empty() {
        scene.text(MessageKey::MenuLeadPlain)
    } else {
        scene.catalog.with(MessageKey::MenuLead, &[("company", company)])
    };
    let current = scene.notices.iter().filter(|news| is_current(news, scene));
    let body = html! {
        <>
            <p class="lead">{lead}</p>
            {for current.map(|news| show_notice(scene, news))}
            <ul class="rows">{for scene.menu.iter().enumerate().map(|(at, item)| entry(scene, at, *item))}</ul>
        </>
    };
    panel(
        scene,
        Frame {
            name: "menu",
            title: scene.text(MessageKey::MenuTitle),
            reading: false,
            above: Html::default(),
            body,
            action: Html::default(),
            complain: if scene.menu.contains(&View::Complaint) { None } else { complain() },
        },
    )
}

fn is_current(news: &Notice, scene: &Scene<'_>) -> bool {
    news.starts_at.is_none_or(|from| from <= scene.now) && news.ends_at.is_none_or(|until| scene.now < until)
}

fn show_notice(scene: &Scene<'_>, news: &Notice) -> Html {
    let more = if news.url.is_empty() {
        Html::default()
    } else {
        outside(own(&news.url), scene.text(MessageKey::MenuNoticeMore))
    };
    notice(Tone::Plain, own(&news.text), more)
}

fn entry(scene: &Scene<'_>, at: usize, item: View) -> Html {
    let (drawing, label, hint) = match item {
        View::Rating => (Icon::Star, MessageKey::MenuRating, MessageKey::MenuRatingHint),
        View::Feedback => (Icon::Bubble, MessageKey::MenuFeedback, MessageKey::MenuFeedbackHint),
        View::Answers => (Icon::Lens, MessageKey::MenuAnswers, MessageKey::MenuAnswersHint),
        View::Complaint => (Icon::Ear, MessageKey::MenuComplaint, MessageKey::MenuComplaintHint),
        View::Status => (Icon::Progress, MessageKey::MenuStatus, MessageKey::MenuStatusHint),
        View::Menu => return Html::default(),
    };
    let product = context_text(&scene.session.context, "product");
    let hint = if item == View::Rating && !product.is_empty() { own(&product) } else { scene.text(hint) };
    let on = scene.on.clone();
    html! {
        <li key={at}>{button(Button {
            look: Look::Row,
            label: scene.text(label),
            hint,
            icon: Some(drawing),
            on_press: Callback::from(move |_| on.emit(Action::ViewChosen(item))),
        })}</li>
    }
}
