//! The policies that are walked: every preset, and for every term that no preset sets one that does.

use billing::policy::{Policies, Policy};

const HEAD: &str = "version = 1\nsummary = \"A policy of a test.\"\n";
const TAIL: &str = "quote_minutes = 30\npayment_hours = 72\n";
const DAYS: &str = "unit = \"day\"\ncredit_from = \"change_day\"\ncharge_from = \"change_day\"\n";

/// Names, terms beside the common ones, and rules.
const OWN: [(&str, &str, &str); 35] = [
    (
        "dunned-by-hours",
        "denominator = \"period\"\ngate = \"none\"\npending = \"replace\"\n",
        "[dunning]\nretries = { offsets = [30, 200, 50], counted_from = \"previous_attempt\", unit = \"hour\" }\n\
         grace_days = 5\nafter_grace = \"restrict\"\n",
    ),
    (
        "dunned-at-once",
        "cash_out_fee = \"33\"\ndenominator = \"period\"\non_failure = \"apply\"\n",
        "[dunning]\nretries = { offsets = [3] }\ngrace_days = 0\nafter_grace = \"restrict\"\n",
    ),
    (
        "next-bill",
        "cash_out_fee = \"0.3\"\ndenominator = \"period\"\ngate = \"none\"\nsettle_charge = \"next_invoice\"\n\
         settle_credit = \"next_invoice\"\ncarry = \"item_period\"\npending = \"replace\"\n",
        "",
    ),
    (
        "next-bill-up",
        "denominator = \"period\"\ngate = \"none\"\nsettle_charge = \"next_invoice\"\nanchor = \"keep\"\n\
         tax_rounding = \"line\"\nchoose_when = true\n",
        "[[rules]]\non = { asked_by = \"staff\" }\n\
         set = { settle_charge = \"invoice_now\", gate = \"paid\", pending = \"replace\" }\n",
    ),
    (
        "next-bill-down",
        "denominator = \"period\"\nsettle_credit = \"next_invoice\"\nclaw_back = \"used_at_list\"\n\
         on_failure = \"apply\"\ntax_rounding = \"net\"\npending = \"replace\"\n",
        "[[rules]]\non = { direction = \"upgrade\", asked_by = \"staff\" }\n\
         set = { gate = \"none\", on_failure = \"wait\", settle_charge = \"next_invoice\" }\n",
    ),
    (
        "rates",
        "cash_out_fee = \"7.5\"\ndenominator = \"period\"\nrounding = \"half_even\"\nrounding_stage = \"unit_rate\"\ntax_rounding = \"line\"\n\
         discount_order = \"prorate_then_discount\"\nanchor = \"keep\"\n",
        "",
    ),
    (
        "thirty-360",
        "cash_out_fee = \"2.5\"\ndenominator = \"thirty_360\"\nremainder = \"rounded\"\nrounding = \"truncate\"\nanchor = \"keep\"\n\
         gate = \"none\"\ntax_rounding = \"net\"\n",
        "",
    ),
    (
        "year-of-365",
        "cash_out_fee = \"12\"\ndenominator = { year_days = 365 }\nremainder = \"rounded\"\nanchor = \"keep\"\ntax_rounding = \"line\"\n\
         pending = \"replace\"\n",
        "",
    ),
    (
        "no-refund",
        "cash_out_fee = \"100\"\ndenominator = \"period\"\nquantity_decrease = \"no_refund\"\ncarry = \"item_period\"\nchoose_when = true\n\
         setup = \"none\"\n",
        "",
    ),
    (
        "no-refund-netted",
        "denominator = \"period\"\nquantity_decrease = \"no_refund\"\nnetting = \"item\"\ngate = \"none\"\nanchor = \"keep\"\n",
        "[[rules]]\non = { asked_by = \"staff\" }\nset = { quantity_decrease = \"credit\", setup = \"none\" }\n",
    ),
    (
        "steps-of-ten",
        "denominator = \"period\"\nrounding_stage = { step = 10 }\ncarry = \"item_period\"\nanchor = \"keep\"\n\
         tax_rounding = \"line\"\npending = \"replace\"\n",
        "[[rules]]\non = { direction = \"downgrade\" }\nset = { rounding_stage = { step = 5 }, rounding = \"up\", gate = \"none\" }\n\
         [[rules]]\non = { asked_by = \"staff\" }\nset = { netting = \"item\" }\n",
    ),
    (
        "steps-down",
        "denominator = { fixed_days = 30 }\nremainder = \"rounded\"\nrounding_stage = { step = 7 }\n\
         rounding = \"truncate\"\ngate = \"none\"\n",
        "",
    ),
    ("nominal-restart", "denominator = \"nominal\"\nremainder = \"rounded\"\nanchor = \"restart\"\n", ""),
    (
        "fixed-28",
        "denominator = { fixed_days = 28 }\nremainder = \"rounded\"\ndiscount_order = \"prorate_then_discount\"\n\
         fixed_discount = \"full\"\ndiscount_on_switch = \"keep\"\nrounding = \"up\"\n",
        "",
    ),
    ("nothing-back", "denominator = \"period\"\ncredit = \"none\"\ncharge = \"full\"\npending = \"replace\"\n", ""),
    ("all-back", "denominator = \"period\"\ncredit = \"full\"\ncharge = \"full\"\nanchor = \"restart\"\n", ""),
    ("free-charge", "denominator = \"period\"\ncharge = \"none\"\ngate = \"none\"\ntax_rounding = \"line\"\n", ""),
    (
        "next-period",
        "denominator = \"period\"\nwhen = \"period_end\"\nchoose_when = true\npending = \"replace\"\nanchor = \"keep\"\n\
         discount_on_switch = \"keep\"\ncredits = \"reset\"\n",
        "",
    ),
    (
        "factor-4",
        "denominator = \"period\"\nrounding_stage = { factor = 4 }\nremainder = \"rounded\"\nday_zone = \"seller\"\n\
         tax_rounding = \"net\"\nchoose_when = true\n",
        "",
    ),
    (
        "by-phase",
        "denominator = \"period\"\ncarry = \"item_period\"\n",
        "[[rules]]\non = { phase = \"unpaid\" }\nset = { gate = \"none\" }\n\
         [[rules]]\non = { direction = \"downgrade\" }\nset = { credit_from = \"next_day\", charge_from = \"next_day\" }\n\
         [[rules]]\non = { asked_by = \"staff\" }\nset = { credit = \"full\", pending = \"replace\" }\n\
         [[rules]]\non = { to = [\"p3\"] }\nset = { choose_when = true, rounding = \"up\" }\n",
    ),
    (
        "todays-price",
        "denominator = \"period\"\ncredit_basis = \"price_now\"\ndirection_by = \"price_per_day\"\n\
         remainder = \"rounded\"\npending = \"replace\"\n",
        "[[rules]]\non = { direction = \"downgrade\" }\nset = { gate = \"none\" }\n",
    ),
    (
        "todays-price-30",
        "denominator = { fixed_days = 30 }\nremainder = \"rounded\"\ncredit_basis = \"price_now\"\n\
         discount_order = \"prorate_then_discount\"\nanchor = \"keep\"\ndirection_by = \"list_price\"\n",
        "[[rules]]\non = { direction = \"downgrade\" }\nset = { when = \"period_end\" }\n",
    ),
    (
        "tax-at-rate",
        "denominator = \"period\"\ncredit_tax = \"at_rate\"\ndirection_by = \"price_per_month\"\ngate = \"none\"\n\
         tax_rounding = \"line\"\n",
        "[[rules]]\non = { direction = \"upgrade\" }\nset = { tax_rounding = \"net\" }\n",
    ),
    (
        "claw-used",
        "denominator = \"period\"\nclaw_back = \"used_at_list\"\ntax_rounding = \"net\"\ncarry = \"item_period\"\n",
        "",
    ),
    ("claw-months", "denominator = \"period\"\nclaw_back = \"used_months\"\nfree_to_paid = \"restart\"\n", ""),
    (
        "carried-even",
        "denominator = \"period\"\nrounding = \"half_even\"\nremainder = \"rounded\"\ncarry = \"item_period\"\n\
         anchor = \"keep\"\ngate = \"none\"\n",
        "",
    ),
    (
        "carried-down",
        "denominator = \"period\"\nrounding = \"truncate\"\ncarry = \"item_period\"\ngate = \"none\"\n\
         discount_on_switch = \"keep\"\n",
        "",
    ),
    (
        "all-or-nothing",
        "denominator = \"period\"\non_failure = \"lapse\"\npending = \"replace\"\nchoose_when = true\n",
        "",
    ),
    ("apply-and-chase", "denominator = \"period\"\non_failure = \"apply\"\ncarry = \"item_period\"\n", ""),
    (
        "chase-some",
        "denominator = \"period\"\non_failure = \"apply\"\nanchor = \"keep\"\npending = \"replace\"\ntax_rounding = \"line\"\n",
        "[[rules]]\non = { cycle = \"longer\" }\nset = { anchor = \"restart\" }\n\
         [[rules]]\non = { cycle = \"shorter\" }\nset = { on_failure = \"lapse\" }\n\
         [[rules]]\non = { asked_by = \"staff\" }\nset = { on_failure = \"wait\" }\n\
         [[rules]]\non = { phase = \"unpaid\" }\nset = { gate = \"none\", on_failure = \"wait\" }\n",
    ),
    (
        "both-days",
        "denominator = \"period\"\ncarry = \"item_period\"\nanchor = \"keep\"\npending = \"replace\"\ngate = \"none\"\n",
        "[[rules]]\non = { cycle = \"longer\" }\nset = { anchor = \"restart\", tax_rounding = \"line\" }\n",
    ),
    ("extend", "denominator = \"period\"\nanchor = \"extend\"\ncarry = \"item_period\"\npending = \"replace\"\n", ""),
    (
        "extend-both",
        "denominator = \"period\"\nanchor = \"extend\"\nclaw_back = \"used_at_list\"\ngate = \"none\"\nremainder = \"rounded\"\n\
         discount_on_switch = \"keep\"\nchoose_when = true\n",
        "",
    ),
    (
        "extend-next",
        "denominator = \"period\"\nanchor = \"extend\"\nclaw_back = \"used_months\"\nday_zone = \"seller\"\nrounding = \"up\"\n\
         tax_rounding = \"line\"\ncredit_tax = \"at_rate\"\ncredits = \"reset\"\n",
        "",
    ),
    (
        "extend-down",
        "denominator = \"period\"\nanchor = \"keep\"\ncarry = \"item_period\"\ngate = \"none\"\nday_zone = \"utc\"\n",
        "[[rules]]\non = { direction = \"downgrade\" }\nset = { anchor = \"extend\" }\n\
         [[rules]]\non = { to = [\"p2\"], asked_by = \"customer\" }\nset = { anchor = \"extend\", credit_basis = \"price_now\" }\n\
         [[rules]]\non = { to = [\"p1\"] }\nset = { netting = \"item\" }\n",
    ),
];

