//! What every page of the register has around its content, and how times look.

use domain::calendar::Timestamp;
use domain::submission::{Context, Customer, Scalar, Submission};
use wire::{strict, submission_read};

use super::access::Reader;
use super::html::Html;
use crate::store::Counts;
use crate::{App, NamedZone};

/// The pages of the register.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Complaints, by promised date.
    Complaints,
    /// Ratings, by question.
    Ratings,
    /// Praise, ideas, questions.
    Feedback,
    /// What customers looked for.
    Searches,
    /// What looks like spam, or came without the customer's key.
    Quarantine,
}

fn head(app: &App, out: &mut Html) {
    out.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Register");
    if !app.config.company.name.is_empty() {
        out.raw(" · ").text(&app.config.company.name);
    }
    out.raw("</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    out.raw("<meta name=\"robots\" content=\"noindex\"><meta name=\"color-scheme\" content=\"light dark\">");
    out.raw("<link rel=\"stylesheet\" href=\"/register/register.css\"></head><body>");
}

/// A page without navigation.
pub fn bare(app: &App, main: &Html) -> Html {
    let mut out = Html::new();
    head(app, &mut out);
    out.piece(main).raw("</body></html>");
    out
}

/// A page for somebody who is signed in.
pub fn page(app: &App, reader: &Reader, tab: Tab, counts: Counts, main: &Html) -> Html {
    let mut out = Html::new();
    head(app, &mut out);
    out.raw(
        "<a class=\"skip\" href=\"#main\">Skip to the content</a><header class=\"top\"><p class=\"brand\">",
    );
    let name = &app.config.company.name;
    out.text(if name.is_empty() { "All Ears" } else { name });
    out.raw(" <span>Register</span></p><nav aria-label=\"Register\"><ul>");
    for (own, address, label, count) in [
        (Tab::Complaints, "/register", "Complaints", counts.open),
        (Tab::Ratings, "/register/ratings", "Ratings", counts.ratings),
        (Tab::Feedback, "/register/feedback", "Feedback", counts.feedback),
        (Tab::Searches, "/register/searches", "Searches", counts.signals),
        (Tab::Quarantine, "/register/quarantine", "To look at", counts.suspects),
    ] {
        // Almost always empty, and then in nobody's way.
        if own == Tab::Quarantine && count == 0 && tab != own {
            continue;
        }
        out.raw("<li><a href=\"").raw(address).raw("\"");
        if own == tab {
            out.raw(" aria-current=\"page\"");
        }
        out.raw(">")
            .raw(label)
            .raw(" <span class=\"count\">")
            .text(&count.to_string())
            .raw("</span></a></li>");
    }
    out.raw("</ul></nav><form method=\"post\" action=\"/register/logout\">");
    token(&mut out, reader);
    out.raw("<button class=\"quiet\">Sign out</button></form></header><main id=\"main\">");
    out.piece(main).raw("</main></body></html>");
    out
}

/// The field that shows that a form is ours.
pub fn token(out: &mut Html, reader: &Reader) {
    out.raw("<input type=\"hidden\" name=\"csrf\" value=\"").text(&reader.csrf).raw("\">");
}

/// A stored body as what was said. `None` would mean that a newer version stored it.
pub fn read(body: &[u8]) -> Option<Submission> {
    let value = strict::parse(std::str::from_utf8(body).ok()?).ok()?;
    submission_read::read(&value).ok().map(|arrived| arrived.submission)
}

/// A time in the company's zone: `Tue 24 Nov 2026, 16:00`.
pub fn time(out: &mut Html, zone: &NamedZone, at: Timestamp) {
    out.raw("<time datetime=\"").text(&at.to_rfc3339()).raw("\">").text(&zone.words(at)).raw("</time>");
}

/// A term and its description; nothing when there is nothing to say.
pub fn fact(out: &mut Html, term: &'static str, text: &str) {
    if !text.is_empty() {
        out.raw("<dt>").raw(term).raw("</dt><dd>").text(text).raw("</dd>");
    }
}

/// Who says it, in a few words.
pub fn who(customer: &Customer) -> &str {
    [&customer.name, &customer.email, &customer.phone]
        .into_iter()
        .find(|part| !part.is_empty())
        .map_or("Anonymous", |part| part)
}

/// What the page said it is about, in a few words.
pub fn about(context: &Context) -> String {
    let mut out = String::new();
    for (key, value) in context {
        if !out.is_empty() {
            out.push_str(" · ");
        }
        out.push_str(key);
        out.push(' ');
        match value {
            Scalar::Text(text) => out.push_str(text),
            Scalar::Number(number) => out.push_str(&number.to_string()),
            Scalar::Flag(flag) => out.push_str(if *flag { "yes" } else { "no" }),
        }
    }
    out
}

/// The beginning of a text.
pub fn beginning(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
