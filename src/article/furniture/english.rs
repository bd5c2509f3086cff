//! The English words and phrases of page interfaces.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::article::rule::Rule;

/// What a word of a page's interface is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordKind {
    /// A place to share the page.
    Share,
    /// The form under an article.
    Reply,
    /// Another place of the site.
    Navigate,
    /// Subscribing, or coming back.
    Subscribe,
    /// A word between the others that proves nothing alone.
    Filler,
}

impl WordKind {
    /// The rule for such words; `None` for words that prove nothing alone.
    pub(super) fn rule(self) -> Option<Rule> {
        match self {
            Self::Share => Some(Rule::ShareRow),
            Self::Reply => Some(Rule::ReplyForm),
            Self::Navigate => Some(Rule::Navigation),
            Self::Subscribe => Some(Rule::Subscribe),
            Self::Filler => None,
        }
    }
}

/// The words of a line in lower case, without apostrophes and punctuation.
pub(super) fn spoken(line: &str) -> Vec<String> {
    each_spoken(line).collect()
}

/// The first word of a line, as in [`spoken`]; empty where there is none.
pub(super) fn first_spoken(line: &str) -> String {
    each_spoken(line).next().unwrap_or_default()
}

/// Iterates over the words of a line.
fn each_spoken(line: &str) -> impl Iterator<Item = String> {
    let mut rest = line.chars();
    std::iter::from_fn(move || {
        let mut word = String::new();
        for it in rest.by_ref() {
            if it.is_alphanumeric() {
                word.extend(it.to_lowercase());
            } else if matches!(it, '\'' | '’') || it == ',' && is_number(&word) {
                // `What's` is one word, and so is `1,234`.
            } else if !word.is_empty() {
                break;
            }
        }
        (!word.is_empty()).then_some(word)
    })
}

/// The kind of each word of a line; `None` for words that belong to no interface.
pub(super) fn kinds(line: &str) -> impl Iterator<Item = Option<WordKind>> {
    each_spoken(line).map(|it| kind(&it))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|it| it.is_ascii_digit())
}

/// The kind of a word; `None` for a word that belongs to no interface.
pub(super) fn kind(word: &str) -> Option<WordKind> {
    Some(match word {
        "share" | "shares" | "sharing" | "tweet" | "retweet" | "pin" | "pinterest" | "facebook"
        | "twitter" | "linkedin" | "linked" | "whatsapp" | "telegram" | "reddit" | "tumblr"
        | "weibo" | "wechat" | "instagram" | "youtube" | "flipboard" | "pocket" | "digg"
        | "stumbleupon" | "delicious" | "messenger" | "viber" | "vk" | "vkontakte" | "threads"
        | "mastodon" | "bluesky" | "print" | "email" | "mail" | "bookmark" | "like" | "likes"
        | "follow" | "teilen" | "twittern" | "ausdrucken" | "partager" | "imprimer"
        | "compartir" | "imprimir" | "condividi" | "compartilhar" => WordKind::Share,
        "comment" | "comments" | "reply" | "replies" | "respond" | "required" | "submit"
        | "quote" | "report" | "reactions" | "moderated" | "captcha" | "upvote" | "downvote"
        | "vote" | "kommentar" | "kommentare" | "kommentieren" | "antworten" | "abbrechen"
        | "erforderlich" | "pflichtfelder" | "absenden" | "abschicken" | "commentaire"
        | "commentaires" | "commenter" | "répondre" | "comentario" | "comentarios" | "comentar"
        | "responder" | "commenti" | "rispondi" | "comentários" => WordKind::Reply,
        "home" | "homepage" | "forum" | "forums" | "menu" | "back" | "top" | "bottom" | "next"
        | "previous" | "prev" | "skip" | "navigation" | "search" | "login" | "logout" | "log"
        | "sign" | "signin" | "signup" | "register" | "faq" | "sitemap" | "contact" | "privacy"
        | "cookies" | "cookie" | "advertise" | "advertisement" | "advertisements" | "sponsored"
        | "permalink" | "archives" | "categories" | "tags" | "uncategorized" | "toggle"
        | "breadcrumb" | "sidebar" | "footer" | "header" | "anmelden" | "abmelden"
        | "einloggen" | "registrieren" | "impressum" | "datenschutz" | "agb" | "startseite"
        | "schlagworte" | "schlagwörter" => WordKind::Navigate,
        "datenschutzerklärung" => WordKind::Navigate,
        "subscribe" | "subscription" | "newsletter" | "newsletters" | "rss" | "feed" | "donate"
        | "unsubscribe" | "podcast" | "abonnieren" => WordKind::Subscribe,
        "a" | "an" | "the" | "your" | "our" | "my" | "this" | "it" | "to" | "by" | "in" | "on"
        | "for" | "now" | "with" | "and" | "or" | "us" | "me" | "others" | "all" | "up" | "out"
        | "via" | "here" | "page" | "post" | "article" | "story" | "leave" | "add" | "write"
        | "view" | "show" | "hide" | "more" | "of" | "friend" | "friends" | "link" | "copy"
        | "content" | "main" | "google" | "plus" | "policy" | "terms" | "about" | "site"
        | "use" | "click" | "button" | "cancel" | "first" | "last" | "go" | "account" | "new"
        | "x" | "be" | "from" | "join" | "conversation" | "discussion" | "name" | "website"
        | "url" | "address" | "save" | "auf" | "bei" | "per" | "hier" | "jetzt" | "inhalt"
        | "beitrag" | "artikel" | "seite" | "senden" | "lesen" | "hinterlassen" | "schreiben"
        | "schreibe" | "verfassen" | "hinzufügen" | "dies" | "einem" | "einen" | "freund"
        | "dein" | "deinen" | "ihr" | "ihren" | "sie" | "bitte" | "alle" | "uns" | "zum"
        | "nächste" | "nächster" | "vorherige" | "vorheriger" | "sur" | "par" | "cet" | "votre"
        | "laisser" | "poster" | "ajouter" | "voir" | "tous" | "les" | "en" | "por" | "este"
        | "artículo" | "tu" | "deja" | "dejar" | "enviar" | "ver" | "todos" | "los" | "su" => {
            WordKind::Filler
        }
        _ => return None,
    })
}

