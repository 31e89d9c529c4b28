//! How each kind of object reads in files and on the wire: one file per kind.
//!
//! Both sides become the same [`Value`]: the model's own form, with all defaults written out and names in place of ids.
//! So what is compared is what is meant, not how it is written down.

pub(super) mod access_list;
pub(super) mod api;
pub(super) mod app;
pub(super) mod app_quota;
pub(super) mod backend_access;
pub(super) mod backend_instance;
pub(super) mod backend_service;
pub(super) mod binding;
pub(super) mod black_list;
pub(super) mod certificate;
pub(super) mod channel;
pub(super) mod domain;
pub(super) mod grant;
pub(super) mod group;
pub(super) mod group_binding;
pub(super) mod policy;
pub(super) mod reference;
pub(super) mod stage;
pub(super) mod variable;

use serde::Serialize;
use serde_json::Value;

/// The model's own form of a noun, without these members.
fn without<T: Serialize>(noun: &T, members: &[&str]) -> Value {
    let mut value = serde_json::to_value(noun).unwrap_or_default();
    if let Value::Object(all) = &mut value {
        for member in members {
            all.shift_remove(*member);
        }
    }
    value
}
