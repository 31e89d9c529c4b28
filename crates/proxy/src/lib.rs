//! The data plane: listener, snapshot, pipeline, backend, reply
