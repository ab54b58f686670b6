//! The words after a task's name.

use anyhow::{Context, Result, bail};

/// What the user wrote and no task has taken yet.
pub struct Arguments(Vec<String>);

impl Arguments {
    /// The words as given.
    pub fn new(words: Vec<String>) -> Self {
        Self(words)
    }

    /// Takes the first word if it is no option.
    pub fn word(&mut self) -> Option<String> {
        let first = self.0.first()?;
        (!first.starts_with('-')).then(|| self.0.remove(0))
    }

    /// Takes an option without a value.
    pub fn flag(&mut self, name: &str) -> bool {
        let place = self.0.iter().position(|word| word == name);
        place.map(|place| self.0.remove(place)).is_some()
    }

    /// Takes an option with a value, written `--name value` or `--name=value`.
    pub fn value(&mut self, name: &str) -> Result<Option<String>> {
        let with_sign = format!("{name}=");
        let Some(place) = self.0.iter().position(|word| word == name || word.starts_with(&with_sign)) else {
            return Ok(None);
        };
        let word = self.0.remove(place);
        if let Some(value) = word.strip_prefix(&with_sign) {
            return Ok(Some(value.to_owned()));
        }
        if place == self.0.len() {
            bail!("`{name}` wants a value");
        }
        Ok(Some(self.0.remove(place)))
    }

    /// Takes a number.
    pub fn number(&mut self, name: &str) -> Result<Option<u16>> {
        let Some(value) = self.value(name)? else {
            return Ok(None);
        };
        let number = value.parse();
        number.map(Some).with_context(|| format!("`{name} {value}`: a number from 0 to 65535 is wanted"))
    }

    /// Refuses what is left.
    pub fn finish(self) -> Result<()> {
        match self.0.first() {
            None => Ok(()),
            Some(word) => bail!("`{word}` is not known here; `cargo xtask --help` lists what is"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> Arguments {
        Arguments::new(line.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn options_stand_anywhere_and_the_rest_is_refused() {
        let mut given = arguments("e2e --port 81 --db=x.db --open");
        assert_eq!(given.number("--port").unwrap(), Some(81));
        assert_eq!(given.value("--db").unwrap().as_deref(), Some("x.db"));
        assert!(given.flag("--open") && !given.flag("--json"));
        assert_eq!(given.word().as_deref(), Some("e2e"));
        assert!(given.finish().is_ok());
        assert!(arguments("--port").value("--port").is_err());
        assert!(arguments("--port many").number("--port").is_err());
        assert!(arguments("--prot 81").finish().is_err());
    }
}
