//! Files that people wrote, whichever editor they wrote them with.

use std::path::Path;

/// The text of a file, without the mark that some editors put in front of it.
pub fn read(path: &Path) -> Result<String, String> {
    let mut text = std::fs::read_to_string(path)
        .map_err(|error| format!("{} is out of reach: {error}", path.display()))?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}
