//! Choices that look random and are the same in every run of a seed.

/// The seed of a test; the variable `MIDCYCLE_CRASH_SEED` gives another one, to look for what the fixed ones miss.
pub fn seed(usual: u64) -> u64 {
    let named = std::env::var("MIDCYCLE_CRASH_SEED").ok();
    named.map_or(usual, |text| usual.wrapping_add(text.parse().expect("a number in MIDCYCLE_CRASH_SEED")))
}

/// A sequence of choices (splitmix64).
pub struct Dice(u64);

impl Dice {
    /// The sequence of a seed and of one who throws.
    pub fn of(seed: u64, who: u64) -> Self {
        Self(seed ^ who.wrapping_mul(0xA076_1D64_78BD_642F))
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub fn one_of<T: Copy>(&mut self, several: &[T]) -> T {
        let place = usize::try_from(self.below(several.len() as u64)).expect("a small number");
        several[place]
    }
}
