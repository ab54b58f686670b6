//! Lines for spreadsheets: a reader after RFC 4180 finds the same cells, and none of them begins a formula.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let cells: Vec<String> = text.split('|').map(str::to_owned).collect();
    let line = wire::csv::line(&cells);
    let read = read(&line);
    assert_eq!(read.len(), cells.len());
    for (read, cell) in read.iter().zip(&cells) {
        assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{read:?} is a formula");
        // Where `;` or a tab ends a cell, what follows is one of its own.
        let mut parts = read.split([';', '\t', '\r', '\n']).skip(1).map(|part| part.trim_start_matches([' ', '"']));
        assert!(!parts.any(|part| part.starts_with(['=', '+', '-', '@'])), "{read:?} holds a formula");
        assert_eq!(read.replace('\'', ""), cell.replace(['\0', '\''], ""), "more than marks was added");
    }
});

/// One line, as RFC 4180 has it.
fn read(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.strip_suffix("\r\n").expect("a line ends").chars().peekable();
    while let Some(character) = characters.next() {
        let last = cells.last_mut().expect("there is one");
        match (quoted, character) {
            (true, '"') if characters.peek() == Some(&'"') => {
                characters.next();
                last.push('"');
            }
            (true, '"') => quoted = false,
            (false, '"') if last.is_empty() => quoted = true,
            (false, ',') => cells.push(String::new()),
            (_, other) => last.push(other),
        }
    }
    assert!(!quoted, "a quote is left open");
    cells
}
