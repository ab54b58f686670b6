//! What was asked for of the commands that look after a database.

use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value};
use lexopt::{Parser, ValueExt as _};
use receiver::store::Target;

use super::{Command, Webhooks, target};

pub fn token(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut db = Target::from("all-ears.db");
    while let Some(argument) = parser.next()? {
        match argument {
            Long("db") => db = target(parser)?,
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    Ok(Command::Token(db))
}

pub fn backup(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let (mut db, mut to) = (Target::from("all-ears.db"), None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("db") => db = target(parser)?,
            Long("to") => to = Some(parser.value()?.into()),
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    Ok(Command::Backup(db, to.ok_or("backup needs --to FILE")?))
}

pub fn restore(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let (mut from, mut db) = (None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("from") => from = Some(parser.value()?.into()),
            Long("db") => db = Some(parser.value()?.into()),
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    Ok(Command::Restore(from.ok_or("restore needs --from FILE")?, db.ok_or("restore needs --db FILE")?))
}

pub fn verify(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let (mut db, mut ids, mut as_json) = (Target::from("all-ears.db"), None, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("db") => db = target(parser)?,
            Long("ids") => ids = Some(parser.value()?.into()),
            Long("json") => as_json = true,
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    Ok(Command::Verify { db, ids, as_json })
}

pub fn measure(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let (mut file, mut rows, mut group, mut bytes) =
        (PathBuf::from("all-ears-measure.db"), 20_000, 16, 2_048);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("file") => file = parser.value()?.into(),
            Long("rows") => rows = parser.value()?.parse()?,
            Long("group") => group = parser.value()?.parse()?,
            Long("bytes") => bytes = parser.value()?.parse()?,
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    Ok(Command::Measure { file, rows, group, bytes })
}

pub fn erase(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let (mut db, mut id) = (Target::from("all-ears.db"), None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("db") => db = target(parser)?,
            Value(value) if id.is_none() => id = Some(value.string()?),
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    Ok(Command::Erase { db, id: id.ok_or("erase needs the id of a submission")? })
}

pub fn webhooks(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut webhooks = Webhooks { db: Target::from("all-ears.db"), replay: None, as_json: false };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("db") => webhooks.db = target(parser)?,
            Long("replay") => webhooks.replay = Some(parser.value()?.string()?),
            Long("json") => webhooks.as_json = true,
            Value(word) if word == "secret" => return Ok(Command::WebhookSecret),
            Long("help") | Short('h') => return Ok(Command::Help),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected()),
        }
    }
    Ok(Command::Webhooks(webhooks))
}