/// The same for terms that count instants.
const INSTANTS: [(&str, &str); 5] = [
    (
        "next-bill-kept",
        "unit = \"second\"\ncredit = \"none\"\ncharge = \"full\"\ngate = \"none\"\nsettle_charge = \"next_invoice\"\n\
         credits = \"reset\"\n",
    ),
    (
        "minus-second",
        "unit = \"second\"\nperiod_end = \"minus_one_second\"\nanchor = \"restart\"\npending = \"replace\"\n\
         carry = \"item_period\"\n",
    ),
    (
        "hours",
        "unit = \"hour\"\nrounding = \"up\"\ntax_rounding = \"net\"\nremainder = \"rounded\"\ncarry = \"item_period\"\n",
    ),
    ("months", "unit = \"month\"\nclaw_back = \"used_months\"\ncredits = \"reset\"\nanchor = \"keep\"\n"),
    ("months-netted", "unit = \"month\"\nnetting = \"item\"\nremainder = \"rounded\"\ngate = \"none\"\n"),
];

/// Customers of every policy of this test can name the day of a change, unless what they use until then counts.
const NAMED: &str = "choose_date = true\n";

/// The presets and the policies of this test.
pub fn all() -> Policies {
    let mut policies = Policies::presets();
    for text in texts() {
        policies.add(Policy::from_toml(&text).expect("a policy that can be followed"));
    }
    policies
}

