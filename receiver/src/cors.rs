//! Which sites may send: an exact list, the receiver's own origin, and without a list this machine. The headers stand on
//! errors too; without them a widget would only see that something failed.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::{Error, Options, Shared, host};

/// Seconds that a browser may remember a preflight.
const MAX_AGE: &str = "7200";

/// Lets allowed origins through, answers preflights, and refuses the others with 403.
pub async fn guard(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let allowed = match &origin {
        Some(origin) => is_allowed(origin, request.headers(), &app.options),
        None => true,
    };
    let mut response = if !allowed {
        let named = origin.as_ref().and_then(|origin| origin.to_str().ok()).unwrap_or("this origin");
        Error::Origin(named.to_owned()).into_response()
    } else if request.method() == Method::OPTIONS {
        preflight(request.uri().path())
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if let (Some(origin), true) = (origin, allowed) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let exposed = HeaderValue::from_static("Retry-After, Idempotent-Replay, Date");
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
    response
}

fn preflight(path: &str) -> Response {
    let methods = match path {
        "/v1/submissions" => "POST",
        path if path.starts_with("/v1/submissions/") => "PUT",
        _ => "GET",
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(methods));
    let accepted = HeaderValue::from_static("Content-Type, Idempotency-Key");
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, accepted);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(MAX_AGE));
    response
}

/// Whole origins are compared, never a part of one: `evilshop.example` is not `shop.example`.
fn is_allowed(origin: &HeaderValue, headers: &HeaderMap, options: &Options) -> bool {
    let Ok(origin) = origin.to_str() else { return false };
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    if host::is_own(origin, headers, options) || options.allow_origins.iter().any(|allowed| allowed == origin)
    {
        return true;
    }
    options.allow_origins.is_empty() && scheme == "http" && is_this_machine(authority)
}

fn is_this_machine(authority: &str) -> bool {
    let without_port = match authority.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => authority,
    };
    matches!(without_port, "localhost" | "127.0.0.1" | "[::1]") || without_port.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::{HeaderMap, HeaderValue, Options, header, is_allowed};

    #[track_caller]
    fn check(origin: &'static str, list: &[&str], expected: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("care.example:8080"));
        let allow_origins = list.iter().map(|origin| (*origin).to_owned()).collect();
        let options = Options { allow_origins, ..Options::default() };
        assert_eq!(is_allowed(&HeaderValue::from_static(origin), &headers, &options), expected);
    }

    #[test]
    fn only_whole_origins_count() {
        let list = ["https://shop.example"];
        check("https://shop.example", &list, true);
        check("https://shop.example.evil.example", &list, false);
        check("https://evilshop.example", &list, false);
        check("http://shop.example", &list, false);
        check("https://shop.example:8443", &list, false);
        check("null", &list, false);
        check("null", &[], false);
        check("http://care.example:8080", &list, true);
        check("http://localhost:3000", &list, false);
        check("http://localhost:3000", &[], true);
        check("http://127.0.0.1", &[], true);
        check("https://shop.example", &[], false);
        check("http://localhost.evil.example", &[], false);
    }
}
