//! The words that pages speak of themselves with, in English.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word of a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Says where to share.
    Share,
    /// Belongs to the form under an article.
    Reply,
    /// Leads elsewhere in the site.
    Navigate,
    /// Wants the reader to come back.
    Subscribe,
    /// Fills up between the others and says nothing alone.
    Filler,
}

impl Kind {
    /// The rule's name; nothing for words that prove nothing alone.
    pub(super) fn rule(self) -> Option<&'static str> {
        match self {
            Self::Share => Some("share-row"),
            Self::Reply => Some("reply-form"),
            Self::Navigate => Some("navigation"),
            Self::Subscribe => Some("subscribe"),
            Self::Filler => None,
        }
    }
}

/// The words of a line: lower case, without apostrophes and marks.
pub(super) fn spoken(line: &str) -> Vec<String> {
    each_spoken(line).collect()
}

/// The first of the words of a line, as in [`spoken`]; empty where there is none.
pub(super) fn first_spoken(line: &str) -> String {
    each_spoken(line).next().unwrap_or_default()
}

/// The words of a line, one by one.
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

/// What kind of a page's word each word of a line is.
pub(super) fn kinds(line: &str) -> impl Iterator<Item = Option<Kind>> {
    each_spoken(line).map(|it| kind(&it))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|it| it.is_ascii_digit())
}

/// What kind of a page's word it is, if one.
pub(super) fn kind(word: &str) -> Option<Kind> {
    Some(match word {
        "share" | "shares" | "sharing" | "tweet" | "retweet" | "pin" | "pinterest" | "facebook"
        | "twitter" | "linkedin" | "linked" | "whatsapp" | "telegram" | "reddit" | "tumblr"
        | "weibo" | "wechat" | "instagram" | "youtube" | "flipboard" | "pocket" | "digg"
        | "stumbleupon" | "delicious" | "messenger" | "viber" | "vk" | "vkontakte" | "threads"
        | "mastodon" | "bluesky" | "print" | "email" | "mail" | "bookmark" | "like" | "likes"
        | "follow" | "teilen" | "twittern" | "ausdrucken" | "partager" | "imprimer"
        | "compartir" | "imprimir" | "condividi" | "compartilhar" => Kind::Share,
        "comment" | "comments" | "reply" | "replies" | "respond" | "required" | "submit"
        | "quote" | "report" | "reactions" | "moderated" | "captcha" | "upvote" | "downvote"
        | "vote" | "kommentar" | "kommentare" | "kommentieren" | "antworten" | "abbrechen"
        | "erforderlich" | "pflichtfelder" | "absenden" | "abschicken" | "commentaire"
        | "commentaires" | "commenter" | "répondre" | "comentario" | "comentarios" | "comentar"
        | "responder" | "commenti" | "rispondi" | "comentários" => Kind::Reply,
        "home"
        | "homepage"
        | "forum"
        | "forums"
        | "menu"
        | "back"
        | "top"
        | "bottom"
        | "next"
        | "previous"
        | "prev"
        | "skip"
        | "navigation"
        | "search"
        | "login"
        | "logout"
        | "log"
        | "sign"
        | "signin"
        | "signup"
        | "register"
        | "faq"
        | "sitemap"
        | "contact"
        | "privacy"
        | "cookies"
        | "cookie"
        | "advertise"
        | "advertisement"
        | "advertisements"
        | "sponsored"
        | "permalink"
        | "archives"
        | "categories"
        | "tags"
        | "uncategorized"
        | "toggle"
        | "breadcrumb"
        | "sidebar"
        | "footer"
        | "header"
        | "anmelden"
        | "abmelden"
        | "einloggen"
        | "registrieren"
        | "impressum"
        | "datenschutz"
        | "datenschutzerklärung"
        | "agb"
        | "startseite"
        | "schlagworte"
        | "schlagwörter" => Kind::Navigate,
        "subscribe" | "subscription" | "newsletter" | "newsletters" | "rss" | "feed" | "donate"
        | "unsubscribe" | "podcast" | "abonnieren" => Kind::Subscribe,
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
            Kind::Filler
        }
        _ => return None,
    })
}

/// Words that numbers on a page count.
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

/// A phrase, the most words of a line that it opens, and the rule that drops such a line.
type Opening = (&'static str, usize, &'static str);

