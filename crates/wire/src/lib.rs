//! THE CONTRACTS: every byte that another program reads or writes, and its way to and from `domain`. No rule, no
//! default of its own. The widget carries this crate: conversions are by hand, and what only the receiver needs stands
//! behind the feature `server`.

pub mod config_input;
#[cfg(feature = "server")]
pub mod csv;
pub mod draft;
pub mod faq_file;
#[cfg(feature = "server")]
pub mod faq_sources;
pub mod host_call;
pub mod host_event;
pub mod json;
pub mod options;
#[cfg(feature = "server")]
mod part;
#[cfg(feature = "server")]
pub mod problem;
pub mod receipt;
pub mod status;
pub mod stored;
#[cfg(feature = "server")]
pub mod strict;
pub mod submission;
#[cfg(feature = "server")]
pub mod submission_read;
pub mod value;
#[cfg(feature = "server")]
pub mod webhook;
