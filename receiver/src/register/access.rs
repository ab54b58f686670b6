//! Who may see the register: whoever once gave its token, for twelve hours.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::form::Form;
use crate::store::{Store, StoreError};
use crate::{Error, Options, Shared, host, secrets};

/// The cookie that carries a session.
const COOKIE: &str = "all_ears_register";
/// How long a session lasts.
const SESSION_MINUTES: i64 = 12 * 60;

/// Makes a new token for the register and gives it away, once; the store keeps its hash.
pub async fn new_token(store: &Store) -> Result<String, StoreError> {
    let token = fresh()?;
    store.set_token_hash(secrets::hash(token.as_bytes())).await?;
    Ok(token)
}

fn fresh() -> Result<String, StoreError> {
    secrets::fresh().ok_or_else(|| StoreError::Refused("no randomness".to_owned()))
}

/// Somebody who is signed in. As an argument of a handler it keeps everybody else out.
pub struct Reader {
    /// What each of their forms carries.
    pub csrf: String,
}

impl FromRequestParts<Shared> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Response> {
        let ask = || Redirect::to("/register/login").into_response();
        let session = cookie(&parts.headers).ok_or_else(ask)?;
        let found = app.store.session(secrets::hash(session.as_bytes()), (app.clock)()).await;
        match found {
            Ok(Some(session)) => Ok(Self { csrf: session.csrf }),
            Ok(None) => Err(ask()),
            Err(error) => Err(Error::from(error).into_response()),
        }
    }
}

impl Reader {
    /// The form that this reader sent; 403 when somebody else's page sent it in their name.
    pub fn form(&self, app: &Shared, headers: &HeaderMap, body: &[u8]) -> Result<Form, StatusCode> {
        let form = Form::parse(body);
        let own = secrets::same(form.field("csrf").as_bytes(), self.csrf.as_bytes());
        if own && is_from_here(headers, &app.options) { Ok(form) } else { Err(StatusCode::FORBIDDEN) }
    }
}

/// Whether the browser says that a page of ours sent this. Old browsers say nothing.
pub fn is_from_here(headers: &HeaderMap, options: &Options) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    origin.to_str().is_ok_and(|origin| host::is_own(origin, headers, options))
}

/// The session that the browser carries.
pub fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Begins a session for whoever gives the right token; answers the cookie.
pub async fn sign_in(app: &Shared, headers: &HeaderMap, typed: &str) -> Result<Option<String>, Error> {
    let given = secrets::hash(secrets::typed(typed).as_bytes());
    let known = app.store.token_hash().await?.unwrap_or_default();
    if known.is_empty() || !secrets::same(&known, &given) {
        return Ok(None);
    }
    let (session, csrf) = (fresh()?, fresh()?);
    let now = (app.clock)();
    let ends = now.plus_minutes(SESSION_MINUTES);
    app.store.begin_session(secrets::hash(session.as_bytes()), csrf, now, ends).await?;
    Ok(Some(set_cookie(&session, SESSION_MINUTES * 60, headers, &app.options)))
}

/// A cookie that no script and no other site gets to use; empty and over when a session ends.
pub fn set_cookie(session: &str, seconds: i64, headers: &HeaderMap, options: &Options) -> String {
    let secure = if host::is_secure(headers, options) { "; Secure" } else { "" };
    format!("{COOKIE}={session}; Path=/register; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}