fn all_by_day() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let drawn_apart = crate::trial::POLICIES.into_iter().chain(crate::bill_day::POLICIES).chain(crate::bill_day::LONG);
    OWN.into_iter().chain(drawn_apart).chain(crate::plan_credits::POLICIES).chain(crate::leaving::POLICIES)
}

fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    for (name, terms, rules) in all_by_day() {
        let days = match name {
            "both-days" | "extend-both" | "trial-both" | "bill-29-both" | "long-29-both" | "credits-both"
            | "credits-burnt-next" => DAYS.replacen("change_day", "next_day", 1),
            "extend-next" | "trial-next" | "bill-30-seller" | "credits-next" | "leave-next" => {
                DAYS.replace("change_day", "next_day")
            }
            _ => DAYS.to_owned(),
        };
        let named = if terms.contains("time_or_credits") { "" } else { NAMED };
        texts.push(format!("name = \"{name}\"\n{HEAD}[terms]\n{days}{terms}{named}{TAIL}{rules}"));
    }
    for (name, terms) in INSTANTS
        .into_iter()
        .chain(crate::bill_day::INSTANTS)
        .chain(crate::bill_day::LONG_INSTANTS)
        .chain(crate::plan_credits::INSTANTS)
    {
        let instants = "credit_from = \"instant\"\ncharge_from = \"instant\"\ndenominator = \"period\"\n";
        texts.push(format!("name = \"{name}\"\n{HEAD}[terms]\n{instants}{terms}{NAMED}{TAIL}"));
    }
    texts
}
