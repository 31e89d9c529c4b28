//! Limits on an API, its users and its apps.

use std::collections::HashSet;

use super::MOST;
use crate::policy::members::Members;
use crate::policy::period::UNIT_WORDS;
use crate::policy::{Period, TimeUnit};
use crate::violation::Rule;

/// Apps with numbers of their own in one plug-in, and likewise users.
pub const SPECIALS_AT_MOST: usize = 100;

/// Limits on an API, its users and its apps. A number that is absent limits nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerCaller {
    /// The period.
    pub period: Period,
    /// How calls are counted.
    pub algorithm: Algorithm,
    /// Calls of the API in a stage.
    pub api: u32,
    /// Calls of one user: the account that the calling app belongs to.
    pub user: Option<u32>,
    /// Calls of one app.
    pub app: Option<u32>,
    /// Apps with limits of their own, by number.
    pub special_apps: Vec<SpecialNumber>,
    /// Users with limits of their own, by their account's number.
    pub special_users: Vec<SpecialNumber>,
}

/// How calls are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// A token bucket.
    Bucket,
    /// Windows of the period's length.
    Window,
}

/// A caller with a limit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpecialNumber {
    /// The app's number, or the account's.
    pub number: u64,
    /// Calls allowed to it.
    pub limit: u32,
}

pub(super) fn read(members: &mut Members<'_>) -> Option<PerCaller> {
    let unit = members.word("unit", UNIT_WORDS);
    let api = members.number("apiDefault", 1, MOST);
    let user = members.number("userDefault", 1, MOST);
    let app = members.number("appDefault", 1, MOST);
    let fixed = members.word("controlMode", &[("FIX_WINDOW", ())]).is_some();
    // A bucket that is empty refuses at once: calls are never queued.
    let quick = members.word("blockingMode", &[("QUICK_RETURN", ())]).is_some();
    let specials = specials(members);
    let named = unit.is_some() || api.is_some() || user.is_some() || app.is_some() || fixed || quick;
    if !named {
        // The vendor shows them beside `rules`, and says nowhere of which limit they would be.
        if !specials.is_empty() {
            let message = "they are limits in place of `appDefault` and `userDefault`: `unit` and `apiDefault` are wanted with \
                           them; for an app with a limit of its own among rules, write one for `$CaAppId`";
            members.complain("specials", Rule::Required, message);
        }
        return None;
    }
    members.demand("unit");
    members.demand("apiDefault");
    let (unit, api) = (unit.unwrap_or(TimeUnit::Second), api.unwrap_or(MOST));
    if fixed && unit != TimeUnit::Second {
        members.complain(
            "controlMode",
            Rule::Conflict,
            "`FIX_WINDOW` is for the unit `SECOND`; others have windows always",
        );
    }
    if quick && (fixed || unit != TimeUnit::Second) {
        members.complain(
            "blockingMode",
            Rule::Conflict,
            "`QUICK_RETURN` is for a token bucket: the unit `SECOND`, without `FIX_WINDOW`",
        );
    }
    check_order(members, api, user, app);
    let (special_users, special_apps) = sorted_out(members, specials, api);
    let algorithm = if unit == TimeUnit::Second && !fixed { Algorithm::Bucket } else { Algorithm::Window };
    Some(PerCaller {
        period: Period { interval: 1, unit },
        algorithm,
        api,
        user,
        app,
        special_apps,
        special_users,
    })
}

fn check_order(members: &mut Members<'_>, api: u32, user: Option<u32>, app: Option<u32>) {
    let above_app = user.map_or(("apiDefault", api), |user| ("userDefault", user));
    for (name, limit, (above, bound)) in
        [("userDefault", user, ("apiDefault", api)), ("appDefault", app, above_app)]
    {
        if let Some(limit) = limit.filter(|limit| *limit > bound) {
            members.complain(name, Rule::Conflict, format!("{limit} is above {above}, which is {bound}"));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    App,
    User,
}

struct Special {
    sort: Sort,
    at: String,
    number: u64,
    limit: u32,
}

fn specials(members: &mut Members<'_>) -> Vec<Special> {
    let groups = members.objects("specials", 2, |group| {
        group.demand("type");
        let sort = group.word("type", &[("APP", Sort::App), ("USER", Sort::User)]);
        let policies = group.objects("policies", SPECIALS_AT_MOST, |policy| {
            policy.demand("key");
            policy.demand("value");
            let number = policy.digits("key");
            let limit = policy.number("value", 1, MOST);
            Some((number?, limit?))
        });
        Some((sort?, policies))
    });
    let special = |sort| move |(at, (number, limit))| Special { sort, at, number, limit };
    groups.into_iter().flat_map(|(_, (sort, policies))| policies.into_iter().map(special(sort))).collect()
}

fn sorted_out(
    members: &mut Members<'_>,
    specials: Vec<Special>,
    api: u32,
) -> (Vec<SpecialNumber>, Vec<SpecialNumber>) {
    let mut seen = HashSet::new();
    let (mut users, mut apps) = (Vec::new(), Vec::new());
    for Special { sort, at, number, limit } in specials {
        if !seen.insert((sort, number)) {
            members.complain_at(format!("{at}/key"), Rule::Duplicate, format!("`{number}` is there twice"));
        }
        if limit > api {
            let message = format!("{limit} is above apiDefault, which is {api}");
            members.complain_at(format!("{at}/value"), Rule::Conflict, message);
        }
        match sort {
            Sort::App => apps.push(SpecialNumber { number, limit }),
            Sort::User => users.push(SpecialNumber { number, limit }),
        }
    }
    (users, apps)
}
