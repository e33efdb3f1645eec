//! What the words of a vector's policy mean. A vector states its parameters in short English; each is either known
//! here, or the vector cannot be expressed.

use super::terms::number;
use super::{Case, Unsayable};
use crate::calendar::Zone;
use crate::share::Rounding;

impl Case<'_> {
    /// Refuses a policy field whose words hold none of these; a field that is missing says nothing.
    pub fn knows(&self, key: &str, words: &[&str]) -> Result<(), Unsayable> {
        let Some(value) = self.policy.get(key) else { return Ok(()) };
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_ascii_lowercase);
        if words.iter().any(|word| text.contains(word)) {
            Ok(())
        } else {
            Err(self.policy.not_a(key, "a term that Midcycle's policies have"))
        }
    }

    /// The text of a policy field in lower case; empty where it is missing.
    pub fn term(&self, key: &str) -> Result<String, Unsayable> {
        let Some(value) = self.policy.get(key) else { return Ok(String::new()) };
        value.as_str().map(str::to_ascii_lowercase).ok_or_else(|| self.policy.not_a(key, "a text"))
    }

    /// The text of a policy field that has two names; the first that is there.
    pub fn term_of(&self, names: [&'static str; 2]) -> Result<String, Unsayable> {
        self.term(self.policy.named(&names).unwrap_or(names[0]))
    }

    /// What becomes of parts of a minor unit: half away from zero where nothing is said.
    pub fn rounding(&self) -> Result<Rounding, Unsayable> {
        let (words, places) = self.rounding_words()?;
        if places.is_some() {
            return Err(self.policy.not_a("rounding", "a rounding to minor units"));
        }
        self.rounding_in(&words)
    }

    /// The same of parts of a price, and in steps of how many minor units.
    pub fn rounding_and_step(&self) -> Result<(Rounding, i64), Unsayable> {
        let (words, places) = self.rounding_words()?;
        let key = self.policy.named(&["charge_step", "rounding_step"]).unwrap_or("charge_step");
        let stated = self.policy.integer(key)?;
        let exponent = i64::from(self.currency()?.exponent());
        let step = match (places, stated) {
            (None, None) => 1,
            (None, Some(step)) if step > 0 => step,
            (Some(places), None) if places <= exponent => 10_i64.pow(u32::try_from(exponent - places).unwrap_or(0)),
            _ => return Err(self.policy.not_a(key, "a step in which Midcycle rounds")),
        };
        Ok((self.rounding_in(&words)?, step))
    }

    /// What becomes of parts, and where it is said, to how many decimals an amount is cut.
    fn rounding_words(&self) -> Result<(String, Option<i64>), Unsayable> {
        let words = self.term_of(["rounding", "rounding_mode"])?;
        let Some((mode, places)) = words.split_once(" to ").filter(|(_, rest)| rest.contains("decimal")) else {
            return Ok((words, None));
        };
        let places = places.strip_suffix(" decimals").or_else(|| places.strip_suffix(" decimal"));
        let places = places.and_then(number).filter(|places| (0..=4).contains(places));
        let places = places.ok_or_else(|| self.policy.not_a("rounding", "a rounding that Midcycle has"))?;
        Ok((mode.to_owned(), Some(places)))
    }

    fn rounding_in(&self, words: &str) -> Result<Rounding, Unsayable> {
        let is = |names: &[&str]| names.iter().any(|name| words.contains(name));
        match () {
            () if words.is_empty() || is(&["half_up", "half_away", "half away", "half up"]) => Ok(Rounding::HalfAway),
            () if is(&["half_even", "half even", "banker"]) => Ok(Rounding::HalfEven),
            () if words == "truncate" || words == "trunc" || words == "down" => Ok(Rounding::Truncate),
            () if words == "ceil" || words == "up" || words == "ceiling" => Ok(Rounding::Up),
            () => Err(self.policy.not_a("rounding", "a rounding that Midcycle has")),
        }
    }

    /// The zone in which days are cut: the one the policy names, or else the customer's (`tz`), or else UTC.
    pub fn zone(&self) -> Result<Zone, Unsayable> {
        let customers = self.input.zone("tz")?;
        let key = self.policy.named(&["day_tz", "day_zone"]).unwrap_or("day_tz");
        let named = self.policy.text(key)?.unwrap_or("customer");
        match Zone::parse(named) {
            Ok(zone) => Ok(zone),
            Err(_) if ["customer", "account", "seller"].iter().any(|whose| named.contains(whose)) => {
                Ok(customers.unwrap_or_else(Zone::utc))
            }
            Err(_) => Err(self.policy.not_a(key, "a zone")),
        }
    }
}
