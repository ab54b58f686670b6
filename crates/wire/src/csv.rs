//! Comma-separated lines as spreadsheets read them (RFC 4180), with formulas disarmed.

/// A whole line, its end included. A cell that a spreadsheet would run as a formula gets a quote mark before it.
pub fn line(cells: &[String]) -> String {
    let mut line = String::new();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        push_cell(&mut line, cell);
    }
    line.push_str("\r\n");
    line
}

fn push_cell(line: &mut String, cell: &str) {
    let cell = disarmed(&cell.replace('\0', ""));
    let guard = if cell.starts_with(['\t', '\r', '\n']) { "'" } else { "" };
    if cell.contains(['"', ',', '\r', '\n', '\t']) {
        line.push('"');
        line.push_str(guard);
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(&cell);
    }
}

/// Where a comma is the decimal mark, spreadsheets take `;` for the end of a cell, whatever quotes are around: what
/// follows it is a cell of its own there. So is what follows a tab or a line break.
fn disarmed(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len() + 1);
    let mut begins = true;
    for (at, character) in cell.char_indices() {
        if begins && matches!(character, '=' | '+' | '-' | '@') {
            out.push('\'');
        }
        // Blanks and quotes before a formula do not stop it, except those at the very beginning, which are the cell's own.
        let skipped = at > 0 && matches!(character, ' ' | '"');
        begins = matches!(character, ';' | '\t' | '\r' | '\n') || (begins && skipped);
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::push_cell;

    #[track_caller]
    fn check(cell: &str, expected: &str) {
        let mut line = String::new();
        push_cell(&mut line, cell);
        assert_eq!(line, expected);
    }

    #[test]
    fn formulas_behind_another_separator_are_disarmed() {
        check("well;=1+1", "well;'=1+1");
        check("a; @SUM(A1);b", "a; '@SUM(A1);b");
        check("a;\"=1+1\"", "\"a;\"\"'=1+1\"\"\"");
        check("a\t+1", "\"a\t'+1\"");
        check("a\r\n-1", "\"a\r\n'-1\"");
        check("a;\0=1", "a;'=1");
        check("2 + 2 = 4; and so on - @home", "2 + 2 = 4; and so on - @home");
    }

    #[test]
    fn formulas_are_disarmed() {
        check("plain", "plain");
        check("=1+1", "'=1+1");
        check("+44 117", "'+44 117");
        check("-1", "'-1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\t=1", "\"'\t'=1\"");
        check("\r=1", "\"'\r'=1\"");
        check("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
        check("two\nlines, \"quoted\"", "\"two\nlines, \"\"quoted\"\"\"");
    }
}
