//! Files: the built ones under `/all-ears/`, the demo under `/`. Only names and endings on the list are looked up, so
//! nothing else of the folder can be reached.

use std::path::{Path as FilePath, PathBuf};
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

use crate::page_headers::{DEMO_POLICY, protect};
use crate::{Error, Shared};

/// Endings that are served, with their media types.
const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
];

/// A file that another site's page may load: the loader, the widget, a locale.
pub async fn built(
    State(app): State<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let folder = app.options.assets.as_ref().ok_or(Error::NotFound)?;
    shared(folder, &name, &headers).await
}

/// The language checker for pages on which texts are written. Visitors never ask for it.
pub async fn authoring(
    State(app): State<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let folder = app.options.assets.as_ref().ok_or(Error::NotFound)?;
    shared(&folder.join("authoring"), &name, &headers).await
}

async fn shared(folder: &FilePath, name: &str, headers: &HeaderMap) -> Result<Response, Error> {
    let kind = media_type(name).filter(|_| is_plain(name)).ok_or(Error::NotFound)?;
    let mut response = send(&folder.join(name), kind, headers).await.ok_or(Error::NotFound)?;
    let cache = if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let own = response.headers_mut();
    own.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    own.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    own.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    own.insert("timing-allow-origin", HeaderValue::from_static("*"));
    Ok(response)
}

/// A file of the demo: `index.html` of the folder as `/`, everything of its `demo` folder beside it.
pub async fn site(State(app): State<Shared>, request: Request) -> Result<Response, Error> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Error::Method("GET, HEAD"));
    }
    let folder = app.options.site.as_ref().ok_or(Error::NotFound)?;
    let path = request.uri().path();
    let Some((file, kind)) = locate(folder, path) else {
        // Browsers ask for this one on their own, and would complain in the console.
        return if path == "/favicon.ico" { Ok(nothing()) } else { Err(Error::NotFound) };
    };
    let Some(mut response) = send(&file, kind, request.headers()).await else {
        return if path == "/favicon.ico" { Ok(nothing()) } else { Err(Error::NotFound) };
    };
    let own = response.headers_mut();
    own.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    protect(own, DEMO_POLICY);
    if kind == "application/json" {
        // A config or FAQ may be shared by several sites; it holds nothing that the page would not show.
        own.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    Ok(response)
}

fn nothing() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// The file behind an address, if the address is one that may be served.
fn locate(folder: &FilePath, path: &str) -> Option<(PathBuf, &'static str)> {
    let path = path.strip_prefix('/')?;
    if matches!(path, "" | "index.html") {
        return Some((folder.join("index.html"), media_type("index.html")?));
    }
    let path = path.strip_prefix("demo/").unwrap_or(path);
    let mut file = folder.join("demo");
    let mut name = "";
    for segment in path.split('/') {
        if !is_plain(segment) {
            return None;
        }
        file.push(segment);
        name = segment;
    }
    media_type(name).map(|kind| (file, kind))
}

/// Letters, digits, `-`, `_` and single dots inside: nothing hidden, nothing that climbs.
fn is_plain(name: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !name.is_empty() && !name.starts_with('.') && !name.contains("..") && name.bytes().all(known)
}

fn media_type(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    TYPES.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
}

/// `widget.1a2b3c.js`: the name changes with the content, so it may be kept for ever.
fn is_hashed(name: &str) -> bool {
    let is_hash = |part: &str| part.len() >= 6 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts: Vec<&str> = name.split('.').collect();
    matches!(parts.as_slice(), [_, .., hash, _] if is_hash(hash))
}

/// The file, in brotli if that lies beside it and the client reads it; 304 when the client has it already.
async fn send(file: &FilePath, kind: &'static str, headers: &HeaderMap) -> Option<Response> {
    let mut compressed = file.as_os_str().to_owned();
    compressed.push(".br");
    let wants_brotli = reads_brotli(headers) && tokio::fs::try_exists(&compressed).await.unwrap_or(false);
    let path = if wants_brotli { PathBuf::from(compressed) } else { file.to_owned() };
    let about = tokio::fs::metadata(&path).await.ok().filter(std::fs::Metadata::is_file)?;
    let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let tag = HeaderValue::from_str(&format!("\"{:x}-{:x}\"", changed.as_nanos(), about.len())).ok()?;
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag);
    let mut response = Response::new(Body::empty());
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        *response.body_mut() = Body::from(tokio::fs::read(&path).await.ok()?);
    }
    let own = response.headers_mut();
    own.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    own.insert(header::ETAG, tag);
    own.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    own.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if wants_brotli {
        own.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    Some(response)
}

fn reads_brotli(headers: &HeaderMap) -> bool {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        parts.next() == Some("br") && !matches!(parts.next(), Some("q=0" | "q=0.0"))
    })
}

#[cfg(test)]
mod tests {
    use super::{FilePath, is_hashed, locate};

    #[test]
    fn only_listed_files_are_located() {
        let found = |path| locate(FilePath::new("/site"), path).map(|(file, _)| file.display().to_string());
        assert_eq!(found("/").as_deref(), Some("/site/index.html"));
        assert_eq!(found("/shop.css").as_deref(), Some("/site/demo/shop.css"));
        assert_eq!(found("/demo/images/boot.svg").as_deref(), Some("/site/demo/images/boot.svg"));
        for wrong in [
            "/Cargo.toml",
            "/../Cargo.toml",
            "/demo/../index.html",
            "/.git/config",
            "/.ci/run",
            "/demo/.env.json",
            "/a//b.css",
            "/%2e%2e/index.html",
            "/..%2findex.html",
            "/all-ears.db",
            "/x.js.br",
            "/demo",
            "/demo/",
            "/a\\b.css",
            "/demo/x.html/",
        ] {
            assert_eq!(found(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn hashed_names_are_told_apart() {
        assert!(is_hashed("widget.1a2b3c4d5e.js"));
        assert!(is_hashed("locale-zh-Hans.0123abcd.txt"));
        assert!(!is_hashed("all-ears.js"));
        assert!(!is_hashed("manifest.json"));
        assert!(!is_hashed("deadbeef.js"));
    }
}
