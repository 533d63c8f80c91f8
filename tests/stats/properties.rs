//! What must hold for any data.

use askwell::stats::drivers::drivers;
use askwell::stats::intervals::wilson95;
use askwell::stats::kappa::Weights;
use askwell::stats::krippendorff::{Level, krippendorff};
use askwell::stats::nps::Nps;
use askwell::stats::{Columns, TABLE, alpha, icc, kappa, omega, sus};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

type Rows = Vec<Vec<Option<f64>>>;

/// Tables of up to 12 rows and 5 columns.
fn rows(cell: impl Strategy<Value = f64> + Clone + 'static) -> impl Strategy<Value = Rows> {
    (1..=5_usize).prop_flat_map(move |width| vec(vec(weighted(0.9, cell.clone()), width), 0..=12))
}

fn rating() -> impl Strategy<Value = f64> + Clone {
    (1..=5_u8).prop_map(f64::from)
}

/// Numbers that no questionnaire asks for, to look for what breaks.
fn wild() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        rating(),
        -1e3..1e3_f64,
        Just(0.0),
        Just(-0.0),
        Just(1e-300),
        Just(1e300),
        Just(-1.7e308),
        Just(0.1)
    ]
}

/// Settings with which each statistic works on the columns a, b, c, …
fn settings() -> Map<String, Value> {
    let settings = json!({
        "boxes": 2, "max": 10, "points": 5, "level": "ordinal", "weights": "quadratic", "outcome": "a"
    });
    settings.as_object().unwrap().clone()
}

/// Every number is one, and whatever is null says why.
fn sound(reply: &Value) -> Result<(), String> {
    match reply {
        Value::Object(map) => {
            let undefined = map.get("value").is_some_and(Value::is_null);
            if undefined && !map.get("reason").is_some_and(Value::is_string) {
                return Err(format!("no reason: {reply}"));
            }
            map.iter().filter(|(name, _)| *name != "value").try_for_each(|(_, part)| sound(part))
        }
        Value::Array(list) => list.iter().try_for_each(sound),
        Value::Null => Err(String::from("null without a reason")),
        _ => Ok(()),
    }
}

fn reordered(rows: &Rows, seed: u64) -> Rows {
    let mut rows: Vec<_> = rows.clone();
    let mut state = seed | 1;
    for at in (1..rows.len()).rev() {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        rows.swap(at, (state >> 33) as usize % (at + 1));
    }
    rows
}

fn complete(rows: &[Vec<f64>]) -> Columns {
    let rows: Rows = rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
    super::columns(&rows)
}

/// The figures of a reply without their intervals, whose bounds may lie arbitrarily close to a pole.
fn figures(name: &str, columns: &Columns) -> Option<Value> {
    fn without(reply: &mut Value) {
        if let Value::Object(map) = reply {
            map.remove("ci95");
            map.values_mut().for_each(without);
        }
    }
    let mut reply = super::cases::compute(name, columns, &settings()).ok()?;
    without(&mut reply);
    Some(reply)
}

fn near(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * (1.0 + left.abs())
}

