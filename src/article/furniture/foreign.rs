//! The commonest lines of pages in other languages than English and Chinese: where these stand
//! around a story, the end of the story is known.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Longer lines are none of [`LINES`], and still longer ones no sentence of a form.
const LONGEST_LINE: usize = 60;
const LONGEST_BYTES: usize = 500;

/// Whole lines, in small letters, without marks and digits.
const LINES: &[(&str, &[&str])] = &[
    (
        "share-row",
        &[
            "teilen",
            "drucken",
            "merken",
            "empfehlen",
            "artikel teilen",
            "artikel drucken",
            "beitrag teilen",
            "seite drucken",
            "teilen sie dies mit",
            "gefällt mir",
            "gefällt mir wird geladen",
            "liken lade",
            "twittern",
            "partager",
            "imprimer",
            "envoyer par email",
            "partagez",
            "compartir",
            "imprimir",
            "enviar por email",
            "comparte",
            "compartilhar",
            "compartilhe",
            "condividi",
            "stampa",
            "поделиться",
            "распечатать",
            "нравится",
            "sdílet",
            "sdílet článek",
            "vytisknout",
            "to se mi líbí",
            "udostępnij",
            "drukuj",
            "シェア",
            "シェアする",
            "ツイート",
            "ブックマーク",
            "印刷",
            "공유",
            "공유하기",
            "인쇄",
        ],
    ),
    (
        "reply-form",
        &[
            "kommentare",
            "kommentar schreiben",
            "kommentare lesen",
            "alle kommentare",
            "kommentieren",
            "kommentar hinzufügen",
            "kommentar verfassen",
            "kommentar verfassen antwort abbrechen",
            "schreibe einen kommentar",
            "schreibe einen kommentar antworten abbrechen",
            "hinterlasse einen kommentar",
            "gib hier deinen kommentar ein",
            "antwort abbrechen",
            "name erforderlich",
            "email erforderlich",
            "email erforderlich adresse wird niemals veröffentlicht",
            "passwort vergessen",
            "angemeldet bleiben",
            "antworten",
            "commentaires",
            "réagir",
            "commenter",
            "répondre",
            "laisser un commentaire",
            "comentarios",
            "comentar",
            "responder",
            "deja un comentario",
            "comentários",
            "commenti",
            "rispondi",
            "lascia un commento",
            "комментарии",
            "комментировать",
            "ответить",
            "komentáře",
            "diskuse",
            "komentarze",
            "コメント",
            "コメントする",
            "コメント非表示",
            "댓글",
            "댓글쓰기",
        ],
    ),
    (
        "related",
        &[
            "mehr zum thema",
            "auch interessant",
            "das könnte sie auch interessieren",
            "meistgelesen",
            "weitere artikel",
            "weitere beiträge",
            "weitere meldungen",
            "ähnliche artikel",
            "ähnliche beiträge",
            "neueste beiträge",
            "neueste kommentare",
            "letzte beiträge",
            "letzte kommentare",
            "das könnte dich auch interessieren",
            "lesen sie auch",
            "à lire aussi",
            "lire aussi",
            "sur le même sujet",
            "les plus lus",
            "articles liés",
            "notas relacionadas",
            "artículos relacionados",
            "más leídas",
            "las más leídas",
            "lo más leído",
            "te puede interesar",
            "veja também",
            "leia também",
            "mais lidas",
            "leia mais",
            "leggi anche",
            "articoli correlati",
            "più letti",
            "читайте также",
            "материалы по теме",
            "популярное",
            "související",
            "související články",
            "nejčtenější",
            "další zprávy",
            "czytaj także",
            "czytaj też",
            "najczęściej czytane",
            "関連記事",
            "関連ニュース",
            "アクセスランキング",
            "おすすめ",
            "おすすめ記事",
            "관련기사",
            "많이 본 뉴스",
        ],
    ),
    (
        "navigation",
        &[
            "startseite",
            "anmelden",
            "registrieren",
            "suche",
            "impressum",
            "datenschutz",
            "kontakt",
            "anzeige",
            "werbung",
            "nach oben",
            "zurück",
            "weiter",
            "weiterlesen",
            "menü",
            "hauptmenü",
            "servicemenü",
            "navigation und service",
            "beitragsnavigation",
            "vorheriger beitrag",
            "nächster beitrag",
            "sie sind hier",
            "suchen",
            "suche nach",
            "suche starten",
            "erweiterte suche",
            "suchbegriff",
            "abmelden",
            "mein konto",
            "mediadaten",
            "datenschutzerklärung",
            "datenschutzhinweise",
            "nutzungsbedingungen",
            "cookieeinstellungen",
            "impressum kontakt",
            "impressum und datenschutz",
            "zum inhalt springen",
            "direkt zum inhalt",
            "springe direkt zu",
            "zur startseite",
            "zum seitenanfang",
            "zurück nach oben",
            "accueil",
            "connexion",
            "se connecter",
            "sinscrire",
            "recherche",
            "rechercher",
            "mentions légales",
            "mon compte",
            "plan du site",
            "aller au contenu",
            "gestion des cookies",
            "politique de confidentialité",
            "publicité",
            "haut de page",
            "inicio",
            "iniciar sesión",
            "buscar",
            "registrarse",
            "publicidad",
            "aviso legal",
            "política de privacidad",
            "política de cookies",
            "condiciones de uso",
            "mapa del sitio",
            "mi perfil",
            "salir",
            "cerrar",
            "entrar",
            "publicidade",
            "cerca",
            "accedi",
            "pubblicità",
            "главная",
            "войти",
            "поиск",
            "реклама",
            "реклама на сайте",
            "přihlásit se",
            "hledat",
            "reklama",
            "strona główna",
            "zaloguj",
            "ホーム",
            "トップ",
            "トップページ",
            "ログイン",
            "検索",
            "ヘルプ",
            "プライバシーポリシー",
            "利用規約",
            "ページトップへ",
            "홈",
            "로그인",
            "검색",
        ],
    ),
    (
        "subscribe",
        &[
            "abonnieren",
            "newsletter abonnieren",
            "jetzt abonnieren",
            "folgen sie uns",
            "abonnezvous",
            "sabonner",
            "suiveznous",
            "suscríbete",
            "suscribirse",
            "síguenos",
            "boletín informativo",
            "assine",
            "iscriviti",
            "abbonati",
            "seguici",
            "подписаться",
            "odebírat",
            "předplatné",
            "subskrybuj",
            "購読",
            "무료구독",
        ],
    ),
];

