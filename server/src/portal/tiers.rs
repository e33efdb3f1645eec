//! A price in tiers, in the words of a page: what a unit costs from which number on. What so many units come to is
//! counted in `billing::catalogue`.

use std::iter::once;

use billing::catalogue::{Price, Tier, TierMode, Tiers};
use billing::discount::Discount;

use super::words::{amount, listed, number, per};
use crate::ui::amount::decimal;
use crate::ui::language::{Language, Texts, args};

/// What units cost per cycle by how many there are, as a sentence or two; nothing of a price that is not in tiers.
pub fn tiers_sentence(language: Language, price: &Price) -> Option<String> {
    let tiers = price.tiers.as_deref()?;
    let (tiers, mode, per) = (each_tier(language, tiers), tiers.mode(), per(language, price.cycle));
    let args = &args!["tiers" => tiers, "per" => per];
    let sentence = match mode {
        TierMode::Graduated => language.fill("tiers-graduated", args),
        TierMode::Volume => language.fill("tiers-volume", args),
    };
    Some(match price.discount {
        Some(Discount::Percent(percent)) => {
            let percent = decimal(language, &percent.to_string());
            language.fill("tiers-less", &args!["tiers" => sentence, "percent" => percent])
        }
        _ => sentence,
    })
}

/// `1–3: free, 4–10: €8.00 each, from 11 on: €5.00 each and €2.00 once`.
pub fn each_tier(language: Language, tiers: &Tiers) -> String {
    let firsts = once(1).chain(tiers.bounds().map(|bound| bound + 1));
    let words = firsts.zip(tiers.tiers()).map(|(first, tier)| one_tier(language, first, tier));
    listed(language, &words.collect::<Vec<_>>())
}

fn one_tier(language: Language, first: u32, tier: &Tier) -> String {
    let first_number = number(language, first.into());
    let units = match tier.up_to {
        None => language.fill("tier-from", &args!["first" => first_number]),
        Some(last) if last == first => first_number,
        Some(last) => {
            language.fill("tier-range", &args!["first" => first_number, "last" => number(language, last.into())])
        }
    };
    let (each, flat) = (amount(language, tier.amount).text, amount(language, tier.flat).text);
    match (tier.amount.is_zero(), tier.flat.is_zero()) {
        (true, true) => language.fill("tier-free", &args!["units" => units]),
        (false, true) => language.fill("tier-each", &args!["units" => units, "each" => each]),
        (true, false) => language.fill("tier-flat", &args!["units" => units, "flat" => flat]),
        (false, false) => language.fill("tier-each-and-flat", &args!["units" => units, "each" => each, "flat" => flat]),
    }
}
