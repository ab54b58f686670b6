//! The widget's own search over a file of answers, for measuring it and for trying out tags.

use std::io::{BufRead, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use domain::faq::Index;

use crate::files;

/// How many entries are named for a query.
const HITS_MAX: usize = 10;

/// Reads `<index> TAB <query>` lines and answers each with `<index> TAB <id>,<id>,…`, best first.
/// What the search or the widget does not read in the file is named on standard error.
pub fn search(path: &Path) -> Result<ExitCode, String> {
    let text = files::read(path)?;
    let (entries, notes) = wire::faq_sources::read_json(&text);
    for note in &notes {
        eprintln!("{}: {note}", path.display());
    }
    if entries.is_empty() {
        return Err(format!("{} holds no question with an answer", path.display()));
    }
    let index = Index::new(&entries);
    let mut input = std::io::stdin().lock();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line).map_err(|error| error.to_string())? > 0 {
        let asked = String::from_utf8_lossy(&line);
        let asked = asked.trim_end_matches(['\r', '\n']);
        match asked.split_once('\t') {
            Some((number, query)) => {
                let hits = index.search(query, HITS_MAX);
                let ids: Vec<&str> = hits.iter().map(|hit| entries[hit.entry].id.as_str()).collect();
                writeln!(out, "{number}\t{}", ids.join(",")).map_err(|error| error.to_string())?;
            }
            None if asked.is_empty() => {}
            None => eprintln!("a line without a tab is left out: {asked:?}"),
        }
        line.clear();
    }
    out.flush().map_err(|error| error.to_string())?;
    Ok(ExitCode::SUCCESS)
}
