//! Stories through the whole gateway, over loopback.

mod access_lists;
mod black_lists;
mod ca;
mod channels;
mod circle;
mod edge;
mod grants;
mod load;
mod network;
mod pets;
mod rollout;
mod rollup;
mod sdk;
mod shared_limits;
mod shared_nonces;
mod smuggling;
mod tls;
mod transport;
mod variables;