/// Whether the word names things that pages count.
pub(super) fn is_counted(word: &str) -> bool {
    matches!(
        word,
        "comment"
            | "comments"
            | "reply"
            | "replies"
            | "like"
            | "likes"
            | "share"
            | "shares"
            | "view"
            | "views"
            | "tweets"
            | "retweets"
            | "reactions"
            | "votes"
            | "points"
            | "page"
            | "pages"
            | "followers"
            | "following"
            | "subscribers"
            | "posts"
            | "messages"
            | "reads"
            | "claps"
            | "upvotes"
            | "thanks"
            | "responses"
            | "min"
            | "read"
            | "pins"
    )
}

/// A phrase, the most words of a line that starts with it, and the rule that drops such a line.
type Opening = (&'static str, usize, Rule);

/// Phrases at the start of lines of furniture.
const OPENINGS: &[Opening] = &[
    ("be the first to comment", 10, Rule::ReplyForm),
    ("comments are closed", 8, Rule::ReplyForm),
    ("comments on this", 8, Rule::ReplyForm),
    ("fields marked with", 10, Rule::ReplyForm),
    ("leave a comment", 10, Rule::ReplyForm),
    ("leave a reply", 10, Rule::ReplyForm),
    ("log in to comment", 10, Rule::ReplyForm),
    ("log in to reply", 10, Rule::ReplyForm),
    ("log in or", 10, Rule::ReplyForm),
    ("login to", 8, Rule::ReplyForm),
    ("notify me of", 10, Rule::ReplyForm),
    ("powered by", 7, Rule::Navigation),
    ("required fields are marked", 8, Rule::ReplyForm),
    ("save my name email and website", 18, Rule::ReplyForm),
    ("sign in to", 8, Rule::ReplyForm),
    ("you must be logged in", 14, Rule::ReplyForm),
    ("your email address will not be", 14, Rule::ReplyForm),
    ("your comment is awaiting", 8, Rule::ReplyForm),
    ("email required", 12, Rule::ReplyForm),
    ("required will not be", 8, Rule::ReplyForm),
    ("mail will not be", 8, Rule::ReplyForm),
    ("click here to", 12, Rule::Subscribe),
    ("click to share", 10, Rule::ShareRow),
    ("click to email", 12, Rule::ShareRow),
    ("click to print", 10, Rule::ShareRow),
    ("click to expand", 4, Rule::ReplyForm),
    ("share this", 8, Rule::ShareRow),
    ("share on", 6, Rule::ShareRow),
    ("opens in new window", 6, Rule::ShareRow),
    ("enter your email address to subscribe", 24, Rule::Subscribe),
    ("sign up for", 14, Rule::Subscribe),
    ("sign up to", 14, Rule::Subscribe),
    ("subscribe to", 14, Rule::Subscribe),
    ("follow us", 12, Rule::Subscribe),
    ("like us on", 8, Rule::Subscribe),
    ("join our newsletter", 12, Rule::Subscribe),
    ("download our app", 10, Rule::Subscribe),
    ("skip to", 6, Rule::Navigation),
    ("jump to", 6, Rule::Navigation),
    ("whats new", 2, Rule::Navigation),
    ("you are here", 12, Rule::Navigation),
    ("subscribe now", 8, Rule::Subscribe),
    ("terms of", 6, Rule::Navigation),
    ("terms and conditions", 5, Rule::Navigation),
    ("terms conditions", 4, Rule::Navigation),
    ("weve noticed that you are using an ad", 14, Rule::Subscribe),
    ("weve noticed youre adblocking", 8, Rule::Subscribe),
    ("privacy policy", 8, Rule::Navigation),
    ("all rights reserved", 10, Rule::Copyright),
    ("article continues below", 8, Rule::Navigation),
    ("story continues below", 8, Rule::Navigation),
    ("continue reading the main story", 6, Rule::Navigation),
    ("continue reading below", 6, Rule::Navigation),
    ("continue reading", 3, Rule::Navigation),
    ("also read", 3, Rule::Related),
    ("also on", 5, Rule::Related),
    ("dont miss", 4, Rule::Related),
    ("editors picks", 4, Rule::Related),
    ("filed under", 10, Rule::Navigation),
    ("posted in", 8, Rule::Navigation),
    ("tagged", 10, Rule::Navigation),
    ("latest news", 4, Rule::Related),
    ("latest posts", 4, Rule::Related),
    ("latest stories", 4, Rule::Related),
    ("more from", 6, Rule::Related),
    ("more stories", 5, Rule::Related),
    ("more on this story", 5, Rule::Related),
    ("most popular", 4, Rule::Related),
    ("most read", 4, Rule::Related),
    ("most viewed", 4, Rule::Related),
    ("most shared", 4, Rule::Related),
    ("most emailed", 4, Rule::Related),
    ("other articles", 8, Rule::Related),
    ("other posts", 8, Rule::Related),
    ("other stories", 8, Rule::Related),
    ("people also", 6, Rule::Related),
    ("popular posts", 4, Rule::Related),
    ("popular now", 4, Rule::Related),
    ("read more", 4, Rule::Related),
    ("read next", 4, Rule::Related),
    ("recent posts", 4, Rule::Related),
    ("recent comments", 4, Rule::Related),
    ("recommended for you", 5, Rule::Related),
    ("recommended stories", 5, Rule::Related),
    ("related articles", 5, Rule::Related),
    ("related content", 5, Rule::Related),
    ("related coverage", 5, Rule::Related),
    ("related links", 5, Rule::Related),
    ("related news", 5, Rule::Related),
    ("related posts", 5, Rule::Related),
    ("related stories", 5, Rule::Related),
    ("related topics", 5, Rule::Related),
    ("similar threads", 4, Rule::Related),
    ("top stories", 4, Rule::Related),
    ("trending now", 4, Rule::Related),
    ("you may also", 8, Rule::Related),
    ("you might also", 8, Rule::Related),
    ("about the author", 3, Rule::SignOff),
    ("ad choices", 4, Rule::Navigation),
    ("become a member", 3, Rule::Subscribe),
    ("from around the web", 5, Rule::Related),
    ("legal notices", 2, Rule::Navigation),
    ("manage my account", 3, Rule::Navigation),
    ("my account", 2, Rule::Navigation),
    ("not logged in", 3, Rule::Navigation),
    ("remember me", 2, Rule::ReplyForm),
    ("site map", 2, Rule::Navigation),
    ("work with us", 3, Rule::Navigation),
    ("your ad choices", 3, Rule::Navigation),
    ("ads by", 4, Rule::Navigation),
    ("advertising", 1, Rule::Navigation),
    ("all fields required", 4, Rule::ReplyForm),
    ("already have an account", 6, Rule::ReplyForm),
    ("connect with us", 4, Rule::ShareRow),
    ("copy link", 3, Rule::ShareRow),
    ("create an account", 5, Rule::ReplyForm),
    ("create account", 3, Rule::ReplyForm),
    ("do not sell", 8, Rule::Navigation),
    ("dont show this again", 5, Rule::Navigation),
    ("expand comments", 3, Rule::ReplyForm),
    ("forgot your password", 5, Rule::ReplyForm),
    ("forgot password", 3, Rule::ReplyForm),
    ("found this helpful", 4, Rule::ReplyForm),
    ("get the latest", 12, Rule::Subscribe),
    ("join the discussion", 6, Rule::ReplyForm),
    ("like loading", 3, Rule::ShareRow),
    ("load more", 4, Rule::Navigation),
    ("loading", 1, Rule::Navigation),
    ("no comments yet", 4, Rule::ReplyForm),
    ("no thanks", 3, Rule::Subscribe),
    ("not now", 2, Rule::Subscribe),
    ("other people are reading", 5, Rule::Related),
    ("photo gallery", 2, Rule::Related),
    ("play video", 3, Rule::Navigation),
    ("please enter a valid", 8, Rule::ReplyForm),
    ("promoted by", 5, Rule::Related),
    ("promoted links", 4, Rule::Related),
    ("promoted stories", 3, Rule::Related),
    ("read later", 2, Rule::ShareRow),
    ("reader comments", 3, Rule::ReplyForm),
    ("recommended", 1, Rule::Related),
    ("recommended reads", 3, Rule::Related),
    ("related", 1, Rule::Related),
    ("related searches", 3, Rule::Related),
    ("reprints", 3, Rule::Navigation),
    ("request a badge", 4, Rule::ReplyForm),
    ("see also", 2, Rule::Related),
    ("see more", 3, Rule::Related),
    ("sign up or", 10, Rule::ReplyForm),
    ("stay logged in", 6, Rule::ReplyForm),
    ("thank you for your support", 6, Rule::SignOff),
    ("view all", 6, Rule::Navigation),
    ("view pdf", 5, Rule::Navigation),
    ("we want to hear from you", 8, Rule::ReplyForm),
    ("what to read next", 5, Rule::Related),
    ("you may like", 4, Rule::Related),
    ("you must login", 14, Rule::ReplyForm),
    ("you must be signed in", 14, Rule::ReplyForm),
    ("your california privacy rights", 12, Rule::Navigation),
    ("if you enjoyed this", 24, Rule::SignOff),
    ("if you liked this", 24, Rule::SignOff),
    ("if you like this", 24, Rule::SignOff),
    ("if you found this article", 24, Rule::SignOff),
    ("if you found this post", 24, Rule::SignOff),
    ("thank you for reading", 6, Rule::SignOff),
    ("thanks for reading", 6, Rule::SignOff),
];

/// Whether lines of a rule may be whole sentences. Forms and pleas are written in sentences.
fn may_be_closed(rule: Rule) -> bool {
    matches!(rule, Rule::ReplyForm | Rule::SignOff | Rule::Copyright | Rule::Subscribe)
}

/// The phrases by their first word, in the order of the table.
static BY_FIRST: LazyLock<HashMap<&str, Vec<&Opening>>> = LazyLock::new(|| {
    let mut by_first: HashMap<&str, Vec<_>> = HashMap::new();
    for opening in OPENINGS {
        let first = opening.0.split(' ').next().unwrap_or_default();
        by_first.entry(first).or_default().push(opening);
    }
    by_first
});

/// Whether a phrase of furniture starts with the word.
pub(super) fn opens(word: &str) -> bool {
    BY_FIRST.contains_key(word)
}

/// The rule of the phrase at the start of the line, if any.
pub(super) fn phrase(spoken: &[String], is_closed: bool) -> Option<Rule> {
    let opens = |phrase: &str| {
        let mut at = 0;
        phrase.split(' ').all(|word| {
            at += 1;
            spoken.get(at - 1).is_some_and(|it| it == word)
        })
    };
    let known = spoken.first().and_then(|it| BY_FIRST.get(it.as_str()));
    let found = known.into_iter().flatten().find(|(phrase, most, rule)| {
        spoken.len() <= *most && (!is_closed || may_be_closed(*rule)) && opens(phrase)
    });
    found.map(|(_, _, rule)| *rule).or_else(|| sign_off(spoken)).or_else(|| delivered(spoken))
}

/// A newsletter: `Get our magazine delivered to your inbox`, `Join the mailing list to get weekly
/// updates`.
fn delivered(spoken: &[String]) -> Option<Rule> {
    let first = spoken.first()?;
    let asks = matches!(first.as_str(), "get" | "join" | "sign" | "subscribe");
    let text = spoken.join(" ");
    let names = ["to your inbox", "in your inbox", "our newsletter", "mailing list"];
    (asks && names.iter().any(|it| text.contains(it))).then_some(Rule::Subscribe)
}

/// `Example SignOff`, `Sign-off`: the text in place of the picture at a page's end.
fn sign_off(spoken: &[String]) -> Option<Rule> {
    let (last, before) = spoken.split_last()?;
    let is_two = last == "off" && before.last().is_some_and(|it| it == "sign");
    ((last == "signoff" || is_two) && spoken.len() <= 4).then_some(Rule::SignOff)
}
