//! Who is picked: by weight, by load, by hash, and by health.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::HashMap;
use std::net::Ipv4Addr;

use paifang_model::Member;
use paifang_model::channel::MemberGroup;
use proptest::prelude::*;

use super::*;

const NOW: i64 = 1_700_000_000_000;

fn channel(balance: Balance, weights: &[u16]) -> Channel {
    let member =
        |(index, weight): (usize, &u16)| Member { weight: *weight, ..Member::at(format!("10.0.0.{index}")) };
    let members = weights.iter().enumerate().map(member).collect();
    Channel { balance, members, ..Channel::named("members", 80) }
}

fn entry(balance: Balance, weights: &[u16]) -> ChannelEntry {
    ChannelEntry::new(&channel(balance, weights), None)
}

fn client(number: u32) -> By<'static> {
    By { client: Ipv4Addr::from_bits(number).into(), path: "/" }
}

fn last(seat: &Seat) -> &str {
    seat.address.host.rsplit('.').next().unwrap()
}

fn in_turn(entry: &ChannelEntry, picks: u32) -> String {
    (0..picks)
        .filter_map(|number| entry.pick(client(number), &Tried::new()))
        .map(|picked| last(&picked.seat).to_owned())
        .collect()
}

#[test]
fn weights_are_kept_and_spread() {
    assert_eq!(in_turn(&entry(Balance::WeightedRoundRobin, &[5, 1, 1, 0]), 14), "00102000010200");
}

#[test]
fn large_weights_share_a_divisor() {
    let entry = entry(Balance::WeightedRoundRobin, &[10_000, 5_000]);
    assert!(entry.choice.load().turn().is_some_and(|turn| turn.round() == 3));
}

#[test]
fn nobody_is_picked_of_nobody() {
    let all = [
        Balance::WeightedRoundRobin,
        Balance::WeightedLeastConnection,
        Balance::SourceHash,
        Balance::UriHash,
    ];
    for balance in all {
        for weights in [&[][..], &[0]] {
            assert!(entry(balance, weights).pick(client(1), &Tried::new()).is_none());
        }
    }
}

/// A group has one share for all its members (spec: huawei/vpc-channels.md, "Member groups").
#[test]
fn a_canary_of_nine_takes_a_tenth() {
    let group = |name: &str, weight| MemberGroup {
        name: name.to_owned(),
        remark: String::new(),
        weight: Some(weight),
    };
    for balance in [Balance::WeightedRoundRobin, Balance::WeightedLeastConnection, Balance::SourceHash] {
        let mut channel = channel(balance, &[1; 10]);
        channel.groups = vec![group("canary", 10), group("stable", 90)];
        let (stable, canary) = channel.members.split_first_mut().unwrap();
        stable.group = Some("stable".to_owned());
        canary.iter_mut().for_each(|member| member.group = Some("canary".to_owned()));
        let entry = ChannelEntry::new(&channel, None);
        let calls = (0..10_000_u32).map(|number| entry.pick(client(number), &Tried::new()).unwrap().seat);
        let kept: Vec<_> = calls.map(|seat| (entry.lease(&seat), seat)).collect();
        let stable = kept.iter().filter(|(_, seat)| last(seat) == "0").count();
        assert!((8_900..=9_100).contains(&stable), "{balance:?}: {stable} of 10,000");
    }
}

/// Over 100,000 calls each member's share is within 1 % of its weight, in every way of picking by weight.
#[test]
fn shares_are_as_weights_say() {
    const CALLS: u32 = 100_000;
    for balance in [Balance::WeightedRoundRobin, Balance::WeightedLeastConnection, Balance::SourceHash] {
        let entry = entry(balance, &[50, 30, 20]);
        let mut counts: HashMap<String, u32> = HashMap::new();
        for number in 0..CALLS {
            let seat = entry.pick(client(number.wrapping_mul(2_654_435_761)), &Tried::new()).unwrap().seat;
            *counts.entry(last(&seat).to_owned()).or_default() += 1;
            drop(entry.lease(&seat));
        }
        for (name, share) in [("0", 50), ("1", 30), ("2", 20)] {
            let wanted = CALLS / 100 * share;
            let off = counts[name].abs_diff(wanted);
            assert!(off <= CALLS / 100, "{balance:?} {name}: {} of {wanted}", counts[name]);
        }
    }
}

