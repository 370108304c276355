//! The feed: pages, halves and wholes, and the digest at the end.

use crate::support::*;
use drempel_domain::sync_log::{Digest, FeedRecord, Share, share};
use drempel_domain::value::Value;
use drempel_server::PageLimits;
use std::collections::BTreeMap;

fn share_of(record: &FeedRecord) -> Share {
    let fields = record.fields.iter();
    share(
        record.id,
        fields.map(|(name, value)| (name, eff_of(record, name.as_str()), value)),
    )
}

#[tokio::test]
async fn pages_end_at_the_head_and_miss_nothing_that_changes_meanwhile() {
    let world = world_with(PageLimits {
        records: 3,
        bytes: usize::MAX,
    });
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let changes: Vec<_> = (0..10)
        .map(|number| {
            let record = format!("youth {number}");
            ana.make(
                &world,
                team(),
                &record,
                &[("nickname", text(&number.to_string()))],
            )
        })
        .collect();
    world.push(&mut ana, team(), &changes).await;
    let mut held: BTreeMap<_, FeedRecord> = BTreeMap::new();
    let (mut pages, mut digest) = (0, None);
    while digest.is_none() {
        let answer = world.pull(&mut bo, team()).await;
        assert!(answer.records.len() <= 3);
        assert_eq!(answer.more, answer.digest.is_none());
        assert!(answer.records.iter().all(|record| record.whole));
        held.extend(answer.records.into_iter().map(|record| (record.id, record)));
        digest = answer.digest;
        pages += 1;
        if pages == 2 {
            let edit = ana.change(&world, team(), "youth 0", &[("phone", text("06 0000 00 02"))]);
            world.push(&mut ana, team(), &[edit]).await;
        }
    }
    assert_eq!(held.len(), 11, "ten young people and the spot");
    let mut sum = Digest::default();
    held.values().for_each(|record| sum.add(share_of(record)));
    assert_eq!(digest, Some(sum));
    assert_eq!(held[&id("0")].fields.len(), 2);
}

#[tokio::test]
async fn what_is_erased_between_two_pages_is_taken_back_from_who_got_it_with_the_first() {
    let world = world_with(PageLimits {
        records: 1,
        bytes: usize::MAX,
    });
    let mut bo = world.enrol("bo").await;
    let mut ana = world.enrol("ana").await;
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    world.push(&mut ana, team(), &[made]).await;
    let first = world.pull(&mut bo, team()).await;
    let got = first.records[0].id;
    assert!(first.more);
    world.app.erase(team(), got).unwrap();
    let mut removed = Vec::new();
    loop {
        let answer = world.pull(&mut bo, team()).await;
        removed.extend(answer.removals.iter().map(|removal| removal.id));
        if !answer.more {
            break;
        }
    }
    assert_eq!(removed, [got]);
}

#[tokio::test]
async fn a_page_ends_after_its_bytes_too() {
    let world = world_with(PageLimits {
        records: 100,
        bytes: 10,
    });
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    world.push(&mut ana, team(), &[made]).await;
    let first = world.pull(&mut bo, team()).await;
    assert_eq!((first.records.len(), first.more), (1, true));
    let second = world.pull(&mut bo, team()).await;
    assert_eq!((second.records.len(), second.more), (1, false));
}

#[tokio::test]
async fn what_is_used_up_by_one_space_waits_in_the_next_with_its_cursor_unmoved() {
    let world = world_with(PageLimits {
        records: 1,
        bytes: usize::MAX,
    });
    let patrol = drempel_server::space_id("patrol");
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let made = ana.make(
        &world,
        patrol,
        "round one",
        &[("closing_summary", text("Rustig"))],
    );
    world.push(&mut ana, patrol, &[made]).await;
    let mut request = bo.request(&world, team(), &[]);
    request.spaces.extend(bo.request(&world, patrol, &[]).spaces);
    let answer = world.ask(&bo, &request).await;
    assert_eq!(
        (answer.spaces[0].records.len(), answer.spaces[0].more),
        (1, false)
    );
    assert!(answer.spaces[1].records.is_empty() && answer.spaces[1].more);
    assert_eq!(answer.spaces[1].cursor, None, "bo has not begun to read it");
    bo.take(&answer.spaces[1]);
    let answer = world.pull(&mut bo, patrol).await;
    assert_eq!((answer.records.len(), answer.more), (1, false));
}

#[tokio::test]
async fn only_fields_that_a_device_has_not_seen_are_sent() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let set = [("nickname", text("Deli")), ("phone", text("06 0000 00 01"))];
    let made = ana.make(&world, team(), "youth deli", &set);
    let eff = world.push(&mut ana, team(), &[made]).await.outcomes[0]
        .eff
        .unwrap();
    let first = world.pull(&mut bo, team()).await;
    assert!(
        first
            .records
            .iter()
            .any(|record| record.id == id("deli") && record.whole)
    );

    world.pass(HOUR);
    let mut edit = ana.change(&world, team(), "youth deli", &[("phone", Value::Null)]);
    edit.base = seen("phone", eff);
    let answer = world.push(&mut ana, team(), &[edit]).await;
    assert!(answer.records.is_empty(), "ana has her own values");
    let part = world.pull(&mut bo, team()).await.records.remove(0);
    assert_eq!(part.fields, fields(&[("phone", Value::Null)]));
    assert!(!part.whole);
    assert_eq!(Some(eff_of(&part, "phone")), answer.outcomes[0].eff);
    assert!(world.pull(&mut bo, team()).await.records.is_empty());
}

