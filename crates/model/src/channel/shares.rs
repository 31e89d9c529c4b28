//! What part of the calls each member takes.

use super::{Channel, Member};

/// The finest unit of shares, as parts of one weight; what it cannot hold is off by less than a thousandth of a share.
const UNIT_AT_MOST: u64 = 1 << 32;

impl Channel {
    /// The share of each member, in their order. The unit is the channel's own: a share means something beside the others alone.
    ///
    /// A group's weight is distributed to its members (spec: huawei/vpc-channels.md, "Member groups") in proportion to their
    /// own weights. Its backup members, which take calls only while no other can, share it among themselves. A member that is
    /// switched off has none.
    #[must_use]
    pub fn shares(&self) -> Vec<u64> {
        let fractions: Vec<_> = self.members.iter().map(|member| self.share_of(member)).collect();
        let finer = |unit, fraction: &Fraction| common_multiple(unit, fraction.of).min(UNIT_AT_MOST);
        let unit = fractions.iter().fold(1, finer);
        fractions.iter().map(|fraction| (fraction.parts * unit + fraction.of / 2) / fraction.of).collect()
    }

    fn share_of(&self, member: &Member) -> Fraction {
        let own = u64::from(member.weight);
        let weight = match self.group_weight(member) {
            _ if !member.enabled => return Fraction::NONE,
            None => return Fraction { parts: own, of: 1 },
            Some(weight) => u64::from(weight),
        };
        let together =
            |other: &&Member| other.enabled && other.backup == member.backup && other.group == member.group;
        let all = self.members.iter().filter(together).map(|other| u64::from(other.weight)).sum();
        Fraction::new(weight * own, all)
    }

    fn group_weight(&self, member: &Member) -> Option<u16> {
        let name = member.group.as_deref()?;
        self.groups.iter().find(|group| group.name == name)?.weight
    }
}

struct Fraction {
    parts: u64,
    /// Never 0.
    of: u64,
}

impl Fraction {
    const NONE: Self = Self { parts: 0, of: 1 };

    fn new(parts: u64, of: u64) -> Self {
        if parts == 0 {
            return Self::NONE;
        }
        let divisor = common_divisor(parts, of);
        Self { parts: parts / divisor, of: of / divisor }
    }
}

/// The greatest number that divides both; of 0 and another, that one.
#[must_use]
pub fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

fn common_multiple(a: u64, b: u64) -> u64 {
    a / common_divisor(a, b) * b
}

#[cfg(test)]
mod tests {
    use super::super::MemberGroup;
    use super::*;

    fn group(name: &str, weight: Option<u16>) -> MemberGroup {
        MemberGroup { name: name.to_owned(), remark: String::new(), weight }
    }

    fn of(group: &str, weight: u16) -> Member {
        Member { group: Some(group.to_owned()), weight, ..Member::at("10.0.0.1") }
    }

    fn channel(groups: Vec<MemberGroup>, members: Vec<Member>) -> Channel {
        Channel { groups, members, ..Channel::named("members", 80) }
    }

    /// What the members take of 900.
    fn of_900(channel: &Channel) -> Vec<u64> {
        let shares = channel.shares();
        let all: u64 = shares.iter().sum();
        shares.iter().map(|share| share * 900 / all).collect()
    }

    #[test]
    fn a_canary_takes_what_its_group_is_given_however_many_it_are() {
        let mut members = vec![of("canary", 1); 9];
        members.push(of("stable", 1));
        let mut channel = channel(vec![group("canary", Some(10)), group("stable", Some(90))], members);
        assert_eq!(of_900(&channel), [10, 10, 10, 10, 10, 10, 10, 10, 10, 810]);
        (0..4).for_each(|index| channel.members[index].enabled = false);
        assert_eq!(
            of_900(&channel),
            [0, 0, 0, 0, 18, 18, 18, 18, 18, 810],
            "who is switched off leaves the others more"
        );
    }

    #[test]
    fn within_a_group_members_own_weights_count() {
        let members =
            vec![of("blue", 3), of("blue", 1), of("blue", 0), of("green", 2), Member::at("10.0.0.2")];
        let shares =
            |blue, green| channel(vec![group("blue", blue), group("green", green)], members.clone()).shares();
        assert_eq!(shares(Some(8), None), [6, 2, 0, 2, 1]);
        assert_eq!(shares(Some(0), Some(7)), [0, 0, 0, 7, 1]);
        assert_eq!(shares(Some(1), None), [3, 1, 0, 8, 4]);
    }

    #[test]
    fn backup_members_have_their_groups_share_among_themselves() {
        let backup = Member { backup: true, ..of("blue", 1) };
        let members = vec![of("blue", 1), backup.clone(), backup, Member::at("10.0.0.2")];
        assert_eq!(channel(vec![group("blue", Some(2))], members).shares(), [2, 1, 1, 1]);
    }

    #[test]
    fn groups_that_nothing_divides_are_held_to_a_thousandth() {
        let groups: Vec<_> = (0..50).map(|index| group(&format!("group{index}"), Some(100))).collect();
        let names = groups.iter().map(|group| group.name.clone()).collect::<Vec<_>>();
        // Sums of weights without a common divisor.
        let weights = |index: u16| [9_000 + index, 1, 2, 900 + 7 * index];
        let members = (0..50)
            .flat_map(|index| weights(index).map(|weight| of(&names[usize::from(index)], weight)))
            .collect();
        let channel = channel(groups, members);
        let shares = channel.shares();
        for four in shares.chunks(4) {
            let all: u64 = four.iter().sum();
            assert!(four[0] > 0 && all.abs_diff(100 << 32) <= 4, "{four:?}");
            let light = four[1] * 2;
            assert!(light.abs_diff(four[2]) * 1_000 < light, "{four:?}");
        }
    }
}
