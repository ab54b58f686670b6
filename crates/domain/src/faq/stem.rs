//! Word forms of English: what is left of a word when its endings are taken off. After Porter's second algorithm, with
//! fewer endings: two words only have to end up alike when customers mean the same by them.

use super::tables::hash;

/// Endings, longer before shorter, each with how many letters have to be left at least.
const ENDINGS: [(&str, usize); 18] = [
    // "ication" and "icate" belong to "ify" and "ly": "verification", "application".
    ("cation", 5),
    ("abiliti", 4),
    ("ation", 4),
    ("ition", 5),
    ("cate", 5),
    ("ment", 3),
    ("ance", 4),
    ("ence", 4),
    ("able", 4),
    ("ible", 4),
    ("ness", 5),
    ("ing", 3),
    ("ion", 5),
    ("iti", 5),
    ("ate", 4),
    ("ful", 4),
    ("est", 4),
    ("ed", 3),
];
/// Endings of the same kind that are short, and so found where they are none: "letter", "dinner", "shower".
const SHORT: [(&str, usize); 6] = [("er", 5), ("or", 5), ("al", 5), ("li", 4), ("d", 5), ("i", 6)];
/// Words that look like a form of another one and are none of it.
const WHOLE: &str = "accessible activiti apartment basement carrier charger counter customer department freezer general \
hospital operator personal prioriti quarter shoulder slipper speaker statement suite terminal universiti valuable";

/// The hash of the stem of a word in small letters. Words of other scripts and words with digits are their own stems.
pub(super) fn stem(word: &[u8]) -> u32 {
    if !word.iter().all(u8::is_ascii_lowercase) {
        return hash(0, word);
    }
    let mut stem = word.to_vec();
    if word.len() < 4 {
        // "bus" and "gas" are whole.
    } else if word.ends_with(b"ies") {
        // "cities" and "city" both end up as "citi".
        stem.truncate(word.len() - 2);
    } else if let [.., before, b's'] = word
        && !matches!(before, b's' | b'u' | b'i')
    {
        stem.pop();
    }
    if stem.ends_with(b"our") && stem.len() > 4 {
        stem.truncate(stem.len() - 2);
        stem.push(b'r');
    }
    soften(&mut stem);
    // Twice: "reservations" loses its ending in one step, "helpfully" in two, "transferred" becomes "transfer" between.
    for _ in 0..2 {
        if WHOLE.as_bytes().split(|byte| *byte == b' ').any(|whole| whole == stem) {
            break;
        }
        cut(&mut stem);
        soften(&mut stem);
    }
    // "Organise" and "organize".
    if let [_, _, _, .., b'i', last @ b's'] = &mut stem[..] {
        *last = b'z';
    }
    hash(0, &stem)
}

/// Takes an ending off, and puts right what it did to the letters before it.
fn cut(stem: &mut Vec<u8>) {
    for (ending, left) in ENDINGS.iter().chain(&SHORT) {
        let kept = stem.len().saturating_sub(ending.len());
        let (start, end) = stem.split_at(kept);
        if kept >= *left && end == ending.as_bytes() && is_ending(start, end) {
            stem.truncate(kept);
            // "Shipping" is of "ship", "calling" of "call", "hiring" of "hire".
            if matches!(*ending, "ed" | "ing" | "er" | "al") {
                if let [_, _, .., before, last] = stem[..]
                    && before == last
                    && b"bdfgmnprt".contains(&last)
                {
                    stem.pop();
                } else if is_short(stem) {
                    stem.push(b'e');
                }
            }
            break;
        }
    }
    if let [start @ .., before, b'e'] = &stem[..]
        && start.len() > 1
        && *before != b'e'
        && !is_short(&stem[..stem.len() - 1])
    {
        stem.pop();
    }
    // "Cancelled", "enroll", and not "call".
    if stem.len() > 5 && stem.ends_with(b"ll") {
        stem.pop();
    }
}

/// Whether an ending is one behind these letters.
fn is_ending(start: &[u8], ending: &[u8]) -> bool {
    let last = start.last().copied().unwrap_or_default();
    let fits = match ending {
        b"cation" | b"cate" => last == b'i',
        b"ion" => matches!(last, b's' | b't'),
        // "Agreed" is of "agree", and "speed" is whole.
        b"ed" => last != b'e',
        b"d" => start.ends_with(b"ee"),
        // "Appliance" has nothing to do with "apply".
        b"ance" | b"ence" => last != b'i',
        b"li" => b"cdeghklmnrtw".contains(&last),
        // "Delivery" is of "deliver", and "party" is not of "part".
        b"i" => start.ends_with(b"er"),
        _ => true,
    };
    fits && start.iter().any(is_vowel)
}