#[test]
fn the_least_loaded_takes_the_call() {
    let entry = entry(Balance::WeightedLeastConnection, &[1, 1]);
    let first = entry.pick(client(0), &Tried::new()).unwrap().seat;
    let long = entry.lease(&first).unwrap();
    for _ in 0..5 {
        let seat = entry.pick(client(0), &Tried::new()).unwrap().seat;
        assert_ne!(seat.name, first.name);
        drop(entry.lease(&seat));
    }
    drop(long);
    assert_eq!(first.under_way(), 0);
}

/// Calls under way are shared out by weight, too.
#[test]
fn what_is_under_way_is_shared_out_by_weight() {
    let entry = entry(Balance::WeightedLeastConnection, &[50, 30, 20]);
    let call = || {
        let seat = entry.pick(client(0), &Tried::new()).unwrap().seat;
        entry.lease(&seat).unwrap()
    };
    let _calls: Vec<_> = (0..1_000).map(|_| call()).collect();
    let under_way = entry.seats.iter().map(|seat| seat.under_way()).collect::<Vec<_>>();
    assert_eq!(under_way, [500, 300, 200]);
}

#[test]
fn the_same_client_and_the_same_path_stay() {
    let source = entry(Balance::SourceHash, &[1; 5]);
    let uri = entry(Balance::UriHash, &[1, 100, 1]);
    let by = |path| By { path, ..client(7) };
    for _ in 0..10 {
        let seat =
            |entry: &ChannelEntry, path| last(&entry.pick(by(path), &Tried::new()).unwrap().seat).to_owned();
        assert_eq!(seat(&source, "/a"), seat(&source, "/b"));
        assert_eq!(seat(&uri, "/a"), seat(&uri, "/a"));
    }
    let paths: Vec<String> = (0..3000).map(|number| format!("/{number}")).collect();
    let light =
        paths.iter().filter(|path| last(&uri.pick(by(path), &Tried::new()).unwrap().seat) == "0").count();
    assert!((850..1150).contains(&light), "all weigh the same by path: {light} of 1,000");
}

#[test]
fn a_light_one_beside_many_heavy_ones_gets_its_share() {
    let mut weights = vec![10_000; 199];
    weights.push(20);
    let entry = entry(Balance::WeightedRoundRobin, &weights);
    let picks = (0..300_000).map(|_| entry.pick(client(0), &Tried::new()).unwrap().seat);
    let light = picks.filter(|seat| last(seat) == "199").count();
    assert!((1..=6).contains(&light), "{light} of 3");
}

proptest! {
    /// However many calls there are and wherever they begin, nobody is further from their share than `2 + log2(calls)`.
    #[test]
    fn every_member_keeps_its_share(weights in prop_oneof![prop::collection::vec(1_u16..=10_000, 1..40), prop::collection::vec(1_u16..=50, 1..40)], before in 0_u32..5_000, calls in 1_u32..5_000) {
        let entry = entry(Balance::WeightedRoundRobin, &weights);
        let mut counts = vec![0_u32; weights.len()];
        (0..before).for_each(|_| drop(entry.pick(client(0), &Tried::new())));
        for _ in 0..calls {
            let seat = entry.pick(client(0), &Tried::new()).unwrap().seat;
            counts[last(&seat).parse::<usize>().unwrap()] += 1;
        }
        let sum: f64 = weights.iter().copied().map(f64::from).sum();
        for (weight, count) in weights.iter().zip(&counts) {
            let share = f64::from(calls) * f64::from(*weight) / sum;
            prop_assert!((f64::from(*count) - share).abs() <= 2.0 + f64::from(calls).log2(), "{} of {}", count, share);
        }
    }

}

/// Clients or paths whose moves are counted.
const CALLERS: u32 = 2_000;

