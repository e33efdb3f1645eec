//! Policies as files: the presets read and say what the well-known systems do, and what cannot be meant is refused with
//! the line at fault.
#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a test reads and writes what it compares")]

use billing::catalogue::Catalogue;
use billing::command::Asker;
use billing::dunning::AfterGrace;
use billing::policy::{
    ClawBack, CreditsOnChange, CycleChange, Denominator, Netting, PRESETS, Phase, Policies, Policy, Situation, When,
};
use billing::quote::Direction;

const DAYS: &str = r#"name = "days"
version = 1
summary = "By days."

[terms]
unit = "day"
credit_from = "change_day"
charge_from = "change_day"
denominator = "period"
quote_minutes = 30
payment_hours = 72

[[rules]]
on = { direction = "downgrade", asked_by = "customer" }
set = { when = "period_end" }

[[rules]]
on = { direction = "upgrade", from = ["free"] }
set = { free_to_paid = "restart" }
"#;

fn change<'a>(direction: Direction, asked_by: Asker) -> Situation<'a> {
    Situation { from: "m", to: "s", cycle: CycleChange::Same, direction, phase: Phase::Paid, asked_by }
}

fn refused(from: &str, to: &str) -> String {
    assert!(DAYS.contains(from), "{from}");
    Policy::from_toml(&DAYS.replacen(from, to, 1)).expect_err("a policy that nobody can follow").to_string()
}

#[test]
fn every_preset_reads_and_is_written_as_it_reads() {
    let names: Vec<String> = Policies::presets().iter().map(|policy| policy.reference.to_string()).collect();
    let asked = [
        "day-to-old",
        "killbill-days",
        "lago",
        "meteroid",
        "openmeter",
        "paddle",
        "paymenter-30",
        "stripe-seconds",
        "team",
        "used-day",
        "vps",
        "whmcs",
    ];
    assert_eq!(names, asked.map(|name| format!("{name}@1")));
    for text in PRESETS {
        let policy = Policy::from_toml(text).expect("a preset");
        assert_eq!(Policy::from_toml(&policy.to_toml()), Ok(policy.clone()));
        let json = serde_json::to_string(&policy).expect("JSON");
        assert_eq!(serde_json::from_str::<Policy>(&json).expect("the same policy"), policy);
    }
}

#[test]
fn the_first_rule_that_fits_overrides_the_terms_and_nothing_else() {
    let policy = Policy::from_toml(DAYS).expect("a policy");
    let down = policy.terms_for(&change(Direction::Downgrade, Asker::Customer));
    assert_eq!((down.when, down.denominator), (When::PeriodEnd, Denominator::Period));
    assert_eq!(policy.terms_for(&change(Direction::Downgrade, Asker::Staff)).when, When::Now);
    assert_eq!(policy.terms_for(&change(Direction::Upgrade, Asker::Customer)).when, When::Now);
}

#[test]
fn the_presets_of_the_four_businesses_say_what_their_texts_say() {
    let presets = Policies::presets();
    let terms = |name: &str, direction| {
        presets.newest(name).expect("a preset").terms_for(&change(direction, Asker::Customer)).clone()
    };
    assert!(terms("vps", Direction::Upgrade).gate == billing::policy::Gate::Paid);
    assert!(terms("team", Direction::Upgrade).choose_when);
    assert_eq!(terms("team", Direction::Upgrade).credits, CreditsOnChange::Carry);
    assert_eq!(terms("whmcs", Direction::Upgrade).netting, Netting::Item);
    assert_eq!(terms("used-day", Direction::Downgrade).claw_back, ClawBack::UsedAtList);
    assert_eq!(terms("used-day", Direction::Upgrade).claw_back, ClawBack::None);
    assert_eq!(terms("used-day", Direction::Upgrade).cash_out_fee.map(|fee| fee.to_string()).as_deref(), Some("10"));
}

#[test]
fn the_preset_of_the_messaging_business_duns_a_week_and_then_restricts() {
    let presets = Policies::presets();
    let dunning = |name: &str| presets.newest(name).expect("a preset").dunning.clone();
    let used_day = dunning("used-day");
    let failed_at = "2027-01-29T10:00".parse().expect("a moment");
    let retries = used_day.retries.expect("a schedule").retries(failed_at);
    assert_eq!(retries.len(), 7);
    assert_eq!(retries[6].to_string(), "2027-02-05T10:00:00");
    assert_eq!((used_day.grace_days, used_day.after_grace), (Some(7), AfterGrace::Restrict));
    for other in ["vps", "team", "whmcs", "stripe-seconds"] {
        assert!(dunning(other).is_nothing(), "{other}");
    }
}

