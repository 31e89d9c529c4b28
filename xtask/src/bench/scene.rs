//! What the cases call.

use std::net::SocketAddr;

use crate::gateway::scene::{Access, Api, Dialect, Group, Scene};

pub(crate) const ALIBABA_HOST: &str = "alibaba.paifang.test";
pub(crate) const HUAWEI_HOST: &str = "huawei.paifang.test";

const GROUPS: &[Group<'_>] = &[
    Group {
        dialect: Dialect::Alibaba,
        host: ALIBABA_HOST,
        apis: &[
            Api { path: "/plain", access: Access::Anyone },
            Api { path: "/large", access: Access::Anyone },
            Api { path: "/upload", access: Access::Anyone },
            Api { path: "/code", access: Access::ThrottledApp },
            Api { path: "/signed", access: Access::App },
        ],
    },
    Group {
        dialect: Dialect::Huawei,
        host: HUAWEI_HOST,
        apis: &[Api { path: "/signed", access: Access::App }],
    },
];

pub(crate) fn of(backend: SocketAddr) -> Scene<'static> {
    Scene { backend, groups: GROUPS }
}
