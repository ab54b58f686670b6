//! Patterns over tokens, as rules write them: `you (forgot|failed) to <v: ~8> @cend`.
//!
//! | written | finds |
//! | --- | --- |
//! | `word`, `refund*`, `*less` | a word, a beginning, an ending |
//! | `NAME` | a word or phrase of a class |
//! | `","` | a mark |
//! | `( a \| b c )` | one of several |
//! | `x?` | it, or nothing |
//! | `_`, `~3`, `~~9` | any word; up to three words; up to nine words or marks |
//! | `<t: … >` | the same, and its text as `{t}` |
//! | `=( … )`, `!( … )`, `=<( … )`, `!<( … )` | what must or must not follow, or stand before, without being a part of it |
//! | `^`, `@clause`, `@cend`, `@end` | the start of the sentence or of a clause, the end of a clause or of the sentence |
//! | `@unended` | the end of a sentence without a mark: a label |

use crate::vocabulary::Vocabulary;

/// A pattern, ready to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Set(usize),
    Any,
    /// One of several; every match begins with a word of the set `opening`, where there is one.
    Alternatives {
        opening: Option<usize>,
        all: Vec<Vec<Node>>,
    },
    Optional(Vec<Node>),
    Gap {
        most: usize,
        marks: bool,
    },
    Capture(String, Vec<Node>),
    Ahead {
        wanted: bool,
        inner: Vec<Vec<Node>>,
    },
    Behind {
        wanted: bool,
        inner: Vec<Vec<Node>>,
    },
    Start,
    ClauseStart,
    ClauseEnd,
    End,
    Unended,
}

/// Reads a pattern; `Err` says what is wrong with it.
pub(crate) fn parse(text: &str, names: &mut Vocabulary) -> Result<Vec<Node>, String> {
    let mut parser = Parser { rest: text, names };
    let mut all = vec![parser.sequence()?];
    while parser.take("|") {
        all.push(parser.sequence()?);
    }
    let nodes = if all.len() == 1 { all.remove(0) } else { vec![parser.names.alternatives(all)] };
    if parser.rest.is_empty() { Ok(nodes) } else { Err(format!("`{}` is left over", parser.rest)) }
}

struct Parser<'a> {
    rest: &'a str,
    names: &'a mut Vocabulary,
}

impl Parser<'_> {
    /// Spaces mean nothing.
    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, start: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(start) else { return false };
        self.rest = rest;
        true
    }

    /// Nodes up to a closing mark, which stays.
    fn sequence(&mut self) -> Result<Vec<Node>, String> {
        let mut nodes = Vec::new();
        loop {
            self.skip_spaces();
            if self.rest.is_empty() || self.rest.starts_with([')', '|', '>']) {
                return if nodes.is_empty() { Err("an empty pattern".to_owned()) } else { Ok(nodes) };
            }
            let node = self.item()?;
            if self.take("?") {
                nodes.push(Node::Optional(vec![node]));
            } else {
                nodes.push(node);
            }
        }
    }

    fn alternatives(&mut self) -> Result<Vec<Vec<Node>>, String> {
        let mut all = vec![self.sequence()?];
        while self.take("|") {
            all.push(self.sequence()?);
        }
        if self.take(")") { Ok(all) } else { Err(format!("`)` is missing before `{}`", self.rest)) }
    }

    fn item(&mut self) -> Result<Node, String> {
        if self.take("!<(") {
            return Ok(Node::Behind { wanted: false, inner: self.alternatives()? });
        }
        if self.take("=<(") {
            return Ok(Node::Behind { wanted: true, inner: self.alternatives()? });
        }
        if self.take("!(") {
            return Ok(Node::Ahead { wanted: false, inner: self.alternatives()? });
        }
        if self.take("=(") {
            return Ok(Node::Ahead { wanted: true, inner: self.alternatives()? });
        }
        if self.take("(") {
            let all = self.alternatives()?;
            return Ok(self.names.alternatives(all));
        }
        if self.take("<") {
            return self.capture();
        }
        if self.take("\"") {
            let (mark, rest) = self.rest.split_once('"').ok_or("a quotation mark is missing")?;
            self.rest = rest;
            return Ok(self.names.word(mark));
        }
        if self.take("^") {
            return Ok(Node::Start);
        }
        self.atom()
    }

    fn capture(&mut self) -> Result<Node, String> {
        let (name, rest) = self.rest.split_once(':').ok_or("`:` is missing in a capture")?;
        self.rest = rest;
        let nodes = self.sequence()?;
        if self.take(">") {
            Ok(Node::Capture(name.trim().to_owned(), nodes))
        } else {
            Err("`>` is missing".to_owned())
        }
    }

    fn atom(&mut self) -> Result<Node, String> {
        let end = self
            .rest
            .find(|letter: char| {
                letter.is_whitespace() || matches!(letter, '(' | ')' | '|' | '<' | '>' | '?' | '"')
            })
            .unwrap_or(self.rest.len());
        if end == 0 {
            return Err(format!("`{}` is no pattern", self.rest));
        }
        let (atom, rest) = self.rest.split_at(end);
        self.rest = rest;
        let gap = |count: &str| count.parse().map_err(|_| format!("`{atom}` needs a number"));
        Ok(match atom {
            "_" => Node::Any,
            "@clause" => Node::ClauseStart,
            "@cend" => Node::ClauseEnd,
            "@end" => Node::End,
            "@unended" => Node::Unended,
            _ if atom.starts_with("~~") => Node::Gap { most: gap(&atom[2..])?, marks: true },
            _ if atom.starts_with('~') => Node::Gap { most: gap(&atom[1..])?, marks: false },
            _ if atom.starts_with('@') => return Err(format!("`{atom}` is no place")),
            _ if atom.starts_with(|first: char| first.is_ascii_uppercase()) => self.names.class(atom)?,
            _ => self.names.literal(atom),
        })
    }
}

