//! HTTP as the pipeline sees it: heads, targets, bodies, replies, upstream pools
