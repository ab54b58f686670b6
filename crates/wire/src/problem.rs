//! `application/problem+json` (RFC 9457), the receiver's answer when something is wrong. Server only: the sender reads
//! the little it needs on its own.

use crate::json::Writer;

/// The media type.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// One problem. Texts are for developers; customers never see them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// A short name of the kind of problem, the end of its `type`.
    pub name: &'static str,
    /// What the kind of problem is.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time.
    pub detail: String,
    /// Line and column in the text that was sent, from 1.
    pub place: Option<(usize, usize)>,
    /// What is wrong where, in the words of the contract.
    pub errors: Vec<Fault>,
}

/// One fault in what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, `complaint.since`.
    pub path: String,
    /// What stands in the contract.
    pub expected: String,
    /// What was there.
    pub found: String,
}

/// The JSON text of a problem.
pub fn to_json(problem: &Problem) -> String {
    let mut out = Writer::new();
    out.open();
    let mut kind = String::from("urn:all-ears:problem:");
    kind.push_str(problem.name);
    out.text("type", &kind);
    out.text("title", problem.title);
    out.whole("status", u64::from(problem.status));
    out.text("detail", &problem.detail);
    if let Some((line, column)) = problem.place {
        out.whole("line", line as u64);
        out.whole("column", column as u64);
    }
    if !problem.errors.is_empty() {
        out.key("errors");
        out.open_list();
        for fault in &problem.errors {
            out.open();
            out.text("path", &fault.path);
            out.text("expected", &fault.expected);
            out.text("found", &fault.found);
            out.close();
        }
        out.close_list();
    }
    out.close();
    out.finish()
}