#[test]
fn dunning_that_contradicts_itself_is_refused_with_the_line_at_fault() {
    for (dunning, line, why) in [
        ("grace_days = 7", "line 14", "never does"),
        ("after_grace = \"restrict\"", "line 14", "needs grace_days"),
        ("grace_days = 400\nafter_grace = \"restrict\"", "line 14", "0 to 366"),
        ("grace_days = 7\nafter_grace = \"delete\"", "line 15", "unknown variant"),
        ("after_grace = \"cancel\"", "line 14", "needs grace_days"),
        ("grace_days = 7\nafter_grace = \"restrict\"\nunpaid = \"released\"", "line 16", "needs after_grace"),
        ("retries = { offsets = [] }", "line 14", "1 to 30"),
        ("retries = { offsets = [400] }", "line 14", "366 days"),
        ("retries = { offsets = [2, 1] }", "line 13", "later than the one before"),
        ("tries = 3", "line 14", "unknown field"),
    ] {
        let said = refused("payment_hours = 72\n", &format!("payment_hours = 72\n\n[dunning]\n{dunning}\n"));
        assert!(said.contains(&format!("{line}:")) && said.contains(why), "{dunning}: {said}");
    }
}

#[test]
fn a_cancellation_that_nobody_can_follow_is_refused_with_the_line_at_fault() {
    for (cancellation, line, why) in [
        ("when = [\"now\", \"now\"]", "line 14", "each once"),
        ("when = [\"later\"]", "line 13", "unknown variant"),
        ("full_refund_days = 0", "line 14", "1 to 366"),
        ("full_refund_days = 367", "line 14", "1 to 366"),
        ("set = { when = \"now\" }", "line 14", "says nothing about a cancellation"),
        ("set = { charge_from = \"next_day\" }", "line 14", "says nothing about a cancellation"),
        ("set = { credit_from = \"instant\" }", "line 14", "needs credit_from"),
        ("set = { credit = \"none\", claw_back = \"used_at_list\" }", "line 14", "needs credit"),
        ("days = 3", "line 14", "unknown field"),
    ] {
        let said = refused("payment_hours = 72\n", &format!("payment_hours = 72\n\n[cancellation]\n{cancellation}\n"));
        assert!(said.contains(&format!("{line}:")) && said.contains(why), "{cancellation}: {said}");
    }
}

