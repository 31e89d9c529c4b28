//! Stories through the whole gateway, over loopback.

mod pets;
