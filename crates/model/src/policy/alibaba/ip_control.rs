//! IP control: from which addresses an API is called, for everybody or for single apps (spec: aliyun/plugins.md §3.2).

use serde_json::Value;

use super::Place;
use crate::name::shown;
use crate::policy::members::Members;
use crate::policy::{AddressRange, AddressSet, Effect};
use crate::violation::{Rule, Violations};

/// The most items of one plug-in, and the most blocks of one item; the size of the data ends sooner.
const ITEMS_AT_MOST: usize = 5_000;

/// From which addresses an API is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IpControl {
    /// What becomes of calls from them.
    pub effect: Effect,
    /// Addresses that are listed whoever calls.
    pub everyone: AddressSet,
    /// Addresses that are listed for single apps, by the app's number; sorted, each app once.
    pub of_apps: Vec<(u64, AddressSet)>,
    /// The element of `X-Forwarded-For` that is looked at; none: the client's own address.
    pub forwarded: Option<i16>,
}

impl IpControl {
    /// Reads a plug-in's data.
    ///
    /// # Errors
    /// All complaints.
    pub(in crate::policy) fn read(given: &Value) -> Result<Self, Violations> {
        let mut members = Members::of(given)?;
        members.demand("type");
        members.demand("items");
        let effect = members.word("type", &[("ALLOW", Effect::Allow), ("REFUSE", Effect::Deny)]);
        let forwarded = resource(&mut members);
        let mut items = members.objects("items", ITEMS_AT_MOST, |item| {
            item.demand("blocks");
            let blocks = item.entries("blocks", ITEMS_AT_MOST, str::parse::<AddressRange>);
            notes(item);
            Some((item.digits("appId"), blocks))
        });
        items.sort_by_key(|(_, (app, _))| *app);
        let of = |app| -> AddressSet {
            let of_app = items.iter().filter(|(_, (of, _))| *of == app);
            of_app.flat_map(|(_, (_, blocks))| blocks.iter().copied()).collect()
        };
        let mut apps: Vec<u64> = items.iter().filter_map(|(_, (app, _))| *app).collect();
        apps.dedup();
        let of_apps = apps.into_iter().map(|app| (app, of(Some(app)))).collect();
        let effect = effect.unwrap_or(Effect::Allow);
        members.finish().or(Self { effect, everyone: of(None), of_apps, forwarded })
    }
}

/// What is noted of an item by the operations that change one alone: what it is called there, and since when it is as it is.
fn notes(item: &mut Members<'_>) {
    item.text("id");
    item.time("createdAt");
    item.time("modifiedAt");
}

fn resource(members: &mut Members<'_>) -> Option<i16> {
    let text = members.text("resource")?;
    match text.parse() {
        Ok(Place::ForwardedFor(index)) => Some(index),
        Ok(_) => {
            let message = format!("`{}` is no element of X-Forwarded-For: write `XFF:-1`", shown(text));
            members.complain("resource", Rule::Format, message);
            None
        }
        Err(complaint) => {
            members.complain("resource", complaint.rule, complaint.message);
            None
        }
    }
}
