//! The words and classes that the patterns of a pack name, as sets, and the sets to which a token belongs.

use std::collections::HashMap;

use crate::pattern::Node;
use crate::script;
use crate::token::{LITERAL, Token, tokens};

/// What a set says of its words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Member {
    Whole(String),
    Start(String),
    End(String),
    /// By the look of it: begins with a digit.
    Number,
}

/// A class: words for its set, and phrases.
#[derive(Clone, Debug, Default)]
struct Class {
    members: Vec<Member>,
    phrases: Vec<Vec<Node>>,
}

/// Sets of words, and classes by name.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    classes: HashMap<String, Class>,
    /// The members of each set, sorted; equal sets are one.
    sets: Vec<Vec<Member>>,
    numbers: HashMap<Vec<Member>, usize>,
    whole: HashMap<String, Vec<usize>>,
    starts: HashMap<String, Vec<usize>>,
    ends: HashMap<String, Vec<usize>>,
    numeric: Vec<usize>,
    longest_start: usize,
    longest_end: usize,
    /// Words of a script without spaces that are longer than a character, by their first.
    long_words: HashMap<char, Vec<String>>,
}

/// The sets to which a token belongs, as bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known(Vec<u64>);

impl Known {
    /// Whether it belongs to a set.
    pub fn has(&self, set: usize) -> bool {
        self.0.get(set / 64).is_some_and(|bits| bits >> (set % 64) & 1 == 1)
    }

    fn add(&mut self, set: usize) {
        if self.0.len() <= set / 64 {
            self.0.resize(set / 64 + 1, 0);
        }
        self.0[set / 64] |= 1 << (set % 64);
    }

    /// Takes the sets of another one in.
    pub fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(bits, more)| *bits |= more);
    }
}

/// A class that holds by the look of a word and not by a list, and one of what is quoted.
const NUMBERS: &str = "NUM";
const QUOTED: &str = "LITERAL";

impl Vocabulary {
    /// A word that stands for itself in a script without spaces, so that no shorter one is found inside it.
    pub fn long_word(&mut self, word: &str) {
        if let Some(first) = word.chars().next() {
            self.long_words.entry(first).or_default().push(word.to_owned());
        }
    }

    /// How long a known word is that begins here, the longest first.
    pub fn known_length(&self, rest: &str) -> Option<usize> {
        let words = self.long_words.get(&rest.chars().next()?)?;
        words.iter().filter(|word| rest.starts_with(word.as_str())).map(String::len).max()
    }

    /// The words that an atom of a pattern stands for: one, or in a script without spaces several.
    fn pieces(&self, atom: &str) -> Vec<String> {
        if atom.contains(script::is_ideograph) {
            tokens(atom, false, &|rest| self.known_length(rest)).into_iter().map(|token| token.word).collect()
        } else {
            vec![atom.to_owned()]
        }
    }

    /// One word, exactly as it is.
    pub fn word(&mut self, word: &str) -> Node {
        Node::Set(self.set(vec![Member::Whole(word.to_owned())]))
    }

    /// A word, a beginning or an ending as a node.
    pub fn literal(&mut self, atom: &str) -> Node {
        let pieces = self.pieces(atom);
        if pieces.len() > 1 {
            let words: Vec<Node> = pieces.iter().map(|word| self.word(word)).collect();
            return self.alternatives(vec![words]);
        }
        Node::Set(self.set(vec![member(atom)]))
    }

    /// One of several: single words become one set, and what the rest can begin with is known beforehand.
    pub fn alternatives(&mut self, all: Vec<Vec<Node>>) -> Node {
        let (mut members, mut phrases) = (Vec::new(), Vec::new());
        for one in all {
            match one.as_slice() {
                [Node::Set(set)] => members.extend(self.sets[*set].iter().cloned()),
                _ => phrases.push(one),
            }
        }
        if !members.is_empty() {
            let set = self.set(members);
            if phrases.is_empty() {
                return Node::Set(set);
            }
            phrases.insert(0, vec![Node::Set(set)]);
        }
        let mut opening = Some(Vec::new());
        for one in &phrases {
            let firsts = crate::pattern::firsts(one);
            opening = opening.zip(firsts).map(|(mut all, more): (Vec<usize>, _)| {
                all.extend(more);
                all
            });
        }
        let opening = opening.map(|sets| {
            let members = sets.iter().flat_map(|set| self.sets[*set].clone()).collect();
            self.set(members)
        });
        Node::Alternatives { opening, all: phrases }
    }

