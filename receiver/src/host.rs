//! Under which address the client sees this receiver.

use axum::http::{HeaderMap, header};

use crate::Options;

/// `host:port`, as the request says; empty when it says nothing usable.
pub fn authority(headers: &HeaderMap) -> &str {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
    if host.len() <= 255 && host.bytes().all(plain) { host } else { "" }
}

/// Whether the client came over TLS, as far as a proxy before us tells.
pub fn is_secure(headers: &HeaderMap, options: &Options) -> bool {
    let forwarded = headers.get("x-forwarded-proto").and_then(|scheme| scheme.to_str().ok());
    match &options.public_url {
        Some(url) => url.starts_with("https:"),
        None => forwarded == Some("https"),
    }
}

/// `https://care.example`, without a slash at its end.
pub fn base_url(headers: &HeaderMap, options: &Options) -> String {
    if let Some(url) = &options.public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let scheme = if is_secure(headers, options) { "https" } else { "http" };
    format!("{scheme}://{}", authority(headers))
}
