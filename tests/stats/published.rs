//! Figures beyond those of `askwell stats`, and details of those, as published and as computed by
//! packages of R and Python: `published.json`.

use askwell::stats::bands::Bands;
use askwell::stats::change::Precision;
use askwell::stats::composite::satisfaction_index;
use askwell::stats::importance::{Crosshair, Quadrant, quadrants};
use askwell::stats::moments::variance;
use askwell::stats::norms::Norm;
use askwell::stats::nps::Nps;
use askwell::stats::{Columns, alpha, drivers, omega, service, wave};
use serde_json::Value;

fn published(name: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("published.json")).unwrap();
    all[name].clone()
}

fn attitude() -> Columns {
    let all: Value = serde_json::from_str(include_str!("cases/alpha.json")).unwrap();
    let names = all[0]["columns"].as_array().unwrap();
    let rows = all[0]["rows"].as_array().unwrap();
    let column = |at: usize| rows.iter().map(|row| row[at].as_f64()).collect();
    let named = |(at, name): (usize, &Value)| (name.as_str().unwrap().to_owned(), column(at));
    Columns::new(names.iter().enumerate().map(named)).unwrap()
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

#[track_caller]
fn close(found: f64, published: &Value, tolerance: f64) {
    let published = published.as_f64().unwrap();
    assert!((found - published).abs() <= tolerance, "{found} is not {published}");
}

#[track_caller]
fn all_close(found: &[f64], published: &Value, tolerance: f64) {
    let published = published.as_array().unwrap();
    assert_eq!(found.len(), published.len());
    found.iter().zip(published).for_each(|(found, published)| close(*found, published, tolerance));
}

#[test]
fn reliability_of_the_attitude_data() {
    let (items, expected) = (attitude(), published("attitude"));
    all_close(&alpha::alpha(&items).ci95().unwrap(), &expected["feldt"], 5e-4);
    let omega = omega::omega(&items);
    close(omega.value.unwrap(), &expected["omega"], 1e-6);
    close(omega.standardized.unwrap(), &expected["omegaStandardized"], 1e-6);
    all_close(&omega.loadings.unwrap(), &expected["loadings"], 1e-5);
}

#[test]
fn precision_of_the_attitude_data() {
    let (items, expected) = (attitude(), published("attitude"));
    let reliability = alpha::alpha(&items).value.unwrap();
    let rows = items.complete_rows();
    for (name, scores) in [
        (
            "Means",
            rows.iter().map(|row| row.iter().sum::<f64>() / row.len() as f64).collect::<Vec<f64>>(),
        ),
        ("Sums", rows.iter().map(|row| row.iter().sum()).collect::<Vec<f64>>()),
    ] {
        let standard_deviation = variance(&scores).unwrap().sqrt();
        let precision = Precision { standard_deviation, reliability };
        let error = precision.standard_error().unwrap();
        close(error, &expected[format!("standardErrorOf{name}")], 5e-3);
        let change = precision.smallest_change().unwrap();
        close(change, &expected[format!("smallestChangeOf{name}")], 5e-3);
        let index = precision.reliable_change(10.0, 10.0 + change).unwrap();
        assert!((index - 1.959964).abs() < 1e-12);
    }
}

#[test]
fn reliability_from_the_covariances_of_a_large_survey() {
    for scale in published("bfi")["scales"].as_array().unwrap() {
        let n = scale["n"].as_u64().unwrap() as usize;
        let matrix = |name: &str| -> Vec<Vec<f64>> {
            scale[name].as_array().unwrap().iter().map(numbers).collect()
        };
        let listwise = alpha::of_covariance(&matrix("listwise"), n).value.unwrap();
        close(listwise, &scale["alphaListwise"], 1e-7);
        let pairwise = alpha::of_covariance(&matrix("pairwise"), n).value.unwrap();
        close(pairwise, &scale["alphaPairwise"], 1e-7);
        let omega = omega::of_covariance(&matrix("listwise"), n).value.unwrap();
        close(omega, &scale["omegaListwise"], 1e-6);
    }
}

#[test]
fn drivers_of_the_attitude_data() {
    let expected = published("attitude");
    let drivers = drivers::drivers(&attitude(), "rating").unwrap();
    close(drivers.intercept.unwrap(), &expected["coefficients"]["intercept"], 1e-7);
    for (at, name) in drivers.names.iter().enumerate() {
        close(drivers.coefficients[at].unwrap(), &expected["coefficients"][name], 1e-7);
        close(drivers.relative_weights[at].unwrap(), &expected["relativeWeights"][name], 1e-7);
    }
}

/// Orders of entry that are sampled come near to all of them, as near as their errors say.
#[test]
fn sampled_shares_are_near_the_exact_ones() {
    let exact = drivers::drivers(&attitude(), "rating").unwrap();
    let rows = attitude().complete();
    let last = attitude().names().iter().position(|name| name == "rating").unwrap();
    let mut columns = rows.clone();
    let outcome = columns.remove(last);
    columns.push(outcome);
    let matrix = askwell::stats::moments::covariance(&columns).unwrap();
    let means = vec![0.0; columns.len()];
    let names = exact.names.clone();
    let of = |most_exact| {
        drivers::of_moments(names.clone(), columns[0].len(), &means, &matrix, most_exact)
    };
    assert_eq!(of(20).sampled, None);
    let found = of(0);
    assert_eq!(found, of(0), "the same for the same data");
    let sampled = found.sampled.unwrap();
    assert_eq!(sampled.orders, 500);
    let shares: Vec<f64> = found.shapley.iter().map(|share| share.unwrap()).collect();
    assert!((shares.iter().sum::<f64>() - found.r2.unwrap()).abs() < 1e-9);
    for ((share, exact), error) in shares.iter().zip(&exact.shapley).zip(&sampled.errors) {
        let exact = exact.unwrap();
        assert!((share - exact).abs() < 4.0 * error + 1e-9, "{share} ± {error} is not {exact}");
        assert!(*error < 0.01, "{error}");
    }
}

#[test]
fn net_promoter_scores_with_their_errors() {
    for case in published("nps")["cases"].as_array().unwrap() {
        let count = |name: &str| case[name].as_u64().unwrap() as usize;
        let (promoters, passives, detractors) = (count("p"), count("passive"), count("d"));
        let nps = Nps { promoters, passives, detractors };
        close(nps.value().unwrap(), &case["nps"], 1e-7);
        close(nps.standard_error().unwrap(), &case["se"], 1e-7);
        if !case["var"].is_null() {
            close(nps.variance().unwrap(), &case["var"], 1e-7);
        }
        if !case["wald95"].is_null() {
            all_close(&nps.wald95().unwrap(), &case["wald95"], 1e-6);
        }
        let adjusted = [&case["adjusted_wald95"], &case["adjusted_wald95_unclamped"]];
        let adjusted = adjusted.into_iter().find(|bounds| !bounds.is_null()).unwrap();
        all_close(&nps.adjusted_wald95().unwrap(), adjusted, 1e-6);
    }
}

#[test]
fn two_waves_of_net_promoter_scores() {
    let expected = published("npsTwoSample");
    let nps = |name: &str| match numbers(&expected[name])[..] {
        [promoters, passives, detractors] => Nps {
            promoters: promoters as usize,
            passives: passives as usize,
            detractors: detractors as usize,
        },
        _ => panic!("three counts"),
    };
    let change = wave::nps(&nps("y"), &nps("x"));
    close(change.value.unwrap(), &expected["diff"], 1e-7);
    close(change.standard_error.unwrap(), &expected["se"], 1e-7);
    close(change.statistic.unwrap(), &expected["z"], 1e-7);
    close(change.p.unwrap(), &expected["p"], 1e-7);
    let [low, high] = change.ci95.unwrap();
    assert!(low < 0.0 && high > 0.0, "no change beyond chance");
}

#[test]
fn service_quality_over_five_dimensions() {
    let expected = published("service");
    let dimensions = ["tangibles", "reliability", "responsiveness", "assurance", "empathy"];
    let gaps = dimensions.map(|name| Ok(expected["gaps"][name].as_f64().unwrap()));
    let weights = dimensions.map(|name| expected["weights"][name].as_f64().unwrap());
    let plain = service::quality(&gaps, None).unwrap();
    close(plain.value.unwrap(), &expected["unweighted"], 1e-7);
    let weighted = service::quality(&gaps, Some(&weights)).unwrap();
    close(weighted.value.unwrap(), &expected["weighted"], 1e-7);
    let doubled = service::quality(&gaps, Some(&weights.map(|weight| 2.0 * weight))).unwrap();
    assert!((doubled.value.unwrap() - weighted.value.unwrap()).abs() < 1e-12);
    assert_eq!((plain.rescaled, weighted.rescaled, doubled.rescaled), (false, false, true));
}

#[test]
fn satisfaction_index_with_published_weights() {
    let expected = published("satisfactionIndex");
    let weights = numbers(&expected["weights"]);
    for case in expected["cases"].as_array().unwrap() {
        let ratings: Vec<Option<f64>> = numbers(&case["x"]).into_iter().map(Some).collect();
        close(satisfaction_index(&ratings, &weights).unwrap().unwrap(), &case["score"], 1e-7);
    }
    let index = satisfaction_index(&[Some(8.0), Some(7.0), Some(7.0)], &[1.0; 3]).unwrap();
    close(index.unwrap(), &expected["equalWeights"], 1e-7);
}

#[test]
fn t_scores() {
    for case in published("tScores").as_array().unwrap() {
        let number = |name: &str| case[name].as_f64().unwrap();
        let norm = Norm { mean: number("mean"), standard_deviation: number("sd") };
        close(norm.t_score(number("x")).unwrap(), &case["t"], 1e-7);
        close(norm.percentile(number("x")).unwrap(), &case["percentile"], 1e-7);
    }
}

#[test]
fn the_crosshair_changes_the_verdict() {
    let expected = published("importance");
    let pairs = numbers(&expected["importance"]).into_iter().zip(numbers(&expected["performance"]));
    let attributes: Vec<(f64, f64)> = pairs.collect();
    for (crosshair, lines, verdicts) in [
        (Crosshair::Means, "means", "quadrantsByMeans"),
        (Crosshair::Medians, "medians", "quadrantsByMedians"),
    ] {
        let (importance, performance) = crosshair.lines(&attributes).unwrap();
        all_close(&[importance, performance], &expected[lines], 1e-7);
        let letter = |quadrant: &Quadrant| match quadrant {
            Quadrant::ConcentrateHere => 'C',
            Quadrant::KeepUp => 'K',
            Quadrant::LowPriority => 'L',
            Quadrant::PossibleOverkill => 'O',
        };
        let quadrants = quadrants(&attributes, crosshair).unwrap();
        assert_eq!(quadrants.iter().map(letter).collect::<String>(), expected[verdicts]);
    }
}

#[test]
fn bands_of_whole_numbers_leave_no_hole() {
    let expected = published("bands");
    let names = ["low", "foundation", "intermediate", "advanced"];
    let low = |at: usize| expected[names[at]][0].as_f64().unwrap();
    let cuts = [(names[0], low(1)), (names[1], low(2)), (names[2], low(3))];
    let bands = Bands::new(low(0), &cuts, names[3], 100.0).unwrap();
    for name in names {
        for bound in numbers(&expected[name]) {
            assert_eq!(bands.of(bound), Some(name));
        }
    }
    assert_eq!([29.5, 47.6, 80.99].map(|score| bands.of(score).unwrap()), names[..3]);
    assert_eq!([-0.1, 100.1, f64::NAN].map(|score| bands.of(score)), [None; 3]);
}
