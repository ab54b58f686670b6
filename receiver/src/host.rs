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

/// Whether this is the receiver's own origin: the one that the client asked, or the public one. A proxy may put another
/// host into what it hands on.
pub fn is_own(origin: &str, headers: &HeaderMap, options: &Options) -> bool {
    let Some((scheme, named)) = origin.split_once("://") else { return false };
    let asked = matches!(scheme, "http" | "https") && !named.is_empty() && named == authority(headers);
    asked || options.public_url.as_deref().and_then(origin_of).is_some_and(|own| own == origin)
}

/// The origin of an address, as browsers write it: small letters, no path, no port that goes without saying.
fn origin_of(url: &str) -> Option<String> {
    let url = url.to_ascii_lowercase();
    let (scheme, rest) = url.split_once("://")?;
    let named = rest.split(['/', '?', '#']).next()?;
    let usual = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let named = named.strip_suffix(usual).unwrap_or(named);
    (!named.is_empty()).then(|| format!("{scheme}://{named}"))
}
