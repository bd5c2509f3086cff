//! The baseline: tantivy as its documentation shows it, over the same passages.
//!
//! One text field, stored, in the default document store; one segment; jieba for Chinese; small
//! letters and the English stemmer; the best ten by BM25; their documents; its snippets with
//! highlights. What a person would build in an afternoon, and nothing that slows it down.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jieba_rs::{Jieba, TokenizeMode};
use tantivy::collector::TopDocs;
use tantivy::directory::MmapDirectory;
use tantivy::query::{Query, QueryParser};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::schema::{TantivyDocument, Value};
use tantivy::snippet::{Snippet, SnippetGenerator};
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer,
};
use tantivy::{DocAddress, Index, Score, Searcher};

use passages::index;

const TOKENIZER: &str = "jieba";

/// The index of the baseline, open.
pub(crate) struct Stock {
    searcher: Searcher,
    parser: QueryParser,
    body: Field,
}

impl Stock {
    /// Opens the index in `folder`; builds it of the passages of `ours` where it is not of them.
    pub(crate) fn open(folder: &Path, ours: &index::Index) -> Self {
        let mark = folder.join("passages-of");
        let manifest = ours.manifest();
        let texts = format!("{} {}", manifest.statistics.passages, manifest.text_bytes);
        if fs::read_to_string(&mark).ok().as_ref() != Some(&texts) {
            fs::remove_dir_all(folder).ok();
            fs::create_dir_all(folder).expect("a folder for the baseline");
            build(folder, ours);
            fs::write(&mark, texts).expect("the baseline is marked");
        }
        let index = Index::open_in_dir(folder).expect("the baseline opens");
        register(&index);
        let searcher = index.reader().expect("the baseline can be read").searcher();
        assert_eq!(searcher.segment_readers().len(), 1, "one segment");
        assert_eq!(searcher.num_docs(), u64::from(manifest.statistics.passages));
        let body = index.schema().get_field("body").expect("its only field");
        Self { searcher, parser: QueryParser::for_index(&index, vec![body]), body }
    }

    /// Understands a query.
    pub(crate) fn parse(&self, typed: &str) -> Box<dyn Query> {
        self.parser.parse_query(typed).expect("a plain query")
    }

    /// The best ten.
    pub(crate) fn top(&self, query: &dyn Query) -> Vec<(Score, DocAddress)> {
        let best = TopDocs::with_limit(10).order_by_score();
        self.searcher.search(query, &best).expect("the baseline answers")
    }

    /// The whole answer: the best ten with their texts and snippets.
    pub(crate) fn answer(&self, typed: &str) -> Vec<(String, Snippet)> {
        let query = self.parse(typed);
        let top = self.top(&*query);
        let generator = SnippetGenerator::create(&self.searcher, &*query, self.body);
        let generator = generator.expect("a snippet generator");
        let answer = top.into_iter().map(|(_, address)| {
            let document: TantivyDocument = self.searcher.doc(address).expect("a document");
            let snippet = generator.snippet_from_doc(&document);
            let text = document.get_first(self.body).and_then(|it| it.as_str().map(str::to_owned));
            (text.unwrap_or_default(), snippet)
        });
        answer.collect()
    }
}

fn build(folder: &Path, ours: &index::Index) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let body =
        schema.add_text_field("body", TextOptions::from(STORED).set_indexing_options(indexing));
    let directory = MmapDirectory::open(folder).expect("a folder for the baseline");
    let index = Index::create(directory, schema.build(), tantivy::IndexSettings::default());
    let index = index.expect("the baseline is made");
    register(&index);
    let mut writer = index.writer_with_num_threads(1, 2_000_000_000).expect("a writer");
    for number in 0..ours.manifest().statistics.passages {
        let mut document = TantivyDocument::default();
        document.add_text(body, ours.text(number).expect("the passage can be read"));
        writer.add_document(document).expect("a passage is added");
    }
    writer.commit().expect("the baseline is written");
    let segments = index.searchable_segment_ids().expect("segments");
    if segments.len() > 1 {
        writer.merge(&segments).wait().expect("one segment");
    }
    writer.wait_merging_threads().expect("no merge is left");
}

fn register(index: &Index) {
    let tokenizer = TextAnalyzer::builder(Chinese { jieba: Arc::new(Jieba::new()) })
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::English))
        .build();
    index.tokenizers().register(TOKENIZER, tokenizer);
}

/// Cuts text by jieba, which leaves English words whole.
#[derive(Clone)]
struct Chinese {
    jieba: Arc<Jieba>,
}

/// The tokens of one text.
struct Cut {
    tokens: Vec<Token>,
    at: usize,
}

impl Tokenizer for Chinese {
    type TokenStream<'a> = Cut;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cut {
        let cut = self.jieba.tokenize(text, TokenizeMode::Default, false);
        let mut from = 0;
        let mut tokens = Vec::with_capacity(cut.len());
        for it in cut {
            let token = Token {
                offset_from: from,
                offset_to: from + it.word.len(),
                position: tokens.len(),
                text: it.word.to_owned(),
                position_length: 1,
            };
            from = token.offset_to;
            if it.word.chars().all(char::is_alphanumeric) {
                tokens.push(token);
            }
        }
        Cut { tokens, at: 0 }
    }
}

impl TokenStream for Cut {
    fn advance(&mut self) -> bool {
        self.at += 1;
        self.at <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.at - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.at - 1]
    }
}
