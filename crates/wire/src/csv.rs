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
    let cell = cell.replace('\0', "");
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    if cell.contains(['"', ',', '\r', '\n', '\t']) {
        line.push('"');
        line.push_str(guard);
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(guard);
        line.push_str(&cell);
    }
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
    fn formulas_are_disarmed() {
        check("plain", "plain");
        check("=1+1", "'=1+1");
        check("+44 117", "'+44 117");
        check("-1", "'-1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\t=1", "\"'\t=1\"");
        check("\r=1", "\"'\r=1\"");
        check("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
        check("two\nlines, \"quoted\"", "\"two\nlines, \"\"quoted\"\"\"");
    }
}
