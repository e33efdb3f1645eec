//! Options and add-ons as lists to choose from (W3), and what such a list sends: `option_CODE` a quantity, `one_of_CODE`
//! the code that was chosen of a group, by the code of the group's first option. What a choice costs is the quote's.

use std::collections::BTreeSet;

use billing::catalogue::{Basket, Choice as OptionOffered, ChoiceKind, Price, Product, price_in};
use billing::money::Currency;
use billing::share::Rounding;

use super::tiers::tiers_sentence;
use super::words::{count_of, number, price_per, unit};
use crate::ui::language::{Args, Language, Texts, args};
use crate::ui::{Choice, Select};

/// More of an option than this is not offered in a list; nobody scrolls further.
const MOST_OFFERED: u32 = 128;

/// One list for each option of a product that the wanted plan can have, and one for each group; for each there is, where
/// the wanted plan is not chosen yet (its code is empty).
pub fn selects(language: Language, product: &Product, wanted: &Basket, currency: Currency) -> Vec<Select> {
    let shelf = Shelf { language, product, wanted, currency };
    let mut groups = BTreeSet::new();
    let mut selects = Vec::new();
    for option in product.options.iter().filter(|option| shelf.is_shown(option)) {
        match &option.group {
            None => selects.push(shelf.one(option)),
            Some(group) if groups.insert(group) => selects.push(shelf.group(group)),
            Some(_) => {}
        }
    }
    selects
}

/// Could a field of this name be a list of ours?
pub fn is_field(name: &str) -> bool {
    name.starts_with("option_") || name.starts_with("one_of_")
}

/// Takes what one list sends into a basket. False where the field is no list of ours; a sentence where it cannot be read.
pub fn read(product: &Product, basket: &mut Basket, name: &str, value: &str) -> Result<bool, String> {
    if let Some(code) = name.strip_prefix("option_").filter(|code| !code.is_empty()) {
        let quantity = value.parse().map_err(|_| format!("{value:?} is not a quantity; write a number from 0 on"))?;
        basket.options.insert(code.into(), quantity);
        return Ok(true);
    }
    let Some(first) = name.strip_prefix("one_of_") else { return Ok(false) };
    let group = product.option(first).and_then(|option| option.group.as_ref());
    let group = group.ok_or_else(|| format!("there is no choice {first:?}"))?;
    let mut of_group = product.options.iter().filter(|option| option.group.as_ref() == Some(group));
    if !value.is_empty() && of_group.clone().all(|option| option.code != value) {
        return Err(format!("{value:?} is not one of {group:?}"));
    }
    of_group.by_ref().for_each(|option| {
        basket.options.insert(option.code.clone(), u32::from(option.code == value));
    });
    Ok(true)
}

struct Shelf<'a> {
    language: Language,
    product: &'a Product,
    wanted: &'a Basket,
    currency: Currency,
}

