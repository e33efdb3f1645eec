//! Chance that comes out the same every time: one number seeds everything that is drawn.

/// A stream of numbers (SplitMix64).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, but not, `end`.
    pub fn below(&mut self, end: i64) -> i64 {
        let end = u64::try_from(end).expect("a positive end");
        i64::try_from(self.next() % end).expect("a number below 2^63")
    }

    /// A number of both ends.
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        first + self.below(last - first + 1)
    }

    /// So many times in a hundred.
    pub fn percent(&mut self, often: i64) -> bool {
        self.below(100) < often
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let at = self.below(i64::try_from(all.len()).expect("a short list"));
        &all[usize::try_from(at).expect("a place")]
    }

    pub fn place(&mut self, places: usize) -> usize {
        usize::try_from(self.below(i64::try_from(places).expect("a short list"))).expect("a place")
    }
}
