//! Native REST and its OpenAPI document
