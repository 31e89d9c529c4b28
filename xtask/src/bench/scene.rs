//! What the cases call.

use std::net::SocketAddr;

use crate::gateway::scene::{Access, Api, Dialect, Extras, Group, Scene};

pub(crate) const ALIBABA_HOST: &str = "alibaba.paifang.test";
/// Its calls are counted against a limit that none of them reaches.
pub(crate) const THROTTLED_HOST: &str = "throttled.paifang.test";
const MORE_THAN_EVER_COME: u32 = 100_000_000;
pub(crate) const HUAWEI_HOST: &str = "huawei.paifang.test";

const GROUPS: &[Group<'_>] = &[
    Group {
        dialect: Dialect::Alibaba,
        host: ALIBABA_HOST,
        calls_per_second: None,
        apis: &[
            Api { path: "/plain", access: Access::Anyone, extras: Extras::Nothing },
            Api { path: "/large", access: Access::Anyone, extras: Extras::Nothing },
            Api { path: "/upload", access: Access::Anyone, extras: Extras::Nothing },
            Api { path: "/signed", access: Access::App, extras: Extras::Nothing },
        ],
    },
    Group {
        dialect: Dialect::Alibaba,
        host: THROTTLED_HOST,
        calls_per_second: Some(MORE_THAN_EVER_COME),
        apis: &[Api { path: "/code", access: Access::App, extras: Extras::Nothing }],
    },
    Group {
        dialect: Dialect::Huawei,
        host: HUAWEI_HOST,
        calls_per_second: None,
        apis: &[
            Api { path: "/signed", access: Access::App, extras: Extras::Nothing },
            Api { path: "/full", access: Access::App, extras: Extras::All },
        ],
    },
];

pub(crate) fn of(backend: SocketAddr) -> Scene<'static> {
    Scene { backend, groups: GROUPS }
}
