//! What a job works on: the connection within a transaction, and the entries of the event log that it appends. They are
//! sealed together when the transaction ends, so that several receivers hold the log for a moment only.

use super::database::{Database, Fault, Row, Value};
use super::events::{self, NewEvent};

/// A transaction that is under way.
pub(super) struct Transaction<'a> {
    database: &'a mut dyn Database,
    events: Vec<NewEvent>,
}

impl<'a> Transaction<'a> {
    /// On a connection that has begun one, or that only reads.
    pub fn on(database: &'a mut dyn Database) -> Self {
        Self { database, events: Vec::new() }
    }

    /// Everything that a statement answers.
    pub fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        self.database.query(sql, values)
    }

    /// The first row that a statement answers.
    pub fn first(&mut self, sql: &str, values: &[Value]) -> Result<Option<Row>, Fault> {
        Ok(self.database.query(sql, values)?.into_iter().next())
    }

    /// The number that a statement answers.
    pub fn number(&mut self, sql: &str, values: &[Value]) -> Result<i64, Fault> {
        self.first(sql, values)?.ok_or_else(|| Fault::Refused("no answer".to_owned()))?.int(0)
    }

    /// Runs a statement.
    pub fn execute(&mut self, sql: &str, values: &[Value]) -> Result<(), Fault> {
        self.database.execute(sql, values)
    }

    /// How a selection passes over rows that others hold.
    pub fn passing_over(&self) -> &'static str {
        self.database.passing_over()
    }

    /// How a selection holds its rows until the end.
    pub fn holding(&self) -> &'static str {
        self.database.holding()
    }

    /// How many entries the event log has, and the first that does not fit its seal.
    pub fn check_log(&mut self) -> Result<(u64, Option<i64>), Fault> {
        events::check(self.database)
    }

    /// Appends an entry to the event log; it stands there when the transaction is kept.
    pub fn append(&mut self, event: NewEvent) {
        self.events.push(event);
    }

    /// Seals what was appended and keeps everything.
    pub fn keep(self) -> Result<(), Fault> {
        if !self.events.is_empty() {
            self.database.hold_log()?;
            events::seal_all(self.database, &self.events)?;
        }
        self.database.commit()
    }
}
