//! What the parameters stage lets through and makes of it.

mod compile;
mod content_type;
mod forms;
mod modes;
mod multipart;
mod paths;
mod properties;
mod rules;
mod schemas;
mod setup;
mod values;
