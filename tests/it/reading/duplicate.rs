//! Which passages are copies of which.

use passages::duplicate::{Fingerprint, are_copies, families, fingerprint, resemblance};
use proptest::prelude::*;

/// A story of the trade, told once; what is made of it below is a copy or is not.
const STORY: &str = "The first freight train from the new terminal left on Saturday with forty-one \
    containers of machine parts, bound for a dry port near the border. Customs officers said the \
    papers for the whole route were cleared in a single day, where a year ago the same step took a \
    week. The operator plans two departures a month until spring and will then decide whether \
    demand on the way back is strong enough for a weekly service. Exporters in the province have \
    asked for refrigerated wagons as well, since fruit growers want to reach the market before the \
    holidays, and a trial with four such wagons is set for November.";

const OTHER_WORDS: &str = "Forty-one boxes of machine components set off by rail from the freshly \
    built yard over the weekend, heading to an inland port by the frontier. Clearing customs for \
    the journey needed one day, officials noted, against seven in the previous year. Until the \
    spring there will be a train every fortnight; a weekly schedule depends on return cargo. \
    Growers of fruit hope for cooled cars in time for the festive season, and four of them are to \
    be tested in November.";

const CHINESE: &str = "首列货运列车上周六从新场站开出，满载四十一个集装箱的机械零件，驶往边境附近的一座无水港。\
    海关人员表示，全程单证只用一天就办理完毕，而一年前同样的手续需要一个星期。运营方计划在春季之前每月开行两列，\
    之后再看回程货源是否足以支撑每周一班。";

const CHINESE_TRADITIONAL: &str = "首列貨運列車上週六從新場站開出，滿載四十一個集裝箱的機械零件，駛往邊境附近的一座無水港。\
    海關人員表示，全程單證只用一天就辦理完畢，而一年前同樣的手續需要一個星期。運營方計劃在春季之前每月開行兩列，\
    之後再看回程貨源是否足以支撐每週一班。";

fn families_of(texts: &[&str]) -> Vec<u32> {
    let prints: Vec<_> = texts.iter().map(|it| fingerprint(it)).collect();
    families(&prints, &|it| texts[it as usize].to_owned())
}

#[track_caller]
fn check(texts: &[&str], expected: &[u32]) {
    assert_eq!(families_of(texts), expected);
}

#[test]
fn what_differs_in_form_only_is_an_exact_copy() {
    let loud = STORY.to_uppercase().replace(". ", " —\n\n").replace("forty-one", "forty one");
    let wide: String = STORY
        .chars()
        .map(|it| match it {
            '!'..='~' => char::from_u32(u32::from(it) + 0xfee0).unwrap(),
            _ => it,
        })
        .collect();
    check(&[STORY, &loud, &wide, OTHER_WORDS], &[0, 0, 0, 3]);
    check(&["China’s élan", "CHINA'S ELAN!", "Chinas plan"], &[0, 0, 2]);
}

#[test]
fn traditional_and_simplified_are_one_text() {
    check(&[CHINESE, OTHER_WORDS, CHINESE_TRADITIONAL], &[0, 1, 0]);
}

#[test]
fn a_few_changed_words_leave_a_copy() {
    let edited = STORY.replace("said", "told reporters that").replace("two departures", "2 trips");
    let headed = format!("TERMINAL CITY, Oct 12 (Agency) - {STORY}");
    let cut = &STORY[..STORY.len() - 60];
    for copy in [&*edited, &headed, cut] {
        check(&[copy, STORY, OTHER_WORDS], &[0, 0, 2]);
    }
    let chinese = CHINESE.replace("海关人员表示", "海关工作人员称");
    check(&[&chinese, CHINESE], &[0, 0]);
}

#[test]
fn the_same_event_in_other_words_is_no_copy() {
    check(&[STORY, OTHER_WORDS], &[0, 1]);
}

#[test]
fn half_of_a_story_under_another_is_no_copy() {
    let (half, _) = STORY.split_at(STORY.len() / 2);
    let mixed = format!("{half} {OTHER_WORDS}");
    check(&[STORY, OTHER_WORDS, &mixed], &[0, 1, 2]);
}

#[test]
fn one_form_filled_with_other_numbers_is_no_copy() {
    let report = |day: &str, price: &str, change: &str, trades: &str| {
        format!(
            "The exchange reported for {day} that contracts on copper closed at {price} a tonne, \
             {change} percent from the day before, on a volume of {trades} lots. The figures are \
             put together from public sources by a program, without any warranty that they are \
             right, complete or in time, and are no advice to buy or to sell anything at all. \
             Readers decide on their own account and bear all risks that may come from the use \
             of these figures, for which neither the exchange nor this paper can be held liable."
        )
    };
    let monday = report("9 March", "71230", "1.25", "18444");
    check(&[&monday, &report("17 April", "69875", "0.75", "20310")], &[0, 1]);
    // A reprint a day later says another day, and all else as before.
    check(&[&monday, &report("10 March", "71230", "1.25", "18444")], &[0, 0]);
}

