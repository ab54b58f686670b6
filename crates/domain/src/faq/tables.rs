//! The two tables that the search is made of: numbers for hashes, and lists of values by number.
//! They know nothing of words.

/// Where FNV-1a starts.
const START: u32 = 0x811C_9DC5;

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

/// Lists of `(value, weight)` by key.
#[derive(Debug, Default)]
pub(super) struct Lists {
    starts: Vec<u32>,
    values: Vec<(u32, f32)>,
}

impl Lists {
    /// Sorts `(key, value, weight)` into lists, keeping their order within a key.
    pub(super) fn new(keys: usize, rows: &[(u32, u32, f32)]) -> Self {
        let mut starts = vec![0_u32; keys + 2];
        for row in rows {
            starts[row.0 as usize + 2] += 1;
        }
        for key in 2..starts.len() {
            starts[key] += starts[key - 1];
        }
        let mut values = vec![(0, 0.0); rows.len()];
        for &(key, value, weight) in rows {
            let next = &mut starts[key as usize + 1];
            values[*next as usize] = (value, weight);
            *next += 1;
        }
        Self { starts, values }
    }

    /// The list of this key.
    pub(super) fn of(&self, key: u32) -> &[(u32, f32)] {
        let key = key as usize;
        &self.values[self.starts[key] as usize..self.starts[key + 1] as usize]
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
        let lists = Lists::new(4, &[(2, 9, 1.0), (0, 5, 2.0), (2, 3, 0.5), (2, 9, 1.0)]);
        assert_eq!(lists.of(0), [(5, 2.0)]);
        assert_eq!(lists.of(1), []);
        assert_eq!(lists.of(2), [(9, 1.0), (3, 0.5), (9, 1.0)]);
        assert_eq!(lists.of(3), []);
        assert_eq!(Lists::new(1, &[]).of(0), []);
    }

    #[test]
    fn a_hash_goes_on() {
        assert_eq!(hash(go_on(hash(0, b"ab")), b"c"), hash(0, b"abc"));
        assert_ne!(hash(0, b"ab"), hash(1, b"ab"));
    }
}