/// Phrases that open a line of furniture, with the most words that such a line has.
const OPENINGS: &[Opening] = &[
    ("be the first to comment", 10, "reply-form"),
    ("comments are closed", 8, "reply-form"),
    ("comments on this", 8, "reply-form"),
    ("fields marked with", 10, "reply-form"),
    ("leave a comment", 10, "reply-form"),
    ("leave a reply", 10, "reply-form"),
    ("log in to comment", 10, "reply-form"),
    ("log in to reply", 10, "reply-form"),
    ("log in or", 10, "reply-form"),
    ("login to", 8, "reply-form"),
    ("notify me of", 10, "reply-form"),
    ("powered by", 7, "navigation"),
    ("required fields are marked", 8, "reply-form"),
    ("save my name email and website", 18, "reply-form"),
    ("sign in to", 8, "reply-form"),
    ("you must be logged in", 14, "reply-form"),
    ("your email address will not be", 14, "reply-form"),
    ("your comment is awaiting", 8, "reply-form"),
    ("email required", 12, "reply-form"),
    ("required will not be", 8, "reply-form"),
    ("mail will not be", 8, "reply-form"),
    ("click here to", 12, "subscribe"),
    ("click to share", 10, "share-row"),
    ("click to email", 12, "share-row"),
    ("click to print", 10, "share-row"),
    ("click to expand", 4, "reply-form"),
    ("share this", 8, "share-row"),
    ("share on", 6, "share-row"),
    ("opens in new window", 6, "share-row"),
    ("enter your email address to subscribe", 24, "subscribe"),
    ("sign up for", 14, "subscribe"),
    ("sign up to", 14, "subscribe"),
    ("subscribe to", 14, "subscribe"),
    ("follow us", 12, "subscribe"),
    ("like us on", 8, "subscribe"),
    ("join our newsletter", 12, "subscribe"),
    ("download our app", 10, "subscribe"),
    ("skip to", 6, "navigation"),
    ("jump to", 6, "navigation"),
    ("whats new", 2, "navigation"),
    ("you are here", 12, "navigation"),
    ("subscribe now", 8, "subscribe"),
    ("terms of", 6, "navigation"),
    ("terms and conditions", 5, "navigation"),
    ("terms conditions", 4, "navigation"),
    ("weve noticed that you are using an ad", 14, "subscribe"),
    ("weve noticed youre adblocking", 8, "subscribe"),
    ("privacy policy", 8, "navigation"),
    ("all rights reserved", 10, "copyright"),
    ("article continues below", 8, "navigation"),
    ("story continues below", 8, "navigation"),
    ("continue reading the main story", 6, "navigation"),
    ("continue reading below", 6, "navigation"),
    ("continue reading", 3, "navigation"),
    ("also read", 3, "related"),
    ("also on", 5, "related"),
    ("dont miss", 4, "related"),
    ("editors picks", 4, "related"),
    ("filed under", 10, "navigation"),
    ("posted in", 8, "navigation"),
    ("tagged", 10, "navigation"),
    ("latest news", 4, "related"),
    ("latest posts", 4, "related"),
    ("latest stories", 4, "related"),
    ("more from", 6, "related"),
    ("more stories", 5, "related"),
    ("more on this story", 5, "related"),
    ("most popular", 4, "related"),
    ("most read", 4, "related"),
    ("most viewed", 4, "related"),
    ("most shared", 4, "related"),
    ("most emailed", 4, "related"),
    ("other articles", 8, "related"),
    ("other posts", 8, "related"),
    ("other stories", 8, "related"),
    ("people also", 6, "related"),
    ("popular posts", 4, "related"),
    ("popular now", 4, "related"),
    ("read more", 4, "related"),
    ("read next", 4, "related"),
    ("recent posts", 4, "related"),
    ("recent comments", 4, "related"),
    ("recommended for you", 5, "related"),
    ("recommended stories", 5, "related"),
    ("related articles", 5, "related"),
    ("related content", 5, "related"),
    ("related coverage", 5, "related"),
    ("related links", 5, "related"),
    ("related news", 5, "related"),
    ("related posts", 5, "related"),
    ("related stories", 5, "related"),
    ("related topics", 5, "related"),
    ("similar threads", 4, "related"),
    ("top stories", 4, "related"),
    ("trending now", 4, "related"),
    ("you may also", 8, "related"),
    ("you might also", 8, "related"),
    ("about the author", 3, "sign-off"),
    ("ad choices", 4, "navigation"),
    ("become a member", 3, "subscribe"),
    ("from around the web", 5, "related"),
    ("legal notices", 2, "navigation"),
    ("manage my account", 3, "navigation"),
    ("my account", 2, "navigation"),
    ("not logged in", 3, "navigation"),
    ("remember me", 2, "reply-form"),
    ("site map", 2, "navigation"),
    ("work with us", 3, "navigation"),
    ("your ad choices", 3, "navigation"),
    ("ads by", 4, "navigation"),
    ("advertising", 1, "navigation"),
    ("all fields required", 4, "reply-form"),
    ("already have an account", 6, "reply-form"),
    ("connect with us", 4, "share-row"),
    ("copy link", 3, "share-row"),
    ("create an account", 5, "reply-form"),
    ("create account", 3, "reply-form"),
    ("do not sell", 8, "navigation"),
    ("dont show this again", 5, "navigation"),
    ("expand comments", 3, "reply-form"),
    ("forgot your password", 5, "reply-form"),
    ("forgot password", 3, "reply-form"),
    ("found this helpful", 4, "reply-form"),
    ("get the latest", 12, "subscribe"),
    ("join the discussion", 6, "reply-form"),
    ("like loading", 3, "share-row"),
    ("load more", 4, "navigation"),
    ("loading", 1, "navigation"),
    ("no comments yet", 4, "reply-form"),
    ("no thanks", 3, "subscribe"),
    ("not now", 2, "subscribe"),
    ("other people are reading", 5, "related"),
    ("photo gallery", 2, "related"),
    ("play video", 3, "navigation"),
    ("please enter a valid", 8, "reply-form"),
    ("promoted by", 5, "related"),
    ("promoted links", 4, "related"),
    ("promoted stories", 3, "related"),
    ("read later", 2, "share-row"),
    ("reader comments", 3, "reply-form"),
    ("recommended", 1, "related"),
    ("recommended reads", 3, "related"),
    ("related", 1, "related"),
    ("related searches", 3, "related"),
    ("reprints", 3, "navigation"),
    ("request a badge", 4, "reply-form"),
    ("see also", 2, "related"),
    ("see more", 3, "related"),
    ("sign up or", 10, "reply-form"),
    ("stay logged in", 6, "reply-form"),
    ("thank you for your support", 6, "sign-off"),
    ("view all", 6, "navigation"),
    ("view pdf", 5, "navigation"),
    ("we want to hear from you", 8, "reply-form"),
    ("what to read next", 5, "related"),
    ("you may like", 4, "related"),
    ("you must login", 14, "reply-form"),
    ("you must be signed in", 14, "reply-form"),
    ("your california privacy rights", 12, "navigation"),
    ("if you enjoyed this", 24, "sign-off"),
    ("if you liked this", 24, "sign-off"),
    ("if you like this", 24, "sign-off"),
    ("if you found this article", 24, "sign-off"),
    ("if you found this post", 24, "sign-off"),
    ("thank you for reading", 6, "sign-off"),
    ("thanks for reading", 6, "sign-off"),
];

