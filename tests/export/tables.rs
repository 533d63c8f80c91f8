//! Tables are read back as the same answers.

use askwell::export::columns::Columns;
use askwell::export::read::Reader;
use askwell::export::{codebook, long};
use askwell::value::{Map, Value};
use proptest::prelude::*;

use crate::{scores, submission, survey};

fn answers() -> impl Strategy<Value = Map> {
    let text = || "[-=+@'\\[{|\"0-9a-c很\u{1F600} \\t\\r\\n,]{0,8}".prop_map(Value::from);
    let number = |values: &'static [i32]| proptest::sample::select(values).prop_map(Value::from);
    let single = prop_oneof![
        proptest::sample::select(&["=a", "b|c", "[d", "other"][..]).prop_map(Value::from),
        Just(Value::from(3)),
    ];
    let liked = vec![Value::from("guide"), "b|c".into(), 3.into(), "-x".into()];
    let liked = proptest::sample::subsequence(liked, 0..4).prop_map(Value::List);
    let known = vec![Value::from("exists"), "followed".into()];
    let known = proptest::sample::subsequence(known, 0..=2).prop_map(Value::List);
    let order = Just(vec![Value::from("x"), "y".into(), "z".into()]).prop_shuffle();
    let some = |value: BoxedStrategy<Value>| proptest::option::weighted(0.8, value);
    let first = (
        some(number(&[0, 5, 10]).boxed()),
        some(single.boxed()),
        some(text().boxed()),
        some(liked.boxed()),
        some(number(&[1, 2, 3]).boxed()),
        some(known.boxed()),
        some(prop_oneof![number(&[1, 2]), Just(Value::from("n/a"))].boxed()),
        some((-1e3..1e3_f64).prop_map(Value::from).boxed()),
    );
    let second = (
        some(any::<bool>().prop_map(Value::Bool).boxed()),
        some(text().boxed()),
        some(Just(Value::from("2026-11-02")).boxed()),
        some((0..50_i32).prop_map(|n| Value::from(vec![n, n + 5])).boxed()),
        some(order.prop_map(Value::List).boxed()),
        some(text().boxed()),
        some(text().boxed()),
    );
    (first, second).prop_map(|(one, two)| {
        let mut all = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                all.insert(name.to_owned(), value);
            }
        };
        put("recommend", one.0);
        put("channel", one.1);
        put("channel-comment", one.2);
        put("liked", one.3);
        put("parts", one.4.map(|n| Value::Map(Map::from([("the hotel".to_owned(), n)]))));
        put("known", one.5.map(|n| Value::Map(Map::from([("refunds".to_owned(), n)]))));
        put("rated", one.6);
        put("spent", one.7);
        put("again", two.0);
        put("why", two.1);
        put("when", two.2);
        put("range", two.3);
        put("order", two.4);
        put("names", two.5.map(|n| Value::Map(Map::from([("first".to_owned(), n)]))));
        put("not-in-the-survey", two.6);
        all
    })
}

fn table(submissions: &[Map]) -> String {
    let mut columns = Columns::default();
    columns.add_survey(&survey());
    submissions.iter().for_each(|one| columns.note(one, &scores(one)));
    let mut output = Vec::new();
    columns.write_head(&mut output).unwrap();
    for one in submissions {
        columns.write_row(one, &scores(one), &mut output).unwrap();
    }
    String::from_utf8(output).unwrap()
}

proptest! {
    #[test]
    fn a_table_is_read_back_as_the_same_answers(
        all in proptest::collection::vec(answers(), 1..8),
    ) {
        let submissions: Vec<Map> =
            all.into_iter().enumerate().map(|(at, answers)| submission(at, answers)).collect();
        let text = table(&submissions);
        let mut reader = Reader::new(text.as_bytes(), &survey()).unwrap();
        for sent in &submissions {
            let read = reader.next_submission().unwrap().unwrap();
            for part in ["answers", "submissionId", "survey.framework", "status", "durationMs", "context"] {
                let part = part.split('.');
                let at = |map: &Map| {
                    let whole = Value::Map(map.clone());
                    part.clone().try_fold(&whole, |value, key| value.get(key)).cloned()
                };
                let (sent, read) = (at(sent).unwrap(), at(&read).unwrap_or_default());
                prop_assert_eq!(sent.to_json(), read.to_json());
            }
        }
        prop_assert!(reader.next_submission().is_none());
    }
}

#[test]
fn a_table_of_ones_own_is_read_by_its_column_names() {
    let text = "recommend,parts.bus,status,why,context.branch\n9,2,complete,=late,Taipei\n";
    let mut reader = Reader::new(text.as_bytes(), &survey()).unwrap();
    let read = Value::Map(reader.next_submission().unwrap().unwrap()).to_json();
    let expected = concat!(
        r#"{"answers":{"parts":{"bus":2},"recommend":9,"why":"=late"},"#,
        r#""context":{"branch":"Taipei"},"status":"complete"}"#
    );
    assert_eq!(read, expected);
}

#[test]
fn a_table_from_before_frameworks_with_semicolons_is_one_of_ours() {
    let text = "\u{feff}submission;survey;version;status;locale;channel;started;completed;duration_ms;\
        received;recommend;why;score.nps\r\na-1;trip;1;complete;en;embed;;;48;;9;\"a;b,c\";1\r\n";
    let mut reader = Reader::new(text.as_bytes(), &survey()).unwrap();
    let read = Value::Map(reader.next_submission().unwrap().unwrap()).to_json();
    let expected = concat!(
        r#"{"answers":{"recommend":9,"why":"a;b,c"},"channel":"embed","durationMs":48,"#,
        r#""locale":"en","scores":{"nps":{"value":1}},"status":"complete","submissionId":"a-1","#,
        r#""survey":{"id":"trip","version":"1"}}"#
    );
    assert_eq!(read, expected);
}

#[test]
fn long_tables_and_codebooks_tell_the_wording() {
    let answers = serde_json::from_str(
        r#"{"channel": "=a", "liked": ["guide", 3], "parts": {"bus": 2}, "rated": 2, "why": "so"}"#,
    );
    let mut output = Vec::new();
    let sent = submission(1, answers.unwrap());
    long::write_rows(&sent, Some(&survey()), "zh-Hant", &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    let rows: Vec<&str> = text.lines().map(|line| line.splitn(3, ',').last().unwrap()).collect();
    let expected = [
        "channel,,'=a,第一",
        "liked,,guide,",
        "liked,,3,3",
        "parts,bus,2,2",
        "rated,,2,好",
        "why,,so,",
    ];
    assert_eq!(rows, expected);

    let mut output = Vec::new();
    codebook::write(&survey(), &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    assert!(text.contains("parts.the hotel,matrix,one value,1,3,false,empty,parts: the hotel"));
    assert!(text.contains("=a=First|b|c|3"), "{text}");
}
