//! tantivy, as somebody would use it who knows it well.
//!
//! One segment, one indexed field of title and text, the default document store, and queries made of
//! terms without a parser. The tokenizer keeps its tokens from text to text.

use std::path::Path;

use anyhow::{Context, Result};
use mimalloc::MiMalloc;
use peers::engine::{self, Engine, Hit, LIMIT, Operator, Query, Reply, timed};
use peers::{passage, words};
use tantivy::collector::TopDocs;
use tantivy::query::{self, BooleanQuery, Occur, PhraseQuery, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{
    DocAddress, Index, IndexReader, IndexWriter, ReloadPolicy, Score, Searcher, TantivyDocument,
    Term,
};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const TOKENIZER: &str = "mixed";

fn main() -> Result<()> {
    engine::main::<Tantivy>()
}

struct Tantivy {
    searcher: Searcher,
    title: Field,
    text: Field,
    searched: Field,
}

impl Engine for Tantivy {
    fn index(source: &Path, folder: &Path) -> Result<()> {
        let mut schema = Schema::builder();
        let title = schema.add_text_field("title", STORED);
        let text = schema.add_text_field("text", STORED);
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let searched = schema
            .add_text_field("searched", TextOptions::default().set_indexing_options(indexing));
        let index = Index::create_in_dir(folder, schema.build())?;
        index.tokenizers().register(TOKENIZER, Mixed::default());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 1_000_000_000)?;
        for passage in passage::read(source)? {
            let passage = passage?;
            let mut document = TantivyDocument::default();
            document.add_text(searched, passage.searched());
            document.add_text(title, passage.title);
            document.add_text(text, passage.text);
            writer.add_document(document)?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        Ok(writer.wait_merging_threads()?)
    }

    fn open(folder: &Path) -> Result<Self> {
        let index = Index::open_in_dir(folder)?;
        index.tokenizers().register(TOKENIZER, Mixed::default());
        let reader: IndexReader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let schema = index.schema();
        let [title, text, searched] = ["title", "text", "searched"].map(|it| schema.get_field(it));
        Ok(Self { searcher: reader.searcher(), title: title?, text: text?, searched: searched? })
    }

    fn answer(&self, query: &Query) -> Result<Reply> {
        let (hits, took) = timed(|| {
            let query = self.query(query);
            let generator = SnippetGenerator::create(&self.searcher, &*query, self.searched)?;
            let best = self.best(&*query)?;
            best.into_iter().map(|it| self.hit(it.1, &generator)).collect::<Result<Vec<Hit>>>()
        })?;
        Ok(Reply::whole(took, &hits))
    }

    fn candidates(&self, query: &Query) -> Result<Reply> {
        let (best, took) = timed(|| self.best(&*self.query(query)))?;
        Ok(Reply::new(took, best.len(), 0))
    }
}

impl Tantivy {
    fn query(&self, query: &Query) -> Box<dyn query::Query> {
        let mut terms = Vec::new();
        words::cut(&query.typed, |_, word| {
            terms.push(Term::from_field_text(self.searched, word));
        });
        if query.operator == Operator::Phrase && terms.len() > 1 {
            return Box::new(PhraseQuery::new(terms));
        }
        let occur = if query.operator == Operator::All { Occur::Must } else { Occur::Should };
        let of_term = |it| Box::new(TermQuery::new(it, IndexRecordOption::WithFreqs));
        if terms.len() == 1 {
            return of_term(terms.remove(0));
        }
        let clauses = terms.into_iter().map(|it| (occur, of_term(it) as Box<dyn query::Query>));
        Box::new(BooleanQuery::new(clauses.collect()))
    }

    fn best(&self, query: &dyn query::Query) -> Result<Vec<(Score, DocAddress)>> {
        Ok(self.searcher.search(query, &TopDocs::with_limit(LIMIT).order_by_score())?)
    }

    fn hit(&self, address: DocAddress, generator: &SnippetGenerator) -> Result<Hit> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let stored = |field| document.get_first(field).and_then(|it| it.as_str());
        let text = stored(self.text).context("a document without its text")?;
        let snippet = generator.snippet(text).to_html();
        let title = stored(self.title).unwrap_or_default().to_owned();
        Ok(Hit { title, text: text.to_owned(), snippet })
    }
}

/// Cuts as [`words::cut`], into tokens that are used again for the next text.
#[derive(Clone, Default)]
struct Mixed {
    tokens: Vec<Token>,
}

struct Stream<'a> {
    tokens: &'a mut [Token],
    passed: usize,
}

impl Tokenizer for Mixed {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let mut count = 0;
        words::cut(text, |range, word| {
            if count == self.tokens.len() {
                self.tokens.push(Token::default());
            }
            let token = &mut self.tokens[count];
            (token.offset_from, token.offset_to) = (range.start, range.end);
            token.position = count;
            token.text.clear();
            token.text.push_str(word);
            count += 1;
        });
        Stream { tokens: &mut self.tokens[..count], passed: 0 }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        self.passed += 1;
        self.passed <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.passed - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.passed - 1]
    }
}
