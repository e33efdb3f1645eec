//! Two servers on one PostgreSQL database. One dies, or is held for longer than its leases last; the other goes on.

use std::time::Duration;

use store::testing::leases_run_out;

use super::customer::Customer;
use super::desk::{Desk, PATIENCE, Told};
use super::dice::{Dice, seed};
use super::installation::Installation;
use super::node::Node;
use super::quiet;
use super::undertaker::Undertaker;

const CUSTOMERS: u64 = 5;
const CHANGES: usize = 10;
/// Services that who comes and goes has one after the other.
const SERVICES: usize = 3;
const ROUNDS: usize = 10;

fn one_node_goes_on_where_the_other_dies_or_sleeps(seed: u64, live: fn(Customer<'_>)) -> Vec<Told> {
    let installation = Installation::on_postgres();
    let desk = Desk::new(&installation.key, 2, usize::try_from(CUSTOMERS).expect("a few"));
    let mut nodes = vec![Node::start(&installation), Node::start(&installation)];
    for (place, node) in nodes.iter().enumerate() {
        desk.open(place, node.address);
    }
    let undertaker = Undertaker::of(installation.database());
    let mut dice = Dice::of(seed, 0);
    let (mut rounds, mut taken_over) = (0, 0);
    std::thread::scope(|scope| {
        for number in 1..=CUSTOMERS {
            let customer = Customer::new(&desk, seed, number);
            scope.spawn(move || live(customer));
        }
        while rounds < ROUNDS && desk.wait_for_writes(1 + usize::try_from(dice.below(5)).expect("a few"), PATIENCE) {
            let micros = if dice.once_in(3) { dice.below(100_000) } else { dice.below(3_000) };
            std::thread::park_timeout(Duration::from_micros(micros));
            let place = rounds % 2;
            let name = nodes[place].name();
            desk.close(place);
            if dice.once_in(2) {
                // Held while its leases end and the other delivers; then it wakes up and finishes what it had begun.
                nodes[place].stop();
                taken_over += leases_run_out(installation.database(), &name);
                // Whoever stands at its counter waits until then; that may be everybody.
                desk.wait_for_writes(3, Duration::from_millis(700));
                nodes[place].go_on();
            } else {
                nodes.remove(place).kill();
                undertaker.bury(name);
                nodes.insert(place, Node::start(&installation));
            }
            desk.open(place, nodes[place].address);
            rounds += 1;
        }
    });
    quiet::wait(&installation);
    taken_over += undertaker.go_home();
    quiet::repeat_everything(&installation, &desk);
    nodes.into_iter().for_each(Node::end_cleanly);
    quiet::check(&installation, &desk.told());
    let (unanswered, done) = desk.unanswered();
    println!(
        "seed {seed}: {rounds} rounds, {taken_over} deliveries taken over, {unanswered} unanswered, {done} of them done already"
    );
    assert!(rounds >= ROUNDS / 2, "the nodes were left in peace: {rounds} rounds");
    desk.told()
}

#[test]
fn when_one_of_two_nodes_dies_or_sleeps_the_other_does_its_work_once() {
    one_node_goes_on_where_the_other_dies_or_sleeps(seed(7), |customer| customer.live(CHANGES));
}

#[test]
fn who_cancelled_at_one_of_two_nodes_has_left_and_has_the_money_once() {
    let told = one_node_goes_on_where_the_other_dies_or_sleeps(seed(8), |customer| customer.come_and_go(SERVICES));
    quiet::check_that_all_left(&told);
}