#[test]
fn a_text_that_repeats_itself_is_a_copy_of_equals_only() {
    let formula = |parts: &[usize]| {
        let part = |it: &usize| ["{ a } _ 1 + ", "{ b } ^ 2 - ", "{ a } ^ 2 + "][*it];
        parts.iter().map(part).collect::<String>().repeat(8)
    };
    let (one, other) = (formula(&[0, 1, 2, 0, 1]), formula(&[0, 1, 2, 0, 1, 1]));
    assert!(resemblance(&one, &other) > 0.5);
    check(&[&one, &other, &one], &[0, 1, 0]);
}

#[test]
fn short_passages_are_copies_only_when_equal() {
    check(
        &[
            "Trade grew by 3 percent.",
            "Trade grew by 4 percent.",
            "trade grew by 3 percent",
            "…",
            "…",
        ],
        &[0, 1, 0, 3, 4],
    );
    check(&["普京访华", "普京訪華", "普京访问"], &[0, 0, 2]);
}

#[test]
fn a_chain_of_small_changes_does_not_join_its_ends() {
    // Each version changes two more words of the one before, until nothing is left.
    let words: Vec<&str> = STORY.split(' ').collect();
    let version = |changed: usize| {
        let words = words.iter().enumerate();
        let words = words.map(|(at, it)| if at < changed { "other" } else { it });
        words.collect::<Vec<_>>().join(" ")
    };
    let versions: Vec<String> = (0..words.len()).step_by(2).map(version).collect();
    let versions: Vec<&str> = versions.iter().map(String::as_str).collect();
    let family = families_of(&versions);
    for (one, text) in family.iter().zip(&versions) {
        for (other, its) in family.iter().zip(&versions) {
            // Two members are each .8 like their head, so they share at least half.
            assert!(one != other || resemblance(text, its) >= 0.5, "{text}\n{its}");
        }
    }
}

#[test]
fn a_fingerprint_survives_being_stored() {
    for text in [STORY, CHINESE, "short"] {
        let print = fingerprint(text).unwrap();
        assert_eq!(Fingerprint::from_bytes(print.to_bytes()), print);
    }
}

#[test]
fn ten_thousand_of_one_form_are_told_in_time() {
    // A form letter with one field: most share every key, and not one pair is worth a square.
    let texts: Vec<String> = (0..10_000)
        .map(|it| format!("{STORY} number {} {}", it, format!("{it} ").repeat(40)))
        .collect();
    let prints: Vec<_> = texts.iter().map(|it| fingerprint(it)).collect();
    let asked = std::cell::Cell::new(0_usize);
    let text = |it: u32| {
        asked.set(asked.get() + 1);
        texts[it as usize].clone()
    };
    assert_eq!(families(&prints, &text).len(), texts.len());
    assert!(asked.get() <= texts.len(), "each text is asked for at most once");
}

/// Texts of a few words each, so that many are equal or nearly so.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec!["rail", "road", "port", "铁路", "港口", "2015"]);
    let edits = prop::collection::vec((0_usize..90, word), 0..12);
    prop::collection::vec((0_usize..3, edits), 1..20).prop_map(|texts| {
        let edited = |(base, edits): (usize, Vec<(usize, &'static str)>)| {
            let base = [STORY, OTHER_WORDS, CHINESE][base];
            let mut words: Vec<&str> =
                base.split_inclusive([' ', '，', '。', '的', '一']).collect();
            for (at, word) in edits {
                let at = at % words.len();
                words[at] = word;
            }
            words.concat()
        };
        texts.into_iter().map(edited).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn families_do_not_depend_on_the_order(texts in texts(), turn in 0_usize..20) {
        let forth: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut turned = forth.clone();
        turned.reverse();
        turned.rotate_left(turn % texts.len());
        let place = |text: &str| turned.iter().position(|it| *it == text).unwrap();
        let (one, other) = (families_of(&forth), families_of(&turned));
        for (a, x) in forth.iter().enumerate() {
            prop_assert!(one[a] as usize <= a);
            prop_assert_eq!(one[one[a] as usize], one[a]);
            for (b, y) in forth.iter().enumerate() {
                prop_assert_eq!(one[a] == one[b], other[place(x)] == other[place(y)]);
            }
        }
    }

    #[test]
    fn near_copies_find_each_other(texts in texts()) {
        // Two alone: what resembles is a family, what does not is none.
        for pair in texts.windows(2) {
            let is_equal = fingerprint(&pair[0]) == fingerprint(&pair[1]);
            let family = families_of(&[&pair[0], &pair[1]]);
            prop_assert_eq!(family[1] == 0, is_equal || are_copies(&pair[0], &pair[1]));
        }
    }
}
