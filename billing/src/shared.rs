//! Values that stand on very many lines and that there are few of, such as rates of tax and references to policies: one
//! that was read once stays where it is, for as long as the program runs, and is copied and compared as a place in memory.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::OnceLock;
use std::{fmt, ptr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that is held once. Two of them are the same where their values are.
pub struct Shared<T: 'static>(&'static T);

/// Values of which there are few: as many as the catalogues of an operator ever name.
pub trait Few: Eq + 'static {
    /// Those that were read so far.
    fn known() -> &'static Known<Self>
    where
        Self: Sized;
}

/// The values that were read so far, each once, in the order in which they were.
pub struct Known<T>(OnceLock<Box<(T, Known<T>)>>);

impl<T> Known<T> {
    /// None yet.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Few> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        let mut value = Some(value);
        let mut rest = T::known();
        loop {
            let (known, after) = &**rest.0.get_or_init(|| {
                let value = value.take().expect("a value that stands nowhere yet");
                Box::new((value, Known::new()))
            });
            if value.as_ref().is_none_or(|value| value == known) {
                return Self(known);
            }
            rest = after;
        }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self.0, other.0)
    }
}

impl<T> Eq for Shared<T> {}

impl<T: Ord> PartialOrd for Shared<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Ord> Ord for Shared<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(other.0)
    }
}

impl<T: Hash> Hash for Shared<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Few + Deserialize<'de>> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Eq)]
    struct Fruit(&'static str);

    impl Few for Fruit {
        fn known() -> &'static Known<Self> {
            static KNOWN: Known<Fruit> = Known::new();
            &KNOWN
        }
    }

    #[test]
    fn equal_values_are_one_place() {
        let [apple, pear, again] = ["apple", "pear", "apple"].map(|name| Shared::from(Fruit(name)));
        assert!(ptr::eq(apple.0, again.0));
        assert_eq!(apple, again);
        assert_ne!(apple, pear);
        assert_eq!((apple.0.0, pear.0.0), ("apple", "pear"));
    }
}
