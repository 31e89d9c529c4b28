//! The binary as people run it: started, called, stopped, killed, started again.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod absence;
mod apply;
mod backend;
mod backend_services;
mod backup;
mod check;
mod command;
mod compatibility;
mod crash;
mod demo;
mod drain;
mod durability;
mod edge;
mod explain;
mod gateway;
mod http;
mod keys;
mod life;
mod nodes;
mod owner;
mod planted;
mod postgres;
mod quotas;
mod rest;
mod set_aside;
mod settings;
mod sharing;
mod sign;
mod systemd;
mod takeover;
mod tasks;
mod throttling;
mod tls;
mod upgrade;
mod variables;
