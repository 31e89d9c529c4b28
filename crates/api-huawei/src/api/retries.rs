//! How often a call is sent again, beside the members that there are for it.
//!
//! The vendor wants fewer further attempts than a channel has members that are switched on (spec: huawei/api-model.md §5). It
//! is looked at when an API is made or changed here. Channels change without their APIs, so that calls do not count on it:
//! when all members were tried, one is tried again.

use paifang_model::definition::{Backend, Destination, HttpBackend, Retries};
use paifang_model::id::ChannelId;
use paifang_model::{Definition, Rule, Violations};

use crate::call::Call;
use crate::definition;
use crate::fault::Fault;

/// Complains where a backend may be tried again as often as its channel has members, or more often.
pub(super) async fn check(call: &Call, definition: &Definition) -> Result<(), Fault> {
    let mut violations = Violations::new();
    for (pointer, times, channel) in wanted(definition) {
        // Whether it is there, and may be used, is said with the rest of the rules.
        let Ok(channel) = call.context.read_channel(channel).await else { continue };
        let enabled = channel.value.members.iter().filter(|member| member.enabled).count();
        if usize::from(times) >= enabled {
            let message = format!(
                "{times} further attempts are too many: fewer are allowed than members of the channel `{}` are switched on, \
                 which are {enabled}",
                channel.value.name
            );
            violations.add(format!("{pointer}/retries"), Rule::Range, message);
        }
    }
    definition::tongue(definition).complain(violations).or(())
}

/// The backends that say how often: where they stand, how often, and which channel. No further attempt is never too many.
fn wanted(definition: &Definition) -> impl Iterator<Item = (String, u8, ChannelId)> {
    definition.backends().filter_map(|(pointer, backend)| match backend {
        Backend::Http(HttpBackend {
            to: Destination::Channel { channel, .. },
            retries: Retries::Fixed { times: times @ 1.. },
            ..
        }) => Some((pointer, *times, *channel)),
        _ => None,
    })
}
