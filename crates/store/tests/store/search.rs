//! Finding records by their words.

use crate::support::{Device, ana, contact, feed, fields, id, note};
use drempel_domain::value::Value;

fn found(ana: &Device, text: &str) -> Vec<u128> {
    ana.read(|r| r.search(text, 20))
        .iter()
        .map(|hit| hit.record.uuid().as_u128())
        .collect()
}

fn named(ana: &Device, number: u128, name: &str) {
    ana.feed(&[feed("youth", id(number), 20, fields([("nickname", name.into())]))]);
}

#[test]
fn names_are_found_without_capitals_accents_and_foreign_letters() {
    let ana = ana();
    for (number, name) in [
        (1, "Karataş"),
        (2, "Yılmaz"),
        (3, "Zoë"),
        (4, "Łukasz"),
        (5, "İlayda"),
        (6, "Nguyễn"),
    ] {
        named(&ana, number, name);
    }
    for (text, expected) in [
        ("karatas", 1),
        ("KARATAŞ", 1),
        ("yilmaz", 2),
        ("yılmaz", 2),
        ("zoe", 3),
        ("lukasz", 4),
        ("ilayda", 5),
        ("nguyen", 6),
    ] {
        assert_eq!(found(&ana, text), [expected], "{text}");
    }
}

#[test]
fn each_word_is_the_beginning_of_a_word_and_all_must_be_there() {
    let ana = ana();
    ana.feed(&[
        contact(id(1), 20, note("twee jongens op het plein")),
        contact(id(2), 20, note("drie meisjes op het plein")),
    ]);
    for (text, expected) in [
        ("ple", vec![2, 1]),
        ("p jong", vec![1]),
        ("plein meisjes", vec![2]),
        ("plein, \"drie\" AND (op*", vec![]),
        ("plein \"drie\"", vec![2]),
        ("ein", vec![]),
        ("", vec![]),
        ("?!", vec![]),
    ] {
        assert_eq!(found(&ana, text), expected, "{text}");
    }
}

#[test]
fn one_typing_error_in_a_word_is_forgiven() {
    let ana = ana();
    named(&ana, 1, "Mohammed");
    named(&ana, 2, "Jansen");
    for text in [
        "mohamed",
        "mohmamed",
        "mohaammed",
        "nohammed",
        "mohxmmed",
        "ohammed",
        "mohammd",
    ] {
        assert_eq!(found(&ana, text), [1], "{text}");
    }
    for text in ["jnasen", "jamsen", "janssen", "jasnen", "jansn"] {
        assert_eq!(found(&ana, text), [2], "{text}");
    }
    for text in ["mohaxxed", "jonson", "jas", "xj"] {
        assert_eq!(found(&ana, text), Vec::<u128>::new(), "{text}");
    }
}

#[test]
fn exact_hits_stand_before_forgiven_ones() {
    let ana = ana();
    named(&ana, 1, "Marco");
    named(&ana, 2, "Marko");
    named(&ana, 3, "Sander");
    assert_eq!(found(&ana, "marco"), [1, 2]);
    assert_eq!(found(&ana, "marko"), [2, 1]);
}

#[test]
fn names_stand_before_texts_and_newer_before_older() {
    let ana = ana();
    named(&ana, 1, "Sami");
    ana.feed(&[
        contact(id(2), 20, note("sami gezien")),
        contact(id(3), 20, note("sami weer gezien")),
    ]);
    named(&ana, 4, "Samira");
    assert_eq!(found(&ana, "sami"), [4, 1, 3, 2]);
    assert_eq!(ana.read(|r| r.search("sami", 3)).len(), 3);
    let hit = &ana.read(|r| r.search("samira", 1))[0];
    assert_eq!(
        (hit.collection.as_str(), hit.space),
        ("youth", crate::support::TEAM)
    );
}

#[test]
fn what_changed_is_found_by_its_new_words_only() {
    let ana = ana();
    ana.make("street_contact", id(1), note("vuurwerk"));
    assert_eq!(found(&ana, "vuurwerk"), [1]);
    ana.edit("street_contact", id(1), note("voetbal"));
    assert_eq!(
        (found(&ana, "vuurwerk"), found(&ana, "voetbal")),
        (vec![], vec![1])
    );
    ana.edit("street_contact", id(1), fields([("deleted", true.into())]));
    assert_eq!(found(&ana, "voetbal"), Vec::<u128>::new());
    ana.edit("street_contact", id(1), fields([("deleted", false.into())]));
    assert_eq!(found(&ana, "voetbal"), [1]);
    ana.edit("street_contact", id(1), fields([("note", Value::Null)]));
    assert_eq!(found(&ana, "voetbal"), Vec::<u128>::new());
}

#[test]
fn agreements_are_found_by_each_of_their_words() {
    let ana = ana();
    let agreements = Value::List(vec!["belt maandag".into(), "komt naar kantoor".into()]);
    ana.feed(&[feed(
        "doorstep_talk",
        id(1),
        20,
        fields([("agreements", agreements)]),
    )]);
    assert_eq!(found(&ana, "kantoor maandag"), [1]);
}

#[test]
fn texts_in_scripts_of_any_age_neither_fail_nor_get_lost() {
    let ana = ana();
    for (number, text) in [
        (1, "محمد"),
        (2, "Ωμέγα"),
        (3, "𐓸𐓘 naam"),
        (4, "Ა Ბ naam"),
        (5, "日本 naam"),
    ] {
        ana.feed(&[contact(id(number), 20, note(text))]);
        let hits = ana.read(|r| r.search(text, 20));
        assert!(hits.iter().any(|hit| hit.record == id(number)), "{text}");
    }
}

#[test]
fn the_index_is_made_anew_when_its_rules_changed() {
    let ana = ana();
    ana.make("street_contact", id(1), note("vuurwerk"));
    let raw = ana.raw();
    raw.execute_batch(
        "insert into search (search) values ('delete-all');
         update collection set searched = 'older rules' where name = 'street_contact'",
    )
    .unwrap();
    drop(raw);
    assert_eq!(found(&ana, "vuurwerk"), Vec::<u128>::new());
    let ana = ana.restart().unwrap();
    assert_eq!(found(&ana, "vuurwerk"), [1]);
    ana.edit("street_contact", id(1), note("anders"));
    assert_eq!(found(&ana, "vuurwerk"), Vec::<u128>::new());
}

#[test]
fn the_index_holds_exactly_the_words_of_what_is_shown() {
    let ana = ana();
    for number in 1..=20 {
        ana.make("street_contact", id(number), note("een twee drie"));
    }
    for number in 1..=20 {
        ana.edit("street_contact", id(number), note("vier"));
    }
    let words: Vec<String> = ana
        .raw()
        .prepare("select distinct term from search_word")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(words, ["vier"]);
    ana.raw()
        .execute("insert into search (search) values ('integrity-check')", [])
        .unwrap();
}