#[test]
fn a_contradiction_is_refused_with_the_line_at_fault() {
    let at = |from, to, line: &str, why: &str| {
        let said = refused(from, to);
        assert!(said.contains(line) && said.contains(why), "{said}");
    };
    at("charge_from = \"change_day\"", "charge_from = \"instant\"", "line 8", "unit = \"day\" needs");
    at("unit = \"day\"", "unit = \"second\"", "line 7", "a unit other than");
    at("charge_from = \"change_day\"", "charge_from = \"next_day\"", "line 8", "to nobody");
    at("\"period\"", "{ fixed_days = 0 }", "line 9", "1 to 366");
    at("denominator = \"period\"", "denominator = { fixed_days = 30 }", "line 9", "do not add up");
    at("\"period\"", "{ year_days = 30 }", "line 9", "360 to 366");
    at("denominator = \"period\"", "denominator = { year_days = 365 }", "line 9", "do not add up");
    at(
        "denominator = \"period\"",
        "denominator = { year_days = 365 }\nremainder = \"rounded\"\nrounding_stage = \"unit_rate\"",
        "line 11",
        "a part of a day",
    );
    for (terms, line, why) in [
        ("rounding_stage = { step = 1 }", "line 12", "2 to 10000"),
        ("rounding_stage = { step = 10 }\ndiscount_order = \"prorate_then_discount\"", "line 13", "no whole steps"),
        ("rounding_stage = { step = 10 }\nclaw_back = \"used_months\"", "line 13", "no whole steps"),
        ("rounding_stage = { step = 10 }\nanchor = \"extend\"", "line 12", "rounding_stage = \"line\""),
    ] {
        let said = refused("payment_hours = 72", &format!("payment_hours = 72\n{terms}"));
        assert!(said.contains(line) && said.contains(why), "{said}");
    }
    at("payment_hours = 72", "payment_hours = 0", "line 11", "payment_hours is 1 to");
    at("version = 1", "version = 0", "line 2", "starts at 1");
    at("name = \"days\"", "name = \"My Days\"", "line 1", "a-z");
    at("when = \"period_end\"", "charge = \"none\", netting = \"item\"", "line 15", "both sides prorated");
    at("when = \"period_end\"", "claw_back = \"used_at_list\", credit = \"full\"", "line 15", "claw_back needs");
    at(
        "when = \"period_end\"",
        "credit_basis = \"price_now\", claw_back = \"used_at_list\"",
        "line 15",
        "from what was billed",
    );
    at("when = \"period_end\"", "credit_basis = \"price_now\", credit = \"full\"", "line 15", "credit = \"prorated\"");
    at(
        "when = \"period_end\"",
        "credit_basis = \"price_now\", netting = \"item\"",
        "line 15",
        "leave credit_basis out",
    );
    at("when = \"period_end\"", "settle_charge = \"next_invoice\"", "line 15", "needs gate = \"none\"");
    at(
        "when = \"period_end\"",
        "settle_credit = \"next_invoice\", anchor = \"restart\"",
        "line 15",
        "leave settle_credit out",
    );
    at("when = \"period_end\"", "direction_by = \"list_price\"", "line 15", "which rules fit");
    at("when = \"period_end\"", "when = \"at_the_end\"", "line 15", "unknown variant `at_the_end`");
    at("when = \"period_end\"", "moment = \"now\"", "line 15", "unknown field `moment`");
    at("unit = \"day\"", "unit = \"fortnight\"", "line 6", "unknown variant `fortnight`");
    at("unit = \"day\"\n", "", "line 5", "missing field `unit`");
    at(
        "direction = \"upgrade\", from = [\"free\"]",
        "direction = \"downgrade\", asked_by = \"customer\", to = [\"s\"]",
        "line 19",
        "never reached",
    );
    at("when = \"period_end\"", "gate = \"none\", on_failure = \"apply\"", "line 15", "leave on_failure out");
    at(
        "payment_hours = 72",
        "payment_hours = 72\ngate = \"none\"\non_failure = \"lapse\"",
        "line 13",
        "before it is paid",
    );
    at("payment_hours = 72", "payment_hours = 72\non_failure = \"retry\"", "line 12", "unknown variant `retry`");
    let extends = |more: &str| format!("anchor = \"extend\", {more}");
    for (more, why) in [
        ("when = \"period_end\"", "with the next period nothing is left"),
        ("credit = \"full\"", "needs credit and charge"),
        ("charge = \"none\"", "needs credit and charge"),
        ("netting = \"item\"", "leave netting out"),
        ("credits = \"prorate\"", "leave credits out"),
        ("settle_credit = \"next_invoice\"", "nothing to settle"),
        ("rounding_stage = \"unit_rate\"", "needs rounding_stage"),
        ("discount_order = \"prorate_then_discount\"", "one price for every day"),
        ("denominator = { fixed_days = 30 }, remainder = \"rounded\"", "needs denominator"),
        ("credit_from = \"next_day\", day_zone = \"seller\"", "day_zone = \"customer\""),
        ("unit = \"hour\", credit_from = \"instant\", charge_from = \"instant\"", "needs unit = \"day\""),
    ] {
        let said = refused("when = \"period_end\"", &extends(more));
        assert!(said.contains("line 15") && said.contains(why), "{said}");
    }
    at("free_to_paid = \"restart\"", "free_to_paid = \"stub\"", "line 19", "changes nothing");
    at("free_to_paid = \"restart\"", "free_to_paid = \"restart\", anchor = \"keep\"", "line 19", "moves the date");
    at("free_to_paid = \"restart\"", "trial = \"end\", charge = \"none\"", "line 19", "charges nothing");
}

