//! Which database, and why it may stay closed.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where the rows are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A SQLite file.
    File(PathBuf),
    /// A Postgres server, `postgres://user@host/database`.
    Server(String),
}

impl From<&str> for Target {
    fn from(text: &str) -> Self {
        let is_server = text.starts_with("postgres://") || text.starts_with("postgresql://");
        if is_server { Self::Server(text.to_owned()) } else { Self::File(text.into()) }
    }
}

impl From<&Path> for Target {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

impl From<&PathBuf> for Target {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

impl From<&Target> for Target {
    fn from(target: &Target) -> Self {
        target.clone()
    }
}

impl fmt::Display for Target {
    /// Without the password that an address may hold.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(formatter, "the database {}", path.display()),
            Self::Server(url) => {
                let after = url.split_once("://").map_or("", |(_, rest)| rest);
                let place = after.split('?').next().unwrap_or_default();
                let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
                write!(formatter, "the Postgres database {place}")
            }
        }
    }
}

/// Why the database stays closed.
#[derive(Debug)]
pub enum OpenError {
    /// The file is out of reach.
    File(PathBuf, std::io::Error),
    /// The database refuses, and says why.
    Refused(Target, String),
    /// It is somebody else's.
    Foreign(PathBuf),
    /// A newer version of this program wrote it.
    Newer(Target),
    /// Its pages contradict each other.
    Damaged(PathBuf, String),
    /// This SQLite has a known fault.
    OldSqlite(&'static str),
    /// It loses what it has acknowledged.
    Careless(Target, String),
    /// No thread could be started.
    Thread,
}

impl fmt::Display for OpenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => {
                write!(formatter, "the database {} is out of reach: {error}", path.display())
            }
            Self::Refused(target, reason) => write!(formatter, "{target} does not open: {reason}"),
            Self::Foreign(path) => write!(
                formatter,
                "{} is the database of another program; choose another file",
                path.display()
            ),
            Self::Newer(target) => {
                write!(formatter, "{target} was written by a newer version of this program; update it")
            }
            Self::Damaged(path, report) => {
                write!(formatter, "the database {} is damaged: {report}; restore a copy", path.display())
            }
            Self::OldSqlite(version) => {
                write!(formatter, "SQLite {version} can corrupt a database; 3.51.3 or newer is needed")
            }
            Self::Careless(target, setting) => {
                write!(formatter, "{target} can lose what it has acknowledged: {setting}")
            }
            Self::Thread => formatter.write_str("no thread could be started for the database"),
        }
    }
}

impl std::error::Error for OpenError {}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn a_password_is_never_shown() {
        let target = Target::from("postgres://care:s3cr@et@db.example:5433/care?application_name=s3cret");
        assert_eq!(target.to_string(), "the Postgres database db.example:5433/care");
        assert_eq!(Target::from("care.db").to_string(), "the database care.db");
    }
}
