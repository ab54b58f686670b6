//! The journeys: what customers and web teams do, in three real engines. Run one by its name:
//! `cargo test -p all-ears-e2e --test journeys -- rate`, in one engine with `E2E_ENGINES=firefox`.

mod acts;
mod asked;
mod authoring;
mod beside;
mod chinese;
mod complaint;
mod demo;
mod draft;
mod embed;
mod fallback;
mod find_answer;
mod first_menu;
mod follow_up;
mod footprint;
mod guests;
mod harness;
mod kept;
mod keyboard;
mod mistakes;
mod offline;
mod open_close;
mod panic;
mod phone;
mod photos;
mod rate;
mod returned;
mod tell_us;
mod views;
mod views_rest;

use all_ears_e2e::runner::{Journey, Steps, run};

const fn journey(name: &'static str, steps: Steps) -> Journey {
    Journey { name, receiver: true, steps }
}

const JOURNEYS: &[Journey] = &[
    Journey { name: "harness", receiver: false, steps: harness::steps },
    journey("open-close-focus", open_close::steps),
    journey("open-slow-press", open_close::slow_press),
    journey("first-menu", first_menu::the_same),
    journey("first-menu-chosen", first_menu::chosen),
    journey("first-menu-told", first_menu::told_once),
    journey("first-menu-keyboard", first_menu::kept_place),
    journey("first-menu-held", first_menu::held_press),
    journey("asked-press", asked::by_press),
    journey("asked-itself", asked::by_itself),
    journey("rate", rate::tap_then_comment),
    journey("rate-low", rate::low_rating_opens_the_way),
    journey("rate-comment-kept", rate::comment_comes_back),
    journey("tell-us", tell_us::steps),
    journey("tell-us-impatient", tell_us::impatient),
    journey("find-answer", find_answer::steps),
    journey("find-answer-nothing", find_answer::nothing),
    journey("find-answer-keyboard", find_answer::by_keyboard),
    journey("find-answer-suggested", find_answer::suggested),
    journey("find-answer-link", find_answer::by_link),
    journey("find-answer-link-alone", find_answer::link_without_search),
    journey("find-answer-link-gone", find_answer::gone_and_search_late),
    journey("find-answer-partly", find_answer::partly),
    journey("beside", beside::in_the_panel),
    journey("beside-growing", beside::where_it_grows),
    journey("beside-phone", beside::on_a_phone),
    journey("beside-without-search", beside::without_search),
    journey("beside-search-hangs", beside::search_hangs),
    journey("find-answer-two-languages", find_answer::in_two_languages),
    journey("find-answer-not-yet", find_answer::not_yet_leads_on),
    journey("complaint", complaint::from_words_to_promise),
    journey("complaint-corrected", complaint::corrected_in_place),
    journey("complaint-draft", draft::kept),
    journey("complaint-draft-twice", draft::in_two_places),
    journey("feedback-draft", draft::message),
    journey("photos", photos::from_choice_to_register),
    journey("photos-offline", photos::kept_offline),
    journey("photos-form", photos::to_a_form),
    journey("photos-late", photos::way_comes_late),
    journey("status-later", complaint::status_later),
    journey("follow-up-offline", follow_up::offline),
    journey("follow-up-refused", follow_up::refused),
    journey("follow-up-unsaved", follow_up::unsaved),
    journey("keyboard", keyboard::steps),
    journey("keyboard-stars", keyboard::stars_by_arrows),
    journey("phone", phone::steps),
    journey("chinese", chinese::steps),
    journey("chinese-by-call", chinese::changed_by_call),
    journey("embed-attributes", embed::attributes_alone),
    journey("embed-inline-json", embed::config_in_the_page),
    journey("embed-elements", embed::elements),
    journey("embed-queue", embed::calls_before_the_script),
    journey("mistakes", mistakes::named_and_survived),
    journey("mistakes-no-endpoint", mistakes::no_endpoint_hides),
    journey("mistakes-no-json", mistakes::no_json_hides),
    journey("mistakes-no-colour", mistakes::no_colour),
    journey("mistakes-call", mistakes::wrong_call),
    journey("mistakes-untold", mistakes::untold),
    journey("guest-script-twice", guests::script_twice),
    journey("guest-two-widgets", guests::two_widgets),
    journey("guest-hostile-css", guests::hostile_styles),
    journey("guest-bfcache", guests::comes_back),
    journey("guest-body-swap", guests::body_swapped),
    journey("guest-promises", guests::other_promises),
    journey("fallback-policy", fallback::refused_by_policy),
    journey("fallback-missing", fallback::missing_file),
    journey("fallback-two-forms", fallback::two_forms),
    journey("fallback-slow", fallback::slower_than_eight_seconds),
    journey("fallback-part", fallback::missing_part),
    journey("fallback-dead", fallback::dead_widget),
    journey("part-late", fallback::late_part),
    journey("search-late", fallback::late_search),
    journey("panic-typing", panic::typing),
    journey("panic-photos", panic::with_photos),
    journey("panic-handing-in", panic::handing_in),
    journey("panic-after-another", panic::after_another),
    journey("panic-another-element", panic::another_element),
    journey("panic-without-drafts", panic::without_drafts),
    journey("panic-sending", panic::sending),
    journey("offline-back", offline::sent_when_back),
    journey("offline-next-page", offline::sent_on_the_next_page),
    journey("offline-restart", offline::receiver_restarted),
    journey("offline-still", offline::buttons_stay),
    journey("offline-still-phone", offline::buttons_stay_on_a_phone),
    journey("offline-still-complaint", offline::complaint_stays),
    journey("offline-still-complaint-phone", offline::complaint_stays_on_a_phone),
    journey("kept-deleted", kept::deleted),
    journey("kept-sent", kept::sent_now),
    journey("kept-refused", kept::refused),
    journey("kept-everything", kept::everything),
    journey("kept-elsewhere", kept::deleted_elsewhere),
    journey("returned-refused", returned::refused),
    journey("returned-expired", returned::expired),
    journey("returned-at-menu", returned::at_the_menu),
    journey("footprint", footprint::tag_costs_nothing),
    journey("passing-by", footprint::passing_by_stores_nothing),
    journey("footprint-destroy", footprint::destroy_leaves_nothing),
    journey("authoring", authoring::takes_the_rewrite),
    journey("demo-shop", demo::shop),
    journey("demo-zh", demo::chinese_shop),
    journey("demo-company", demo::company_answers),
    journey("views-en-light", views::en_light),
    journey("views-en-dark", views::en_dark),
    journey("views-zh-light", views::zh_light),
    journey("views-zh-dark", views::zh_dark),
    journey("views-phone-en-light", views::phone_en_light),
    journey("views-phone-en-dark", views::phone_en_dark),
    journey("views-phone-zh-light", views::phone_zh_light),
    journey("views-phone-zh-dark", views::phone_zh_dark),
    journey("views-plain-form", views_rest::plain_form),
    journey("views-bad-day-light", views_rest::bad_day_light),
    journey("views-bad-day-dark", views_rest::bad_day_dark),
    journey("views-kept-desktop", views_rest::kept_desktop),
    journey("views-kept-phone", views_rest::kept_phone),
    journey("views-photos-desktop", views_rest::photos_desktop),
    journey("views-photos-phone", views_rest::photos_phone),
    journey("views-inline", views_rest::inline),
];

fn main() -> std::process::ExitCode {
    if run(JOURNEYS) { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
