//! Writes a parsed query in the query language, so that a person sees how it was understood.

use std::fmt::{self, Display, Formatter, Write};

use super::chars::Quote;
use super::level::Operator;
use super::tree::{Clause, FilterLang, Filters, Near, Node, Occur, Query, Region};
use crate::date::DayRange;

impl Query {
    /// The query written out, terms first and filters after them. Parsing the result gives the same
    /// clauses and filters.
    #[must_use]
    pub fn understood(&self) -> String {
        let mut out = String::new();
        for (at, clause) in self.clauses.iter().enumerate() {
            separate(&mut out);
            // Writing to a string cannot fail.
            let _ = write!(out, "{}", Placed { clause, is_first: at == 0 });
        }
        write_filters(&mut out, &self.filters, "");
        if let Some(not) = &self.filters.not {
            write_filters(&mut out, not, "-");
        }
        out
    }
}

fn separate(out: &mut String) {
    if !out.is_empty() {
        out.push(' ');
    }
}

/// A clause, and whether it is the first one. At the start of a query `-5` is a number, so an
/// excluded 5 is written as `-(5)`.
struct Placed<'a> {
    clause: &'a Clause,
    is_first: bool,
}

impl Display for Placed<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let node = &self.clause.node;
        match self.clause.occur {
            Occur::Should => return write!(out, "{node}"),
            Occur::Must => out.write_char('+')?,
            Occur::Not => out.write_char('-')?,
        }
        let spelled = node.to_string();
        let is_number = self.is_first && spelled.starts_with(|c: char| c.is_ascii_digit());
        if is_number || matches!(node, Node::Any(_)) {
            write!(out, "({spelled})")
        } else {
            out.write_str(&spelled)
        }
    }
}

impl Display for Node {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word { text, region: Region::Anywhere, .. }
                if Operator::named(text).is_some() =>
            {
                write!(out, "({text})")
            }
            Self::Word { text, region, .. } => write!(out, "{}{text}", field(*region)),
            Self::Prefix { text, region, .. } => write!(out, "{}{text}*", field(*region)),
            Self::Phrase { text, region, near, .. } => {
                write!(out, "{}{}", field(*region), Quoted(text))?;
                if let Near::Within(words) = near {
                    write!(out, "~{words}")?;
                }
                Ok(())
            }
            Self::All(clauses) => {
                out.write_char('(')?;
                join(out, clauses, " ")?;
                out.write_char(')')
            }
            Self::Any(clauses) => join(out, clauses, " OR "),
        }
    }
}

fn join(out: &mut Formatter<'_>, clauses: &[Clause], between: &str) -> fmt::Result {
    for (at, clause) in clauses.iter().enumerate() {
        if at > 0 {
            out.write_str(between)?;
        }
        write!(out, "{}", Placed { clause, is_first: at == 0 })?;
    }
    Ok(())
}

fn field(region: Region) -> &'static str {
    match region {
        Region::Anywhere => "",
        Region::Title => "title:",
    }
}

/// A text within quotes that it does not contain.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let holds = |quote: Quote| self.0.contains(|c| quote.is_closed_by(c));
        let quote = Quote::ALL.into_iter().find(|it| !holds(*it)).unwrap_or(Quote::Double);
        let (open, close) = quote.marks();
        out.write_char(open)?;
        // Only a value that was not typed can contain all three kinds of quotes.
        for c in self.0.chars() {
            out.write_char(if quote.is_closed_by(c) { ' ' } else { c })?;
        }
        out.write_char(close)
    }
}

fn write_filters(out: &mut String, filters: &Filters, sign: &str) {
    let mut add = |name: &str, value: &dyn Display| {
        separate(out);
        // Writing to a string cannot fail.
        let _ = write!(out, "{sign}{name}:{value}");
    };
    for range in &filters.dates {
        add("date", &Days(range));
    }
    for lang in &filters.langs {
        let name = match lang {
            FilterLang::En => "en",
            FilterLang::Zh => "zh",
        };
        add("lang", &name);
    }
    let texts = [("author", &filters.authors), ("path", &filters.paths)];
    for (name, values) in texts.into_iter().chain([("topic", &filters.topics)]) {
        for value in values {
            let is_plain = value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            let starts_plain = value.starts_with(|c: char| c.is_ascii_alphanumeric());
            if is_plain && starts_plain && !value.ends_with('-') {
                add(name, value);
            } else {
                add(name, &Quoted(value));
            }
        }
    }
}

/// A range of days, as `date:` reads it.
struct Days<'a>(&'a DayRange);

impl Display for Days<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let DayRange { from, to } = self.0;
        if let (Some(from), Some(to)) = (from, to)
            && from == to
        {
            return write!(out, "{from}");
        }
        if let Some(from) = from {
            write!(out, "{from}")?;
        }
        out.write_str("..")?;
        if let Some(to) = to {
            write!(out, "{to}")?;
        }
        Ok(())
    }
}
