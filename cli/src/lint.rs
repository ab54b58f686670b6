//! Checks the wording of texts and proposes what to say instead.

mod lines;

use std::process::ExitCode;

use tone::Checker;

use crate::arguments::Lint;

/// Does what was asked for.
pub fn run(lint: &Lint) -> Result<ExitCode, String> {
    let checker = checker(lint.locale.as_deref().unwrap_or("en"))?;
    lines::run(&checker)
}

fn checker(locale: &str) -> Result<Checker, String> {
    Checker::for_locale(locale).ok_or_else(|| {
        format!("there are no rules for {locale:?}; there are for {}", tone::LOCALES.join(" and "))
    })
}
