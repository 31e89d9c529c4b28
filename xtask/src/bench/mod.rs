//! `cargo xtask bench`: the cost of a request against nginx and HAProxy, in one run.
//!
//! The cost is CPU time of the proxy divided by requests answered; it stays meaningful when the load generator is
//! the bottleneck. The proxy has a core to itself; backend and load generator share the other.

mod callgrind;
mod case;
mod client;
mod cpu;
mod gateway;
mod machine;
mod micro;
mod pin;
mod proxy;
mod record;
mod report;
mod request;
mod rounds;
mod scale;
mod scene;
mod site;
mod stats;
mod template;
mod wrk;

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::build::Allocator;
use crate::lock::BuildLock;
use crate::{tools, workspace};
use case::Case;
use machine::Machine;
use proxy::{Competitor, Proxy};
use record::{Instructions, Memory, Record};
use request::Requests;
use rounds::Plan;
use site::Site;

/// How the gateway serves while it is measured: as its competitors do.
const PAIFANG: [&str; 6] = ["--workers", "1", "--limits", "own", "--access-log", "off"];

/// Fewer rounds than this are a glance, not a figure: they do not reach the report.
const ROUNDS_TO_REPORT: usize = 5;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// `quick` (plain and signed, two rounds), `report` (measure nothing, write the report again), `scale` and `change`
    /// (many APIs and apps; publishing under load), `micro` (instructions of single steps), or any of plain, headers, code, signed, full, body; none means all of
    /// these
    cases: Vec<String>,
    /// APIs that `scale` and `change` make
    #[arg(long, default_value_t = 10_000)]
    apis: u32,
    /// Apps that `scale` and `change` make
    #[arg(long, default_value_t = 100_000)]
    apps: u32,
    /// Rounds over all competitors
    #[arg(long)]
    rounds: Option<usize>,
    /// Seconds that each competitor is loaded in a round
    #[arg(long, default_value_t = 1)]
    seconds: u32,
    /// Whom to measure; nginx is always among them
    #[arg(long, value_delimiter = ',', default_values = ["nginx", "haproxy", "paifang"])]
    competitors: Vec<Competitor>,
}

impl Options {
    fn is_quick(&self) -> bool {
        self.cases.iter().any(|case| case == "quick")
    }

    /// What of many APIs and apps is wanted, if that is what is asked for.
    fn scale(&self) -> Option<scale::Wanted> {
        let named = |name: &str| self.cases.iter().any(|case| case == name);
        let wanted = scale::Wanted { scale: named("scale"), change: named("change") };
        (wanted.scale || wanted.change).then_some(wanted)
    }

    fn cases(&self) -> Result<Vec<Case>> {
        if self.is_quick() {
            return Ok(vec![Case::Plain, Case::SignedAlibaba, Case::SignedHuawei]);
        }
        let known = |name: &&String| !Case::ALL.iter().any(|case| case.family() == *name);
        if let Some(unknown) = self.cases.iter().find(known) {
            bail!(
                "there is no case `{unknown}`; there are quick, scale, change, micro, plain, headers, code, signed, full and body"
            );
        }
        let wanted =
            |case: &Case| self.cases.is_empty() || self.cases.iter().any(|name| name == case.family());
        Ok(Case::ALL.into_iter().filter(wanted).collect())
    }

    fn plan(&self) -> Plan {
        let rounds = self.rounds.unwrap_or(if self.is_quick() { 2 } else { 11 });
        Plan { rounds, seconds: self.seconds }
    }

