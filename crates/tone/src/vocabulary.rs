//! The words and classes that the patterns of a pack name, and which of them a token belongs to.

use std::collections::HashMap;

use crate::pattern::Node;
use crate::script;
use crate::token::{LITERAL, Token, tokens};

/// What a class says of its words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Member {
    Whole(String),
    Start(String),
    End(String),
}

/// A class: words for its set, and phrases.
#[derive(Clone, Debug, Default)]
struct Class {
    set: Option<usize>,
    members: Vec<Member>,
    phrases: Vec<Vec<Node>>,
}

/// Words, beginnings, endings and classes by name.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: HashMap<String, u32>,
    classes: HashMap<String, Class>,
    /// Beginnings and endings that stand in patterns by themselves.
    loose: HashMap<Member, usize>,
    sets: usize,
    whole: HashMap<String, Vec<usize>>,
    starts: HashMap<String, Vec<usize>>,
    ends: HashMap<String, Vec<usize>>,
    longest_start: usize,
    longest_end: usize,
    /// Words of a script without spaces that are longer than a character, by their first.
    long_words: HashMap<char, Vec<String>>,
}

/// What patterns can ask of a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub word: Option<u32>,
    pub sets: Vec<usize>,
}

/// Classes that hold by the look of a word and not by a list.
const NUMBERS: &str = "NUM";
const QUOTED: &str = "LITERAL";

impl Vocabulary {
    /// The number of a word.
    pub fn word(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        *self.words.entry(word.to_owned()).or_insert(next)
    }

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

    /// A word, a beginning or an ending as a node.
    pub fn literal(&mut self, atom: &str) -> Node {
        let pieces = self.pieces(atom);
        if pieces.len() > 1 {
            return Node::Alternatives(vec![pieces.iter().map(|word| Node::Word(self.word(word))).collect()]);
        }
        match member(atom) {
            Member::Whole(word) => Node::Word(self.word(&word)),
            loose => {
                if let Some(set) = self.loose.get(&loose) {
                    return Node::Set(*set);
                }
                let set = self.new_set();
                self.enter(&loose, set);
                self.loose.insert(loose, set);
                Node::Set(set)
            }
        }
    }

    /// A class as a node.
    pub fn class(&mut self, name: &str) -> Result<Node, String> {
        if !self.classes.contains_key(name) && (name == NUMBERS || name == QUOTED) {
            let set = self.new_set();
            self.classes.insert(name.to_owned(), Class { set: Some(set), ..Class::default() });
            if name == QUOTED {
                self.enter(&Member::Whole(LITERAL.to_owned()), set);
            }
        }
        let class = self.classes.get(name).ok_or_else(|| format!("there is no class `{name}`"))?;
        let mut all: Vec<Vec<Node>> = class.phrases.clone();
        if let Some(set) = class.set {
            all.insert(0, vec![Node::Set(set)]);
        }
        Ok(match all.as_slice() {
            [one] if one.len() == 1 => one[0].clone(),
            _ => Node::Alternatives(all),
        })
    }

    /// The set of a class, if it has words.
    pub fn set_of(&self, name: &str) -> Option<usize> {
        self.classes.get(name).and_then(|class| class.set)
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
            if simple && upper {
                let other = self
                    .classes
                    .get(*alternative)
                    .ok_or_else(|| format!("there is no class `{alternative}`"))?;
                class.members.extend(other.members.clone());
                class.phrases.extend(other.phrases.clone());
            } else if simple && self.pieces(alternative).len() == 1 {
                class.members.push(member(alternative));
            } else {
                class.phrases.push(parse(alternative, self)?);
            }
        }
        if !class.members.is_empty() {
            let set = class.set.unwrap_or_else(|| self.new_set());
            class.set = Some(set);
            for member in &class.members {
                self.enter(member, set);
            }
        }
        self.classes.insert(name.to_owned(), class);
        Ok(())
    }

    fn new_set(&mut self) -> usize {
        self.sets += 1;
        self.sets - 1
    }

    fn enter(&mut self, member: &Member, set: usize) {
        let (list, key) = match member {
            Member::Whole(word) => (&mut self.whole, word),
            Member::Start(start) => {
                self.longest_start = self.longest_start.max(start.len());
                (&mut self.starts, start)
            }
            Member::End(end) => {
                self.longest_end = self.longest_end.max(end.len());
                (&mut self.ends, end)
            }
        };
        let sets = list.entry(key.clone()).or_default();
        if !sets.contains(&set) {
            sets.push(set);
        }
    }

    /// Everything that patterns may ask of a token.
    pub fn know(&self, token: &Token) -> Known {
        let word = token.word.as_str();
        let mut sets = self.whole.get(word).cloned().unwrap_or_default();
        if !token.mark && !token.literal {
            for (end, _) in word.char_indices().skip(1).take_while(|(end, _)| *end <= self.longest_start) {
                sets.extend(self.starts.get(&word[..end]).into_iter().flatten());
            }
            sets.extend(self.starts.get(word).into_iter().flatten());
            for (start, _) in
                word.char_indices().skip(1).filter(|(start, _)| word.len() - start <= self.longest_end)
            {
                sets.extend(self.ends.get(&word[start..]).into_iter().flatten());
            }
            if word.trim_start_matches(['£', '€', '$']).starts_with(|first: char| first.is_ascii_digit()) {
                sets.extend(self.set_of(NUMBERS));
            }
        }
        Known { word: self.words.get(word).copied(), sets }
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
        let money = names.set_of("MONEY").unwrap();
        let harm = names.set_of("HARM").unwrap();
        let known = |word: &str| names.know(&tokens(word, true, &|_| None)[0]);
        assert_eq!(known("charged").sets, [money, harm]);
        assert_eq!(known("fees").sets, [0_usize; 0]);
        assert_eq!(known("useless").sets, [harm]);
        assert_eq!(known("less").sets, [0_usize; 0], "an ending has something before it");
    }
}
