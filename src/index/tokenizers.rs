//! The analysis of this crate as tokenizers of tantivy, so that a tantivy query parser cuts a query
//! as the index was cut.

use anyhow::Result;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::segment::tokenizer;
use crate::analysis::{Analyzer, Family, Tokens};
use crate::lexicon::curated;

/// Registers a tokenizer for each field, under the name that the schema gives it.
///
/// Call it with `tantivy::Index::tokenizers` of an opened generation. Without it tantivy's own
/// tokenizers of the same names are used: they suit English, but Chinese is then found only in the
/// field `word`. The field `form` holds words as they are written.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// use passages::Index;
/// use tantivy::{collector::Count, query::QueryParser};
///
/// let ours = Index::build(dir.path().join("index")).add("seeds").open()?;
/// let index = tantivy::Index::open_in_dir(ours.generation_dir())?;
/// passages::index::register_tokenizers(index.tokenizers())?;
/// let parser = QueryParser::for_index(&index, vec![index.schema().get_field("exact")?]);
/// let query = parser.parse_query("军事政治联盟")?;
/// assert_eq!(index.reader()?.searcher().search(&query, &Count)?, 1);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When the lexicon of this crate cannot be read.
pub fn register_tokenizers(manager: &TokenizerManager) -> Result<()> {
    let analyzer = Analyzer::for_index(&curated()?.han_names());
    for family in [Family::Exact, Family::Stem, Family::Bigram, Family::Word] {
        let analyzer = analyzer.clone();
        manager.register(tokenizer(family), FamilyTokenizer { family, analyzer });
    }
    Ok(())
}

/// Gives the tokens of one family.
#[derive(Clone)]
struct FamilyTokenizer {
    family: Family,
    analyzer: Analyzer,
}

impl Tokenizer for FamilyTokenizer {
    type TokenStream<'a> = FamilyTokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FamilyTokens {
        let mut tokens = Tokens::default();
        self.analyzer.tokens(text, &mut tokens);
        let token = |it: &crate::analysis::Token| Token {
            offset_from: it.span.start(),
            offset_to: it.span.end(),
            position: it.position as usize,
            text: tokens.text(it).to_owned(),
            position_length: 1,
        };
        let tokens: Vec<Token> = tokens.family(self.family).map(token).collect();
        FamilyTokens { rest: tokens.into_iter(), current: Token::default() }
    }
}

/// The tokens of one text, one after the other.
struct FamilyTokens {
    rest: std::vec::IntoIter<Token>,
    current: Token,
}

impl TokenStream for FamilyTokens {
    fn advance(&mut self) -> bool {
        let next = self.rest.next();
        let is_there = next.is_some();
        self.current = next.unwrap_or_default();
        is_there
    }

    fn token(&self) -> &Token {
        &self.current
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.current
    }
}