    /// A class as a node.
    pub fn class(&mut self, name: &str) -> Result<Node, String> {
        match name {
            NUMBERS => return Ok(Node::Set(self.set(vec![Member::Number]))),
            QUOTED => return Ok(self.word(LITERAL)),
            _ => {}
        }
        let class = self.classes.get(name).ok_or_else(|| format!("there is no class `{name}`"))?.clone();
        let mut all = class.phrases;
        if !class.members.is_empty() {
            all.insert(0, vec![Node::Set(self.set(class.members))]);
        }
        Ok(self.alternatives(all))
    }

    /// The set of a class's words.
    pub fn set_of(&self, name: &str) -> Option<usize> {
        let mut members = self.classes.get(name)?.members.clone();
        members.sort();
        members.dedup();
        self.numbers.get(&members).copied()
    }

    /// Adds alternatives to a class, which is made if it is new. A phrase is read by `parse`.
    pub fn extend(
        &mut self,
        name: &str,
        alternatives: &[&str],
        parse: fn(&str, &mut Self) -> Result<Vec<Node>, String>,
    ) -> Result<(), String> {
        let mut class = self.classes.remove(name).unwrap_or_default();
        for alternative in alternatives {
            let simple = !alternative
                .contains(|letter: char| letter.is_whitespace() || "()<>?\"~^@!=|_".contains(letter));
            let upper = alternative.starts_with(|first: char| first.is_ascii_uppercase());
            if simple && upper && *alternative != NUMBERS {
                let other = self.classes.get(*alternative);
                let other = other.ok_or_else(|| format!("there is no class `{alternative}`"))?;
                class.members.extend(other.members.clone());
                class.phrases.extend(other.phrases.clone());
            } else if simple && !upper && self.pieces(alternative).len() == 1 {
                class.members.push(member(alternative));
            } else {
                class.phrases.push(parse(alternative, self)?);
            }
        }
        if !class.members.is_empty() {
            self.set(class.members.clone());
        }
        self.classes.insert(name.to_owned(), class);
        Ok(())
    }

    fn set(&mut self, mut members: Vec<Member>) -> usize {
        members.sort();
        members.dedup();
        if let Some(set) = self.numbers.get(&members) {
            return *set;
        }
        let set = self.sets.len();
        for member in &members {
            match member {
                Member::Whole(word) => self.whole.entry(word.clone()).or_default().push(set),
                Member::Start(start) => {
                    self.longest_start = self.longest_start.max(start.len());
                    self.starts.entry(start.clone()).or_default().push(set);
                }
                Member::End(end) => {
                    self.longest_end = self.longest_end.max(end.len());
                    self.ends.entry(end.clone()).or_default().push(set);
                }
                Member::Number => self.numeric.push(set),
            }
        }
        self.numbers.insert(members.clone(), set);
        self.sets.push(members);
        set
    }

    /// The sets to which a token belongs.
    pub fn know(&self, token: &Token) -> Known {
        let word = token.word.as_str();
        let mut known = Known::default();
        let mut add = |sets: Option<&Vec<usize>>| sets.into_iter().flatten().for_each(|set| known.add(*set));
        add(self.whole.get(word));
        if !token.mark && !token.literal {
            for (end, _) in word.char_indices().skip(1).take_while(|(end, _)| *end <= self.longest_start) {
                add(self.starts.get(&word[..end]));
            }
            add(self.starts.get(word));
            for (start, _) in
                word.char_indices().skip(1).filter(|(start, _)| word.len() - start <= self.longest_end)
            {
                add(self.ends.get(&word[start..]));
            }
            if word.trim_start_matches(['£', '€', '$']).starts_with(|first: char| first.is_ascii_digit()) {
                add(Some(&self.numeric));
            }
        }
        known
    }
}

fn member(atom: &str) -> Member {
    if let Some(start) = atom.strip_suffix('*') {
        Member::Start(start.to_owned())
    } else if let Some(end) = atom.strip_prefix('*') {
        Member::End(end.to_owned())
    } else {
        Member::Whole(atom.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;
    use crate::pattern::parse;
    use crate::token::tokens;

    #[test]
    fn a_token_is_known_by_word_beginning_ending_and_class() {
        let mut names = Vocabulary::default();
        names.extend("MONEY", &["fee", "charg*", "cost of living"], parse).unwrap();
        names.extend("HARM", &["MONEY", "*less"], parse).unwrap();
        let (money, harm) = (names.set_of("MONEY").unwrap(), names.set_of("HARM").unwrap());
        let belongs = |word: &str| {
            let known = names.know(&tokens(word, true, &|_| None)[0]);
            (known.has(money), known.has(harm))
        };
        assert_eq!(belongs("charged"), (true, true));
        assert_eq!(belongs("fees"), (false, false));
        assert_eq!(belongs("useless"), (false, true));
        assert_eq!(belongs("less"), (false, false), "an ending has something before it");
    }
}
