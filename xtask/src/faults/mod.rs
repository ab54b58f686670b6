//! `cargo xtask faults …`: what may go wrong is made to go wrong, and nothing may get lost.

mod browser;
mod fuzz;
mod receiver;

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;

pub use browser::short as browser_short;
pub use receiver::short as receiver_short;

/// Hands over to the side that is meant.
pub fn faults(project: &Project, mut given: Arguments) -> Result<()> {
    let what = given.word().unwrap_or_default();
    match what.as_str() {
        "browser" => browser::browser(project, given),
        "both" => browser::both(project, given),
        "receiver" => receiver::run(project, given),
        "fuzz" => fuzz::fuzz(project, given),
        other => bail!(
            "`faults {other}`: there is `cargo xtask faults browser`, `cargo xtask faults both --rounds 500`, `cargo xtask faults receiver [--case R1]… [--short]`, and `cargo xtask faults fuzz`"
        ),
    }
}
