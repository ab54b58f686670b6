//! Signing in with the register's token, and out again.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::access::{self, Reader};
use super::form::Form;
use super::html::Html;
use super::layout;
use crate::body::Paced;
use crate::{Error, Shared, secrets};

/// Asks for the token.
pub async fn ask(State(app): State<Shared>) -> Html {
    page(&app, false)
}

fn page(app: &Shared, wrong: bool) -> Html {
    let mut main = Html::new();
    main.raw("<main class=\"door\"><h1>Register</h1><p>Welcome. Sign in with the token that the receiver printed at its first start.</p>");
    main.raw("<form method=\"post\" action=\"/register/login\"><label for=\"token\">Token</label>");
    main.raw("<input id=\"token\" name=\"token\" type=\"password\" autocomplete=\"current-password\" autofocus required");
    if wrong {
        main.raw(" aria-invalid=\"true\" aria-describedby=\"wrong\">");
        main.raw("<p id=\"wrong\" class=\"hint\" role=\"alert\">This token is another one. ");
        main.raw("<code>all-ears token --db FILE</code> makes a new one at any time.</p>");
    } else {
        main.raw(">");
    }
    main.raw("<button>Sign in</button></form></main>");
    layout::bare(app, &main)
}

/// Takes the token.
pub async fn sign_in(
    State(app): State<Shared>,
    headers: HeaderMap,
    Paced(body): Paced,
) -> Result<Response, Error> {
    if !access::is_from_here(&headers, &app.options) {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    let form = Form::parse(&body);
    Ok(match access::sign_in(&app, &headers, form.field("token")).await? {
        Some(cookie) => with_cookie(Redirect::to("/register").into_response(), &cookie),
        None => page(&app, true).with_status(StatusCode::FORBIDDEN),
    })
}

/// Ends the session.
pub async fn sign_out(
    State(app): State<Shared>,
    reader: Reader,
    headers: HeaderMap,
    Paced(body): Paced,
) -> Result<Response, Error> {
    if let Err(status) = reader.form(&app, &headers, &body) {
        return Ok(status.into_response());
    }
    if let Some(session) = access::cookie(&headers) {
        app.store.end_session(secrets::hash(session.as_bytes())).await?;
    }
    let over = access::set_cookie("", 0, &headers, &app.options);
    Ok(with_cookie(Redirect::to("/register/login").into_response(), &over))
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
