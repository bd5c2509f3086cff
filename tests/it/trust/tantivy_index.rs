//! Every generation is a tantivy index: tantivy as it comes opens it and finds what we find, and its
//! own writer of postings makes the very bytes that ours makes.

use std::collections::BTreeSet;
use std::fs;

use passages::analysis::Family;
use passages::index::{ErrorKind, Generation, check, file_names, register_tokenizers};
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::index::SegmentId;
use tantivy::postings::{InvertedIndexSerializer, Postings};
use tantivy::query::{BooleanQuery, PhraseQuery, Query, QueryParser, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{
    Directory, DocAddress, DocSet, IndexSettings, SegmentReader, TERMINATED, TantivyDocument, Term,
};

use crate::program::library::Library;

const FIELDS: [(&str, Family); 5] = [
    ("exact", Family::Exact),
    ("stem", Family::Stem),
    ("form", Family::Form),
    ("bigram", Family::Bigram),
    ("word", Family::Word),
];

/// A term's passages, with its frequency and positions in each.
type List = Vec<(u32, u32, Vec<u32>)>;

/// Records with lists of one, of a block of tantivy's, of one more and one less, and of two blocks.
fn lengths_around_blocks() -> Library {
    let record = |at: usize| {
        let words = [1, 2, 127, 128, 129, 255, 256, 257, 600].into_iter().filter(|it| at < *it);
        let words: Vec<String> = words.map(|it| format!("upto{it} ")).collect();
        let often = "wagon ".repeat(1 + at * 7 % 300);
        let text =
            format!("{}{often}{} 武汉到莫斯科的列车", words.concat(), "steppe ".repeat(at % 5));
        (format!("r{at}"), format!("Record {at}"), text)
    };
    let records: Vec<_> = (0..700).map(record).collect();
    let records = records.iter().map(|(id, title, text)| (&**id, &**title, &**text));
    Library::of_records(&records.collect::<Vec<_>>())
}

fn libraries() -> [Library; 3] {
    [Library::of_seeds(), lengths_around_blocks(), Library::of_records(&[])]
}

fn open(library: &Library) -> tantivy::Index {
    tantivy::Index::open_in_dir(library.generation()).unwrap()
}

/// The one segment of an index.
fn segment(index: &tantivy::Index) -> SegmentReader {
    let searcher = index.reader().unwrap().searcher();
    let [segment] = searcher.segment_readers() else { panic!("not one segment") };
    segment.clone()
}

fn field(index: &tantivy::Index, name: &str) -> Field {
    index.schema().get_field(name).unwrap()
}

/// All lists of a field as tantivy reads them, in the order of their terms.
fn lists(segment: &SegmentReader, field: Field, has_positions: bool) -> Vec<(String, List)> {
    let inverted = segment.inverted_index(field).unwrap();
    let mut terms = inverted.terms().stream().unwrap();
    let mut lists = Vec::new();
    while terms.advance() {
        let option = if has_positions {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::WithFreqs
        };
        let mut postings = inverted.read_postings_from_terminfo(terms.value(), option).unwrap();
        let mut list = List::new();
        while postings.doc() != TERMINATED {
            let mut positions = Vec::new();
            if has_positions {
                postings.positions(&mut positions);
            }
            list.push((postings.doc(), postings.term_freq(), positions));
            postings.advance();
        }
        lists.push((String::from_utf8(terms.key().to_vec()).unwrap(), list));
    }
    lists
}

#[test]
fn tantivy_reads_every_list_and_every_text_as_we_do() {
    for library in libraries() {
        let (ours, theirs) = (library.searcher.index(), open(&library));
        let segment = segment(&theirs);
        let passages = ours.manifest().statistics.passages;
        assert_eq!((segment.max_doc(), segment.num_docs()), (passages, passages));
        for (name, family) in FIELDS {
            let has_positions = family == Family::Exact;
            for (term, list) in lists(&segment, field(&theirs, name), has_positions) {
                let own = if has_positions {
                    ours.postings_with_positions(family, &term)
                } else {
                    ours.postings(family, &term)
                };
                let mut own = own.unwrap().unwrap();
                let mut read = List::new();
                while own.passage() != TERMINATED {
                    let mut positions = Vec::new();
                    own.append_positions(&mut positions);
                    read.push((own.passage(), own.frequency(), positions));
                    own.advance();
                }
                assert_eq!(read, list, "{name}:{term}");
            }
        }
        let (text, article) = (field(&theirs, "text"), field(&theirs, "article"));
        let store = segment.get_store_reader(10).unwrap();
        for number in 0..passages {
            let document: TantivyDocument = store.get(number).unwrap();
            let value = |it| document.get_first(it).unwrap().as_str().unwrap().to_owned();
            assert_eq!(value(text), ours.text(number).unwrap());
            let record = ours.article(ours.article_of(number)).unwrap();
            assert_eq!(value(article), record.id);
        }
    }
}

#[test]
fn tantivys_own_writer_makes_the_same_bytes() {
    for library in libraries() {
        let theirs = open(&library);
        let segment = segment(&theirs);
        let ram = RamDirectory::create();
        let copy = tantivy::Index::create(ram.clone(), theirs.schema(), IndexSettings::default());
        let copy = copy.unwrap();
        let id = file_names::TERMS.split('.').next().unwrap();
        let id = SegmentId::from_uuid_string(id).unwrap();
        let written = copy.segment(copy.new_segment_meta(id, segment.max_doc()));
        let mut serializer = InvertedIndexSerializer::open(&written).unwrap();
        for (name, family) in FIELDS {
            let field = field(&theirs, name);
            let tokens = segment.inverted_index(field).unwrap().total_num_tokens();
            let norms = segment.get_fieldnorms_reader(field).unwrap();
            let mut out = serializer.new_field(field, tokens, Some(norms)).unwrap();
            for (term, list) in lists(&segment, field, family == Family::Exact) {
                let count = u32::try_from(list.len()).unwrap();
                out.new_term(term.as_bytes(), count, true).unwrap();
                for (passage, frequency, positions) in list {
                    let before = [0].iter().chain(&positions);
                    let steps: Vec<u32> =
                        positions.iter().zip(before).map(|(it, before)| it - before).collect();
                    out.write_doc(passage, frequency, &steps);
                }
                out.close_term().unwrap();
            }
            out.close().unwrap();
        }
        serializer.close().unwrap();
        for name in [file_names::TERMS, file_names::POSTINGS, file_names::POSITIONS] {
            let made = ram.open_read(name.as_ref()).unwrap().read_bytes().unwrap();
            let ours = fs::read(library.generation().join(name)).unwrap();
            assert!(made.as_slice() == ours, "{name} differs from what tantivy writes");
        }
    }
}

#[test]
fn tantivys_pruned_top_ten_is_that_of_a_look_at_all() {
    let library = lengths_around_blocks();
    let index = open(&library);
    let searcher = index.reader().unwrap().searcher();
    let exact = field(&index, "exact");
    let term = |it: &str| -> Box<dyn Query> {
        let term = Term::from_field_text(exact, it);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    };
    let phrase = ["wagon", "steppe"].map(|it| Term::from_field_text(exact, it));
    let queries: Vec<Box<dyn Query>> = vec![
        term("wagon"),
        term("upto257"),
        Box::new(BooleanQuery::union(vec![term("wagon"), term("steppe"), term("upto128")])),
        Box::new(BooleanQuery::intersection(vec![term("wagon"), term("upto600")])),
        Box::new(PhraseQuery::new(phrase.to_vec())),
    ];
    for query in queries {
        let best = |limit| -> Vec<f32> {
            let top = TopDocs::with_limit(limit).order_by_score();
            let found = searcher.search(&query, &top).unwrap();
            found.into_iter().take(10).map(|(score, _)| score).collect()
        };
        let pruned = best(10);
        assert_eq!(pruned.len(), 10, "{query:?}");
        assert!(pruned[0] > 0.0);
        assert_eq!(pruned, best(1_000), "{query:?}");
    }
}

#[test]
fn a_word_is_found_whole_by_asking_exact_and_stem_together() {
    let library = Library::of_seeds();
    let (ours, theirs) = (library.searcher.index(), open(&library));
    let segment = segment(&theirs);
    let passages_of = |name: &str, wanted: &str| -> BTreeSet<u32> {
        let term = Term::from_field_text(field(&theirs, name), wanted);
        let inverted = segment.inverted_index(term.field()).unwrap();
        let postings = inverted.read_postings(&term, IndexRecordOption::WithFreqs).unwrap();
        let mut found = BTreeSet::new();
        if let Some(mut postings) = postings {
            while postings.doc() != TERMINATED {
                found.insert(postings.doc());
                postings.advance();
            }
        }
        found
    };
    let mut tried = 0;
    for (term, _) in lists(&segment, field(&theirs, "exact"), false) {
        let Some(mut stem) = ours.postings(Family::Stem, &term).unwrap() else { continue };
        tried += 1;
        let mut together = passages_of("exact", &term);
        together.append(&mut passages_of("stem", &term));
        let mut own = BTreeSet::new();
        stem.walk_passages(TERMINATED, |it| _ = own.insert(it));
        assert!(own.is_subset(&together), "{term}");
    }
    assert!(tried > 500, "{tried}");
}

#[test]
fn a_query_parser_of_tantivy_finds_english_and_chinese() {
    let library = Library::of_records(&[
        ("en", "Freight", "The Belt and Road runs a freight train from Wuhan to Moscow."),
        ("zh", "列车", "从武汉到莫斯科的货运列车今天出发。"),
        ("other", "Weather", "Nothing but rain on the road and a belt."),
    ]);
    let index = open(&library);
    let searcher = index.reader().unwrap().searcher();
    let fields = ["exact", "stem"].map(|it| field(&index, it)).to_vec();
    let found = |query: &str| -> Vec<String> {
        let parser = QueryParser::for_index(&index, fields.clone());
        let top = TopDocs::with_limit(10).order_by_score();
        let hits = searcher.search(&parser.parse_query(query).unwrap(), &top).unwrap();
        let id = |it: DocAddress| -> String {
            let document: TantivyDocument = searcher.doc(it).unwrap();
            let id = document.get_first(field(&index, "article")).unwrap();
            id.as_str().unwrap().rsplit('#').next().unwrap().to_owned()
        };
        hits.into_iter().map(|(_, it)| id(it)).collect()
    };
    assert_eq!(found("trains wuhan"), ["en"]);
    assert_eq!(found("\"Belt and Road\""), ["en"]);
    // What tantivy cuts by itself finds Chinese where it was cut into words, and there alone.
    assert_eq!(found("武汉"), [""; 0]);
    assert_eq!(found("word:武汉"), ["zh"]);
    register_tokenizers(index.tokenizers()).unwrap();
    assert_eq!(found("武汉"), ["zh"]);
    assert_eq!(found("武汉的列车"), [""; 0]);
    assert_eq!(found("武汉到莫斯科"), ["zh"]);
    assert_eq!(found("word:武汉"), ["zh"]);
    assert_eq!(found("trains wuhan"), ["en"]);
    assert_eq!(found("\"Belt and Road\""), ["en"]);
}

#[test]
fn tantivy_does_not_write_into_a_generation_and_leaves_no_damage() {
    let library = Library::of_seeds();
    let index = open(&library);
    let refused = index.writer::<TantivyDocument>(15_000_000).map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("Missing required segment plugin"), "{refused}");
    // Its readers and writers leave lock files behind.
    assert!(library.generation().join(".tantivy-writer.lock").exists());
    let checked = check(&library.index_dir(), &|_, _| ()).unwrap();
    assert_eq!(checked.problems, []);
    Generation::open(&library.index_dir()).unwrap();
}

#[test]
fn what_another_program_wrote_over_the_segment_is_damage() {
    let library = Library::of_seeds();
    let path = library.generation().join(file_names::META);
    let meta = fs::read_to_string(&path).unwrap();
    fs::write(&path, meta.replace("\"opstamp\": 0", "\"opstamp\": 7")).unwrap();
    let [problem] = &check(&library.index_dir(), &|_, _| ()).unwrap().problems[..] else {
        panic!("not one problem")
    };
    assert_eq!(problem.kind, ErrorKind::Damaged);
    assert!(problem.message.contains(file_names::META), "{problem}");
    fs::write(&path, meta.replace("\"opstamp\": 0", "\"opstamp\": 70")).unwrap();
    assert_eq!(Generation::open(&library.index_dir()).unwrap_err().kind, ErrorKind::Damaged);
}
