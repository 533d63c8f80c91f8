use proptest::prelude::*;

use super::*;

fn at(seconds: f64) -> Moment {
    Moment { wall_ms: seconds * 1000.0, steady_ms: seconds * 1000.0, minutes: 600 }
}

fn kiosk(partial: Partial) -> Kiosk {
    Kiosk::new(Settings { partial, ..Settings::default() }, at(0.0))
}

fn begin(kiosk: &mut Kiosk, now: Moment) -> Vec<Effect> {
    kiosk.handle(Event::Begin("en".to_owned()), now)
}

#[test]
fn finishing_says_thanks_and_makes_room_for_the_next() {
    let mut kiosk = kiosk(Partial::Keep);
    assert!(begin(&mut kiosk, at(1.0)).contains(&Effect::Show(Screen::Survey)));
    kiosk.handle(Event::Answered, at(2.0));
    kiosk.handle(Event::Finished, at(20.0));
    kiosk.handle(Event::Stored, at(21.0));
    assert_eq!(kiosk.handle(Event::Tick, at(22.0)), [Effect::Left(7)]);
    let effects = kiosk.handle(Event::Tick, at(29.5));
    assert_eq!(
        effects,
        [Effect::Wipe, Effect::Show(Screen::Attract)],
        "nothing is handed in twice"
    );
}

#[test]
fn the_policy_decides_about_those_who_walk_away() {
    for (partial, expected) in
        [(Partial::Discard, false), (Partial::Keep, true), (Partial::Submit, true)]
    {
        for answered in [false, true] {
            let mut kiosk = kiosk(partial);
            begin(&mut kiosk, at(1.0));
            if answered {
                kiosk.handle(Event::Answered, at(2.0));
            }
            kiosk.handle(Event::Tick, at(61.0));
            assert_eq!(kiosk.screen(), Screen::StillThere);
            let effects = kiosk.handle(Event::Tick, at(82.0));
            assert_eq!(
                effects.iter().any(|effect| matches!(effect, Effect::HandIn(_))),
                expected && answered
            );
            assert!(effects.contains(&Effect::Wipe));
        }
    }
}

#[test]
fn what_is_handed_in_says_why_it_ended() {
    for (event, now, reason) in [
        (Event::Tick, at(90.0), Reason::Idle),
        (Event::Next, at(5.0), Reason::Reset),
        (Event::StaffAsked, at(5.0), Reason::Staff),
    ] {
        let mut kiosk = kiosk(Partial::Keep);
        begin(&mut kiosk, at(1.0));
        kiosk.handle(Event::Answered, at(2.0));
        let effects = kiosk.handle(event, now);
        assert_eq!(effects.first(), Some(&Effect::HandIn(reason)));
    }
}

#[test]
fn a_touch_extends_and_writing_takes_longer() {
    let mut kiosk = kiosk(Partial::Keep);
    begin(&mut kiosk, at(1.0));
    kiosk.handle(Event::Tick, at(62.0));
    kiosk.handle(Event::Touched(false), at(70.0));
    assert_eq!(kiosk.screen(), Screen::Survey);
    kiosk.handle(Event::Touched(true), at(100.0));
    kiosk.handle(Event::Tick, at(200.0));
    assert_eq!(kiosk.screen(), Screen::Survey);
    kiosk.handle(Event::Tick, at(221.0));
    assert_eq!(kiosk.screen(), Screen::StillThere);
}

#[test]
fn who_wakes_the_device_is_not_the_one_who_left_it() {
    let mut kiosk = kiosk(Partial::Keep);
    begin(&mut kiosk, at(1.0));
    kiosk.handle(Event::Answered, at(2.0));
    // The steady clock slept as well.
    let morning = Moment { wall_ms: 9.0 * 3_600_000.0, steady_ms: 3000.0, minutes: 600 };
    let effects = kiosk.handle(Event::Touched(false), morning);
    assert_eq!(effects[..2], [Effect::HandIn(Reason::Idle), Effect::Wipe]);
    // A clock that is set back holds nobody up.
    let mut other = self::kiosk(Partial::Keep);
    begin(&mut other, at(1.0));
    let back = Moment { wall_ms: -9e9, steady_ms: 100_000.0, minutes: 600 };
    assert!(other.handle(Event::Tick, back).contains(&Effect::Wipe));
}

#[test]
fn playing_hands_begin_nothing() {
    let mut kiosk = kiosk(Partial::Keep);
    begin(&mut kiosk, at(1.0));
    kiosk.handle(Event::Finished, at(3.0));
    kiosk.handle(Event::Next, at(4.0));
    assert_eq!(kiosk.screen(), Screen::Attract);
    for tap in 0..8 {
        assert_eq!(begin(&mut kiosk, at(4.1 + 0.4 * f64::from(tap))), []);
    }
    assert!(!begin(&mut kiosk, at(8.5)).is_empty());
}

