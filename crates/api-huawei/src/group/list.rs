//! Looks at groups.

use paifang_control::{GroupFilter, Stored};
use paifang_model::Group;

use super::view::view;
use crate::answer::{Answer, object, page};
use crate::call::Call;
use crate::fault::Fault;
use crate::{DIALECT, scope};

pub(crate) async fn list(call: &Call) -> Answer {
    let wanted = call.page()?;
    if let Some(id) = call.query.value("id") {
        return one(call, id, wanted.offset == 0).await;
    }
    let name = call.query.value("name").map(str::to_owned);
    let (name, name_contains) = if call.query.is_precise("name") { (name, None) } else { (None, name) };
    let filter = GroupFilter { dialect: Some(DIALECT), name, name_contains };
    let found = call.context.list_groups(&filter, &wanted.paging()).await?;
    let total = found.total.unwrap_or_default();
    let mut rows = Vec::with_capacity(found.items.len());
    for group in found.items.into_iter().flatten() {
        rows.push(view(call, &group).await?);
    }
    page("groups", rows, total)
}

/// The list of the group with this id, whose name must meet the filter too.
async fn one(call: &Call, id: &str, first_page: bool) -> Answer {
    let group = match scope::id("id", id) {
        Ok(id) => call.context.read_group(id).await.ok(),
        Err(_) => None,
    };
    let Some(group) = group.filter(|group| meets(call, group)) else { return page("groups", Vec::new(), 0) };
    let rows = if first_page { vec![view(call, &group).await?] } else { Vec::new() };
    page("groups", rows, 1)
}

fn meets(call: &Call, group: &Stored<Group>) -> bool {
    let named = call.query.value("name").is_none_or(|name| group.value.name.contains(name));
    group.value.dialect == DIALECT && named
}

pub(crate) async fn show(call: &Call) -> Answer {
    let group: Result<_, Fault> = scope::group(&call.context, call.path("group_id")).await;
    object(view(call, &group?).await?)
}
