//! What the search knows of English: words that say little, and words that customers use for one another.
//! General words of shops, banks, travel and services; a company's own words belong into its entries' tags.

use super::tables::{Ids, hash};

/// Words in every sentence.
const LIGHT: &str = "a about after again all also am an and any anyone anything are as at back be because been before being but by \
    can cannot come could d did didn do does doesn doing don done down else even ever every for from get gets getting give go going \
    good got had has have haven having he hello help her here hey hi him his i if im in into is isn it its ive just kind know let like \
    ll look m make many may me might more much must my need needs never no not now of off ok on once one only or our out over own \
    please possible problem put re really right s same say see she should so some someone something still such sure t take tell than \
    thank thanks that the their them then there these they thing think this those to told too try trying two up us use using ve very \
    want wanted was wasn way we well were what whats which while why will with won would wouldn yes yet you your";

/// Question words: they say little about the matter, and yet "how long" is not "where".
const ASKING: &str = "how when where who whom whose long often far soon";

/// Words that customers use for one another, a group on each line.
const ALIKE: &str = "\
refund reimburse repay compensate moneyback
return exchange swap
broken damaged faulty defective cracked torn ripped scratched smashed unusable shattered
lost missing misplaced disappeared vanished
lost stolen theft robbed snatched
fraud suspicious scam stolen hacked unauthorised unauthorized unrecognised unknown phishing
declined rejected refused denied failed accepted bounced
fee charge cost price surcharge tariff
cheap discount offer promotion promo coupon voucher code deal reduction sale saving
pay payment paid
bill invoice statement receipt
buy purchase order shop shopping bought ordered
deliver ship shipping dispatch parcel package courier post arrive order
track status whereabouts
late delay overdue slow wait
cancel stop terminate unsubscribe quit
change modify amend edit update alter switch adjust reschedule
book reservation reserve
hotel room suite stay accommodation
checkin arrive
checkout depart leave
breakfast meal food restaurant dinner lunch eat dining
park garage
wifi internet wireless network online
pet dog cat animal
child children kid baby infant toddler family cot crib
pool swim spa sauna gym fitness
luggage baggage suitcase bag
phone call telephone mobile ring
email mail inbox
contact reach speak talk chat
agent person human representative staff advisor adviser
open opening hours closed closing
login signin log sign access
password passcode pin credentials
forgot forgotten forget reset remember
account profile
verify identity identification proof passport confirm
address moved house relocated
transfer send wire remit sent
salary deposit paycheck wage income
atm cash machine withdraw cashpoint
abroad foreign overseas international country travel trip
currency euro dollar pound conversion exchange
limit maximum cap allowance restriction
increase raise higher
expire valid
activate enable unlock
block freeze lock disable suspend
replace renew new substitute
size fit small large big tight measurement
colour color
stock available sold restock
warranty guarantee repair fix mend
instruction manual assemble guide
gift present wrap
subscribe subscription membership plan member
points reward loyalty bonus
insurance cover policy premium
benefit perk advantage include
complain unhappy dissatisfied disappointed
vaccine vaccination jab shot immunisation
fuel petrol gas gasoline diesel
tyre tire wheel
car vehicle automobile
rent hire lease
flight plane airline
plug socket adapter converter outlet charger
safe secure danger
delete remove erase
data privacy personal
disabled wheelchair accessible
noise noisy loud
dirty clean towel housekeeping
loan mortgage borrow lend
duplicate twice double
wrong incorrect mistake error accidentally
";

/// The lists above, ready to be asked.
#[derive(Debug)]
pub(super) struct English {
    weak: Ids,
    light: u32,
}

impl English {
    pub(super) fn new() -> Self {
        let mut weak = Ids::default();
        for word in LIGHT.split_ascii_whitespace() {
            weak.add(hash(0, word.as_bytes()));
        }
        let light = weak.len() as u32;
        for word in ASKING.split_ascii_whitespace() {
            weak.add(hash(0, word.as_bytes()));
        }
        Self { weak, light }
    }

    /// How much a word says.
    pub(super) fn weight(&self, word: &str) -> f32 {
        match self.weak.get(hash(0, word.as_bytes())) {
            None => 1.0,
            Some(id) if id < self.light => 0.05,
            Some(_) => 0.2,
        }
    }
}

/// The groups of words alike in meaning.
pub(super) fn groups() -> impl Iterator<Item = &'static str> {
    ALIKE.lines()
}
