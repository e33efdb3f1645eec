//! What lies outside the space of Midcycle's policies, family by family, said in words. A family that stands here is
//! asked nothing.

/// Why the vectors of a family cannot be asked, where that is known of all of them.
pub(super) fn reason(family: &str) -> Option<&'static str> {
    Some(match family {
        "billed_high_water" => "no term deducts what a higher price or quantity of the same period has paid already",
        "boundary_change" => "what the next invoice has besides the change is not stated in the input",
        "cancel_uncancel" => "there is no cancellation to take back: a subscription ends or is changed",
        "credit_basis" => {
            "a credit is a share of what was billed, never of a price of today: no term chooses another basis"
        }
        "credit_note_rounding" => {
            "a credit note gives back the line's tax less what stays with the rest; no term rounds each note's total and \
             leaves the remainder to the last"
        }
        "direction_normalised" => {
            "the direction of a change is the order of sizes in the catalogue; no term compares prices by the month"
        }
        "idempotent_change" | "payment_gated" => {
            "it is a behaviour, not a figure: the stories of plan changes show it, no question asks it"
        }
        "threshold_campaign" => {
            "dunning is by invoice; no rule sums what is overdue by currency and compares it with a threshold"
        }
        "tiered" => "a catalogue has one price per unit; it has no tiers of quantity",
        "time_extension" => "no term buys days of the new plan with what is left of the old one",
        "trial" => "there are no trials",
        _ => return None,
    })
}

/// Why a field that no question reads has no place, where that is known.
pub(super) fn field(name: &str) -> Option<&'static str> {
    Some(match name {
        "billed" | "adjusted" => {
            "a credit is a share of what was billed, not of the list price with the billed amount as its bound"
        }
        "coupon" => "how a coupon on the whole document falls on its lines is not stated",
        "trial_days" => "there are no trials",
        "paid" => "what was paid of several lines together is not stated by line",
        "pending_change" => "a change that is open is refused or replaced by the next one, never kept beside it",
        _ => return None,
    })
}
