//! `cargo xtask bench scale` and `bench change`: what many APIs and apps cost, and what happens to callers while APIs are
//! published. The gateway is filled through its REST interface, as its users fill it.

mod change;
mod pace;
mod pages;
mod population;
mod restart;
mod table;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::machine::Machine;
use super::proxy::{Competitor, Proxy};
use super::request::Requests;
use super::rounds::{self, Plan};
use super::stats::Sample;
use super::{cpu, gateway, pin, site};
use crate::build::Allocator;
use crate::gateway::Gateway;
use crate::{tools, workspace};
use population::{Population, Size};
pub(crate) use table::latest;

/// What is wanted of it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Wanted {
    pub(crate) scale: bool,
    pub(crate) change: bool,
}

/// One run; what was not measured is absent.
#[derive(Serialize, Deserialize)]
pub(crate) struct Record {
    at: jiff::Timestamp,
    machine: Machine,
    apis: u32,
    apps: u32,
    /// Seconds that filling the gateway took.
    filled_s: f64,
    /// Resident with everything served, in KiB, and after the load.
    resident_kib: u64,
    loaded_kib: u64,
    /// From the start of the process to the first answer, in milliseconds, of each start.
    restarts_ms: Vec<f64>,
    pages: Vec<pages::Page>,
    /// CPU time per `code` request as a multiple of nginx's: median and middle half.
    code: Option<(f64, f64, f64)>,
    change: Option<change::Change>,
}

pub(crate) fn run(wanted: Wanted, apis: u32, apps: u32, plan: Plan) -> Result<()> {
    pin::check()?;
    tools::require("wrk", "wrk")?;
    let mut site = site("scale", Some(gateway::build(Allocator::OfRelease)?))?;
    let prepared = site.gateway()?;
    let start = || {
        let program = pin::command(pin::Core::Proxy, &prepared.binary);
        Gateway::start(program, &prepared.data, &super::PAIFANG)
    };
    let mut serving = start()?;
    eprintln!("making {apis} APIs and {apps} apps");
    let population = Population::make(&mut serving, site.backend, Size { apis, apps })?;
    let mut record = Record {
        at: jiff::Timestamp::now(),
        machine: Machine::look()?,
        apis,
        apps,
        filled_s: population.took.as_secs_f64(),
        resident_kib: cpu::resident_kib(serving.server.pid())?,
        loaded_kib: 0,
        restarts_ms: Vec::new(),
        pages: Vec::new(),
        code: None,
        change: None,
    };
    serving.server.stop()?;
    if wanted.scale {
        record.restarts_ms = restart::measure(prepared, &population)?;
        let serving = start()?;
        // Of a process that did nothing but start: what filling it took along is not what it needs.
        record.resident_kib = cpu::resident_kib(serving.server.pid())?;
        record.pages = pages::measure(serving.management)?;
        serving.server.stop()?;
        record.code = Some(code(&mut site, plan, &mut record.loaded_kib)?);
    }
    if wanted.change {
        let prepared = site.gateway()?;
        let mut serving = Gateway::start(
            pin::command(pin::Core::Proxy, &prepared.binary),
            &prepared.data,
            &super::PAIFANG,
        )?;
        record.change = Some(change::measure(&mut serving, &site, &population)?);
        record.loaded_kib = cpu::resident_kib(serving.server.pid())?;
        serving.server.stop()?;
    }
    println!("{}", table::text(&record));
    eprintln!("kept {}", record.save()?.display());
    Ok(())
}

/// What a call with an AppCode costs among so many others.
fn code(site: &mut super::site::Site, plan: Plan, loaded_kib: &mut u64) -> Result<(f64, f64, f64)> {
    let mut requests = Requests::new(site.caller());
    let competitors = [Competitor::Nginx, Competitor::Paifang];
    let proxies = competitors.into_iter().map(|each| Proxy::start(each, site)).collect::<Result<Vec<_>>>()?;
    let windows = rounds::measure(Case::Code, plan, &proxies, &mut requests, &site.folder)?;
    let cost = |wanted| windows.iter().filter(move |it| it.competitor == wanted).map(|it| it.cost_us());
    let ratios: Sample = cost(Competitor::Nginx)
        .zip(cost(Competitor::Paifang))
        .map(|(nginx, paifang)| paifang / nginx)
        .collect();
    let paifang = proxies.iter().find(|proxy| proxy.competitor == Competitor::Paifang);
    *loaded_kib = cpu::resident_kib(paifang.context("the gateway was started")?.pid())?;
    proxies.into_iter().try_for_each(Proxy::stop)?;
    let (low, high) = ratios.middle_half();
    Ok((ratios.median(), low, high))
}

impl Record {
    fn save(&self) -> Result<std::path::PathBuf> {
        let folder = folder();
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let name = format!("{}-{}-{}.json", self.at.strftime("%Y%m%dT%H%M%SZ"), self.apis, self.apps);
        let path = folder.join(name);
        let text = serde_json::to_string_pretty(self).context("writing a record as JSON")?;
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        Ok(path)
    }
}

fn folder() -> std::path::PathBuf {
    workspace::path("bench/results/scale")
}
