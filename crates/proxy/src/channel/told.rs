//! Who was picked, how, and who was not, in the words of an explanation.

use std::fmt::Write as _;

use paifang_model::channel::Balance;

use super::choice::was_tried;
use super::known::Standing;
use super::{ChannelEntry, Seat, Tried, what_counts};

/// The most members that are told one by one.
const TOLD_AT_MOST: usize = 10;

impl ChannelEntry {
    /// Tells who takes the call, and why others do not; none: nobody does.
    pub(crate) fn tell(&self, picked: Option<&Seat>, tried: &Tried) -> String {
        let mut text = match picked {
            Some(picked) => self.tell_picked(picked, tried),
            None if self.seats.is_empty() => {
                return format!("the channel `{}` has no members that are switched on", self.name);
            }
            None => format!("the channel `{}` has nobody who takes calls", self.name),
        };
        let others = self.seats.iter().filter(|seat| picked.is_none_or(|picked| picked.name != seat.name));
        let mut left_out = others.filter_map(|seat| Some((seat, self.why_not(seat, picked, tried)?)));
        for (number, (seat, why)) in left_out.by_ref().take(TOLD_AT_MOST).enumerate() {
            let before = if number == 0 { "; left out: " } else { ", " };
            // Writing to a text does not fail.
            let _ = write!(text, "{before}`{}` ({why})", seat.address);
        }
        match left_out.count() {
            0 => {}
            further => {
                let _ = write!(text, " and {further} more");
            }
        }
        text
    }

    fn tell_picked(&self, picked: &Seat, tried: &Tried) -> String {
        let how = match self.balance {
            Balance::WeightedRoundRobin => "in turn by weight",
            Balance::WeightedLeastConnection => "as the one with the fewest calls under way for its weight",
            Balance::SourceHash => "by the client's address",
            Balance::UriHash => "by the path",
        };
        let again = if was_tried(tried, picked) { " again" } else { "" };
        let backup = if picked.backup { ", a backup," } else { "" };
        let though = match self.stands(picked) {
            Standing::GOOD => "",
            _ => ", though it was left out: nobody else is there",
        };
        format!("the channel `{}` picks `{}`{again}{backup} {how}{though}", self.name, picked.address)
    }

    /// Why a member does not take the call; none: another one does, that is all.
    fn why_not(&self, seat: &Seat, picked: Option<&Seat>, tried: &Tried) -> Option<String> {
        let reason = || seat.known.reason().unwrap_or_default();
        match self.stands(seat) {
            _ if was_tried(tried, seat) => Some("tried already".to_owned()),
            _ if seat.weight == 0 => Some("its weight is 0".to_owned()),
            Standing::GOOD if seat.backup && picked.is_some_and(|picked| !picked.backup) => {
                Some("a backup".to_owned())
            }
            Standing::GOOD => None,
            Standing::OUT => Some(format!("could not be reached: {}", reason())),
            _ => Some(format!("unwell: {}", reason())),
        }
    }

    /// What keeps calls away from a member now.
    fn stands(&self, seat: &Seat) -> Standing {
        seat.standing() & what_counts(self.check.as_ref())
    }
}
