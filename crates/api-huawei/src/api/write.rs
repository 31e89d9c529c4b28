//! Makes, changes and deletes APIs.

use paifang_model::Definition;

use super::retries;
use super::view::full;
use crate::answer::{Answer, nothing, object};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{Complaints, Fault, codes, tell};
use crate::{DIALECT, definition, scope};

pub(crate) async fn create(call: &Call) -> Answer {
    let (group, definition) = read(call)?;
    retries::check(call, &definition).await?;
    let group = scope::group(&call.context, &group).await?;
    let tongue = definition::tongue(&definition);
    let made = call.context.create_api(group.value.id, definition).await;
    let api = made.map_err(tell(tongue))?;
    object(full(call, &api, &group).await?)
}

pub(crate) async fn update(call: &Call) -> Answer {
    let (api, group) = scope::api(&call.context, call.path("api_id")).await?;
    let (named, mut definition) = read(call)?;
    if named != group.value.id.to_string() {
        let mut complaints = Complaints::default();
        let message = format!("the API is in the group {}, and stays there", group.value.id);
        complaints.add(codes::INVALID_NAME, "group_id", message);
        complaints.or(())?;
    }
    retries::check(call, &definition).await?;
    definition::carry(&api.value.definition, &mut definition);
    let tongue = definition::tongue(&definition);
    // What was read is what is replaced.
    let edited = call.context.edit_api(api.value.id, definition, Some(api.revision)).await;
    let api = edited.map_err(tell(tongue))?;
    object(full(call, &api, &group).await?)
}

pub(crate) async fn delete(call: &Call) -> Answer {
    let (api, _) = scope::api(&call.context, call.path("api_id")).await?;
    call.context.delete_api(api.value.id, None).await?;
    nothing()
}

/// The group's id and the definition, or all complaints: those about the form, and those about the rules.
fn read(call: &Call) -> Result<(String, Definition), Fault> {
    let given = call.json()?;
    let mut complaints = Complaints::default();
    let mut fields = Fields::of(&given, &mut complaints);
    let group = fields.required("group_id").to_owned();
    let definition = definition::read(&mut fields);
    if let Err(violations) = definition.check(DIALECT) {
        complaints.add_new(definition::tongue(&definition).complain(violations));
    }
    complaints.or((group, definition))
}