proptest! {
    #[test]
    fn any_data_give_numbers_or_reasons(rows in prop_oneof![rows(rating()), rows(wild())]) {
        let columns = super::columns(&rows);
        for row in TABLE {
            if let Ok(reply) = super::cases::compute(row.name, &columns, &settings()) {
                prop_assert_eq!(sound(&reply), Ok(()), "{}", row.name);
            }
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(rows in rows(rating()), seed: u64) {
        let (columns, other) = (super::columns(&rows), super::columns(&reordered(&rows, seed)));
        // Scores stand by row; an estimate that does not exist may fail to settle in more than one way.
        for row in TABLE.iter().filter(|row| !["sus", "omega"].contains(&row.name)) {
            let both = (figures(row.name, &columns), figures(row.name, &other));
            if let (Some(reply), Some(again)) = both {
                let same = super::cases::same(&reply, &again, 1e-7, row.name);
                prop_assert_eq!(same, Ok(()));
            }
        }
    }

    #[test]
    fn the_order_of_raters_does_not_matter(rows in rows(rating())) {
        let turned: Rows = rows.iter().map(|row| row.iter().rev().copied().collect()).collect();
        let (columns, other) = (super::columns(&rows), super::columns(&turned));
        for name in ["icc", "fleiss", "krippendorff", "kappa"] {
            if let (Some(reply), Some(again)) = (figures(name, &columns), figures(name, &other)) {
                prop_assert_eq!(super::cases::same(&reply, &again, 1e-9, name), Ok(()));
            }
        }
    }

    #[test]
    fn items_that_say_the_same_are_perfectly_consistent(
        column in vec(-100.0..100.0_f64, 3..20), items in 2..6_usize
    ) {
        let rows: Vec<Vec<f64>> = column.iter().map(|cell| vec![*cell; items]).collect();
        let items = complete(&rows);
        let found = alpha::alpha(&items);
        prop_assert!(near(found.value.unwrap(), 1.0) && near(found.standardized.unwrap(), 1.0));
        let icc = icc::icc(&items);
        prop_assert!(near(icc.icc2.value.unwrap(), 1.0) && near(icc.icc1k.value.unwrap(), 1.0));
        prop_assert_eq!(krippendorff(&items, Level::Interval).unwrap(), Ok(1.0));
        prop_assert!(omega::omega(&items).value.is_err());
    }

    #[test]
    fn reliability_does_not_depend_on_the_unit(
        rows in vec(vec(-3.0..3.0_f64, 4), 8..30), factor in 0.01..100.0_f64, shift in -50.0..50.0_f64
    ) {
        let other: Vec<Vec<f64>> =
            rows.iter().map(|row| row.iter().map(|cell| cell * factor + shift).collect()).collect();
        let (items, other) = (complete(&rows), complete(&other));
        let values = |items: &Columns| (alpha::alpha(items).value.unwrap(), icc::icc(items).icc3.value.unwrap());
        let (one, two) = (values(&items), values(&other));
        prop_assert!((one.0 - two.0).abs() <= 1e-7 * (1.0 + one.0.abs()) && (one.1 - two.1).abs() < 1e-7);
        // The mean of all raters is as reliable as the sum of all items is consistent.
        prop_assert!(near(icc::icc(&items).icc3k.value.unwrap(), one.0));
        if let (Ok(one), Ok(two)) = (omega::omega(&items).value, omega::omega(&other).value) {
            prop_assert!((one - two).abs() < 1e-6);
        }
    }

    #[test]
    fn omega_finds_the_loadings_that_made_the_correlations(
        loadings in vec(0.3..0.9_f64, 3..9)
    ) {
        let cell = |i: usize, j: usize| if i == j { 1.0 } else { loadings[i] * loadings[j] };
        let matrix: Vec<Vec<f64>> = (0..loadings.len())
            .map(|i| (0..loadings.len()).map(|j| cell(i, j)).collect())
            .collect();
        let found = omega::of_covariance(&matrix, 100).loadings.unwrap();
        prop_assert!(found.iter().zip(&loadings).all(|(found, made)| (found - made).abs() < 1e-6));
    }

    #[test]
    fn shares_of_drivers_sum_to_what_they_explain(rows in vec(vec(-3.0..3.0_f64, 5), 8..30)) {
        let drivers = drivers(&complete(&rows), "c").unwrap();
        let r2 = drivers.r2.unwrap();
        for shares in [&drivers.shapley, &drivers.relative_weights] {
            let shares: Vec<f64> = shares.iter().map(|share| share.unwrap()).collect();
            prop_assert!(near(shares.iter().sum(), r2) && shares.iter().all(|share| *share > -1e-12));
        }
    }

    #[test]
    fn intervals_hold_what_they_are_about(k in 0..500_usize, more in 0..500_usize, third in 0..500_usize) {
        if k + more > 0 {
            let [low, high] = wilson95(k, k + more).unwrap();
            let share = k as f64 / (k + more) as f64;
            prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
            prop_assert!((low == 0.0) == (k == 0) && (high == 1.0) == (more == 0));
        }
        let nps = Nps { promoters: k, passives: more, detractors: third };
        if nps.n() > 0 {
            let [low, high] = nps.ci95().unwrap();
            prop_assert!(-100.0 <= low && low < high && high <= 100.0);
            let opposite = Nps { promoters: third, passives: more, detractors: k };
            prop_assert!(near(nps.value().unwrap(), -opposite.value().unwrap()));
            prop_assert!(near(high, -opposite.ci95().unwrap()[0]));
        }
    }

    #[test]
    fn two_categories_leave_nothing_to_weigh(rows in vec(vec((1..=2_u8).prop_map(f64::from), 2), 1..30)) {
        let ratings = complete(&rows);
        let plain = kappa::cohen(&ratings, Weights::None).unwrap();
        prop_assert_eq!(plain, kappa::cohen(&ratings, Weights::Linear).unwrap());
        prop_assert_eq!(plain, kappa::cohen(&ratings, Weights::Quadratic).unwrap());
        prop_assert!(plain.is_err() || plain.is_ok_and(|kappa| (-1.0..=1.0).contains(&kappa)));
    }

    #[test]
    fn usability_scores_are_steps_of_two_and_a_half(row in vec((1..=5_u8).prop_map(f64::from), 10)) {
        let score = sus::sus(&complete(std::slice::from_ref(&row))).unwrap().scores[0].unwrap();
        prop_assert!((0.0..=100.0).contains(&score) && (score / 2.5).fract() == 0.0);
        let mirrored: Vec<f64> = row.iter().map(|answer| 6.0 - answer).collect();
        let opposite = sus::sus(&complete(&[mirrored])).unwrap().scores[0].unwrap();
        prop_assert_eq!(score + opposite, 100.0);
    }
}
