//! Which folder holds the index, and what a path given on the command line is called.

use std::path::{Path, PathBuf};

use passages::index::{Generation, Root};

use super::fault::Fault;
use super::output;
use super::terminal::setting;

/// The index folder: the flag's, else SEARCH_INDEX's, else the nearest one, else `./index`.
pub(super) fn index_folder(flag: Option<&str>) -> Result<PathBuf, Fault> {
    if let Some(named) = flag.map(str::to_owned).or_else(|| setting("SEARCH_INDEX")) {
        if named.is_empty() {
            return Err(Fault::usage("`--index`: the name of the folder is empty")
                .hint("leave the flag out to use the nearest index"));
        }
        return Ok(PathBuf::from(named));
    }
    let here = working_folder()?;
    let nearest = here.ancestors().map(|it| it.join("index")).find(|it| holds_index(it));
    // From the working folder itself the short name reads better in messages.
    Ok(nearest.filter(|it| *it != here.join("index")).unwrap_or_else(|| PathBuf::from("index")))
}

/// Whether a folder holds a generation that has a manifest: the one that CURRENT names, or, where
/// that is lost, any. The generation is not checked for damage here.
fn holds_index(folder: &Path) -> bool {
    let has_manifest = |name: &str| {
        name.starts_with("gen-")
            && !name.contains(['/', '\\'])
            && folder.join(name).join("manifest.json").is_file()
    };
    let current = std::fs::read_to_string(folder.join("CURRENT")).ok();
    if let Some(name) = current.as_deref().and_then(|it| it.lines().next()) {
        return has_manifest(name.trim());
    }
    let Ok(mut entries) = folder.read_dir() else { return false };
    entries.any(|it| it.is_ok_and(|it| it.file_name().to_str().is_some_and(has_manifest)))
}

/// Opens an index and prints its warning, if it has one, to standard error.
pub(super) fn open(folder: &Path) -> Result<Generation, Fault> {
    let index = Generation::open(folder)?;
    if let Some(remark) = index.warning() {
        output::note(&format!("note: {}\n", passages::text::visible(remark)));
    }
    Ok(index)
}

/// The number of the article, and which passage of it was asked for.
///
/// An id may itself end in `@` and digits, so the whole text is tried as an id first. The path of
/// a file means its first article.
pub(super) fn find_article(index: &Generation, typed: &str) -> Result<(u32, Option<u32>), Fault> {
    let lookup =
        |id: &str| index.article_number(id).or_else(|| index.article_number(&format!("{id}#1")));
    if let Some(number) = lookup(typed) {
        return Ok((number, None));
    }
    let parts = typed.rsplit_once('@');
    let parts = parts.and_then(|(id, passage)| Some((id, passage.parse::<u32>().ok()?)));
    let found = parts.and_then(|(id, passage)| Some((lookup(id)?, passage)));
    let Some((number, passage)) = found else {
        let message = format!("no article `{typed}` in the index");
        return Err(Fault::new("no_article", message)
            .hint("`search --json QUERY` names the article of each hit"));
    };
    let passages = index.article(number)?.passages;
    if passage == 0 || passage > passages {
        let message = format!("`{typed}`: the article has passages 1 to {passages}");
        return Err(Fault::new("no_article", message));
    }
    Ok((number, Some(passage)))
}

/// The folder that relative paths start from.
pub(super) fn working_folder() -> Result<PathBuf, Fault> {
    #[expect(clippy::disallowed_methods, reason = "the command line knows the working folder")]
    let here = std::env::current_dir();
    here.map_err(|it| Fault::new("io", format!("the working folder: {it}")))
}

/// Paths as roots: without `./` in front and `/` behind, the working folder recorded with them.
pub(super) fn roots(paths: &[String]) -> Result<Vec<Root>, Fault> {
    let here = working_folder()?;
    let Some(base) = here.to_str() else {
        return Err(Fault::new("io", format!("{}: the name is not UTF-8", here.display())));
    };
    let mut roots: Vec<Root> = Vec::new();
    for path in paths {
        if path.is_empty() {
            return Err(Fault::usage("a path is empty").hint("`.` is the working folder"));
        }
        let root = Root { path: normalized(path), base: base.to_owned() };
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    Ok(roots)
}

/// Gives one folder one name: `./seeds/` becomes `seeds`, `./` becomes `.`, `/` stays.
fn normalized(path: &str) -> String {
    let mut short = path;
    while let Some(rest) = short.strip_prefix("./") {
        short = rest.trim_start_matches('/');
    }
    let short = match short.trim_end_matches('/') {
        "" if path.starts_with('/') => "/",
        "" => ".",
        it => it,
    };
    short.to_owned()
}

#[cfg(test)]
mod tests {
    use super::normalized;

    #[test]
    fn one_folder_has_one_name() {
        for (typed, expected) in
            [("seeds", "seeds"), ("./seeds/", "seeds"), (".//a", "a"), ("./", "."), ("/", "/")]
        {
            assert_eq!(normalized(typed), expected);
        }
    }
}
