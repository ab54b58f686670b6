//! The files of a complaint: a list on its page, and each as a download. Nothing that a customer sent is ever shown as
//! a page of ours.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::attachment::{Attachment, size};

use super::access::Reader;
use super::html::Html;
use crate::store::FileRow;
use crate::{Error, Shared};

/// The list; nothing when there is none. Of a complaint that looked like spam, and of any when the company took none,
/// there is no more than what it named.
pub fn list(out: &mut Html, files: &[FileRow], named: &[Attachment]) {
    if files.is_empty() && named.is_empty() {
        return;
    }
    out.raw("<section class=\"panel\"><h2>Files</h2><ul>");
    for file in files {
        out.raw("<li>");
        if file.received_at.is_some() {
            out.raw("<a href=\"/register/files/").text(&file.seq.to_string()).raw("\">");
            out.text(&file.name).raw("</a>, ").text(&size(file.bytes));
        } else {
            out.text(&file.name).raw(", ").text(&size(file.bytes)).raw(", still on its way");
        }
        out.raw("</li>");
    }
    for file in named.iter().filter(|_| files.is_empty()) {
        out.raw("<li>")
            .text(&file.name)
            .raw(", ")
            .text(&size(file.bytes))
            .raw(", named and not asked for</li>");
    }
    out.raw("</ul></section>");
}

/// Hands a file out, to be saved. It is a stranger's: no browser gets to run, sniff or frame it here.
pub async fn download(
    State(app): State<Shared>,
    _: Reader,
    Path(seq): Path<String>,
) -> Result<Response, Error> {
    let seq = seq.parse().map_err(|_| Error::NotFound)?;
    let file = app.store.file(seq).await?.ok_or(Error::NotFound)?;
    let mut response = Response::new(Body::from(file.body));
    let headers = response.headers_mut();
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| Error::NotFound);
    headers.insert(header::CONTENT_TYPE, value(&file.media_type)?);
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition(&named(&file.name, &file.media_type)))?);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let policy = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The name as it is saved under: whoever opens it opens what it was seen to be, whatever its sender called it.
fn named(name: &str, media_type: &str) -> String {
    let endings: &[&str] = match media_type {
        "image/jpeg" => &[".jpg", ".jpeg"],
        "image/png" => &[".png"],
        "image/webp" => &[".webp"],
        "image/heic" => &[".heic", ".heif"],
        "image/gif" => &[".gif"],
        "application/pdf" => &[".pdf"],
        _ => &[".bin"],
    };
    let lower = name.to_lowercase();
    let fits = endings.iter().any(|ending| lower.ends_with(ending));
    if fits { name.to_owned() } else { name.to_owned() + endings[0] }
}

/// The name in RFC 5987's form, which holds any character.
fn disposition(name: &str) -> String {
    let mut out = String::from("attachment; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{disposition, named};

    #[test]
    fn a_file_is_saved_as_what_it_is() {
        assert_eq!(named("boot.JPG", "image/jpeg"), "boot.JPG");
        assert_eq!(named("invoice.hta", "image/gif"), "invoice.hta.gif");
        assert_eq!(named("scan", "application/pdf"), "scan.pdf");
    }

    #[test]
    fn no_name_gets_out_of_its_header() {
        assert_eq!(disposition("boot.jpg"), "attachment; filename*=UTF-8''boot.jpg");
        let hostile = disposition("a\"; x=\r\n../靴.pdf");
        assert_eq!(hostile, "attachment; filename*=UTF-8''a%22%3B%20x%3D%0D%0A..%2F%E9%9D%B4.pdf");
    }
}
