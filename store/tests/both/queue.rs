//! Stories of the queue of effects, and of what is stored beside the books while effects are delivered.

use std::collections::BTreeSet;

use billing::effect::{MailTemplate, TestCard};
use billing::money::Money;
use store::{
    EffectFilter, EffectState, LeasedEffect, MailFilter, RenderedMail, RunFilter, SandboxCharge, StartedRun, Window,
};

use crate::world::{World, eur, money};

const LEASE_MS: i64 = 30_000;

fn lease(world: &World, node: &str, limit: u32) -> Vec<LeasedEffect> {
    world.store.lease_effects(node, world.now, LEASE_MS, limit).expect("it leases")
}

stories! {
    fn an_effect_has_one_holder_at_a_time(world) {
        let mut world = world;
        let account = world.open(1);
        world.start(account, "small", 0);
        let held = lease(&world, "a", 1);
        assert_eq!((held.len(), held[0].attempts, held[0].fence), (1, 1, 1));
        let others = lease(&world, "b", 50);
        assert!(others.iter().all(|other| other.effect.id != held[0].effect.id), "{others:?}");
        assert!(!others.is_empty());

        // The lease ends without a word; another node takes over, and the first one is not believed any more.
        world.wait(1);
        let again = lease(&world, "b", 50);
        let again = again.iter().find(|again| again.effect.id == held[0].effect.id).expect("it is due again");
        assert_eq!((again.attempts, again.fence), (2, 2));
        assert_eq!(again.effect, held[0].effect);
        let id = again.effect.id;
        assert_eq!(world.store.complete_effect(id, 1, world.now), Ok(false));
        assert_eq!(world.store.retry_effect(id, 1, world.now, "late"), Ok(false));
        assert_eq!(world.store.bury_effect(id, 1, world.now, "late"), Ok(false));
        assert_eq!(world.store.complete_effect(id, 2, world.now), Ok(true));
        assert_eq!(world.store.complete_effect(id, 2, world.now), Ok(false), "once");
        assert_eq!(world.store.effect(None, id).expect("it reads").map(|row| row.state), Some(EffectState::Done));
    }

    fn what_an_ended_program_was_delivering_is_due_at_once_where_no_other_can_have_it(world) {
        let mut world = world;
        let account = world.open(1);
        world.start(account, "small", 0);
        let held = lease(&world, "a node that dies", 50);
        assert!(!held.is_empty());
        let released = world.store.release_leases(world.now).expect("it releases");
        let alone = world.store.database() == "sqlite";
        assert_eq!(released, if alone { held.len() } else { 0 });
        let again = lease(&world, "the next", 50);
        assert_eq!(again.len(), released, "another node of a shared database is left alone");
        assert!(again.iter().all(|again| again.fence == 2));
        assert_eq!(world.store.complete_effect(held[0].effect.id, 1, world.now), Ok(!alone));
    }

    fn a_failed_delivery_waits_and_a_dead_one_is_seen(world) {
        let mut world = world;
        let account = world.open(1);
        world.start(account, "small", 0);
        let held = lease(&world, "a", 50);
        let first = &held[0];
        let later = world.now + jiff::SignedDuration::from_secs(60);
        assert_eq!(world.store.retry_effect(first.effect.id, first.fence, later, "no answer"), Ok(true));
        for other in &held[1..] {
            assert_eq!(world.store.complete_effect(other.effect.id, other.fence, world.now), Ok(true));
        }
        assert!(lease(&world, "a", 50).is_empty());
        assert_eq!(world.store.next_effect_at().expect("it reads"), Some(later));
        world.now = later;
        let held = lease(&world, "a", 50);
        assert_eq!(held.len(), 1);
        assert_eq!(world.store.bury_effect(held[0].effect.id, held[0].fence, world.now, "gave up"), Ok(true));
        assert!(lease(&world, "a", 50).is_empty());
        let dead = EffectFilter { state: Some(EffectState::Dead), ..EffectFilter::default() };
        let dead = world.store.effects(&dead, &Window::default()).expect("it reads").rows;
        assert_eq!((dead.len(), dead[0].error.as_deref()), (1, Some("gave up")));
        assert_eq!(world.store.counts().expect("they read").dead_effects, 1);
        assert_eq!(world.store.revive_effect(dead[0].effect.id, world.now), Ok(true));
        assert_eq!(lease(&world, "a", 50).len(), 1);
    }

    fn eight_nodes_share_a_queue_without_sharing_an_effect(world) {
        let mut world = world;
        for n in 1..=10 {
            let account = world.open(n);
            world.start(account, "small", 0);
        }
        let world = &world;
        let leased: Vec<_> = std::thread::scope(|scope| {
            let nodes: Vec<_> = (0..8).map(|node| scope.spawn(move || {
                let mut mine = Vec::new();
                loop {
                    let more = lease(world, &format!("node {node}"), 2);
                    if more.is_empty() {
                        break mine;
                    }
                    mine.extend(more);
                }
            })).collect();
            nodes.into_iter().flat_map(|node| node.join().expect("no panic")).collect()
        });
        let ids: BTreeSet<_> = leased.iter().map(|leased| leased.effect.id).collect();
        assert_eq!(ids.len(), leased.len(), "an effect was leased twice");
        let all = world.store.effects(&EffectFilter::default(), &Window::first(200)).expect("it reads");
        assert_eq!(ids.len(), all.rows.len());
    }

    fn a_mail_is_kept_once(world) {
        let mut world = world;
        let account = world.open(1);
        world.start(account, "small", 0);
        let held = lease(&world, "a", 50);
        let (id, fence) = (held[0].effect.id, held[0].fence);
        let mail = RenderedMail {
            account,
            template: MailTemplate::PeriodInvoiced,
            to: "customer1@example.com".to_owned(),
            subject: "Your invoice – é".to_owned(),
            html: "<p>Hello</p>".to_owned(),
            text: "Hello".to_owned(),
            document: None,
            at: world.now,
        };
        assert_eq!(world.store.complete_mail(id, fence - 1, &mail), Ok(false));
        assert_eq!(world.store.complete_mail(id, fence, &mail), Ok(true));
        assert_eq!(world.store.complete_mail(id, fence, &mail), Ok(false));
        let kept = world.store.mail(Some(account), id).expect("it reads").expect("it is kept");
        assert_eq!((kept.row.subject, kept.html, kept.text), (mail.subject, mail.html, mail.text));
        let stranger = world.open(2);
        assert_eq!(world.store.mail(Some(stranger), id).expect("it reads"), None);
        let filter = MailFilter { account: Some(account) };
        assert_eq!(world.store.mails(&filter, &Window::default()).expect("it reads").rows.len(), 1);
    }

    fn a_module_run_is_recorded_from_its_start(world) {
        let mut world = world;
        let account = world.open(1);
        let started = world.start(account, "small", 0);
        let run = StartedRun {
            id: "eff_1-1".to_owned(),
            account,
            service: started.service,
            module: "demo".to_owned(),
            generation: 1,
            input: "{}".to_owned(),
            at: world.now,
        };
        world.store.start_run(&run).expect("it is stored");
        world.store.start_run(&run).expect("it is stored once");
        let filter = RunFilter { account: Some(account), service: Some(started.service) };
        let runs = world.store.module_runs(&filter, &Window::default()).expect("it reads").rows;
        assert_eq!((runs.len(), &runs[0].started, &runs[0].outcome), (1, &run, &None));
        assert_eq!(world.store.end_run("eff_1-1", world.now, "done", "ok"), Ok(true));
        assert_eq!(world.store.end_run("eff_1-1", world.now, "failed", "no"), Ok(false));
        let runs = world.store.module_runs(&filter, &Window::default()).expect("it reads").rows;
        assert_eq!(runs[0].outcome.as_deref(), Some("done"));
    }

    fn the_sandbox_gateway_charges_a_key_once(world) {
        let charge = |minor: i64| SandboxCharge {
            key: "att_1".to_owned(),
            amount: Money::new(minor, eur()),
            card: TestCard::Pays,
            captured: true,
            at: world.now,
        };
        assert_eq!(world.store.sandbox_lookup("att_1").expect("it reads"), None);
        assert_eq!(world.store.sandbox_charge(&charge(500)).expect("it is stored").amount, money(500));
        assert_eq!(world.store.sandbox_charge(&charge(900)).expect("it is stored").amount, money(500));
        assert_eq!(world.store.sandbox_charges().expect("they read").len(), 1);
    }
}
