//! Stories through the whole gateway, over loopback.

mod ca;
mod channels;
mod grants;
mod huawei;
mod load;
mod pets;
mod rollout;
mod transport;
