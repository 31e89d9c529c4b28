//! What people do: authorize, change, audit
