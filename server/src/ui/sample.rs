//! Every page can show examples of itself, so that tests render each page in each state and the
//! style guide has something to show.

/// Examples of a page or a part: usual, empty, one, many, very long names, hostile text.
pub trait Sample: Sized {
    /// The examples, the usual one first.
    fn samples() -> Vec<Self>;
}

/// A name nobody would choose and somebody has.
pub const LONG_NAME: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft Niederösterreich-Süd m.b.H. & Co. KG";

/// Text that would run as a script if a template forgot to escape it.
pub const HOSTILE_TEXT: &str = "<script>alert(\"1\")</script>' onmouseover='x";
