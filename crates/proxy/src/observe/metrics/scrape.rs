//! The figures as text.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{
    DescriptorEncoder, EncodeLabelSet, EncodeMetric, MetricEncoder, NoLabelSet, text,
};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;

use super::cells::Cells;
use super::histogram::{Histogram, Sum};
use super::requests::{CLASSES, Place};
use crate::limits::RedisStanding;

/// The figures of one moment.
#[derive(Debug)]
pub(super) struct Scrape {
    pub(super) workers: Vec<Arc<Cells>>,
    pub(super) lines_dropped: u64,
    /// Where limits are counted together.
    pub(super) redis: Option<RedisStanding>,
}

impl Scrape {
    pub(super) fn into_text(self) -> String {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(self));
        let mut out = String::new();
        if let Err(error) = text::encode(&mut out, &registry) {
            // Nothing that is encoded here can fail, and a `String` takes it all.
            tracing::error!(%error, "The metrics are not complete: {error}");
        }
        out
    }

    fn sum(&self, of: impl Fn(&Cells) -> u64) -> u64 {
        self.workers.iter().map(|cells| of(cells)).sum()
    }

    fn requests(&self, family: &mut MetricEncoder<'_>) -> fmt::Result {
        for place in Place::all() {
            let count = self.sum(|cells| cells.requests.at(place).value());
            if count > 0 || place.is_usual() {
                let labels = [
                    ("dialect", place.dialect.name()),
                    ("class", CLASSES[place.class]),
                    ("answered_by", place.answered_by.name()),
                ];
                counter(family, &labels, count)?;
            }
        }
        Ok(())
    }

    fn errors(&self, family: &mut MetricEncoder<'_>) -> fmt::Result {
        let mut sums = BTreeMap::new();
        for (code, count) in self.workers.iter().flat_map(|cells| cells.errors.counts()) {
            *sums.entry(code).or_insert(0) += count;
        }
        sums.into_iter().try_for_each(|(code, count)| counter(family, &[("code", code)], count))
    }

    fn bytes(&self, family: &mut MetricEncoder<'_>) -> fmt::Result {
        counter(family, &[("direction", "in")], self.sum(|cells| cells.bytes_in.value()))?;
        counter(family, &[("direction", "out")], self.sum(|cells| cells.bytes_out.value()))
    }

    fn durations(&self, family: &mut MetricEncoder<'_>, of: fn(&Cells) -> &Histogram) -> fmt::Result {
        let sum = Sum::of(self.workers.iter().map(|cells| of(cells)));
        family.encode_histogram::<NoLabelSet>(sum.seconds(), sum.count(), &sum.buckets(), None)
    }
}

impl Collector for Scrape {
    // Counters get the ending `_total` from the encoder.
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let to = &mut encoder;
        let help = "Calls that are over, by dialect, class of status and who answered";
        self.requests(&mut counters(to, "paifang_requests", help)?)?;
        let help = "Calls that the gateway refused or failed, by error code";
        self.errors(&mut counters(to, "paifang_errors", help)?)?;
        let help = "From the arrival of a call to the end of its reply";
        self.durations(&mut histogram(to, "paifang_request_duration_seconds", help)?, |cells| &cells.total)?;
        let help = "From sending to the head of the answer of the backend";
        self.durations(&mut histogram(to, "paifang_backend_duration_seconds", help)?, |cells| {
            &cells.backend
        })?;
        let help = "Data bytes of bodies: in from clients, out to clients";
        self.bytes(&mut counters(to, "paifang_bytes", help)?)?;
        let value = self.sum(Cells::calls_in_flight);
        gauge(to, "paifang_in_flight", "Calls that are not over", value)?;
        let value = self.sum(Cells::connections_open);
        gauge(to, "paifang_connections", "Open connections of clients", value)?;
        let family = counters(to, "paifang_connections_accepted", "Connections that clients have made")?;
        ConstCounter::new(self.sum(Cells::connections_accepted)).encode(family)?;
        let family = counters(to, "paifang_connections_refused", "Connections that found no place")?;
        ConstCounter::new(self.sum(Cells::connections_refused)).encode(family)?;
        let family = counters(to, "paifang_access_log_dropped", "Lines of the access log that were lost")?;
        ConstCounter::new(self.lines_dropped).encode(family)?;
        self.redis.as_ref().map_or(Ok(()), |standing| redis(to, standing))
    }
}

fn redis(to: &mut DescriptorEncoder<'_>, standing: &RedisStanding) -> fmt::Result {
    let help = "Whether limits are counted together with other nodes; 0: Redis is away";
    gauge(to, "paifang_redis_up", help, u64::from(standing.away.is_none()))?;
    gauge(to, "paifang_redis_nodes", "Nodes that count limits together", standing.nodes.into())?;
    let family = counters(to, "paifang_redis_questions", "Questions to Redis for places in limits")?;
    ConstCounter::new(standing.asked).encode(family)?;
    let family = counters(to, "paifang_redis_nonces", "Questions to Redis about nonces")?;
    ConstCounter::new(standing.nonces).encode(family)?;
    let family = counters(to, "paifang_redis_questions_failed", "Of both, those that were not answered")?;
    ConstCounter::new(standing.failed).encode(family)
}

fn counters<'e>(
    to: &'e mut DescriptorEncoder<'_>,
    name: &'e str,
    help: &str,
) -> Result<MetricEncoder<'e>, fmt::Error> {
    to.encode_descriptor(name, help, None, MetricType::Counter)
}

fn histogram<'e>(
    to: &'e mut DescriptorEncoder<'_>,
    name: &'e str,
    help: &str,
) -> Result<MetricEncoder<'e>, fmt::Error> {
    to.encode_descriptor(name, help, None, MetricType::Histogram)
}

fn gauge(to: &mut DescriptorEncoder<'_>, name: &str, help: &str, value: u64) -> fmt::Result {
    ConstGauge::new(value).encode(to.encode_descriptor(name, help, None, MetricType::Gauge)?)
}

fn counter(family: &mut MetricEncoder<'_>, labels: &impl EncodeLabelSet, value: u64) -> fmt::Result {
    ConstCounter::new(value).encode(family.encode_family(labels)?)
}
