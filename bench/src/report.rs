//! What was measured: a table for people, JSON for machines.

use serde_json::{Map, Value, json};
use std::time::Duration;

/// Durations of the same thing done again and again.
#[derive(Debug, Default)]
pub(crate) struct Samples(Vec<Duration>);

impl Samples {
    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    pub(crate) fn extend(&mut self, other: &Samples) {
        self.0.extend(&other.0);
    }

    /// Milliseconds below which `percent` of a hundred lie.
    pub(crate) fn percentile(&self, percent: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let index = ((sorted.len() as f64 * percent / 100.0).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
        sorted.get(index).map_or(0.0, |took| took.as_secs_f64() * 1000.0)
    }
}

/// Everything measured in a run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    entries: Vec<(String, String, Value)>,
}

impl Report {
    /// A figure with its unit.
    pub(crate) fn figure(&mut self, group: &str, name: &str, value: f64, unit: &str) {
        println!("{group:<28} {name:<34} {value:>12.1} {unit}");
        self.entries.push((group.to_owned(), name.to_owned(), json!({ "value": value, "unit": unit })));
    }

    /// Times.
    pub(crate) fn times(&mut self, group: &str, name: &str, samples: &Samples) {
        let [p50, p99, worst] = [50.0, 99.0, 100.0].map(|percent| samples.percentile(percent));
        println!("{group:<28} {name:<34} p50 {p50:>8.2} ms   p99 {p99:>8.2} ms   worst {worst:>8.2} ms");
        let count = samples.0.len();
        let value = json!({ "p50_ms": p50, "p99_ms": p99, "worst_ms": worst, "samples": count });
        self.entries.push((group.to_owned(), name.to_owned(), value));
    }

    /// All of it, by group and name.
    pub(crate) fn to_json(&self) -> Value {
        let mut groups = Map::new();
        for (group, name, value) in &self.entries {
            let group = groups.entry(group.clone()).or_insert_with(|| json!({}));
            group[name.as_str()] = value.clone();
        }
        Value::Object(groups)
    }
}