#[tokio::test]
async fn values_of_this_request_are_not_sent_back_but_others_in_the_same_record_are() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    world.push(&mut ana, team(), &[made]).await;
    world.pull(&mut bo, team()).await;
    let phone = ana.change(&world, team(), "youth deli", &[("phone", text("06 0000 00 01"))]);
    world.push(&mut ana, team(), &[phone]).await;
    let address = bo.change(&world, team(), "youth deli", &[("address", text("Straat 1"))]);
    let answer = world.push(&mut bo, team(), &[address]).await;
    assert_eq!(answer.records.len(), 1);
    assert_eq!(
        answer.records[0].fields,
        fields(&[("phone", text("06 0000 00 01"))])
    );
    assert!(!answer.more);
}

#[tokio::test]
async fn who_reads_from_the_beginning_gets_everything_own_values_too() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    let answer = world.push(&mut ana, team(), &[made]).await;
    let record = answer
        .records
        .iter()
        .find(|record| record.id == id("deli"))
        .unwrap();
    assert!(record.whole);
    assert_eq!(Some(record.eff), answer.outcomes[0].eff);
}

#[tokio::test]
async fn a_wanted_record_comes_whole() {
    let world = world();
    let (mut ana, mut bo) = (world.enrol("ana").await, world.enrol("bo").await);
    let made = ana.make(&world, team(), "youth deli", &[("nickname", text("Deli"))]);
    let gone = ana.make(&world, team(), "youth gone", &[("nickname", text("Weg"))]);
    world.push(&mut ana, team(), &[made, gone]).await;
    world.pull(&mut bo, team()).await;
    world.app.erase(team(), id("gone")).unwrap();
    world.pull(&mut bo, team()).await;
    let mut request = bo.request(&world, team(), &[]);
    request.spaces[0].want = vec![id("deli"), id("gone"), id("never there")];
    let answer = world.ask(&bo, &request).await.spaces.remove(0);
    assert_eq!(answer.records.len(), 1);
    assert!(answer.records[0].whole);
    assert_eq!(answer.records[0].fields, fields(&[("nickname", text("Deli"))]));
    assert_eq!(answer.removals.len(), 1);
    assert_eq!(answer.removals[0].id, id("gone"));
    assert!(!answer.more);
}

#[tokio::test]
async fn a_sync_without_news_writes_nothing_and_is_small() {
    let world = world();
    let mut ana = world.enrol("ana").await;
    world.pull(&mut ana, team()).await;
    let mut request = ana.request(&world, team(), &[]);
    let first = world.ask(&ana, &request).await;
    request.access = first.access.map(|access| access.tag);
    request.configuration = first.configuration.map(|configuration| configuration.tag);
    let before = world.snapshot();
    let body = bytes(world.post(&ana, &request).await).await;
    assert_eq!(world.snapshot(), before);
    assert!(body.len() < 300, "{} bytes", body.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reader_beside_many_writers_misses_nothing() {
    let world = world_with(PageLimits {
        records: 7,
        bytes: usize::MAX,
    });
    let mut writers = Vec::new();
    for number in 0..4 {
        let mut device = world.enrol("ana").await;
        let world = world.share();
        writers.push(tokio::spawn(async move {
            for turn in 0..20 {
                let record = format!("youth {number}-{turn}");
                let made = device.make(&world, team(), &record, &[("nickname", text(&record))]);
                let common = device.make(&world, team(), "youth common", &[("phone", text(&record))]);
                world.push(&mut device, team(), &[made, common]).await;
            }
        }));
    }
    let mut bo = world.enrol("bo").await;
    let mut held: BTreeMap<_, FeedRecord> = BTreeMap::new();
    let mut finished = false;
    loop {
        let answer = world.pull(&mut bo, team()).await;
        for record in answer.records {
            let before = held.remove(&record.id);
            assert!(record.whole || before.is_some(), "a part of what was never sent");
            held.insert(record.id, joined(before, record));
        }
        if !answer.more && finished {
            let mut sum = Digest::default();
            held.values().for_each(|record| sum.add(share_of(record)));
            assert_eq!(answer.digest, Some(sum));
            break;
        }
        finished = writers.iter().all(|writer| writer.is_finished());
        // So that nobody asks too often.
        world.pass(1_000);
        tokio::task::yield_now().await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let people = held.values().filter(|record| record.collection == "youth");
    assert_eq!(people.count(), 81);
}

/// What a device holds after a record of the feed.
fn joined(before: Option<FeedRecord>, after: FeedRecord) -> FeedRecord {
    let Some(mut held) = before.filter(|_| !after.whole) else {
        return after;
    };
    for (field, value) in &after.fields {
        held.effs.insert(field.clone(), eff_of(&after, field.as_str()));
        held.fields.insert(field.clone(), value.clone());
    }
    held
}
