//! Writes the register out.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use receiver::store::{self, ExportError};

use crate::arguments::Export;

/// Writes it, and says on standard error how much it was.
pub fn run(options: &Export) -> Result<ExitCode, String> {
    let out: Box<dyn Write> = match &options.out {
        Some(path) => {
            let file =
                File::create(path).map_err(|error| format!("{} is out of reach: {error}", path.display()))?;
            Box::new(file)
        }
        None => Box::new(io::stdout().lock()),
    };
    let mut out = BufWriter::new(out);
    let written = store::export(&options.db, options.format, options.kind, &mut out)
        .and_then(|count| out.flush().map(|()| count).map_err(ExportError::Write));
    match written {
        Ok(count) => {
            eprintln!("{count} submissions");
            Ok(ExitCode::SUCCESS)
        }
        // Whoever reads has seen enough: `all-ears export … | head`.
        Err(ExportError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.to_string()),
    }
}