/// Whether these are the letters of a short word that keeps its "e": "plan" is not "plane".
fn is_short(stem: &[u8]) -> bool {
    let vowels = stem.iter().filter(|letter| is_vowel(letter)).count();
    let [.., before, last] = stem else { return false };
    vowels == 1 && is_vowel(before) && !b"wxys".contains(last)
}

/// Writes "y" behind a consonant as "i".
fn soften(stem: &mut [u8]) {
    if let [.., before, last @ b'y'] = stem
        && !is_vowel(before)
    {
        *last = b'i';
    }
}

fn is_vowel(letter: &u8) -> bool {
    b"aeiouy".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs that customers use for the same thing.
    const SAME: &str = "cancel cancelling, cancelled cancellation, cancel canceling, reserve reservations, \
reserved reserving, delivery deliveries, deliver delivered, delivery deliver, city cities, company companies, \
refund refundable, pay payment, pay paying, buy buying, fee fees, replace replacements, transfer transferred, \
expire expiration, expire expired, refuse refusal, charge charging, charge charged, address addresses, box boxes, \
bill billing, insurance insure, carry carried, carry carrying, carry carries, apply applied, apply applies, \
apply application, verify verification, notify notifications, party parties, policy policies, story stories, \
store stores, store storing, shop shopping, shipping shipped, ship shipment, plan planned, plane planes, hire hiring, \
hire hired, rate rating, price pricing, close closed, lose losing, bus buses, watch watches, tax taxes, shoe shoes, \
visit visitors, register registered, activate activation, terminate termination, secure security, \
connect connection, collect collected, protect protection, invite invitation, install installation, \
travel travelling, traveller travel, refer referral, refer reference, renew renewal, arrive arrival, \
withdraw withdrawal, agree agreement, agree agreed, move movement, accept acceptance, allow allowance, assist assistance, \
available availability, organise organization, colour colors, neighbour neighbor, month monthly, week weekly, \
cheap cheaper, cheap cheapest, small smaller, early earlier, recover recovery, book booking, book booked, \
locate location, delete deletion, update updated, ticket tickets, fine fines, fly flies, fit fitting, call calling, \
permit permitted, board boarding, borrow borrowed, print printer";

    /// Pairs that look alike and mean different things.
    const OTHER: &str = "card care, car care, order border, carry car, shower show, store story, \
business busy, policy police, ready read, party part, customs customer, apple apply, station state, letter let, \
department depart, dinner din, summer sum, university universe, plane plan, fare far, fine fin, site sit, note not, \
rate rat, code cod, hope hop, statement state, basement base, apartment apart, appliance apply, experience experiment, \
wireless wire, contactless contact, charger charge, counter count, quarter quart, freezer freeze, speaker speak, \
slipper slip, shoulder should, personal person, terminal terminate, activity activate, accessible access, \
valuables value, suite suit, suitcase suit, county count, country count, factory factor, entry enter, matter mat, \
better bet, butter but, butter butt, number numb, corner corn, meter met, master mast, poster post, tower tow, \
offer off, router route, locker lock, heater heat, boiler boil, \
mission miss, section sect, tradition trade, speed spe, feed fee, \
ally all, belly bell, jelly jell, \
station static, general generate, witness wit, \
metal met, local loc, animal anim, moment mom, \
table tab, cable cab, stable stab, price prick, \
carrier carry, payee pay, employee employ";

    #[track_caller]
    fn check(pairs: &str, alike: bool) {
        let mut wrong = Vec::new();
        for pair in pairs.split(", ") {
            let (one, other) = pair.split_once(' ').unwrap();
            if (stem(one.as_bytes()) == stem(other.as_bytes())) != alike {
                wrong.push(pair);
            }
        }
        assert!(wrong.is_empty(), "of {}: {wrong:?}", pairs.split(", ").count());
    }

    #[test]
    fn forms_of_a_word_meet() {
        check(SAME, true);
    }

    #[test]
    fn other_words_do_not() {
        check(OTHER, false);
        check("退货 退款, b2 b2s,  s", false);
    }
}
