//! Builds HTML that cannot be escaped from: raw pieces are part of the program, everything else is text.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::page_headers::{REGISTER_POLICY, protect};

/// A page, or a piece of one.
#[derive(Debug, Default)]
pub struct Html {
    out: String,
}

impl Html {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Markup of ours.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Anybody's text, in an element or in a quoted attribute.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                // HTML has no room for these, and they could make a text look like another.
                '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' => {
                    self.out.push('\u{fffd}')
                }
                // Direction marks would turn the rest of the page around.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                other => self.out.push(other),
            }
        }
        self
    }

    /// A piece that was built before.
    pub fn piece(&mut self, piece: &Self) -> &mut Self {
        self.out.push_str(&piece.out);
        self
    }

    /// The markup so far.
    #[cfg(test)]
    pub fn markup(&self) -> &str {
        &self.out
    }

    /// As an answer with this status.
    pub fn with_status(self, status: StatusCode) -> Response {
        let mut response = Response::new(Body::from(self.out));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        protect(headers, REGISTER_POLICY);
        response
    }
}

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        self.with_status(StatusCode::OK)
    }
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn texts_stay_texts() {
        let mut html = Html::new();
        html.raw("<p title=\"").text("\"'><script>&\u{0}\u{202e}").raw("\">");
        assert_eq!(html.markup(), "<p title=\"&quot;&#39;&gt;&lt;script&gt;&amp;\u{fffd}\">");
    }
}
