//! `AddAccessControlListEntry` and `RemoveAccessControlListEntry`: `AclEntrys` is a list of `{"entry", "comment"}`, 50 at
//! most; an entry may name several addresses, separated by commas. One that is there already is passed over.

use paifang_model::AccessListEntry;
use serde_json::{Value, json};

use crate::call::Call;
use crate::fault::{Fault, Sent};
use crate::params::{Fields, document};

/// Entries of one call.
const AT_MOST: usize = 50;

pub(crate) async fn add(call: &Call<'_>) -> Result<Value, Fault> {
    let entries = given(call)?;
    let list = super::named(call).await?.value.id;
    let added = call.control.add_access_list_entries(list, &entries).await;
    added.map_err(Fault::of(Sent::AccessList))?;
    Ok(json!({}))
}

pub(crate) async fn remove(call: &Call<'_>) -> Result<Value, Fault> {
    let addresses: Vec<String> = given(call)?.into_iter().map(|entry| entry.address).collect();
    let list = super::named(call).await?.value.id;
    let removed = call.control.remove_access_list_entries(list, &addresses).await;
    removed.map_err(Fault::of(Sent::AccessList))?;
    Ok(json!({}))
}

fn given(call: &Call<'_>) -> Result<Vec<AccessListEntry>, Fault> {
    const NAME: &str = "AclEntrys";
    let mut entries = Vec::new();
    for mut fields in Fields::each(NAME, document(call.params, NAME)?)? {
        let (addresses, comment) = (fields.required("Entry")?, fields.given("Comment")?.unwrap_or_default());
        let addresses = addresses.split(',').map(str::trim).filter(|address| !address.is_empty());
        entries.extend(
            addresses
                .map(|address| AccessListEntry { address: address.to_owned(), comment: comment.clone() }),
        );
    }
    match entries.len() {
        0 => Err(Fault::missing(NAME)),
        1..=AT_MOST => Ok(entries),
        many => {
            Err(Fault::invalid(NAME, &many.to_string(), &format!("at most {AT_MOST} are allowed at once")))
        }
    }
}
