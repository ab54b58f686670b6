//! Rate a purchase: the question names the product, a tap counts at once, the comment comes after.

use all_ears_e2e::world::World;
use all_ears_e2e::{Outcome, ensure};

use crate::acts;

pub fn tap_then_comment(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.rating")?;
    world.see("How happy are you with Ridgeway trail boots?")?;
    world.click("radio", "rating.stars.4")?;
    world.see("survey.kept")?;

    let first = world.rows("rating", 1)?.remove(0).body;
    ensure(first["rating"]["survey"] == "post-purchase" && first["context"]["order"] == "A-1001", || {
        format!("the rating is {first}")
    })?;
    let answer = &first["rating"]["answers"][0];
    ensure(answer["kind"] == "stars" && answer["value"] == 4, || format!("the answer is {answer}"))?;
    acts::nothing_empty(&first)?;

    world.fill("template.purchase.comment", "Dry feet all the way.")?;
    world.click("button", "survey.finish")?;
    world.see("survey.thanks.title")?;
    let second = world.rows("rating", 2)?.remove(1).body;
    ensure(second["supersedes"] == first["id"] && second["id"] != first["id"], || {
        format!("{second} does not supersede {first}")
    })?;
    let both = second["rating"]["answers"].as_array().map_or(0, Vec::len);
    ensure(both == 2 && second["rating"]["complete"] == true, || format!("the second rating is {second}"))?;
    acts::events_are_discreet(world, &["Dry feet"])
}

/// The page goes before the comment is handed in: it is there again, and the stars count once.
pub fn comment_comes_back(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.rating")?;
    world.click("radio", "rating.stars.4")?;
    let stars = world.rows("rating", 1)?.remove(0).body;
    world.fill("template.purchase.comment", "Dry feet all the way.")?;
    acts::draft_is_kept(world, "rating")?;

    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.rating")?;
    world.see("feedback.restored")?;
    world.see("survey.kept")?;
    world.picture("rating-restored")?;
    let words = world.value("template.purchase.comment")?;
    ensure(words == "Dry feet all the way.", || format!("the comment came back as {words:?}"))?;
    world.rows("rating", 1)?;
    world.click("button", "survey.finish")?;
    world.see("survey.thanks.title")?;
    let whole = world.rows("rating", 2)?.remove(1).body;
    let both = whole["rating"]["answers"].as_array().map_or(0, Vec::len);
    ensure(both == 2 && whole["supersedes"] == stars["id"], || format!("the rating is {whole}"))?;

    // What was handed in is not offered again.
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.rating")?;
    world.click("radio", "rating.stars.5")?;
    world.see("survey.kept")?;
    ensure(!world.shows("feedback.restored")?, || "it is offered again".to_owned())?;
    let words = world.value("template.purchase.comment")?;
    ensure(words.is_empty(), || format!("the comment is there again: {words:?}"))
}

/// A low rating offers the way to a complaint, forces nobody, and carries over what was said.
pub fn low_rating_opens_the_way(world: &mut World<'_>) -> Outcome {
    world.visit("shop")?;
    acts::open_menu(world)?;
    world.click("button", "menu.rating")?;
    world.click("radio", "rating.stars.1")?;
    world.see("survey.offer")?;
    world.fill("template.purchase.comment", acts::STORY)?;
    world.click("button", "survey.offer.button")?;
    // The offer says the same words as the title of the complaint.
    world.await_control("textbox", "complaint.words")?;
    let kept = world.value("complaint.words")?;
    ensure(kept.contains(acts::STORY), || format!("the complaint starts with {kept:?}"))?;
    world.rows("rating", 1).or_else(|_| world.rows("rating", 2)).map(drop)
}
