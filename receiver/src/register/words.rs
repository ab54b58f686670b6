//! Praise, ideas and questions; and what customers looked for.

use axum::extract::State;
use domain::submission::{Body, Kind, Signal, Submission, Topic};

use super::ROWS_MAX;
use super::access::Reader;
use super::case::follow_up_words;
use super::html::Html;
use super::layout::{Tab, about, page, read, time, who};
use crate::{Error, Shared};

/// Shows what customers told the company.
pub async fn feedback(State(app): State<Shared>, reader: Reader) -> Result<Html, Error> {
    let rows = app.store.bodies(Kind::Feedback, ROWS_MAX).await?;
    let stray = app.store.stray_follow_ups(ROWS_MAX).await?;
    let counts = app.store.counts().await?;
    let mut main = Html::new();
    main.raw("<h1>Feedback</h1>");
    if rows.is_empty() {
        main.raw("<p class=\"empty\">What customers praise, wish and ask will stand here.</p>");
    }
    main.raw("<ul class=\"cases\">");
    for row in &rows {
        let Some(submission) = read(&row.body) else { continue };
        let Body::Feedback(said) = &submission.body else { continue };
        main.raw("<li class=\"card\"><p class=\"line\">");
        if let Some(topic) = said.topic {
            main.raw("<span class=\"badge ").raw(topic.as_str()).raw("\">").raw(label(topic)).raw("</span>");
        }
        time(&mut main, &app.zone, row.received_at);
        main.raw("</p><blockquote>").text(&said.text).raw("</blockquote>");
        from(&mut main, &submission);
        main.raw("</li>");
    }
    main.raw("</ul>");
    if !stray.is_empty() {
        main.raw("<h2>Follow-ups to a reference that is still to arrive</h2><ul class=\"cases\">");
        for row in &stray {
            let Some(Submission { body: Body::FollowUp(said), .. }) = read(&row.body) else { continue };
            main.raw("<li class=\"card\"><p class=\"line\"><strong class=\"reference\">")
                .text(&said.reference);
            main.raw("</strong>");
            time(&mut main, &app.zone, row.received_at);
            main.raw("</p>");
            follow_up_words(&mut main, &said);
            main.raw("</li>");
        }
        main.raw("</ul>");
    }
    Ok(page(&app, &reader, Tab::Feedback, counts, &main))
}

fn label(topic: Topic) -> &'static str {
    match topic {
        Topic::Praise => "Praise",
        Topic::Idea => "Idea",
        Topic::Question => "Question",
    }
}

/// Who said it, how to reach them, and what it is about.
pub fn from(out: &mut Html, submission: &Submission) {
    let customer = &submission.customer;
    out.raw("<p class=\"meta\">").text(who(customer));
    for part in [&customer.email, &customer.phone] {
        if !part.is_empty() && part != who(customer) {
            out.raw(" · ").text(part);
        }
    }
    let thing = about(&submission.context);
    if !thing.is_empty() {
        out.raw(" · ").text(&thing);
    }
    if !submission.page.url.is_empty() {
        out.raw(" · ").text(&submission.page.url);
    }
    out.raw("</p>");
}

/// Shows what customers looked for and which answers helped.
pub async fn searches(State(app): State<Shared>, reader: Reader) -> Result<Html, Error> {
    let rows = app.store.bodies(Kind::Signal, ROWS_MAX).await?;
    let counts = app.store.counts().await?;
    let mut main = Html::new();
    main.raw("<h1>Searches and answers</h1>");
    if rows.is_empty() {
        main.raw("<p class=\"empty\">Searches that call for a new answer will stand here.</p>");
    } else {
        main.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Searches and answers\"><table><thead><tr><th>When</th><th>What</th><th>Searched for</th><th>Answer</th></tr></thead><tbody>");
        for row in &rows {
            let Some(Submission { body: Body::Signal(said), .. }) = read(&row.body) else { continue };
            main.raw("<tr><td>");
            time(&mut main, &app.zone, row.received_at);
            main.raw("</td><td>").raw(signal(&said)).raw("</td><td>").text(&said.query);
            main.raw("</td><td>").text(&said.article).raw("</td></tr>");
        }
        main.raw("</tbody></table></div>");
    }
    Ok(page(&app, &reader, Tab::Searches, counts, &main))
}

fn signal(said: &Signal) -> &'static str {
    match said.helpful {
        Some(false) if said.partly => "The answer helped in part",
        Some(true) => "The answer helped",
        Some(false) => "The answer can be better",
        None => "An answer is wanted",
    }
}