/// How the sentences of a form begin that the commonest blog software shows under every post.
const FORMS: &[&str] = &[
    "benachrichtige mich über nachfolgende kommentare",
    "benachrichtige mich über neue beiträge",
    "benachrichtigung bei weiteren kommentaren",
    "deine emailadresse wird nicht veröffentlicht",
    "diese website verwendet akismet",
    "du kommentierst mit deinem",
    "enregistrer mon nom mon email",
    "guarda mi nombre correo electrónico",
    "ihre emailadresse wird nicht veröffentlicht",
    "il tuo indirizzo email non sarà pubblicato",
    "informiere mich über neue beiträge",
    "je emailadres wordt niet",
    "meinen namen email",
    "meinen namen meine emailadresse",
    "o seu endereço de email não será publicado",
    "trage deine daten unten ein",
    "tu dirección de correo electrónico no será publicada",
    "votre adresse de messagerie ne sera pas publiée",
    "votre adresse email ne sera pas publiée",
];

/// How a page begins when it asks for consent, and one of the words with which it does.
const ASKS: &[&str] = &[
    "ce site utilise des cookies",
    "datenschutz cookies diese website",
    "deze site gebruikt cookies",
    "deze website gebruikt cookies",
    "diese seite verwendet cookies",
    "diese webseite verwendet cookies",
    "diese website verwendet cookies",
    "en poursuivant votre navigation sur ce site",
    "este site utiliza cookies",
    "este sitio utiliza cookies",
    "este sitio web utiliza cookies",
    "nous utilisons des cookies",
    "questo sito utilizza cookie",
    "questo sito utilizza i cookie",
    "utilizamos cookies",
    "wir verwenden cookies",
];
const GRANTS: &[&str] = &[
    "accett", "accept", "acconsent", "aceit", "acept", "akkoord", "akzept", "einverstanden",
    "stimm",
];

/// The rule of each line.
static RULES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    LINES.iter().flat_map(|(rule, lines)| lines.iter().map(|it| (*it, *rule))).collect()
});

/// The first words of the sentences, which most lines do not begin with.
static OPENERS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    FORMS.iter().chain(ASKS).filter_map(|it| it.split(' ').next()).collect()
});

/// The rule for such a line, if any.
pub(super) fn rule(line: &str) -> Option<&'static str> {
    if line.len() > LONGEST_BYTES {
        return None;
    }
    if line.len() > LONGEST_LINE {
        return sentence(line);
    }
    let bare = bare(line);
    RULES.get(bare.as_str()).copied().or_else(|| sentence(line))
}

/// The rule for a sentence of a form, or of a page that asks for consent.
fn sentence(line: &str) -> Option<&'static str> {
    let first = line.split_whitespace().next()?.to_lowercase();
    if !OPENERS.contains(first.as_str()) {
        return None;
    }
    let bare = bare(line);
    let begins = |with: &[&str]| with.iter().any(|it| bare.starts_with(it));
    if begins(FORMS) {
        return Some("reply-form");
    }
    let asks = begins(ASKS) && GRANTS.iter().any(|it| bare.contains(it));
    asks.then_some("consent")
}

/// A line in small letters, without marks and digits.
fn bare(line: &str) -> String {
    let mut bare = String::with_capacity(line.len());
    for it in line.chars() {
        if it.is_alphabetic() || it == 'ー' {
            bare.extend(it.to_lowercase());
        } else if it.is_whitespace() && !bare.is_empty() && !bare.ends_with(' ') {
            bare.push(' ');
        }
    }
    bare.truncate(bare.trim_end().len());
    bare
}
