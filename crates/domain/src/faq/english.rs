//! What the search knows of English: words that say little, and words that customers use for one another.
//! General words of shops, banks, travel and services; a company's own words belong into its entries' tags.

use super::stem::stem;
use super::tables::{Ids, hash};

/// Words in every sentence.
const LIGHT: &str = "a about after again all already also am an and any anyone anything are aren as at be because \
    been before being but by can cannot come could d did didn do does doesn doing don done even ever \
    every everything exactly for from get gets getting give go goes going gone good got had has hasn \
    have haven having he hello help her here hey hi him his i if im in into is isn it its itself ive \
    just keep kind know let like ll look lot m made make many may maybe me mine more much must my \
    myself need needs never no nobody not nothing now of off ok on only or our out over own people \
    please plenty possible problem put question quite re really right s same say says see seems she \
    should shouldn simply since so some somebody someone something still such sure t take tell than \
    thank thanks that the their them then there these they thing things think this those though to \
    told too try trying under until up us use using ve very want wanted was wasn way we well were \
    weren what whats which while why will with without won would wouldn yes yet you your yours \
    yourself";

/// Words that say a little: question words, for "how long" is not "where"; times and numbers, of which complaints are full.
const FAINT: &str = "pound pounds dollar dollars euro euros how when where who whom whose long often far soon time times day days today tomorrow yesterday \
    week weeks month months year years ago hour hours minute minutes morning evening night monday \
    tuesday wednesday thursday friday saturday sunday first last next once one two three four five \
    six seven eight nine ten hundred old new back down show happens happened called said went came \
    left asked find found start started working work works";

/// Words that customers use for one another, a group on each line. Two words that stand for one are joined by `_`.
const ALIKE: &str = "\
refund reimburse repay compensate money_back
return send_back sent_back give_back exchange swap
broken damaged faulty defective cracked torn ripped scratched smashed shattered fell_off fell_apart
lost missing misplaced disappeared vanished
lost stolen theft robbed stole took taken
lost forgotten forgot left_behind left
fraud suspicious scam stolen hacked unauthorised unauthorized unrecognised unknown phishing strange
unknown recognise recognize isn_mine not_mine
declined rejected refused denied failed accepted bounced go_through went_through going_through says_no
fee charge cost price surcharge tariff how_much
charge bill took taken debited
cheap discount offer promotion promo coupon voucher code deal reduction sale saving
cheap lower less elsewhere match
pay payment paid purchase
bill invoice statement receipt
buy purchase order shop shopping bought ordered
deliver ship shipping dispatch parcel package courier post postage arrive order
track status whereabouts where_my where_is
late delay overdue slow wait days_ago weeks_ago never_came
cancel stop terminate unsubscribe quit
close delete cancel end
change modify amend edit update alter switch adjust reschedule move
book reservation reserve
hotel room suite stay accommodation
checkin check_in arrive
checkout check_out depart leave
breakfast meal food restaurant dinner lunch eat dining
park garage
wifi wi_fi internet wireless network online connection
pet dog cat animal
child children kid baby infant toddler family cot crib son daughter
wife husband partner
pool swim spa sauna
gym fitness workout
luggage baggage suitcase bag
phone call telephone mobile ring rang
email e_mail mail inbox
contact reach speak talk chat
agent person human representative staff advisor adviser manager
open opening hours closed closing weekend sunday saturday
login signin log_in sign_in access log
password passcode pin credentials code
forgot forgotten forget reset remember
account profile
verify identity id identification proof passport document prove confirm
address moved house relocated
name surname maiden married marriage divorce
transfer send wire remit sent
top_up add load put_in
salary deposit paycheck wage income
atm cash machine withdraw cashpoint dispenser
wallet purse card
mastercard visa card
abroad foreign overseas international country travel trip europe germany france spain italy ireland usa america canada china india japan australia
currency euro dollar pound conversion exchange
limit maximum cap allowance restriction
increase raise higher
expire valid
activate enable unlock
block freeze lock disable suspend
replace renew new substitute
size fit small large big tight measurement
colour color
stock available sold_out restock
warranty guarantee repair fix mend
worn hurt pain sore blister uncomfortable
leak wet soaked water rain
hurt injury injured burnt accident danger safe
instruction manual assemble guide
gift present wrap
subscribe subscription membership plan member
points reward loyalty bonus
insurance cover policy premium
benefit perk advantage include
complain complaint unhappy dissatisfied disappointed
vaccine vaccination jab shot immunisation
fuel petrol gas gasoline diesel
tyre tire wheel
car vehicle automobile
rent hire lease
flight plane airline
plug socket adapter converter outlet charger
delete remove erase
data privacy personal
disabled wheelchair accessible steps lift elevator
noise noisy loud quiet sleep
dirty clean cleaning towel housekeeping dust hair filthy stain
heating cold warm hot radiator temperature freezing air_conditioning
loan mortgage borrow lend
negative overdraft overdrawn below_zero
duplicate twice double two_times
wrong incorrect mistake error accidentally typo
child minor teenager
spouse joint share shared together
extra second additional spare another
outage down disruption fault
slow fast speed buffering loading
router modem box
engineer technician appointment
plan tariff contract subscription
instalment afford owe
install connect setup set_up
television tv
recommend refer referral invite
disable turn_off switch_off deactivate
enable turn_on switch_on activate
voicemail answering
return sending_back
recipient beneficiary payee receiver
blocked locked frozen unblock
age minor child adult
link add connect
details information data
show appear visible credited reflected
pending processing hold reserved
cheque check
register sign_up create join
newsletter mailing marketing spam
feedback review rating opinion comment suggestion idea
reception desk lobby
shower bathroom bath toilet
towel linen sheet blanket pillow bed
taxi shuttle bus train transport airport
smell smoke smoking cigarette
laundry iron wash
drink bar minibar
insect bug cockroach
rude unfriendly impolite
expensive overpriced overcharged
taken debited deducted withdrawn
missing incomplete short
wrong different instead
ombudsman escalate appeal dispute
app application mobile
website site page online
answer reply respond response
urgent emergency immediately
topping_up top_up topup
collect pick_up pickup
退货 退回 寄回 退换
换货 更换 调换 换码
退款 退钱 到账
快递 包裹 物流 配送 运输
运费 邮费 费用 多少
付款 支付 付钱 付不 刷卡
取消 不要 不想
坏了 质量 保修 开胶 掉了 破了
尺码 大小 码数
人工 客服 联系 电话
优惠 折扣 打折 便宜
发票 收据
密码 登录 登不
两次 重复 两笔
没到 晚了 还没 延误
少了 少寄 漏发 缺件
发错 错了 不是
";