impl Shelf<'_> {
    fn has(&self, option: &OptionOffered) -> u32 {
        self.wanted.options.get(&option.code).copied().unwrap_or(0)
    }

    fn is_on(&self, option: &OptionOffered) -> bool {
        self.wanted.plan.is_empty() || option.is_on(&self.wanted.plan)
    }

    /// What is chosen is shown even where the plan cannot have it: only so can it be given up.
    fn is_shown(&self, option: &OptionOffered) -> bool {
        self.is_on(option) || self.has(option) > 0
    }

    fn misplaced(&self, option: &OptionOffered) -> Option<String> {
        let plan = self.product.plan(&self.wanted.plan).map_or(self.wanted.plan.as_str(), |plan| plan.name.as_str());
        (!self.is_on(option)).then(|| self.language.fill("option-misplaced", &args!["plan" => plan]))
    }

    fn price<'o>(&self, option: &'o OptionOffered) -> Option<&'o Price> {
        price_in(&option.prices, &self.wanted.plan, self.wanted.cycle, self.currency)
    }

    fn priced(&self, words: String, option: &OptionOffered, quantity: u32) -> String {
        match self.price(option) {
            Some(price) => {
                let sum = price.times(quantity).net(Rounding::HalfAway);
                let price = price_per(self.language, sum, self.wanted.cycle);
                self.language.fill("option-priced", &args!["choice" => words, "price" => price])
            }
            None => words,
        }
    }

    fn one(&self, option: &OptionOffered) -> Select {
        let wanted = self.has(option);
        let (min, max) = (option.min_of(&self.wanted.plan), option.max);
        let most = if self.is_on(option) { max.min(min.saturating_add(MOST_OFFERED)) } else { 0 };
        let mut quantities: BTreeSet<u32> = (min..=most).collect();
        if wanted <= max {
            quantities.insert(wanted);
        }
        let label = |quantity| match (option.kind, quantity) {
            (ChoiceKind::YesNo, 0) => self.language.text("option-no"),
            (ChoiceKind::YesNo, _) => self.priced(self.language.text("option-yes"), option, 1),
            (_, 0) => self.language.text("option-none"),
            _ => self.priced(count_of(self.language, &option.unit, quantity.into()), option, quantity),
        };
        let choice = |quantity: u32| Choice::new(quantity.to_string(), label(quantity), quantity == wanted);
        let error = self.misplaced(option).or_else(|| {
            if wanted > max {
                Some(self.language.fill("option-at-most", &self.bound(max, option)))
            } else {
                (wanted < min).then(|| self.language.fill("option-at-least", &self.bound(min, option)))
            }
        });
        Select {
            name: format!("option_{}", option.code),
            label: option.name.to_string(),
            choices: quantities.into_iter().map(choice).collect(),
            help: self.price(option).and_then(|price| tiers_sentence(self.language, price)),
            error,
        }
    }

    fn bound(&self, bound: u32, option: &OptionOffered) -> Args<'static> {
        let (number, unit) = (number(self.language, bound.into()), unit(self.language, &option.unit, 2));
        args!["number" => number, "unit" => unit]
    }

    fn group(&self, group: &String) -> Select {
        let of_group = self.product.options.iter().filter(|option| option.group.as_ref() == Some(group));
        let shown: Vec<_> = of_group.clone().filter(|option| self.is_shown(option)).collect();
        let mut chosen = shown.iter().filter(|option| self.has(option) > 0);
        let (first, more) = (chosen.next(), chosen.next().is_some());
        let mut choices = vec![Choice::new("", self.language.text("option-as-in-plan"), first.is_none())];
        choices.extend(shown.iter().map(|option| {
            let is_chosen = first.is_some_and(|first| first.code == option.code);
            Choice::new(option.code.clone(), self.priced(option.name.to_string(), option, 1), is_chosen)
        }));
        let name = of_group.map(|option| option.code.as_str()).next().unwrap_or_default();
        let error = shown.iter().filter(|option| self.has(option) > 0).find_map(|option| self.misplaced(option));
        let error = error.or_else(|| more.then(|| self.language.text("option-only-one")));
        Select { name: format!("one_of_{name}"), label: group.clone(), choices, help: None, error }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::calendar::Cycle;
    use billing::catalogue::Catalogue;

    const CATALOGUE: &str = r#"
        storefront = "host"
        version = 1
        brand = "Host"
        accent = "ember"
        support_email = "help@host.example"
        language = "en"
        zone = "UTC"
        currency = "EUR"
        bank_account = "DE02"
        [[products]]
        code = "server"
        name = "Server"
        policy = "vps"
        module = "none"
        customers_may_change = true
        [[products.plans]]
        code = "s"
        name = "Small"
        size = { cpus = 1 }
        prices = [{ cycle = "month", amount = "10.00", currency = "EUR" }]
        [[products.plans]]
        code = "m"
        name = "Medium"
        size = { cpus = 2 }
        prices = [{ cycle = "month", amount = "30.00", currency = "EUR" }]
        [[products.options]]
        code = "ram8"
        name = "8 GB"
        kind = "yes_no"
        group = "Memory"
        resource = "memory_gb"
        per_unit = 8
        prices = [{ cycle = "month", amount = "4.00", currency = "EUR" }]
        [[products.options]]
        code = "ram16"
        name = "16 GB"
        kind = "yes_no"
        group = "Memory"
        plans = ["m"]
        resource = "memory_gb"
        per_unit = 16
        prices = [{ cycle = "month", amount = "8.00", currency = "EUR" }]
        [[products.options]]
        code = "seat"
        name = "Seats"
        kind = "seat"
        unit = "seats"
        min = 1
        min_on = { m = 2 }
        max = 3
        resource = "seats"
        per_unit = 1
        prices = [
            { cycle = "month", amount = "2.00", currency = "EUR" },
            { cycle = "month", amount = "5.00", currency = "EUR", plan = "m" },
        ]
    "#;

    fn shown(plan: &str, options: &[(&str, u32)]) -> Vec<Select> {
        let catalogue = Catalogue::from_toml(CATALOGUE).expect("a catalogue");
        let options = options.iter().map(|(code, quantity)| ((*code).into(), *quantity)).collect();
        let basket = Basket { plan: plan.into(), cycle: Cycle::MONTH, options };
        selects(Language::English, &catalogue.products[0], &basket, catalogue.currency)
    }

    fn labels(select: &Select) -> Vec<&str> {
        select.choices.iter().map(|choice| choice.label.as_str()).collect()
    }

    #[test]
    fn a_group_is_one_list_of_what_the_plan_can_have() {
        let selects = shown("s", &[("seat", 1)]);
        assert_eq!(selects.iter().map(|select| select.label.as_str()).collect::<Vec<_>>(), ["Memory", "Seats"]);
        assert_eq!(
            (selects[0].name.as_str(), labels(&selects[0])),
            ("one_of_ram8", vec!["As in the plan", "8 GB, €4.00 per month"])
        );
        assert_eq!(labels(&shown("m", &[("seat", 2)])[0]).len(), 3);
    }

    #[test]
    fn what_the_plan_cannot_have_is_shown_to_be_given_up() {
        let selects = shown("s", &[("ram16", 1), ("seat", 1)]);
        assert_eq!(selects[0].error.as_deref(), Some("Small cannot have this. Take it off to go on."));
        assert_eq!(
            selects[0].choices.iter().find(|choice| choice.selected).map(|one| one.value.as_str()),
            Some("ram16")
        );
    }

    #[test]
    fn quantities_begin_at_the_least_of_the_plan_and_cost_what_they_cost_there() {
        assert_eq!(labels(&shown("s", &[("seat", 1)])[1])[0], "1 seat, €2.00 per month");
        let seats = &shown("m", &[("seat", 1)])[1];
        assert_eq!(
            labels(seats),
            ["1 seat, €5.00 per month", "2 seats, €10.00 per month", "3 seats, €15.00 per month"]
        );
        assert_eq!(seats.error.as_deref(), Some("There must be at least 2 seats."));
    }

    #[test]
    fn tiers_are_told_in_words_and_each_quantity_with_its_sum() {
        let tiers = |mode: &str, discount: &str| {
            let price = format!(
                "cycle = \"month\", currency = \"EUR\", tier_mode = \"{mode}\", {discount}\
                 tiers = [{{ up_to = 1, amount = \"0\" }}, {{ amount = \"2.00\", flat = \"3.00\" }}]"
            );
            let text = CATALOGUE.replace("cycle = \"month\", amount = \"2.00\", currency = \"EUR\"", &price);
            let catalogue = Catalogue::from_toml(&text).expect("a catalogue");
            let options = [("seat".into(), 1)].into_iter().collect();
            let basket = Basket { plan: "s".into(), cycle: Cycle::MONTH, options };
            let mut selects = selects(Language::English, &catalogue.products[0], &basket, catalogue.currency);
            selects.remove(1)
        };
        let seats = tiers("graduated", "");
        assert_eq!(labels(&seats), ["1 seat, €0.00 per month", "2 seats, €5.00 per month", "3 seats, €7.00 per month"]);
        let words =
            "Price per month, each at the price of its own place: 1: free, from 2 on: €2.00 each and €3.00 once.";
        assert_eq!(seats.help.as_deref(), Some(words));
        let seats = tiers("volume", "discount = \"10%\", ");
        assert_eq!(labels(&seats)[2], "3 seats, €8.10 per month");
        let words = "Price per month, all at the price of how many there are: 1: free, from 2 on: €2.00 each and €3.00 \
                     once. 10 % is taken off.";
        assert_eq!(seats.help.as_deref(), Some(words));
        assert_eq!(shown("s", &[("seat", 1)])[1].help, None);
    }

    #[test]
    fn choosing_one_of_a_group_gives_up_the_others() {
        let catalogue = Catalogue::from_toml(CATALOGUE).expect("a catalogue");
        let product = &catalogue.products[0];
        let mut basket =
            Basket { plan: "m".into(), cycle: Cycle::MONTH, options: [("ram8".into(), 1)].into_iter().collect() };
        assert_eq!(read(product, &mut basket, "one_of_ram8", "ram16"), Ok(true));
        assert_eq!((basket.options[&"ram8".into()], basket.options[&"ram16".into()]), (0, 1));
        assert_eq!(read(product, &mut basket, "one_of_ram8", ""), Ok(true));
        assert_eq!((basket.options[&"ram8".into()], basket.options[&"ram16".into()]), (0, 0));
        assert!(read(product, &mut basket, "one_of_ram8", "seat").is_err());
        assert!(read(product, &mut basket, "one_of_seat", "seat").is_err());
        assert!(read(product, &mut basket, "option_seat", "many").is_err());
        assert_eq!(read(product, &mut basket, "colour", "red"), Ok(false));
    }
}
