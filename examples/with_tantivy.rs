//! Opens what was built with tantivy itself and asks its query parser, in English and in Chinese.
//!
//! `cargo run --example with_tantivy`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use passages::Index;
use passages::index::register_tokenizers;
use tantivy::TantivyDocument;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::Value;

fn main() -> anyhow::Result<()> {
    let dir = std::env::temp_dir().join("passages-with-tantivy");
    let folder = Index::build(&dir).add("seeds").open()?.generation_dir();
    let index = tantivy::Index::open_in_dir(folder)?;
    register_tokenizers(index.tokenizers())?;
    let [exact, stem, article] =
        ["exact", "stem", "article"].map(|it| index.schema().get_field(it));
    let article = article?;
    let parser = QueryParser::for_index(&index, vec![exact?, stem?]);
    let searcher = index.reader()?.searcher();
    for query in ["trains Moscow", "exact:\"Belt and Road\"", "丝绸之路"] {
        println!("{query}");
        let top = TopDocs::with_limit(3).order_by_score();
        for (score, address) in searcher.search(&parser.parse_query(query)?, &top)? {
            let document: TantivyDocument = searcher.doc(address)?;
            let id = document.get_first(article).and_then(|it| it.as_str()).unwrap_or_default();
            println!("  {score:.1}  {id}");
        }
    }
    Ok(())
}
