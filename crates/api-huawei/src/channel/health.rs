//! How members are asked whether they are well.

use paifang_control::ChannelPatch;
use paifang_model::channel::{HealthCheck, ProbeMethod, ProbeProtocol};

use super::{TONGUE, found, view};
use crate::answer::{Answer, object};
use crate::ask::Fields;
use crate::call::Call;
use crate::fault::{codes, tell};

const PROTOCOLS: [(&str, ProbeProtocol); 3] =
    [("TCP", ProbeProtocol::Tcp), ("HTTP", ProbeProtocol::Http), ("HTTPS", ProbeProtocol::Https)];
const METHODS: [(&str, ProbeMethod); 2] = [("GET", ProbeMethod::Get), ("HEAD", ProbeMethod::Head)];

pub(crate) async fn update(call: &Call) -> Answer {
    let id = found(call).await?.value.id;
    let check = call.read(read)?;
    let patch = ChannelPatch { health: Some(Some(check.clone())), ..ChannelPatch::default() };
    let channel = call.context.update_channel(id, patch, None).await.map_err(tell(&TONGUE))?;
    object(view::health(&channel, &check))
}

/// What is sent: protocol, thresholds, timeout and interval must be there.
pub(super) fn read(given: &mut Fields<'_, '_>) -> HealthCheck {
    given.refuse("enable_client_ssl", "health checks present no certificate");
    for name in ["threshold_normal", "threshold_abnormal", "timeout", "time_interval"] {
        given.demand(name);
    }
    let text = |given: &mut Fields<'_, '_>, name| {
        given.text(name).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    HealthCheck {
        enabled: given.one_or_two("status").unwrap_or(true),
        protocol: given.required_word("protocol", &PROTOCOLS, ProbeProtocol::Tcp),
        path: text(given, "path"),
        method: given.word("method", &METHODS).unwrap_or_default(),
        port: number(given, "port", 0),
        healthy_after: number(given, "threshold_normal", 2),
        unhealthy_after: number(given, "threshold_abnormal", 5),
        timeout_s: number(given, "timeout", 5),
        interval_s: number(given, "time_interval", 10),
        codes: text(given, "http_code"),
    }
}

/// A number that fits its place; the model judges what it may be.
pub(super) fn number<N: TryFrom<i64>>(given: &mut Fields<'_, '_>, name: &str, otherwise: N) -> N {
    let Some(number) = given.integer(name) else { return otherwise };
    N::try_from(number).unwrap_or_else(|_| {
        given.complain(codes::INVALID_VALUE, name, format!("{number} is out of range"));
        otherwise
    })
}
