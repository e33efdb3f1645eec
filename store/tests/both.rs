//! The same stories told to both databases. Each story is written once, on a `World` that holds a store; the macro
//! makes a test of it for SQLite and one for PostgreSQL. The stories are in `both/`, a noun each.

#[path = "both/world.rs"]
mod world;

/// Tells each story to a fresh database of either kind.
macro_rules! stories {
    ($($(#[$doc:meta])* fn $name:ident($world:ident) $story:block)*) => {$(
        mod $name {
            use super::*;
            fn story($world: World) $story
            #[test]
            fn sqlite() {
                story(World::on_sqlite());
            }
            #[test]
            fn postgresql() {
                story(World::on_postgres());
            }
        }
    )*};
}

#[path = "both/cancelling.rs"]
mod cancelling;
#[path = "both/commits.rs"]
mod commits;
#[path = "both/constraints.rs"]
mod constraints;
#[path = "both/lists.rs"]
mod lists;
#[path = "both/logins.rs"]
mod logins;
#[path = "both/payouts.rs"]
mod payouts;
#[path = "both/queue.rs"]
mod queue;
#[path = "both/schema.rs"]
mod schema;
