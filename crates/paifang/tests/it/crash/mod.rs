//! Killed at random moments of many commits, again and again over one store: everything that was acknowledged is there,
//! and nothing is there by half.
//!
//! Several connections change things through REST as fast as they can and note every acknowledged answer. At a moment
//! that dice choose the process is killed. Then the store is opened by itself and compared with the notes, the gateway
//! is started again, asked for what it acknowledged in the life before, and all goes on. `PAIFANG_SOAK` has 1,000
//! commits acknowledged, in several rounds; `PAIFANG_SEED` repeats what the dice chose.

mod dice;
mod evidence;
mod postgres;
mod sqlite;
mod writer;

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::command::printed;
use crate::gateway::Gateway;
use dice::Dice;
use evidence::Evidence;
use writer::Writer;

/// Connections that write at the same time.
const WRITERS: usize = 4;

/// The most microseconds between the commit that was waited for and the kill: longer than a commit takes.
const MOMENT_US: u64 = 8_000;

/// A gateway whose store outlives it.
trait Home {
    /// Starts the gateway.
    fn start(&self) -> Gateway;

    /// Kills it in the middle of things. When this returns nothing of it runs any more.
    fn kill(&self, gateway: Gateway);

    /// What is in the store while no gateway runs.
    fn evidence(&self) -> Evidence;

    /// `paifang check` on its store.
    fn check(&self) -> Command;
}

/// The story, over one store after another.
fn survives<H: Home>(home: impl Fn() -> H) {
    let is_soak = std::env::var_os("PAIFANG_SOAK").is_some();
    let (rounds, commits) = if is_soak { (3, 1000) } else { (1, 100) };
    let seed = Dice::seed();
    // Shown when the story fails.
    println!("PAIFANG_SEED={seed}");
    let mut dice = Dice::new(seed);
    for _ in 0..rounds {
        round(&home(), &mut dice, commits);
    }
}

fn round(home: &impl Home, dice: &mut Dice, commits: usize) {
    let mut writers: Vec<_> = (0..WRITERS).map(Writer::new).collect();
    let (mut acknowledged, mut lives) = (0, 0);
    while acknowledged < commits {
        let gateway = home.start();
        ask_again(&gateway, &mut writers);
        let lifetime = 1 + dice.below(commits as u64 / 6);
        live(home, gateway, &mut writers, (lifetime as usize, Duration::from_micros(dice.below(MOMENT_US))));
        home.evidence().agrees_with(&writers);
        let said = printed(&mut home.check());
        assert_eq!(said, "Everything fits together.\n");
        (acknowledged, lives) = (writers.iter().map(Writer::acknowledged).sum(), lives + 1);
    }
    println!("{acknowledged} commits were acknowledged in {lives} lives");
    let gateway = home.start();
    ask_again(&gateway, &mut writers);
    gateway.stop();
}

/// Everybody writes until the gateway is killed: so many commits after its start, and a moment later.
fn live(home: &impl Home, gateway: Gateway, writers: &mut [Writer], (commits, moment): (usize, Duration)) {
    let made = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let hands: Vec<_> = writers
            .iter_mut()
            .map(|writer| {
                let (to, made) = (gateway.caller(), &made);
                scope.spawn(move || {
                    while writer.step(&to) {
                        made.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        let deadline = Instant::now() + Duration::from_secs(60);
        while made.load(Ordering::Relaxed) < commits && !hands.iter().any(|hand| hand.is_finished()) {
            assert!(Instant::now() < deadline, "waited in vain for commits: {}", gateway.log());
            std::thread::sleep(Duration::from_micros(200));
        }
        // Not a wait for anything: when it ends, is what the dice chose.
        std::thread::sleep(moment);
        home.kill(gateway);
    });
    assert!(made.into_inner() > 0, "nobody could write");
}

fn ask_again(gateway: &Gateway, writers: &mut [Writer]) {
    for writer in writers {
        writer.ask_again(gateway);
    }
}