/// Openings that may be whole sentences: a page's form and its plea speak in sentences.
fn may_be_closed(rule: &str) -> bool {
    matches!(rule, "reply-form" | "sign-off" | "copyright" | "subscribe")
}

/// The phrases by their first word, in their order.
static BY_FIRST: LazyLock<HashMap<&str, Vec<&Opening>>> = LazyLock::new(|| {
    let mut by_first: HashMap<&str, Vec<_>> = HashMap::new();
    for opening in OPENINGS {
        let first = opening.0.split(' ').next().unwrap_or_default();
        by_first.entry(first).or_default().push(opening);
    }
    by_first
});

/// Whether a phrase of furniture begins with the word.
pub(super) fn opens(word: &str) -> bool {
    BY_FIRST.contains_key(word)
}

/// The rule of the phrase that opens the line, if any.
pub(super) fn phrase(spoken: &[String], is_closed: bool) -> Option<&'static str> {
    let opens = |phrase: &str| {
        let mut at = 0;
        phrase.split(' ').all(|word| {
            at += 1;
            spoken.get(at - 1).is_some_and(|it| it == word)
        })
    };
    let known = spoken.first().and_then(|it| BY_FIRST.get(it.as_str()));
    let found = known.into_iter().flatten().find(|(phrase, most, rule)| {
        spoken.len() <= *most && (!is_closed || may_be_closed(rule)) && opens(phrase)
    });
    found.map(|(_, _, rule)| *rule).or_else(|| sign_off(spoken)).or_else(|| delivered(spoken))
}

/// `Get our magazine delivered to your inbox`, `Join the mailing list to get weekly updates`.
fn delivered(spoken: &[String]) -> Option<&'static str> {
    let first = spoken.first()?;
    let asks = matches!(first.as_str(), "get" | "join" | "sign" | "subscribe");
    let text = spoken.join(" ");
    let names = ["to your inbox", "in your inbox", "our newsletter", "mailing list"];
    (asks && names.iter().any(|it| text.contains(it))).then_some("subscribe")
}

/// `Example SignOff`, `Sign-off`: what stands for the picture at a page's end.
fn sign_off(spoken: &[String]) -> Option<&'static str> {
    let (last, before) = spoken.split_last()?;
    let is_two = last == "off" && before.last().is_some_and(|it| it == "sign");
    ((last == "signoff" || is_two) && spoken.len() <= 4).then_some("sign-off")
}