/// What a word in every sentence weighs.
const LIGHT_WEIGHT: f32 = 0.05;
/// What a word that says a little weighs.
const FAINT_WEIGHT: f32 = 0.25;

/// The lists above, ready to be asked.
#[derive(Debug)]
pub(super) struct English {
    weak: Ids,
    light: u32,
    phrases: Ids,
}

impl English {
    pub(super) fn new() -> Self {
        let mut weak = Ids::default();
        let mut phrases = Ids::default();
        each_word(LIGHT, &mut |word| {
            weak.add(hash(0, word));
        });
        let light = weak.len() as u32;
        each_word(FAINT, &mut |word| {
            weak.add(hash(0, word));
        });
        each_word(ALIKE, &mut |word| {
            if word.contains(&b'_') {
                phrases.add(hash(0, word));
            }
        });
        Self { weak, light, phrases }
    }

    /// How much a word says.
    pub(super) fn weight(&self, word: &str) -> f32 {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return FAINT_WEIGHT;
        }
        match self.weak.get(hash(0, word.as_bytes())) {
            None => 1.0,
            Some(id) if id < self.light => LIGHT_WEIGHT,
            Some(_) => FAINT_WEIGHT,
        }
    }

    /// Whether two words joined by `_`, whose hash this is, stand for one.
    pub(super) fn is_phrase(&self, phrase: u32) -> bool {
        self.phrases.get(phrase).is_some()
    }
}

/// Hands over the stems of each group of words alike in meaning.
pub(super) fn each_group(take: &mut dyn FnMut(&[u32])) {
    for group in ALIKE.lines() {
        let mut stems = Vec::new();
        each_word(group, &mut |word| stems.push(stem(word)));
        take(&stems);
    }
}

fn each_word(list: &str, take: &mut dyn FnMut(&[u8])) {
    for word in list.as_bytes().split(u8::is_ascii_whitespace) {
        take(word);
    }
}
