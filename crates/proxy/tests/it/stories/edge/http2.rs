//! HTTP/2 as an attacker speaks it. Each time: the connection ends or costs next to nothing, memory stays where it was, and
//! others are served meanwhile.

use std::time::Duration;

use paifang_model::Dialect;
use paifang_testkit::frames::{END, Frames, Kind, WHOLE, block, frame, get};
use paifang_testkit::{Backend, Scene, TestGateway, api, soaked};

use super::{MEMORY, resident};

/// How an attack ended.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// The gateway ended the connection before all was sent.
    Ended,
    /// It took everything.
    Taken,
}

async fn gateway() -> (TestGateway, Backend) {
    let backend = Backend::echo().await;
    let mut scene = Scene::new(Dialect::Alibaba);
    scene.publish(api::any("/pets").to(&backend));
    (scene.start().await, backend)
}

/// Sends a piece over and over, reading what comes back, while others are served.
async fn attack(
    gateway: &TestGateway,
    first: &[u8],
    piece: impl Fn(u32) -> Vec<u8>,
    pieces: usize,
) -> Outcome {
    let before = resident();
    let Frames(stream) = Frames::to(gateway.address).await;
    let (read, write) = stream.into_split();
    let (mut read, mut write) = (read, write);
    let hears = tokio::spawn(async move {
        // What comes back is of no interest; unread it would only hold the attacker up.
        let _ = tokio::io::copy(&mut read, &mut tokio::io::sink()).await;
    });
    let sends = async {
        use tokio::io::AsyncWriteExt as _;
        if write.write_all(first).await.is_err() {
            return Outcome::Ended;
        }
        for number in 0..u32::try_from(pieces).unwrap() {
            if write.write_all(&piece(number)).await.is_err() {
                return Outcome::Ended;
            }
        }
        Outcome::Taken
    };
    let meanwhile = async {
        let mut connection = gateway.connect().await;
        for _ in 0..100 {
            let answer = connection.send(&gateway.get("/pets")).await;
            assert_eq!(answer.status, 200, "{}", answer.verdict());
        }
    };
    let (outcome, ()) = tokio::join!(sends, meanwhile);
    drop(write);
    // Whatever was sent is worked off, or not at all.
    let _ = tokio::time::timeout(Duration::from_secs(30), hears).await;
    let grown = resident().saturating_sub(before);
    assert!(grown < MEMORY, "{grown} bytes");
    assert_eq!(gateway.get("/pets").send().await.status, 200);
    outcome
}

/// Streams have odd numbers.
fn stream(number: u32) -> u32 {
    2 * number + 1
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rapid_reset_ends_the_connection() {
    let (gateway, backend) = gateway().await;
    let piece = |number| {
        let id = stream(number);
        [
            frame(Kind::Headers, WHOLE | END, id, &get("/pets")),
            frame(Kind::Reset, 0, id, &8_u32.to_be_bytes()),
        ]
        .concat()
    };
    let pieces = soaked(20_000, 200_000);
    assert_eq!(attack(&gateway, &[], piece, pieces).await, Outcome::Ended);
    // Next to none of them reached the backend.
    assert!(backend.received().len() < 100 + pieces / 4, "{}", backend.received().len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endless_head_ends_the_connection() {
    let (gateway, backend) = gateway().await;
    let first = frame(Kind::Headers, END, 1, &get("/pets"));
    let piece = |number| frame(Kind::Continuation, 0, 1, &block(&[("x-more", &format!("{number:0>1000}"))]));
    assert_eq!(attack(&gateway, &first, piece, soaked(20_000, 200_000)).await, Outcome::Ended);
    let empty = |_| frame(Kind::Continuation, 0, 1, &[]);
    attack(&gateway, &first, empty, soaked(50_000, 500_000)).await;
    assert_eq!(backend.received().len(), 2 * 101);
}

/// One large field in the dynamic table, and then its number, a byte each.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_compressed_bomb_is_not_unpacked() {
    let (gateway, backend) = gateway().await;
    let mut bomb = get("/pets");
    // Literal with incremental indexing: `x` and 3,000 octets.
    bomb.extend([0x40, 1, b'x', 0x7f, 0xb9, 0x16]);
    bomb.extend([b'y'; 3000]);
    bomb.extend(std::iter::repeat_n(0xbe, 10_000));
    let piece = |number| frame(Kind::Headers, WHOLE | END, stream(number), &bomb);
    attack(&gateway, &[], piece, soaked(200, 2000)).await;
    assert_eq!(backend.received().len(), 101, "no bomb reaches the backend");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn empty_frames_and_floods_of_settings_and_pings_cost_next_to_nothing() {
    let (gateway, _) = gateway().await;
    let post = block(&[
        (":method", "POST"),
        (":scheme", "http"),
        (":path", "/pets"),
        (":authority", "api.example.com"),
    ]);
    let first = frame(Kind::Headers, WHOLE, 1, &post);
    attack(&gateway, &first, |_| frame(Kind::Data, 0, 1, &[]), soaked(50_000, 500_000)).await;
    attack(&gateway, &[], |_| frame(Kind::Settings, 0, 0, &[0, 3, 0, 0, 0, 100]), soaked(20_000, 200_000))
        .await;
    attack(&gateway, &[], |_| frame(Kind::Ping, 0, 0, &[0; 8]), soaked(20_000, 200_000)).await;
    attack(&gateway, &first, |_| frame(Kind::WindowUpdate, 0, 1, &[0, 0, 0, 1]), soaked(50_000, 500_000))
        .await;
}

/// What comes back is not read: acknowledgements and replies must not pile up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_does_not_read_holds_up_itself_alone() {
    let (gateway, _) = gateway().await;
    let before = resident();
    let mut deaf = Frames::to(gateway.address).await;
    let piece = [frame(Kind::Settings, 0, 0, &[]), frame(Kind::Ping, 0, 0, &[0; 8])].concat().repeat(500);
    for _ in 0..soaked(200, 2000) {
        // It stops taking as soon as the gateway's own replies find no room.
        if !matches!(tokio::time::timeout(Duration::from_millis(200), deaf.say(&piece)).await, Ok(true)) {
            break;
        }
    }
    let mut connection = gateway.connect().await;
    for _ in 0..100 {
        assert_eq!(connection.send(&gateway.get("/pets")).await.status, 200);
    }
    let grown = resident().saturating_sub(before);
    assert!(grown < MEMORY, "{grown} bytes");
}
