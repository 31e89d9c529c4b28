//! The nouns of the gateway and what makes each valid; no I/O, no async