/// Who takes the calls of each client, or of each path.
fn owners(entry: &ChannelEntry, seed: u32) -> Vec<String> {
    let number = |index: u32| seed.wrapping_add(index).wrapping_mul(2_654_435_761);
    let owner = |index: u32| {
        let path = format!("/pets/{}", number(index));
        let by = By { path: &path, ..client(number(index)) };
        last(&entry.pick(by, &Tried::new()).unwrap().seat).to_owned()
    };
    (0..CALLERS).map(owner).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// When a member leaves, what it had moves and nothing else; when one comes, what it takes. Either is its share of all calls
    /// by weight, and by path one of as many shares as there are members; six in a hundred more or less, as places fall.
    #[test]
    fn only_what_was_the_leavers_or_becomes_the_comers_moves(weights in prop::collection::vec(1_u16..50, 2..8), one in 0_usize..8, seed in any::<u32>()) {
        let one = one % weights.len();
        for balance in [Balance::SourceHash, Balance::UriHash] {
            let all = channel(balance, &weights);
            let mut fewer = all.clone();
            fewer.members.remove(one);
            // What a channel was before says nothing of what hashes fall on.
            let (all, fewer) = (ChannelEntry::new(&all, None), ChannelEntry::new(&fewer, None));
            let come = ChannelEntry::new(&channel(balance, &weights), Some(&fewer));
            let (with, without) = (owners(&all, seed), owners(&fewer, seed));
            prop_assert_eq!(&owners(&come, seed), &with);
            let moved = with.iter().zip(&without).filter(|(with, without)| with != without);
            let moved: Vec<_> = moved.map(|(with, _)| with).collect();
            prop_assert!(moved.iter().all(|owner| **owner == one.to_string()), "{:?}: {:?}", balance, moved);
            prop_assert!(without.iter().all(|owner| *owner != one.to_string()));
            let sum: f64 = weights.iter().copied().map(f64::from).sum();
            let share = match balance {
                Balance::UriHash => 1.0 / weights.len() as f64,
                _ => f64::from(weights[one]) / sum,
            };
            let off = moved.len() as f64 / f64::from(CALLERS) - share;
            prop_assert!(off.abs() < 0.06, "{:?}: {} moved for a share of {}", balance, moved.len(), share);
        }
    }
}

/// Nodes of different versions agree, too. Another answer moves every caller.
#[test]
fn who_goes_where_never_changes() {
    let entry = entry(Balance::SourceHash, &[1, 2, 3, 4, 5]);
    assert_eq!(in_turn(&entry, 40), "2413432442202324243224441203244434442423");
}

#[test]
fn a_failed_attempt_goes_elsewhere() {
    for balance in [Balance::WeightedRoundRobin, Balance::WeightedLeastConnection, Balance::SourceHash] {
        let entry = entry(balance, &[9, 1, 1]);
        let mut tried = Tried::new();
        for _ in 0..3 {
            let seat = entry.pick(client(3), &tried).unwrap().seat;
            assert!(!tried.iter().any(|other| other.name == seat.name), "{balance:?}");
            tried.push(seat);
        }
        assert!(entry.pick(client(3), &tried).is_some(), "when all were tried, one is tried again");
    }
}

fn fail(entry: &ChannelEntry, seat: &Seat, now_ms: i64) {
    entry.note_unreachable(seat, "refused", now_ms);
}

#[test]
fn a_member_that_cannot_be_reached_is_left_out_for_a_while() {
    let entry = entry(Balance::WeightedRoundRobin, &[1, 1]);
    let dead = Arc::clone(&entry.seats[0]);
    (0..2).for_each(|_| fail(&entry, &dead, NOW));
    dead.note_reached();
    for _ in 0..2 {
        fail(&entry, &dead, NOW);
        assert_eq!(in_turn(&entry, 4).matches('0').count(), 2, "three in a row are too many, not two");
    }
    fail(&entry, &dead, NOW);
    assert_eq!(in_turn(&entry, 4), "1111");
    entry.refresh();
    let health = entry.health().remove(0);
    assert_eq!((health.state, health.reason.as_deref()), (MemberState::Ejected, Some("refused")));
    assert!(!dead.known.let_in(NOW + 9_999));
    assert!(dead.known.let_in(NOW + 10_000));
    entry.refresh();
    assert_eq!(in_turn(&entry, 4).matches('0').count(), 2);
    fail(&entry, &dead, NOW + 10_001);
    assert_eq!(in_turn(&entry, 4), "1111", "on probation one failure is enough");
}

#[test]
fn when_all_were_left_out_all_are_tried() {
    let entry = entry(Balance::WeightedRoundRobin, &[1, 1]);
    for seat in &entry.seats {
        for _ in 0..3 {
            fail(&entry, seat, NOW);
        }
    }
    assert_eq!(in_turn(&entry, 4).len(), 4);
}