/// The sets one of which holds the first word of every match. `None`: it can begin with anything.
pub(crate) fn firsts(nodes: &[Node]) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    for node in nodes {
        match node {
            Node::Set(set) => {
                found.push(*set);
                return Some(found);
            }
            Node::Alternatives { opening, .. } => {
                found.push((*opening)?);
                return Some(found);
            }
            Node::Capture(_, inner) => {
                found.extend(firsts(inner)?);
                return Some(found);
            }
            Node::Optional(inner) => found.extend(firsts(inner)?),
            Node::Ahead { .. } | Node::Behind { .. } | Node::Start | Node::ClauseStart => {}
            Node::Any | Node::Gap { .. } | Node::ClauseEnd | Node::End | Node::Unended => return None,
        }
    }
    None
}

/// Sets of each of which a sentence must hold a word, or there is no match in it.
pub(crate) fn needs(nodes: &[Node]) -> Vec<usize> {
    nodes
        .iter()
        .flat_map(|node| match node {
            Node::Set(set) => vec![*set],
            Node::Alternatives { opening, .. } => opening.iter().copied().collect(),
            Node::Capture(_, inner) => needs(inner),
            Node::Any
            | Node::Gap { .. }
            | Node::Optional(_)
            | Node::Ahead { .. }
            | Node::Behind { .. }
            | Node::Start
            | Node::ClauseStart
            | Node::ClauseEnd
            | Node::End
            | Node::Unended => Vec::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Node, firsts, parse};
    use crate::vocabulary::Vocabulary;

    #[test]
    fn what_is_written_wrongly_is_said() {
        let mut names = Vocabulary::default();
        for wrong in ["(a", "a)", "<x a>", "NOBODY", "~x", "@there", "", "( | a)", "\"a"] {
            assert!(parse(wrong, &mut names).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_match_begins_with_what_can_stand_first() {
        let mut names = Vocabulary::default();
        let nodes = parse("^ (please|kindly)? <v: do|did> it", &mut names);
        assert!(nodes.is_err(), "a capture holds one sequence");
        let nodes = parse("^ (please|kindly)? <v: (do|did)> it", &mut names).unwrap();
        assert_eq!(firsts(&nodes).map(|all| all.len()), Some(2));
        let nodes = parse("~2 it", &mut names).unwrap();
        assert_eq!(firsts(&nodes), None);
        let nodes = parse("a? @cend", &mut names).unwrap();
        assert!(matches!(nodes[0], Node::Optional(_)) && firsts(&nodes).is_none());
    }
}
