//! What looks like spam, or came without the customer's key: received and answered, shown here until somebody has looked.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::submission::{Body, FollowUp};
use domain::suspicion;

use super::ROWS_MAX;
use super::access::Reader;
use super::case::follow_up_facts;
use super::html::Html;
use super::layout::{Tab, beginning, page, read, time, token, who};
use super::texts;
use crate::body::Paced;
use crate::{Error, Shared, submissions};

/// Characters of a submission that are shown.
const SHOWN_CHARS_MAX: usize = 600;

/// Shows what waits.
pub async fn list(State(app): State<Shared>, reader: Reader) -> Result<Html, Error> {
    let rows = app.store.suspects(ROWS_MAX).await?;
    let counts = app.store.counts().await?;
    let mut main = Html::new();
    main.raw("<h1>To look at</h1><p>These look like spam, or came without the customer’s key. Every one was received ");
    main.raw("and answered; whatever a customer wrote belongs among the others.</p>");
    if rows.is_empty() {
        main.raw("<p class=\"empty\">Everything has been looked at.</p>");
    }
    main.raw("<ul class=\"cases\">");
    for suspect in &rows {
        main.raw("<li class=\"card\"><p class=\"line\"><span class=\"badge\">")
            .text(&texts::suspicions(&suspect.reasons));
        main.raw("</span>");
        time(&mut main, &app.zone, suspect.row.received_at);
        if let Some(submission) = read(&suspect.row.body) {
            main.raw("<span>").raw(texts::kind(submission.body.kind())).raw("</span><span>");
            main.text(who(&submission.customer)).raw("</span></p>");
            let words = beginning(&suspicion::words(&submission), SHOWN_CHARS_MAX);
            if !words.is_empty() {
                main.raw("<blockquote>").text(&words).raw("</blockquote>");
            }
            if let Body::FollowUp(said) = &submission.body {
                answers(&mut main, said);
            }
        } else {
            main.raw("</p>");
        }
        main.raw("<form method=\"post\" action=\"/register/quarantine/").text(&suspect.seq.to_string());
        main.raw("\">");
        token(&mut main, &reader);
        main.raw("<button>It belongs among the others</button></form></li>");
    }
    main.raw("</ul>");
    Ok(page(&app, &reader, Tab::Quarantine, counts, &main))
}

/// Which complaint a follow-up is about, and what it says of it. Whoever only knows the reference may have written it.
fn answers(out: &mut Html, said: &FollowUp) {
    let again = said.put_right == Some(false);
    out.raw("<p>About <a href=\"/register/complaints/")
        .text(&said.reference)
        .raw("\">")
        .text(&said.reference);
    out.raw("</a>. If you know that it is the customer’s, put it among the others");
    out.raw(if again { ": the complaint is opened again.</p>" } else { ".</p>" });
    follow_up_facts(out, said);
}

/// Puts one among the others.
pub async fn release(
    State(app): State<Shared>,
    reader: Reader,
    Path(seq): Path<i64>,
    headers: HeaderMap,
    Paced(body): Paced,
) -> Result<Response, Error> {
    if let Err(status) = reader.form(&app, &headers, &body) {
        return Ok(status.into_response());
    }
    let now = (app.clock)();
    if app.store.release(seq, now, submissions::promised(&app, now)).await? {
        Ok(Redirect::to("/register/quarantine").into_response())
    } else {
        Err(Error::NotFound)
    }
}
