//! What somebody found who read the checker with fresh eyes: what a fix may write, what a condition hides, alarms that
//! were false, and families that were wrong. Each finding stands here with its siblings.

#![allow(clippy::unwrap_used, reason = "a test stops hard")]

use tone::document::{Kind, fix, passages};
use tone::{Checker, Voice};

fn rules(checker: &Checker, sentence: &str) -> Vec<String> {
    checker.check(sentence, Voice::Service).into_iter().map(|finding| finding.rule).collect()
}

/// Panics with every sentence in which something is found.
#[track_caller]
fn pass(locale: &str, sentences: &[&str]) {
    let checker = Checker::for_locale(locale).unwrap();
    let told = sentences.iter().map(|sentence| (sentence, rules(&checker, sentence)));
    let wrong: Vec<_> = told.filter(|(_, rules)| !rules.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Panics with every sentence in which no rule of the family is found.
#[track_caller]
fn found(locale: &str, family: &str, sentences: &[&str]) {
    let checker = Checker::for_locale(locale).unwrap();
    let told = sentences.iter().map(|sentence| (sentence, rules(&checker, sentence)));
    let start = format!("{locale}.{family}");
    let wrong: Vec<_> =
        told.filter(|(_, rules)| !rules.iter().any(|rule| rule.starts_with(&start))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The text with every safe proposal in its place.
fn fixed(text: &str) -> String {
    let checker = Checker::for_locale("en").unwrap();
    let passages = passages(Kind::Markdown, text).unwrap();
    fix(Kind::Markdown, text, &passages, &checker.check_passages(&passages)).0
}

#[test]
fn a_fix_says_the_same_and_says_it_whole() {
    let cases = [
        ("We're closed until Monday.", "We open again on Monday."),
        ("It's closed until Monday.", "It opens again on Monday."),
        ("You must always pay.", "Please always pay."),
        ("You must also pay.", "Please also pay."),
        ("Also, you must sign in.", "Please also sign in."),
        ("you must sign.", "please sign."),
        ("Yes, you must be at the gate by nine.", "Yes, please be at the gate by nine."),
        ("\"Welcome!\" You must sign.", "\"Welcome!\" Please sign."),
        ("\u{feff}You must sign.", "\u{feff}Please sign."),
        ("You forgot to sign the form.", "Please sign the form."),
    ];
    for (text, wanted) in cases {
        assert_eq!(fixed(text), wanted);
    }
}

#[test]
fn what_is_not_sure_is_only_proposed() {
    let texts = [
        "You must.",
        "You need to.",
        "You must, however, pay.",
        "You have to see it to believe it!",
        "You failed to return the book on time.",
        "You did not pay the bill.",
        "You forgot to sign it yesterday.",
        "You failed to.",
        "Children must sign in.",
        "Then you must sign.",
        "You must sign [the form](form.md) first.",
        "You must sign the **red** form.",
        "---\ntitle: You must sign\n---\n",
    ];
    for text in texts {
        assert_eq!(fixed(text), text);
    }
}

#[test]
fn a_condition_without_a_comma_hides_no_refusal() {
    let refused = [
        "When the offer ends we won't extend it.",
        "In case of rain the tour doesn't take place.",
        "Once you pay you can't change the date.",
        "Where tickets are lost we don't replace them.",
        "When the offer ends, we won't extend it.",
        "In case of rain, the tour doesn't take place.",
        "Once you pay, you can't change the date.",
        "Where tickets are lost, we don't replace them.",
        "Please note that once you pay you can't change the date.",
        "While the lift is repaired we can't use it.",
        "In the event of snow the bus won't run.",
        "After you sign the contract you can't cancel.",
        "Where seats are numbered they can't be swapped.",
    ];
    found("en", "refusal", &refused);
    found("en", "", &["If you are late we can't let you in.", "If you are late, we can't let you in."]);
}

#[test]
fn help_after_a_condition_passes_with_or_without_a_comma() {
    let fine = [
        "If you can't find it, write to us.",
        "If you can't find it write to us.",
        "If you think the bill isn't right, tell us.",
        "If you think the bill isn't right tell us.",
        "If the email we sent isn't there look in the junk folder.",
        "If the link in your email doesn't work, ask for a new one.",
        "When something you bought isn't right",
        "If your parcel doesn't come call us.",
        "Tell us if there is a dish you can't eat.",
        "If there is a dish you can't eat, tell us.",
        "If there is anything in the box you don't recognise, call us.",
        "If the code isn't there ask again.",
    ];
    pass("en", &fine);
}

#[test]
fn who_alone_may_see_it_is_privacy() {
    let fine = [
        "Only the card's owner can see these payments.",
        "Only your doctor can open your records.",
        "Only your own team can read the notes.",
        "Only our accountant can view your invoices.",
        "Only the bank's own staff can see your balance.",
        "Only the sender can read the message.",
        "Only the booker can see the price.",
        "Only parents can view these photos.",
        "Only your manager can see these answers.",
        "Only the tenant can open this mailbox.",
    ];
    pass("en", &fine);
}

#[test]
fn how_little_we_see_is_privacy() {
    let fine = [
        "We can only see the last four digits of your card.",
        "We only see the first two letters of your password hint.",
        "Our staff can only read what you send us.",
        "We only store your initials.",
        "We can only see your order number, never your card.",
        "I can only see the name on the booking.",
        "Our team only sees your postcode.",
        "We only keep the last digits of your number.",
        "The shop only sees whether you paid.",
        "We can only view the date of your visit.",
        "Support can only see what you share.",
    ];
    pass("en", &fine);
}

#[test]
fn what_never_leaves_is_privacy() {
    let fine = [
        "Your data does not leave the European Union.",
        "Your details do not leave our servers.",
        "Your photos never leave your phone.",
        "Your money does not leave your account until we ship.",
        "Your messages don't leave the building.",
        "Your records do not leave Germany.",
        "Your files do not leave this country.",
        "Your card number does not leave your device.",
        "The recording doesn't leave our office.",
        "Your voice does not leave the handset.",
        "Your answers don't leave our network.",
    ];
    pass("en", &fine);
}

#[test]
fn what_others_have_trouble_with_is_no_refusal() {
    let fine = [
        "Parents whose children can't swim yet get a lesson free of charge.",
        "Guests whose flights don't land in time get a free night.",
        "Members whose cards don't scan are welcome at the desk.",
        "Riders whose bikes won't start get a lift home.",
        "Patients whose forms aren't ready can fill them in here.",
        "Readers whose books aren't here yet get a text when they come.",
        "Travellers whose trains don't run get a taxi.",
        "Buyers whose sofas don't fit get a full refund.",
        "Families whose children cannot come along get a babysitter.",
        "Customers whose parcels haven't arrived get their postage back.",
        "Those whose keys don't turn can ring the bell.",
    ];
    pass("en", &fine);
}

#[test]
fn what_was_put_right_after_sorry_is_no_excuse() {
    let fine = [
        "I'm sorry we sent you two reminders; the fine is cancelled.",
        "I'm sorry we charged you twice; the second payment is refunded.",
        "We're sorry we lost your coat; a new one is on its way.",
        "I'm sorry we missed your call; your appointment is moved to Friday.",
        "I'm sorry we spelt your name wrong; the new card is in the post.",
        "We're sorry we billed you late; the interest is waived.",
        "I'm sorry I gave you the wrong date; the right one is 4 May.",
        "We're sorry our driver rang so early; your bell is now marked.",
        "I'm sorry we forgot the sauce; your meal is on us.",
        "I'm sorry we kept you waiting; your coffee is free.",
    ];
    pass("en", &fine);
}

#[test]
fn warm_words_are_warm() {
    let fine = [
        "We can't stop thinking about your kind note.",
        "We can't stop smiling about your letter.",
        "We can't stop talking about your cake.",
        "I can't stop humming your song.",
        "We couldn't stop laughing at your photo.",
        "Our chef can't stop praising your idea.",
        "We can't stop admiring your drawings.",
        "I can't stop telling people about your visit.",
        "We can't help smiling at your kind words.",
        "We couldn't be more grateful for your kind letter.",
        "We can't stop looking at your wedding pictures.",
    ];
    pass("en", &fine);
}

#[test]
fn what_is_not_our_habit_is_a_promise() {
    let fine = [
        "It's not our policy to keep your card details.",
        "It isn't our policy to sell addresses.",
        "It is not our habit to call at night.",
        "It's not our practice to charge for advice.",
        "It's not our way to leave a guest waiting.",
        "It's not our style to hide fees.",
        "It was never our policy to share names.",
        "It's not our policy to ask for passwords.",
        "It isn't our custom to rush anyone.",
        "It's not our policy to charge for a glass of water.",
    ];
    pass("en", &fine);
}

#[test]
fn upkeep_orders_nobody_about() {
    let fine = [
        "The lift has to be serviced twice a year.",
        "The boiler has to be checked every winter.",
        "The pool must be cleaned every night.",
        "Our vans have to be inspected once a year.",
        "The piano needs to be tuned twice a year.",
        "The chimney has to be swept before each winter.",
        "The brakes must be tested every year.",
        "The filter has to be changed monthly, and we do that for you.",
        "The clock needs to be wound once a week.",
        "Our kitchens have to be inspected every six months.",
        "The tower has to be painted every seven years.",
    ];
    pass("en", &fine);
}

#[test]
fn what_is_forbidden_is_a_refusal() {
    let found_ones = [
        "Dogs aren't allowed on the terrace.",
        "Pets aren't allowed on the beach.",
        "Bikes aren't allowed in the lift.",
        "Children are not allowed at the bar.",
        "Drinks aren't permitted on the dance floor.",
        "Guests are not allowed on the roof.",
        "Shoes aren't allowed on the mats.",
    ];
    found("en", "refusal", &found_ones);
}

#[test]
fn what_was_typed_wrongly_is_blame() {
    let found_ones = [
        "The password you typed is wrong.",
        "The code you entered is incorrect.",
        "The date you gave is wrong.",
        "The address you wrote is wrong.",
        "The number you dialled is wrong.",
        "The name you entered is invalid.",
        "The PIN you used is wrong.",
        "The size you chose is wrong.",
        "The details you sent are incorrect.",
        "The form you filled in is wrong.",
    ];
    found("en", "blame", &found_ones);
}

#[test]
fn where_alone_it_works_is_a_refusal() {
    let found_ones = [
        "We only ship within the UK.",
        "We only deliver inside the city.",
        "We only post to Ireland.",
        "We only send parcels to Europe.",
        "We only sell to businesses.",
        "We only serve the north of town.",
        "Our hands are tied.",
        "My hands are tied here.",
    ];
    found("en", "refusal", &found_ones);
}

#[test]
fn what_runs_out_is_found() {
    let found_ones = [
        "Your points expire after two years.",
        "Vouchers expire after twelve months.",
        "Your credits lapse after 90 days.",
        "Miles expire after three years.",
        "Your balance expires at the end of the year.",
        "Your stamps run out after six months.",
        "Unused minutes expire every month.",
        "Your rewards expire within a year.",
        "Your booking code expires in ten minutes.",
    ];
    found("en", "unavailable", &found_ones);
}

#[test]
fn the_only_way_is_found() {
    let found_ones = [
        "You can only pay by card.",
        "You can only book by phone.",
        "You can only order in the app.",
        "You can only pay in cash.",
        "Guests can only park at the back.",
        "Members can only book two courts.",
        "You can only use one voucher.",
        "You can only bring one bag.",
        "You can only swap it in the shop.",
        "You can only reach us by post.",
    ];
    found("en", "refusal", &found_ones);
}

#[test]
fn what_nobody_reads_is_found() {
    let found_ones = [
        "Complaints about that will be ignored.",
        "Complaints without a receipt will be ignored.",
        "Late requests will be ignored.",
        "Emails to this address will be ignored.",
        "Claims without photos will be thrown away.",
    ];
    found("en", "dismissive", &found_ones);
}

#[test]
fn the_guards_stay_narrow() {
    found(
        "en",
        "refusal",
        &["Only the account holder can change these settings.", "We can only accept cash."],
    );
    found("en", "refusal", &["We can't stop the noise.", "We can't stop the direct debit."]);
    found("en", "passing_buck", &["Only the manufacturer can answer that.", "It's not our department."]);
    found("en", "", &["It's not our policy to give refunds.", "The bus does not leave before nine."]);
    found("en", "demand", &["The form has to be sent back every year.", "The fee must be paid every month."]);
    found("en", "excuse_apology", &["I'm sorry the bus was late; the traffic was bad."]);
    pass("en", &["You can only win.", "Your points don't expire after two years."]);
}

#[test]
fn chinese_duties_and_guesses_are_told_apart() {
    pass("zh-Hans", &["我们必须在今天之内回复您。", "我们有责任保护您的资料。", "这是我们的问题，很抱歉。"]);
    found("zh-Hans", "passing_buck", &["这不是我们的问题。"]);
    found(
        "zh-Hans",
        "threat",
        &["会员资格将被取消。", "七天内不缴费，会员资格将被取消。", "您的名额会被收回。"],
    );
    found("zh-Hans", "not_knowing", &["什么时候到货我也说不准。"]);
    found("zh-Hans", "demand", &["我们必须请您到店。"]);
    let checker = Checker::for_locale("zh-Hans").unwrap();
    let later = checker.check("请稍后再试。", Voice::Service);
    assert!(later.iter().all(|finding| finding.level == tone::Level::Hint), "{later:?}");
}