#[test]
fn what_would_leave_a_bill_day_is_refused_with_the_line_at_fault() {
    let at = |more: &str, line: &str, why: &str| {
        let said = refused("payment_hours = 72", &format!("payment_hours = 72\n{more}"));
        assert!(said.contains(line) && said.contains(why), "{said}");
    };
    at("bill_day = 0", "line 12", "write 1 to 31");
    at("anchor = \"keep\"\nbill_day = 32", "line 13", "write 1 to 31");
    at("first_period = \"full\"", "line 12", "set bill_day");
    at("first_period = \"long\"", "line 12", "set bill_day");
    at("cut_off_day = 20", "line 12", "set bill_day");
    at("cut_off_day = 0\nbill_day = 1\nanchor = \"keep\"", "line 12", "write 1 to 31");
    at(
        "bill_day = 1\nfirst_period = \"long\"\ncut_off_day = 20\nanchor = \"keep\"",
        "line 13",
        "leave first_period out",
    );
    at(
        "bill_day = 1\nfirst_period = \"full\"\ncut_off_day = 20\nanchor = \"keep\"",
        "line 13",
        "leave first_period out",
    );
    // Where nobody wrote an anchor, the bill day is at fault.
    at("bill_day = 1", "line 12", "needs anchor = \"keep\"");
    at("bill_day = 1\nanchor = \"restart\"", "line 13", "needs anchor = \"keep\"");
    at("bill_day = 1\nanchor = \"extend\"", "line 13", "needs anchor = \"keep\"");
    let in_rule = |set: &str, why: &str| {
        let text = DAYS.replace("payment_hours = 72", "payment_hours = 72\nbill_day = 1\nanchor = \"keep\"");
        let said = Policy::from_toml(&text.replace("free_to_paid = \"restart\"", set)).expect_err("a contradiction");
        assert!(said.to_string().contains("line 21") && said.to_string().contains(why), "{said}");
    };
    in_rule("anchor = \"restart_on_cycle_change\"", "needs anchor = \"keep\"");
    in_rule("free_to_paid = \"restart\"", "moves the date");
    in_rule("bill_day = 2", "set it under [terms]");
    in_rule("cut_off_day = 20", "set it under [terms]");
    in_rule("first_period = \"long\"", "set it under [terms]");
    let by_months = "unit = \"month\"\ncredit_from = \"instant\"\ncharge_from = \"instant\"\n";
    let days = "unit = \"day\"\ncredit_from = \"change_day\"\ncharge_from = \"change_day\"\n";
    let text = DAYS
        .replace(days, by_months)
        .replace("payment_hours = 72", "payment_hours = 72\nbill_day = 1\nanchor = \"keep\"");
    let said = Policy::from_toml(&text).expect_err("a contradiction").to_string();
    assert!(said.contains("line 6") && said.contains("below the month"), "{said}");
}

#[test]
fn what_is_not_toml_or_has_another_field_is_refused_with_its_line() {
    assert!(refused("summary =", "title =").contains("line 3"), "{}", refused("summary =", "title ="));
    assert!(refused("unit = \"day\"", "unit = day").contains("line 6"));
    assert!(refused("on = {", "at = {").contains("line 13") || refused("on = {", "at = {").contains("line 14"));
}

#[test]
fn a_storefront_can_have_a_policy_of_its_own() {
    let policy = DAYS.replace("[terms]", "[policies.terms]").replace("[[rules]]", "[[policies.rules]]");
    let shop = format!(
        "storefront = \"host\"\nversion = 1\nbrand = \"Host\"\naccent = \"ember\"\nsupport_email = \"help@host.example\"\n\
         language = \"en\"\nzone = \"UTC\"\ncurrency = \"EUR\"\nbank_account = \"DE02\"\nproducts = []\n[[policies]]\n{policy}"
    );
    let catalogue = Catalogue::from_toml(&shop).expect("a catalogue with a policy");
    let presets = Policies::presets();
    assert_eq!(
        catalogue.policy("days", &presets).map(|policy| policy.reference.to_string()),
        Some("days@1".to_owned())
    );
    assert!(catalogue.policy("vps", &presets).is_some(), "the presets are there too");
    let json = serde_json::to_string(&catalogue).expect("JSON");
    assert_eq!(serde_json::from_str::<Catalogue>(&json).expect("the same"), catalogue);
    let wrong =
        Catalogue::from_toml(&shop.replace("unit = \"day\"", "unit = \"second\"")).expect_err("a contradiction");
    assert!(wrong.to_string().contains("terms.credit_from"), "{wrong}");
}

/// `docs/policy.schema.json` is what the types say; write it again with `MIDCYCLE_BLESS=1`.
#[test]
fn the_published_schema_is_the_one_of_the_types() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/policy.schema.json");
    let made = format!("{:#}\n", billing::policy::schema());
    if std::env::var_os("MIDCYCLE_BLESS").is_some() {
        std::fs::write(&path, &made).expect("a file that can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == made,
        "write docs/policy.schema.json again: MIDCYCLE_BLESS=1 cargo test -p billing --test policies"
    );
    let schema: serde_json::Value = serde_json::from_str(&made).expect("JSON");
    let known = &schema["properties"]["terms"]["properties"];
    for text in PRESETS {
        let policy: toml::Table = toml::from_str(text).expect("TOML");
        for key in policy["terms"].as_table().expect("terms").keys() {
            assert!(known.get(key).is_some_and(|field| field.is_object()), "{key} is not in the schema");
        }
    }
}
