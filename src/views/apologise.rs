//! Apologise: one sentence about what happened, signed by the person who looks after it. No reason, no condition.

use domain::complaint::{self, Draft};
use domain::message::MessageKey;
use domain::session::Action;
use yew::prelude::*;

use super::complaint::{Part, part};
use super::{Scene, own};
use crate::components::{Button, Look, button};

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let draft = &scene.session.complaint;
    let body = html! {
        <div class="apology">
            <p class="big">{sentence(scene, draft)}</p>
            if !draft.effect.trim().is_empty() {
                <p class="big">{scene.text(MessageKey::ComplaintApologyEffect)}</p>
            }
            {signature(scene)}
            <p class="lead">{scene.catalog.with(MessageKey::ComplaintApologiseOwn, &[("owner", &who(scene))])}</p>
        </div>
    };
    let action = button(Button {
        look: Look::Primary,
        label: scene.text(MessageKey::ComplaintApologiseNext),
        on_press: scene.press(|| Action::Complaint(complaint::Action::ApologyRead)),
        ..Button::default()
    });
    part(
        scene,
        Part { name: "apologise", at: 2, reading: true, title: scene.text(MessageKey::ComplaintApologiseTitle), body, action },
    )
}

/// The owner's name, else the company's, else the words for somebody of the team.
pub fn who(scene: &Scene<'_>) -> AttrValue {
    let owner = scene.owner();
    if owner.is_empty() { scene.text(MessageKey::ComplaintTeam) } else { own(owner) }
}

fn sentence(scene: &Scene<'_>, draft: &Draft) -> AttrValue {
    let (product, order) = (draft.product.trim(), draft.order.trim());
    if !product.is_empty() {
        scene.catalog.with(MessageKey::ComplaintApologyProduct, &[("product", product)])
    } else if !order.is_empty() {
        scene.catalog.with(MessageKey::ComplaintApologyOrder, &[("order", order)])
    } else {
        scene.text(MessageKey::ComplaintApologyPlain)
    }
}

fn signature(scene: &Scene<'_>) -> Html {
    let company = scene.company;
    if scene.owner().is_empty() {
        return Html::default();
    }
    let initials: String =
        scene.owner().split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    let named = !company.owner_name.is_empty();
    html! {
        <div class="signature">
            <span class="initials" aria-hidden="true">{initials}</span>
            <p>
                <strong>{own(scene.owner())}</strong>
                if named && !company.owner_role.is_empty() {
                    <span>{own(&company.owner_role)}</span>
                }
                if named && !company.name.is_empty() {
                    <span>{own(&company.name)}</span>
                }
            </p>
        </div>
    }
}
