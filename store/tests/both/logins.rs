//! Stories of logins, sessions, API keys and settings.

use jiff::SignedDuration;
use store::{ApiKey, KeyScope, Login, Role, Session, Taken};

use crate::world::{World, account_id};

fn login(world: &World, id: &str, email: &str) -> Login {
    Login {
        id: id.to_owned(),
        email: email.to_owned(),
        password_hash: "$argon2id$…".to_owned(),
        role: Role::Staff,
        account: None,
        name: "Ann".to_owned(),
        disabled: false,
        created_at: world.now,
    }
}

fn session(world: &World, token: u8, login: &str) -> Session {
    Session {
        token_hash: vec![token; 32],
        login: login.to_owned(),
        csrf: "csrf".to_owned(),
        created_at: world.now,
        last_seen_at: world.now,
        expires_at: world.now + SignedDuration::from_hours(1),
    }
}

stories! {
    fn an_address_has_one_login(world) {
        let ann = login(&world, "lgn_1", "ann@example.com");
        assert_eq!(world.store.add_login(&ann), Ok(Ok(())));
        assert_eq!(world.store.add_login(&login(&world, "lgn_2", "ann@example.com")), Ok(Err(Taken)));
        assert_eq!(world.store.login_by_email("ann@example.com"), Ok(Some(ann.clone())));
        assert_eq!(world.store.login("lgn_1"), Ok(Some(ann.clone())));
        let customer = Login {
            id: "lgn_3".to_owned(),
            email: "bob@example.com".to_owned(),
            role: Role::Customer,
            account: Some(account_id(1)),
            ..ann.clone()
        };
        assert_eq!(world.store.add_login(&customer), Ok(Ok(())));
        assert_eq!(world.store.logins(Some(account_id(1))), Ok(vec![customer]));
        assert_eq!(world.store.logins(None), Ok(vec![ann]));
    }

    fn a_session_ends_in_every_way_it_should(world) {
        let mut world = world;
        let ann = login(&world, "lgn_1", "ann@example.com");
        world.store.add_login(&ann).expect("it is stored").expect("the address is free");
        let open = |world: &World, token| {
            world.store.open_session(&session(world, token, "lgn_1")).expect("it opens");
            assert!(world.store.session(&[token; 32], world.now).expect("it reads").is_some());
        };
        let is_open = |world: &World, token| world.store.session(&[token; 32], world.now).expect("it reads").is_some();

        open(&world, 1);
        assert_eq!(world.store.session(&[1; 32], world.now), Ok(Some((session(&world, 1, "lgn_1"), ann))));
        world.store.end_session(&[1; 32]).expect("it ends");
        assert!(!is_open(&world, 1));

        open(&world, 2);
        assert_eq!(world.store.set_password("lgn_1", "$argon2id$new"), Ok(true));
        assert!(!is_open(&world, 2), "another password ends every session");

        open(&world, 3);
        assert_eq!(world.store.set_disabled("lgn_1", true), Ok(true));
        assert!(!is_open(&world, 3));
        assert_eq!(world.store.set_disabled("lgn_1", false), Ok(true));

        open(&world, 4);
        let until = world.now + SignedDuration::from_hours(3);
        assert_eq!(world.store.touch_session(&[4; 32], world.now, until), Ok(true));
        world.wait(2);
        assert!(is_open(&world, 4));
        world.wait(1);
        assert!(!is_open(&world, 4));
        world.store.sweep_sessions(world.now).expect("it sweeps");
        assert_eq!(world.store.end_session(&[4; 32]), Ok(false));
    }

    fn a_revoked_key_opens_nothing(world) {
        let key = ApiKey {
            id: "key_1".to_owned(),
            name: "billing export".to_owned(),
            secret_hash: vec![7; 32],
            scope: KeyScope::Read,
            account: Some(account_id(1)),
            created_at: world.now,
            last_used_at: None,
            revoked_at: None,
        };
        world.store.add_api_key(&key).expect("it is stored");
        assert_eq!(world.store.api_key("key_1"), Ok(Some(key.clone())));
        assert_eq!(world.store.use_api_key("key_1", world.now), Ok(true));
        assert_eq!(world.store.revoke_api_key("key_1", world.now), Ok(true));
        assert_eq!(world.store.revoke_api_key("key_1", world.now), Ok(false));
        assert_eq!(world.store.api_key("key_1"), Ok(None));
        let listed = world.store.api_keys().expect("they read");
        assert_eq!(listed, [ApiKey { last_used_at: Some(world.now), revoked_at: Some(world.now), ..key }]);
    }

    fn a_setting_is_stored_once(world) {
        assert_eq!(world.store.setting("token_key"), Ok(None));
        assert_eq!(world.store.setting_or("token_key", "one"), Ok("one".to_owned()));
        assert_eq!(world.store.setting_or("token_key", "two"), Ok("one".to_owned()));
    }
}
