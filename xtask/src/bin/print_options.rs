//! Prints what `wire` says about the options of the config: `manual`, `schema` or `typescript`.
#![allow(clippy::print_stdout, reason = "printing is all that this program does")]

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let form = std::env::args().nth(1).unwrap_or_default();
    let text = match form.as_str() {
        "manual" => wire::options::manual(),
        "schema" => wire::options::schema(),
        "typescript" => wire::options::typescript(),
        _ => bail!("`{form}` is not manual, schema or typescript"),
    };
    print!("{text}");
    Ok(())
}
