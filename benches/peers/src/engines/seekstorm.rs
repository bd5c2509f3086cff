//! SeekStorm, one shard, over words that are cut before and set apart by spaces.
//!
//! Its own Chinese tokenizer cuts other words than jieba; the same words for all engines make the
//! same queries find something everywhere.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Result, anyhow};
use mimalloc::MiMalloc;
use peers::engine::{self, Engine, Hit, LIMIT, Operator, Query, Reply, timed};
use peers::{passage, words};
use seekstorm::commit::Commit;
use seekstorm::highlighter::{Highlight, highlighter};
use seekstorm::index::{Close, Document, IndexArc, IndexDocuments, create_index, open_index};
use seekstorm::search::{QueryRewriting, QueryType, ResultObject, ResultType, Search, SearchMode};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> Result<()> {
    engine::main::<SeekStorm>()
}

struct SeekStorm {
    runtime: Runtime,
    index: IndexArc,
    fields: HashSet<String>,
}

const SCHEMA: &str = r#"[
    { "field": "title", "field_type": "Text", "store": true, "index_lexical": false },
    { "field": "text", "field_type": "Text", "store": true, "index_lexical": false },
    { "field": "words", "field_type": "Text", "store": false, "index_lexical": true, "longest": true }
]"#;

/// Lists for pairs of frequent words (`ngram_indexing`) made it no faster.
const SETTINGS: &str = r#"{
    "id": 0,
    "name": "passages",
    "lexical_similarity": "Bm25f",
    "tokenizer": "Whitespace",
    "stemmer": "None",
    "stop_words": "None",
    "frequent_words": "None",
    "ngram_indexing": 0,
    "document_compression": "Lz4",
    "access_type": "Mmap",
    "clustering": "None"
}"#;

/// How many passages are given to it at once.
const BATCH: usize = 5_000;

impl Engine for SeekStorm {
    fn index(source: &Path, folder: &Path) -> Result<()> {
        runtime()?.block_on(async {
            let settings = serde_json::from_str(SETTINGS)?;
            let schema = serde_json::from_str(SCHEMA)?;
            let index = create_index(folder, settings, &schema, &Vec::new(), true, Some(1)).await;
            let index = index.map_err(|it| anyhow!(it))?;
            let mut batch = Vec::new();
            for passage in passage::read(source)? {
                let passage = passage?;
                let words = words::spaced(&passage.searched());
                let fields = [("title", passage.title), ("text", passage.text), ("words", words)];
                let fields = fields.map(|(name, value)| (name.to_owned(), value.into()));
                batch.push(Document::from_iter(fields));
                if batch.len() == BATCH {
                    index.index_documents(std::mem::take(&mut batch)).await;
                }
            }
            index.index_documents(batch).await;
            index.commit().await;
            index.close().await;
            Ok(())
        })
    }

    fn open(folder: &Path) -> Result<Self> {
        let runtime = runtime()?;
        let index = runtime.block_on(open_index(folder)).map_err(|it| anyhow!(it))?;
        let fields = ["title", "text"].map(str::to_owned).into();
        Ok(Self { runtime, index, fields })
    }

    fn answer(&self, query: &Query) -> Result<Reply> {
        let (hits, took) = timed(|| self.runtime.block_on(self.hits(query)))?;
        Ok(Reply::whole(took, &hits))
    }

    fn candidates(&self, query: &Query) -> Result<Reply> {
        let best = async || Ok(self.best(&words::list(&query.typed), query.operator).await);
        let (best, took) = timed(|| self.runtime.block_on(best()))?;
        Ok(Reply::new(took, best.results.len(), 0))
    }
}

impl SeekStorm {
    async fn best(&self, words: &[String], operator: Operator) -> ResultObject {
        let kind = match operator {
            Operator::Any => QueryType::Union,
            Operator::All => QueryType::Intersection,
            Operator::Phrase => QueryType::Phrase,
        };
        let (lexical, top) = (SearchMode::Lexical, ResultType::Topk);
        let (fields, facets, filters, order) = Default::default();
        let rewriting = QueryRewriting::SearchOnly;
        let found = self.index.search(
            words.join(" "),
            None,
            kind,
            lexical,
            false,
            0,
            LIMIT,
            top,
            false,
            fields,
            facets,
            filters,
            order,
            rewriting,
        );
        found.await
    }

    async fn hits(&self, query: &Query) -> Result<Vec<Hit>> {
        let words = words::list(&query.typed);
        let best = self.best(&words, query.operator).await;
        let wanted = Highlight {
            field: "text".into(),
            name: "snippet".into(),
            fragment_number: 1,
            fragment_size: 240,
            highlight_markup: true,
            ..Highlight::default()
        };
        let marker = Some(highlighter(&self.index, vec![wanted], words).await);
        let index = self.index.read().await;
        let mut hits = Vec::new();
        for it in best.results {
            let document = index.get_document(it.doc_id, false, &marker, &self.fields, &[]).await;
            let mut document = document.map_err(|it| anyhow!(it))?;
            let mut field = |name| match document.swap_remove(name) {
                Some(Value::String(it)) => it,
                _ => String::new(),
            };
            let (title, text, snippet) = (field("title"), field("text"), field("snippet"));
            hits.push(Hit { title, text, snippet });
        }
        Ok(hits)
    }
}

/// One thread, as all the others have.
fn runtime() -> Result<Runtime> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}
