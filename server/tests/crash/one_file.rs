//! One server on an SQLite file, killed again and again.

use std::time::Duration;

use super::customer::Customer;
use super::desk::{Desk, PATIENCE, Told};
use super::dice::{Dice, seed};
use super::installation::Installation;
use super::node::Node;
use super::quiet;

const CUSTOMERS: u64 = 6;
const CHANGES: usize = 12;
/// Services that who comes and goes has one after the other.
const SERVICES: usize = 3;
const KILLS: usize = 12;

fn a_server_that_is_killed_keeps_its_word(seed: u64, live: fn(Customer<'_>)) -> Vec<Told> {
    let installation = Installation::on_a_file();
    let desk = Desk::new(&installation.key, 1, usize::try_from(CUSTOMERS).expect("a few"));
    let mut node = Node::start(&installation);
    desk.open(0, node.address);
    let mut dice = Dice::of(seed, 0);
    let mut kills = 0;
    let node = std::thread::scope(|scope| {
        for number in 1..=CUSTOMERS {
            let customer = Customer::new(&desk, seed, number);
            scope.spawn(move || live(customer));
        }
        while kills < KILLS && desk.wait_for_writes(1 + usize::try_from(dice.below(6)).expect("a few"), PATIENCE) {
            // Right after a request was sent, or some time later, while the pump delivers what came of it.
            let micros = if dice.once_in(3) { dice.below(100_000) } else { dice.below(3_000) };
            std::thread::park_timeout(Duration::from_micros(micros));
            desk.close(0);
            node.kill();
            kills += 1;
            node = Node::start(&installation);
            desk.open(0, node.address);
        }
        node
    });
    quiet::wait(&installation);
    quiet::repeat_everything(&installation, &desk);
    node.end_cleanly();
    quiet::check(&installation, &desk.told());
    let (unanswered, done) = desk.unanswered();
    println!("seed {seed}: {kills} kills, {unanswered} writes without an answer, {done} of them done already");
    assert!(kills >= KILLS / 2 && unanswered > 0, "the kills did not hit: {kills} kills, {unanswered} unanswered");
    desk.told()
}

#[test]
fn what_was_promised_before_a_kill_is_there_and_nothing_is_done_twice() {
    a_server_that_is_killed_keeps_its_word(seed(20), |customer| customer.live(CHANGES));
}

#[test]
fn another_course_of_the_same_ends_the_same() {
    a_server_that_is_killed_keeps_its_word(seed(50), |customer| customer.live(CHANGES));
}

#[test]
fn who_cancelled_before_a_kill_has_left_and_has_the_money_once() {
    let told = a_server_that_is_killed_keeps_its_word(seed(60), |customer| customer.come_and_go(SERVICES));
    quiet::check_that_all_left(&told);
}
