//! Names: the codes and short texts of a catalogue that a quote carries on every line. A copy of one costs no
//! allocation: short ones are held in place, long ones shared. And values by their names, such as sizes and options.

use std::ops::{Deref, DerefMut};

use litemap::LiteMap;
use serde::{Deserialize, Serialize, Serializer};

/// A code such as `large`, or the short text that people read for it.
pub type Name = smol_str::SmolStr;

/// Values by their names, in the order of names; few, and held in one piece. In JSON an object, also where it is empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(transparent)]
pub struct Named<V>(LiteMap<Name, V>);

impl<V> Named<V> {
    /// Values that stand in the order of their names already, each name once; where they do not, they come back.
    pub fn in_order(values: Vec<(Name, V)>) -> Result<Self, Vec<(Name, V)>> {
        let in_order = values.is_sorted_by(|(before, _), (after, _)| before < after);
        if in_order { Ok(Self(LiteMap::from_sorted_store_unchecked(values))) } else { Err(values) }
    }
}

impl<V> Default for Named<V> {
    fn default() -> Self {
        Self(LiteMap::new_vec())
    }
}

impl<V> Deref for Named<V> {
    type Target = LiteMap<Name, V>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<V> DerefMut for Named<V> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<V: Serialize> Serialize for Named<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter())
    }
}

impl<V> FromIterator<(Name, V)> for Named<V> {
    fn from_iter<I: IntoIterator<Item = (Name, V)>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<V> IntoIterator for Named<V> {
    type Item = (Name, V);
    type IntoIter = std::vec::IntoIter<(Name, V)>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_tuple_vec().into_iter()
    }
}

impl<'a, V> IntoIterator for &'a Named<V> {
    type Item = (&'a Name, &'a V);
    type IntoIter = <&'a LiteMap<Name, V> as IntoIterator>::IntoIter;
    fn into_iter(self) -> Self::IntoIter {
        (&self.0).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_in_order_is_taken_as_it_stands() {
        let named = |names: &[&str]| Named::in_order(names.iter().map(|name| ((*name).into(), ())).collect());
        assert_eq!(named(&["a", "b"]), Ok(Named::from_iter([("b".into(), ()), ("a".into(), ())])));
        assert!(named(&["b", "a"]).is_err() && named(&["a", "a"]).is_err());
    }

    #[test]
    fn it_is_an_object_of_json_also_where_it_is_empty() {
        for (text, named) in [
            ("{}", Named::default()),
            (r#"{"cpus":2,"disk":40}"#, Named::from_iter([("disk".into(), 40), ("cpus".into(), 2)])),
        ] {
            assert_eq!(serde_json::to_string(&named).expect("JSON"), text);
            assert_eq!(serde_json::from_str::<Named<i64>>(text).expect("the same"), named);
        }
    }
}