#[test]
fn it_sleeps_outside_its_hours_and_refuses_without_room() {
    let settings = Settings { sleep: Some((22 * 60, 7 * 60)), ..Settings::default() };
    let night = Moment { minutes: 23 * 60, ..at(10.0) };
    let mut kiosk = Kiosk::new(settings, at(0.0));
    kiosk.handle(Event::Tick, night);
    assert_eq!(kiosk.screen(), Screen::Asleep);
    assert_eq!(begin(&mut kiosk, night), []);
    let day = Moment { minutes: 8 * 60, ..at(20.0) };
    kiosk.handle(Event::Tick, day);
    assert_eq!(kiosk.screen(), Screen::Attract);
    kiosk.handle(Event::Room(false), day);
    assert_eq!(kiosk.screen(), Screen::Full);
    kiosk.handle(Event::Room(true), day);
    assert_eq!(kiosk.screen(), Screen::Attract);
}

#[test]
fn wrong_numbers_make_staff_wait_also_after_a_reload() {
    let mut kiosk = kiosk(Partial::Keep);
    kiosk.handle(Event::StaffAsked, at(1.0));
    let mut saved = Tries::default();
    for second in 0..5 {
        for effect in kiosk.handle(Event::PinTried(false), at(2.0 + f64::from(second))) {
            if let Effect::SaveTries(tries) = effect {
                saved = tries;
            }
        }
    }
    let mut reloaded = self::kiosk(Partial::Keep);
    reloaded.remember(saved);
    for kiosk in [&mut kiosk, &mut reloaded] {
        kiosk.handle(Event::StaffAsked, at(7.0));
        kiosk.handle(Event::PinTried(true), at(8.0));
        assert_eq!(kiosk.screen(), Screen::Pin, "too early, though right");
        assert!(kiosk.locked_ms(at(8.0)) > 20_000.0);
        kiosk.handle(Event::PinTried(true), at(40.0));
        assert_eq!(kiosk.screen(), Screen::Staff);
        kiosk.handle(Event::Tick, at(161.0));
        assert_eq!(kiosk.screen(), Screen::Attract, "nobody leaves it open");
    }
}

#[test]
fn settings_tell_what_is_wrong_with_them() {
    let wishes =
        r#"{"idle": 9, "partial": "maybe", "sleep": {"from": "25:00"}, "thanksSeconds": 4}"#;
    let (settings, faults) = Settings::read(&serde_json::from_str(wishes).unwrap());
    assert_eq!(settings, Settings { thanks_ms: 4000.0, ..Settings::default() });
    assert_eq!(faults.len(), 3, "{faults:?}");
}

fn events() -> impl Strategy<Value = (Event, f64)> {
    let event = prop_oneof![
        6 => Just(Event::Tick),
        4 => any::<bool>().prop_map(Event::Touched),
        4 => Just(Event::Begin("en".to_owned())),
        4 => Just(Event::Answered),
        2 => Just(Event::Finished),
        2 => Just(Event::Stored),
        1 => Just(Event::Next),
        1 => Just(Event::StaffAsked),
        1 => any::<bool>().prop_map(Event::PinTried),
        1 => Just(Event::StaffLeft),
        1 => any::<bool>().prop_map(Event::Room),
        1 => Just(Event::UpdateReady),
    ];
    (event, prop_oneof![0.0..2.0, 0.0..100.0, 0.0..20_000.0])
}

proptest! {
    #[test]
    fn whatever_happens_nobody_meets_the_one_before(story in prop::collection::vec(events(), 1..120)) {
        let settings = Settings { sleep: Some((0, 60)), ..Settings::default() };
        let mut kiosk = Kiosk::new(settings, at(0.0));
        let (mut seconds, mut dirty, mut owes, mut room) = (0.0, false, false, true);
        for (event, pause) in story {
            seconds += pause;
            let now = Moment { minutes: (seconds / 60.0) as u32 % 1440, ..at(seconds) };
            let answers = event == Event::Answered && kiosk.screen().is_taken();
            let finishes = event == Event::Finished;
            let before = kiosk.screen();
            if let Event::Room(has_room) = event {
                room = has_room;
            }
            for effect in kiosk.handle(event, now) {
                match effect {
                    Effect::Wipe => {
                        prop_assert!(!owes, "wiped before it was handed in");
                        dirty = false;
                    }
                    Effect::HandIn(_) => owes = false,
                    Effect::Start { .. } => {
                        prop_assert!(!dirty, "somebody begins on top of another's answers");
                        prop_assert!(room, "somebody begins where nothing can be kept");
                        dirty = true;
                    }
                    Effect::Update => prop_assert!(!dirty, "an update under somebody's hands"),
                    _ => {}
                }
            }
            if answers && kiosk.screen().is_taken() && before != Screen::Thanks {
                owes = true;
            }
            if finishes && before != Screen::Attract {
                owes = false;
            }
        }
        // Left alone, it comes to rest with nothing of anybody.
        for step in 0..4 {
            kiosk.handle(Event::Tick, Moment { minutes: 600, ..at(seconds + 200.0 * f64::from(step + 1)) });
        }
        let rests = [Screen::Attract, Screen::Full].contains(&kiosk.screen());
        prop_assert!(rests, "{:?}", kiosk.screen());
    }
}
