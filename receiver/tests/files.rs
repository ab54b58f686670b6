//! The files of the demo and the built ones: the right headers, and nothing else of the folder.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod support;

use std::path::PathBuf;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use receiver::Options;
use support::{Receiver, Scratch, at_now, with};

struct Site {
    receiver: Receiver,
    folder: PathBuf,
    _scratch: Scratch,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn site() -> Site {
    let scratch = Scratch::new();
    let folder = scratch.0.with_extension("site");
    for (name, content) in [
        ("index.html", "<!doctype html>"),
        ("Cargo.toml", "[package]"),
        ("all-ears.db", "classified"),
        ("demo/site.css", "body{}"),
        ("demo/all-ears.json", "{}"),
        ("demo/.env.json", "classified"),
        ("dist/all-ears.js", "loader"),
        ("dist/widget.0a1b2c3d4e.wasm", "\0asm"),
        ("dist/widget.0a1b2c3d4e.wasm.br", "compressed"),
        ("dist/manifest.json", "{}"),
    ] {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let options =
        Options { assets: Some(folder.join("dist")), site: Some(folder.clone()), ..Options::default() };
    Site { receiver: with(options, at_now), folder, _scratch: scratch }
}

#[tokio::test]
async fn built_files_may_be_loaded_from_anywhere() {
    let site = site();
    let loader = site.receiver.get("/all-ears/all-ears.js").await;
    assert_eq!(loader.status, StatusCode::OK);
    assert_eq!(loader.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(loader.header("cache-control"), "no-cache");
    assert_eq!(loader.header("access-control-allow-origin"), "*");
    assert_eq!(loader.header("cross-origin-resource-policy"), "cross-origin");
    let wasm = site.receiver.get("/all-ears/widget.0a1b2c3d4e.wasm").await;
    assert_eq!(wasm.header("content-type"), "application/wasm");
    assert_eq!(wasm.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(wasm.header("content-encoding"), "");
    let ask = async |accepted: &str, tag: &str| {
        let request = Request::get("/all-ears/widget.0a1b2c3d4e.wasm")
            .header("accept-encoding", accepted)
            .header("if-none-match", tag)
            .body(Body::empty())
            .unwrap();
        site.receiver.ask(request).await
    };
    let small = ask("gzip, deflate, br, zstd", "").await;
    assert_eq!((small.header("content-encoding"), small.text.as_str()), ("br", "compressed"));
    assert_eq!(small.header("content-type"), "application/wasm");
    assert_eq!(small.header("vary"), "Accept-Encoding");
    assert_eq!(ask("br;q=0", "").await.header("content-encoding"), "");
    let tag = small.header("etag").to_owned();
    assert_eq!(ask("br", &tag).await.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn the_demo_is_a_strict_page() {
    let site = site();
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/site.css", "text/css; charset=utf-8"),
        ("/demo/site.css", "text/css; charset=utf-8"),
        ("/all-ears.json", "application/json"),
    ] {
        let answer = site.receiver.get(path).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, kind), "{path}");
        assert!(answer.header("content-security-policy").starts_with(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self'"
        ));
        assert!(answer.header("content-security-policy").ends_with("require-trusted-types-for 'script'"));
    }
}

#[tokio::test]
async fn nothing_else_is_served() {
    let site = site();
    for path in [
        "/Cargo.toml",
        "/all-ears.db",
        "/demo/.env.json",
        "/.env.json",
        "/dist/manifest.json",
        "/../Cargo.toml",
        "/demo/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "/all-ears/..%2fCargo.toml",
        "/all-ears/%2e%2e%2findex.html",
        "/all-ears/widget.0a1b2c3d4e.wasm.br",
        "/all-ears/",
        "/demo/",
        "/missing.css",
        "/all-ears/missing.js",
    ] {
        let answer = site.receiver.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text.contains("classified") && !answer.text.contains("[package]"), "{path}");
    }
    assert_eq!(site.receiver.get("/favicon.ico").await.status, StatusCode::NO_CONTENT);
}
