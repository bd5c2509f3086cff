//! SQLite's FTS5, over words that are cut before and set apart by spaces.
//!
//! A tokenizer of one's own must be written in C, and the built-in `trigram` finds no Chinese word
//! of two characters, so this is how FTS5 is used with Chinese. Its snippets show the cut words.

use std::path::Path;

use anyhow::Result;
use peers::engine::{self, Engine, Hit, LIMIT, Operator, Query, Reply, timed};
use peers::{passage, words};
use rusqlite::{Connection, OpenFlags};

fn main() -> Result<()> {
    engine::main::<Fts5>()
}

struct Fts5 {
    database: Connection,
}

const FILE: &str = "passages.db";

const MAKE: &str = "
    pragma journal_mode = off;
    pragma synchronous = off;
    create table passage (id integer primary key, title, text, words);
    create virtual table found using fts5 (
        words, content = 'passage', content_rowid = 'id',
        tokenize = 'unicode61 remove_diacritics 0'
    );
    begin";

/// A snippet is asked for only where the ten best are known already.
const ANSWER: &str = "
    select title, text, snippet from (
        select rowid as id, snippet(found, 0, '<b>', '</b>', '…', 40) as snippet
        from found where found match ?1 order by rank limit ?2
    ) join passage using (id)";

const CANDIDATES: &str =
    "select rowid, rank from found where found match ?1 order by rank limit ?2";

impl Engine for Fts5 {
    fn index(source: &Path, folder: &Path) -> Result<()> {
        let database = Connection::open(folder.join(FILE))?;
        database.execute_batch(MAKE)?;
        let mut insert =
            database.prepare("insert into passage (title, text, words) values (?1, ?2, ?3)")?;
        for passage in passage::read(source)? {
            let passage = passage?;
            insert.execute((&passage.title, &passage.text, words::spaced(&passage.searched())))?;
        }
        let finish = "insert into found (found) values ('rebuild');
            insert into found (found) values ('optimize');
            commit";
        Ok(database.execute_batch(finish)?)
    }

    fn open(folder: &Path) -> Result<Self> {
        let database =
            Connection::open_with_flags(folder.join(FILE), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        database.execute_batch("pragma mmap_size = 4000000000")?;
        Ok(Self { database })
    }

    fn answer(&self, query: &Query) -> Result<Reply> {
        let (hits, took) = timed(|| {
            let mut statement = self.database.prepare_cached(ANSWER)?;
            let hits = statement.query_map((expression(query), LIMIT as i64), |row| {
                Ok(Hit { title: row.get(0)?, text: row.get(1)?, snippet: row.get(2)? })
            })?;
            Ok(hits.collect::<rusqlite::Result<Vec<Hit>>>()?)
        })?;
        Ok(Reply::whole(took, &hits))
    }

    fn candidates(&self, query: &Query) -> Result<Reply> {
        let (best, took) = timed(|| {
            let mut statement = self.database.prepare_cached(CANDIDATES)?;
            let best = statement.query_map((expression(query), LIMIT as i64), |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?))
            })?;
            Ok(best.collect::<rusqlite::Result<Vec<_>>>()?)
        })?;
        Ok(Reply::new(took, best.len(), 0))
    }
}

/// The query in the syntax of FTS5.
fn expression(query: &Query) -> String {
    let words = words::list(&query.typed);
    match query.operator {
        Operator::Any => format!("\"{}\"", words.join("\" OR \"")),
        Operator::All => format!("\"{}\"", words.join("\" AND \"")),
        Operator::Phrase => format!("\"{}\"", words.join(" ")),
    }
}
