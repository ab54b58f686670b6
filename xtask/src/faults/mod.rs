//! `cargo xtask faults …`: what must never lose anything, under faults that are done on purpose.

mod browser;

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;

pub use browser::short;

/// Hands over to the faults that are asked for.
pub fn faults(project: &Project, mut given: Arguments) -> Result<()> {
    match given.word().as_deref() {
        Some("browser") => browser::browser(project, given),
        other => bail!("`faults {}`: there is `cargo xtask faults browser`", other.unwrap_or_default()),
    }
}
