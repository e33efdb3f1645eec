//! What the words of a vector's policy mean. A vector states its parameters in short English; each is either known
//! here, or the vector cannot be expressed.

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
        let words = self.term_of(["rounding", "rounding_mode"])?;
        let is = |names: &[&str]| names.iter().any(|name| words.contains(name));
        match () {
            () if words.is_empty() || is(&["half_up", "half_away", "half away", "half up"]) => Ok(Rounding::HalfAway),
            () if is(&["half_even", "half even", "banker"]) => Ok(Rounding::HalfEven),
            // To the minor unit only: an amount cut to fewer places is another rule.
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
