//! The two tables that the search is made of: numbers for hashes, and lists of values by number. Both only ever grow,
//! so an index can be searched while it is still being built. They know nothing of words.

/// Where FNV-1a starts.
const START: u32 = 0x811C_9DC5;
/// Ends a list.
const NONE: u32 = u32::MAX;

/// FNV-1a over some bytes, from a seed. Zero never comes out: it marks a free place.
pub(super) fn hash(seed: u32, bytes: &[u8]) -> u32 {
    let mut state = seed ^ START;
    for byte in bytes {
        state = (state ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    }
    state.max(1)
}

/// The seed with which a hash goes on where another one ended.
pub(super) fn go_on(hash: u32) -> u32 {
    hash ^ START
}

/// Numbers things from 0 in the order in which they come, by their hashes.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// `(hash, id)`; a power of two of them, at most half of them taken.
    places: Vec<(u32, u32)>,
    taken: u32,
}

impl Ids {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.taken as usize
    }

    /// The number of this hash.
    pub(super) fn get(&self, hash: u32) -> Option<u32> {
        if self.places.is_empty() {
            return None;
        }
        let (own, id) = self.places[self.place(hash)];
        (own == hash).then_some(id)
    }

    /// The number of this hash, a new one if it has none.
    pub(super) fn add(&mut self, hash: u32) -> u32 {
        if self.len() * 2 >= self.places.len() {
            let size = (self.places.len() * 2).max(64);
            for (own, id) in std::mem::replace(&mut self.places, vec![(0, 0); size]) {
                if own != 0 {
                    let place = self.place(own);
                    self.places[place] = (own, id);
                }
            }
        }
        let place = self.place(hash);
        if self.places[place].0 == 0 {
            self.places[place] = (hash, self.taken);
            self.taken += 1;
        }
        self.places[place].1
    }

    /// Where this hash is, or would be.
    fn place(&self, hash: u32) -> usize {
        let mask = self.places.len() - 1;
        // The low bits of FNV are its weakest.
        let mut place = (hash ^ (hash >> 15)) as usize & mask;
        while self.places[place].0 != 0 && self.places[place].0 != hash {
            place = (place + 1) & mask;
        }
        place
    }
}

/// A value in a list.
#[derive(Debug)]
struct Row {
    value: u32,
    weight: f32,
    next: u32,
}

/// Where a list starts and ends among the rows.
#[derive(Clone, Copy, Debug)]
struct List {
    first: u32,
    last: u32,
    length: u32,
}

/// Lists of `(value, weight)` by key, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: Vec<List>,
    rows: Vec<Row>,
}

impl Lists {
    /// Adds a value to a key's list; a value that stands last there already gets this weight on top.
    pub(super) fn push(&mut self, key: u32, value: u32, weight: f32) {
        let key = key as usize;
        if key >= self.lists.len() {
            self.lists.resize(key + 1, List { first: NONE, last: NONE, length: 0 });
        }
        let list = &mut self.lists[key];
        let new = self.rows.len() as u32;
        match self.rows.get_mut(list.last as usize) {
            Some(last) if last.value == value => {
                last.weight += weight;
                return;
            }
            Some(last) => last.next = new,
            None => list.first = new,
        }
        list.last = new;
        list.length += 1;
        self.rows.push(Row { value, weight, next: NONE });
    }

    /// How long this key's list is.
    pub(super) fn count(&self, key: u32) -> usize {
        self.lists.get(key as usize).map_or(0, |list| list.length as usize)
    }

    /// The list of this key.
    pub(super) fn of(&self, key: u32) -> impl Iterator<Item = (u32, f32)> {
        let mut next = self.lists.get(key as usize).map_or(NONE, |list| list.first);
        std::iter::from_fn(move || {
            let row = self.rows.get(next as usize)?;
            next = row.next;
            Some((row.value, row.weight))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_count_up_and_are_found_again() {
        let mut ids = Ids::default();
        assert_eq!(ids.get(7), None);
        for at in 0..1_000_u32 {
            let own = hash(0, &at.to_le_bytes());
            assert_eq!(ids.get(own), None);
            assert_eq!((ids.add(own), ids.add(own), ids.get(own)), (at, at, Some(at)));
        }
        assert_eq!(ids.len(), 1_000);
        assert_eq!(ids.get(hash(0, &500_u32.to_le_bytes())), Some(500));
    }

    #[test]
    fn lists_keep_their_order() {
        let mut lists = Lists::default();
        for (key, value, weight) in [(2, 9, 1.0), (0, 5, 2.0), (2, 3, 0.5), (2, 3, 0.25), (2, 9, 1.0)] {
            lists.push(key, value, weight);
        }
        let all = |key| lists.of(key).collect::<Vec<_>>();
        assert_eq!(all(0), [(5, 2.0)]);
        assert_eq!(all(1), []);
        assert_eq!(all(2), [(9, 1.0), (3, 0.75), (9, 1.0)]);
        assert_eq!(all(7), []);
        assert_eq!((lists.count(0), lists.count(1), lists.count(2), lists.count(7)), (1, 0, 3, 0));
    }

    #[test]
    fn a_hash_goes_on() {
        assert_eq!(hash(go_on(hash(0, b"ab")), b"c"), hash(0, b"abc"));
        assert_ne!(hash(0, b"ab"), hash(1, b"ab"));
    }
}
