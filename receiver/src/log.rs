//! The log of a server is its standard error. No request and no customer is ever named in it.

use std::fmt::Display;
use std::io::Write as _;

/// Notes a fault of ours.
pub fn fault(error: &dyn Display) {
    let _ = writeln!(std::io::stderr(), "all-ears: {error}");
}
