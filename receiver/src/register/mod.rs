//! The register: what customers said, for the team that answers. Server-rendered, without a script; behind a token.

mod access;
mod case;
mod cases;
mod due;
mod files;
mod form;
mod html;
mod layout;
mod login;
mod quarantine;
mod ratings;
mod texts;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::{App, Shared, only};

pub use access::new_token;

/// Rows of one list. Older ones are found by export.
const ROWS_MAX: u32 = 500;

/// Every address of the register.
pub fn routes(_: &Arc<App>) -> Router<Shared> {
    Router::new()
        .route("/register", only(get(cases::list), "GET, HEAD"))
        .route("/register/", only(get(cases::list), "GET, HEAD"))
        .route(
            "/register/complaints/{reference}",
            only(get(case::show).post(case::advance), "GET, HEAD, POST"),
        )
        .route("/register/files/{seq}", only(get(files::download), "GET, HEAD"))
        .route("/register/ratings", only(get(ratings::ratings), "GET, HEAD"))
        .route("/register/feedback", only(get(words::feedback), "GET, HEAD"))
        .route("/register/searches", only(get(words::searches), "GET, HEAD"))
        .route("/register/quarantine", only(get(quarantine::list), "GET, HEAD"))
        .route("/register/quarantine/{seq}", only(post(quarantine::release), "POST"))
        .route("/register/login", only(get(login::ask).post(login::sign_in), "GET, HEAD, POST"))
        .route("/register/logout", only(post(login::sign_out), "POST"))
        .route("/register/register.css", only(get(style), "GET, HEAD"))
}

async fn style() -> Response {
    let mut response = include_str!("register.css").into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
