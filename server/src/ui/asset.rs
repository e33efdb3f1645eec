//! The style sheet and the script, compiled in, with addresses that change when they change, so
//! that a browser may keep them for a year.

use std::sync::LazyLock;

/// The style sheet.
pub const CSS: &str = include_str!("../../assets/app.css");
/// The script. Every page works without it.
pub const JS: &str = include_str!("../../assets/app.js");

/// Where the style sheet is served: `/assets/app.css?v=…`.
pub static CSS_HREF: LazyLock<String> = LazyLock::new(|| format!("/assets/app.css?v={:016x}", fingerprint(CSS)));
/// Where the script is served.
pub static JS_HREF: LazyLock<String> = LazyLock::new(|| format!("/assets/app.js?v={:016x}", fingerprint(JS)));

/// The header that goes with every page: nothing may run or load that we did not ship.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// FNV-1a: tells two versions apart, and protects nothing.
const fn fingerprint(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut index = 0;
    while index < bytes.len() {
        hash = (hash ^ bytes[index] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        index += 1;
    }
    hash
}
