//! Versioned documents with fields, links and a change feed