    fn competitors(&self) -> Vec<Competitor> {
        let all = [Competitor::Nginx, Competitor::Haproxy, Competitor::Paifang];
        let wanted = |each: &Competitor| *each == Competitor::Nginx || self.competitors.contains(each);
        all.into_iter().filter(wanted).collect()
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    if options.cases == ["report"] {
        return write_report();
    }
    if options.cases == ["micro"] {
        let _lock = BuildLock::take("bench")?;
        micro::run()?;
        return write_report();
    }
    if let Some(wanted) = options.scale() {
        let _lock = BuildLock::take("bench")?;
        scale::run(wanted, options.apis, options.apps, options.plan())?;
        return write_report();
    }
    let (cases, plan, competitors) = (options.cases()?, options.plan(), options.competitors());
    let _lock = BuildLock::take("bench")?;
    pin::check()?;
    tools::require("wrk", "wrk")?;
    // Both before anything is measured: so they are of one revision, and the minutes between do not matter.
    let is_measured = competitors.contains(&Competitor::Paifang);
    let build =
        |wanted: bool, allocator| (wanted && is_measured).then(|| gateway::build(allocator)).transpose();
    let counted = build(!options.is_quick(), Allocator::OfSystem)?;
    let timed = build(true, Allocator::OfRelease)?;
    let machine = Machine::look()?;
    let mut records = measure(&cases, plan, &competitors, timed, &machine)?;
    if !options.is_quick() {
        count(&mut records, &competitors, counted)?;
    }
    println!("{}", report::tables(&records));
    if plan.rounds >= ROUNDS_TO_REPORT && is_measured {
        write_report()?;
    }
    Ok(())
}

/// From what was kept of this and earlier runs.
fn write_report() -> Result<()> {
    let path = workspace::path("bench/REPORT.md");
    let text = report::page(&record::latest(ROUNDS_TO_REPORT)?)?;
    std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
}

/// Time, throughput, latency and memory.
fn measure(
    cases: &[Case],
    plan: Plan,
    competitors: &[Competitor],
    gateway: Option<PathBuf>,
    machine: &Machine,
) -> Result<Vec<Record>> {
    let site = site("time", gateway)?;
    let mut requests = Requests::new(site.caller());
    let measured = cases.iter().map(|case| {
        let record = one(*case, plan, competitors, &site, machine, &mut requests)?;
        // At once: a case that fails must not take the others along.
        eprintln!("kept {}", record.save()?.display());
        Ok(record)
    });
    measured.collect()
}

/// Has a gateway answer calls of every case, for whoever watches it.
pub(crate) fn train(binary: PathBuf) -> Result<()> {
    pin::check()?;
    tools::require("wrk", "wrk")?;
    let (site, plan) = (site("training", Some(binary))?, Plan { rounds: 1, seconds: 1 });
    let mut requests = Requests::new(site.caller());
    for case in Case::ALL {
        let gateway = Proxy::start(Competitor::Paifang, &site)?;
        rounds::measure(case, plan, std::slice::from_ref(&gateway), &mut requests, &site.folder)?;
        gateway.stop()?;
    }
    Ok(())
}

/// Every case has fresh servers, so that no case measures what an earlier one left behind.
fn one(
    case: Case,
    plan: Plan,
    competitors: &[Competitor],
    site: &Site,
    machine: &Machine,
    requests: &mut Requests,
) -> Result<Record> {
    eprintln!(
        "{}: {} rounds of {} s each over {} competitors",
        case.name(),
        plan.rounds,
        plan.seconds,
        competitors.len()
    );
    let proxies = competitors.iter().map(|each| Proxy::start(*each, site)).collect::<Result<Vec<_>>>()?;
    let idle = proxies.iter().map(|proxy| cpu::resident_kib(proxy.pid())).collect::<Result<Vec<_>>>()?;
    let windows = rounds::measure(case, plan, &proxies, requests, &site.folder)?;
    let memory = proxies.iter().zip(idle).map(|(proxy, idle_kib)| {
        Ok(Memory { competitor: proxy.competitor, idle_kib, loaded_kib: cpu::resident_kib(proxy.pid())? })
    });
    let memory = memory.collect::<Result<_>>()?;
    proxies.into_iter().try_for_each(Proxy::stop)?;
    let (at, machine) = (jiff::Timestamp::now(), machine.clone());
    Ok(Record { case, at, rounds: plan.rounds, machine, windows, memory, instructions: Vec::new() })
}

/// Instructions, with the system's allocator: valgrind replaces it, and cannot replace another.
fn count(records: &mut [Record], competitors: &[Competitor], gateway: Option<PathBuf>) -> Result<()> {
    let mut site = site("callgrind", gateway)?;
    site.wants_one_process = true;
    let mut requests = Requests::new(site.caller());
    for record in records {
        eprintln!("{}: counting instructions", record.case.name());
        let counts =
            competitors.iter().map(|each| callgrind::count(*each, record.case, &site, &mut requests));
        record.instructions = counts.collect::<Result<Vec<Instructions>>>()?;
        record.save()?;
    }
    Ok(())
}

fn site(name: &str, binary: Option<PathBuf>) -> Result<Site> {
    let mut site = Site::open(name)?;
    if let Some(binary) = binary {
        site.prepare_gateway(binary)?;
    }
    Ok(site)
}