/// A call that is under way goes by the channel as it was; what it finds holds for the channel as it is.
#[test]
fn a_member_that_dies_while_its_channel_is_edited_takes_no_more_calls() {
    for balance in [Balance::WeightedRoundRobin, Balance::WeightedLeastConnection, Balance::SourceHash] {
        let before = entry(balance, &[1, 1]);
        let after = ChannelEntry::new(&channel(balance, &[1, 1]), Some(&before));
        let dead = Arc::clone(&before.seats[0]);
        (0..3).for_each(|_| fail(&before, &dead, NOW));
        assert_eq!(in_turn(&after, 4), "1111", "{balance:?}");
        after.refresh();
        assert_eq!(in_turn(&after, 4), "1111", "{balance:?}");
        (0..3).for_each(|_| fail(&after, &dead, NOW + 9_000));
        assert!(dead.known.let_in(NOW + 10_000), "further failures do not keep it out for longer");
        after.refresh();
        assert!(in_turn(&after, 20).contains('0'), "{balance:?}");
    }
}

/// The call that finds a member dead goes elsewhere at once; the table is laid out by somebody else.
#[test]
fn who_finds_a_member_dead_lays_out_nothing() {
    for balance in [Balance::WeightedRoundRobin, Balance::WeightedLeastConnection, Balance::SourceHash] {
        let entry = entry(balance, &[1, 1, 1]);
        let laid_out = entry.choice.load_full();
        (0..3).for_each(|_| fail(&entry, &entry.seats[0], NOW));
        assert!(Arc::ptr_eq(&laid_out, &entry.choice.load_full()), "{balance:?}");
        assert!(!in_turn(&entry, 30).contains('0'), "{balance:?}");
    }
}

fn checked() -> Channel {
    let mut channel = channel(Balance::WeightedRoundRobin, &[1, 1, 1]);
    channel.members[2].backup = true;
    channel.health = Some(serde_json::from_str("{}").unwrap());
    channel
}

fn answers(entry: &ChannelEntry, member: usize, answer: Result<(), &str>, times: usize) -> bool {
    let mut turned = false;
    for _ in 0..times {
        let check = entry.check.as_ref().unwrap();
        turned = entry.seats[member].known.note_answer(answer.map_err(Box::from), check, NOW);
    }
    entry.refresh();
    turned
}

#[test]
fn health_turns_after_so_many_answers_in_a_row() {
    let entry = ChannelEntry::new(&checked(), None);
    assert!(!answers(&entry, 0, Err("no answer in 5 s"), 4));
    assert!(!answers(&entry, 0, Ok(()), 1));
    assert!(!answers(&entry, 0, Err("no answer in 5 s"), 4));
    assert!(answers(&entry, 0, Err("no answer in 5 s"), 1));
    assert_eq!(in_turn(&entry, 2), "11");
    assert_eq!(entry.health()[0].state, MemberState::Unhealthy);
    assert!(!answers(&entry, 0, Ok(()), 1));
    assert!(answers(&entry, 0, Ok(()), 1));
    assert_eq!(entry.health()[0].state, MemberState::Healthy);
}

#[test]
fn backups_come_in_when_no_other_is_left() {
    let entry = ChannelEntry::new(&checked(), None);
    assert!(!in_turn(&entry, 10).contains('2'));
    answers(&entry, 0, Err("closed"), 5);
    answers(&entry, 1, Err("closed"), 5);
    assert_eq!(in_turn(&entry, 3), "222");
    answers(&entry, 2, Err("closed"), 5);
    assert_eq!(in_turn(&entry, 3), "", "nobody is well");
}

#[test]
fn what_is_known_outlives_a_change() {
    let mut channel = checked();
    let entry = ChannelEntry::new(&channel, None);
    answers(&entry, 0, Err("closed"), 5);
    channel.members[0].weight = 7;
    let changed = ChannelEntry::new(&channel, Some(&entry));
    assert_eq!(in_turn(&changed, 2), "11");
    channel.health = None;
    assert_eq!(in_turn(&ChannelEntry::new(&channel, Some(&changed)), 8).matches('0').count(), 7);
}
