//! Names: the codes and short texts of a catalogue that a quote carries on every line. A copy of one costs no
//! allocation: short ones are held in place, long ones shared.

/// A code such as `large`, or the short text that people read for it.
pub type Name = smol_str::SmolStr;

/// Values by their names, in the order of names; few, and held in one piece.
pub type Named<V> = litemap::LiteMap<Name, V>;
