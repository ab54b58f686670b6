//! A complaint that names files, and the files.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use receiver::{App, Options, Store};

use super::{Answer, Place, Receiver, at_now, config, golden};

pub const ID: &str = "0199f0a1-7c00-7a10-8b20-3c4d5e6f7083";
pub const PHOTO: &str = "0199f0a1-7c01-7a10-8b20-3c4d5e6f7083";
pub const INVOICE: &str = "0199f0a1-7c02-7a10-8b20-3c4d5e6f7083";

/// A receiver whose company takes files, or does not.
pub fn taking(most: u32) -> Receiver {
    taking_with(most, Options::default())
}

pub fn taking_with(most: u32, options: Options) -> Receiver {
    let place = Place::new();
    let store = Store::open(place.target()).unwrap();
    let mut own = config();
    own.complaint.attachments = most;
    let mut app = App::new(store.clone(), own, options);
    app.clock = at_now;
    let app = Arc::new(app);
    Receiver { place, store, router: receiver::app(Arc::clone(&app)), app }
}

pub fn photo() -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0the sole of a boot".to_vec();
    bytes.resize(183_220, 7);
    bytes
}

pub fn invoice() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7 two pairs".to_vec();
    bytes.resize(20_480, 32);
    bytes
}

/// The path to put a file at, from the receipt.
pub fn path(receipt: &Answer, file: &str) -> String {
    let url = receipt.json()["upload_url"].as_str().expect("an address").replace("{id}", file);
    url.strip_prefix("http://care.example").expect("our own").to_owned()
}

pub async fn put(receiver: &Receiver, path: &str, bytes: impl Into<Body>) -> Answer {
    let request = Request::put(path)
        .header("host", "care.example")
        .header("content-type", "image/jpeg")
        .body(bytes.into())
        .unwrap();
    receiver.ask(request).await
}

pub async fn complained(receiver: &Receiver) -> Answer {
    let receipt = receiver.post(golden("complaint-files")).await;
    assert_eq!(receipt.status, StatusCode::CREATED, "{}", receipt.text);
    receipt
}

/// A complaint whose photo has so many bytes.
pub async fn complained_of(receiver: &Receiver, photo_bytes: usize) -> Answer {
    let words = golden("complaint-files").replace("183220", &photo_bytes.to_string());
    let receipt = receiver.post(words).await;
    assert_eq!(receipt.status, StatusCode::CREATED, "{}", receipt.text);
    receipt
}
