//! The most common furniture in other languages than English and Chinese. Where it stands around a
//! story, the end of the story is known.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::whole_lines::rule_of_line;
use crate::article::rule::Rule;

/// The longest of [`LINES`], and the longest sentence of a form.
const LONGEST_LINE: usize = 60;
const LONGEST_BYTES: usize = 500;

/// The longest button such as `Klick, um auf Twitter zu teilen (Wird in neuem Fenster geöffnet)`.
const LONGEST_SHARE: usize = 120;

/// Whole lines by rule, in lower case, without punctuation and digits, separated by bars.
const LINES: &[(Rule, &str)] = &[
    (
        Rule::ShareRow,
        "artikel drucken|artikel teilen|beitrag teilen|comparte|comparte esto|compartilhar|\
         compartilhar no facebook|compartilhar no twitter|compartilhe|compartilhe isso|\
         compartir|compartir en facebook|compartir en twitter|compartir este artículo|\
         condividi|condividi su facebook|condividi su twitter|deel dit artikel|\
         deel op facebook|deel op twitter|del artikkel|drucken|drukuj|empfehlen|\
         enviar por email|envoyer par email|envoyer à un ami|gefällt mir|\
         gefällt mir wird geladen|imprimer|imprimer cet article|imprimir|liken lade|\
         merken|partager|partager cet article|partager sur facebook|\
         partager sur twitter|partagez|sdílet|sdílet článek|seite drucken|skriv ut|stampa|\
         teilen|teilen sie dies mit|to se mi líbí|twittern|udostępnij|vytisknout|нравится|\
         поделиться|распечатать|シェア|シェアする|ツイート|ブックマーク|印刷|공유|공유하기|\
         인쇄",
    ),
    (
        Rule::ReplyForm,
        "ajouter un commentaire|alle kommentare|angemeldet bleiben|annuler la réponse|\
         annulla risposta|antwort abbrechen|antworten|anuluj pisanie odpowiedzi|\
         cancelar la respuesta|cancelar resposta|comentar|comentarios|comentários|\
         commentaires|commenter|commenti|deixe um comentário|deixe uma resposta|\
         deixe uma resposta cancelar resposta|deja un comentario|deja una respuesta|\
         deja una respuesta cancelar la respuesta|dejar un comentario|diskuse|\
         dodaj komentarz|email erforderlich|\
         email erforderlich adresse wird niemals veröffentlicht|enviar comentario|\
         esqueceu sua senha|geef een reactie|geef een reactie reactie annuleren|\
         gib hier deinen kommentar ein|has olvidado tu contraseña|\
         hinterlasse einen kommentar|invia commento|komentarze|komentáře|\
         kommentar hinzufügen|kommentar schreiben|kommentar verfassen|\
         kommentar verfassen antwort abbrechen|kommentare|kommentare lesen|kommentera|\
         kommentieren|laisser un commentaire|laisser un commentaire annuler la réponse|\
         lascia un commento|lämna ett svar|mot de passe oublié|name erforderlich|\
         napsat komentář|odpowiedz|olvidaste tu contraseña|password dimenticata|\
         passwort vergessen|poster un commentaire|publicar comentario|publicar comentário|\
         publicar un comentario|publier un commentaire|přidat komentář|reacties|\
         responder|rispondi|réagir|répondre|schreibe einen kommentar|\
         schreibe einen kommentar antworten abbrechen|signaler un abus|ver comentarios|\
         ver todos los comentarios|ver todos os comentários|voir tous les commentaires|\
         votre commentaire|добавить комментарий|добавить комментарий отменить ответ|\
         забыли пароль|комментарии|комментировать|оставить комментарий|ответить|コメント|\
         コメントする|コメント非表示|댓글|댓글쓰기",
    ),
    (
        Rule::Related,
        "articles en relation|verwandte artikel|verwandte beiträge|beliebteste artikel|beliebte artikel|\
         articles les plus lus|articles liés|articles récents|articles similaires|\
         articoli correlati|articoli recenti|artículos relacionados|auch interessant|\
         comentarios recientes|comentários recentes|commentaires récents|commenti recenti|\
         czytaj także|czytaj też|další zprávy|dans la même rubrique|\
         das könnte dich auch interessieren|das könnte sie auch interessieren|\
         entradas recientes|entradas relacionadas|gerelateerde artikelen|i più letti|\
         las más leídas|lees meer|lees ook|leggi anche|leia mais|leia também|les også|\
         les plus lus|lesen sie auch|letzte beiträge|letzte kommentare|lire aussi|\
         lo más leído|läs mer|läs också|mais lidas|meest gelezen|mehr zum thema|meistgelesen|\
         mest läst|mohlo by vás zajímat|más leídas|más noticias|najczęściej czytane|\
         najnowsze komentarze|nejčtenější|neueste beiträge|neueste kommentare|\
         notas relacionadas|noticias relacionadas|notícias relacionadas|ostatnie wpisy|\
         più letti|posts recentes|posts relacionados|potrebbe interessarti anche|\
         powiązane artykuły|recente berichten|recente reacties|související|\
         související článek|související články|sur le même sujet|también te puede interesar|\
         te puede interesar|ti potrebbe interessare|veja também|voir aussi|\
         vous aimerez aussi|weitere artikel|weitere beiträge|weitere meldungen|zobacz także|\
         à lire aussi|ähnliche artikel|ähnliche beiträge|últimas noticias|últimas notícias|\
         čtěte také|материалы по теме|популярное|последние новости|похожие записи|\
         самое читаемое|свежие записи|свежие комментарии|читайте также|おすすめ|おすすめ記事|\
         アクセスランキング|関連ニュース|関連記事|관련기사|많이 본 뉴스",
    ),
    (
        Rule::Navigation,
        "nächster beitrag vorheriger beitrag|vorheriger artikel|nächster artikel|article précédent|article suivant|\
         abmelden|accedi|accueil|adverteren|algemene voorwaarden|aller au contenu|\
         aller au contenu principal|anmelden|anzeige|aviso de privacidad|\
         aviso legal|beitragsnavigation|buscar|cargar más|carregar mais|cerca|cerrar|\
         cerrar sesión|charger plus|chi siamo|condiciones de uso|\
         conditions générales dutilisation|connexion|contacto|contatti|continua a leggere|\
         cookie policy|cookiebeleid|cookieeinstellungen|crear cuenta|créer un compte|\
         czytaj więcej|datenschutz|datenschutzerklärung|datenschutzhinweise|\
         direkt zum inhalt|do góry|entrar|erweiterte suche|fale conosco|ga naar de inhoud|\
         gestion des cookies|hauptmenü|haut de page|hledat|impressum|impressum kontakt|\
         impressum und datenschutz|informativa sulla privacy|iniciar sesion|iniciar sesión|\
         inicio|inloggen|inzerce|ir al contenido|ir para o conteúdo|kontakt|leer más|\
         leggi tutto|lire la suite|logg inn|logga in|mapa del sitio|mediadaten|menü|mein konto|\
         mentions légales|mi cuenta|mi perfil|minha conta|mon compte|mon profil|\
         mostra altro|mot de passe|naar boven|nach oben|nastavení soukromí|\
         navigation und service|note legali|nous contacter|nutzungsbedingungen|\
         nächster beitrag|ochrana osobních údajů|passer au contenu|plan du site|\
         podmínky použití|politique de confidentialité|politique de cookies|\
         polityka prywatności|política de cookies|política de privacidad|\
         política de privacidade|privacy policy|privacybeleid|przejdź do treści|pubblicità|\
         publicidad|publicidade|publicité|pular para o conteúdo|přihlásit se|quiénes somos|\
         recherche|rechercher|registrarse|registrieren|regulamin|reklama|retour en haut|\
         salir|saltar al contenido|se connecter|se déconnecter|servicemenü|sidentifier|\
         sie sind hier|sinscrire|springe direkt zu|startseite|strona główna|suchbegriff|\
         suche|suche nach|suche starten|suchen|termos de uso|till toppen|torna su|\
         términos y condiciones|vai al contenuto|ver más|voltar ao topo|volver arriba|\
         vorheriger beitrag|weiter|weiterlesen|werbung|zaloguj|zoeken|zum inhalt springen|\
         zum seitenanfang|zur startseite|zurück|zurück nach oben|войти|главная|контакты|\
         наверх|о проекте|обратная связь|перейти к содержимому|поиск|\
         политика конфиденциальности|пользовательское соглашение|регистрация|реклама|\
         реклама на сайте|читать далее|トップ|トップページ|プライバシーポリシー|ヘルプ|\
         ページトップへ|ホーム|ログイン|利用規約|検索|검색|로그인|홈",
    ),
    (
        Rule::Subscribe,
        "abbonati|abonnezvous|abonnieren|assine|assine nossa newsletter|boletín informativo|\
         folgen sie uns|följ oss|inscription à la newsletter|inscrivezvous à la newsletter|\
         iscriviti|iscriviti alla newsletter|jetzt abonnieren|newsletter abonnieren|odebírat|\
         předplatné|sabonner|schrijf je in voor de nieuwsbrief|seguici|seguici su facebook|\
         siganos|siganos nas redes sociais|sledujte nás|subskrybuj|suivez nous|suiveznous|\
         suscribirse|suscríbete|suscríbete a nuestra newsletter|suscríbete a nuestro boletín|\
         síguenos|volg ons|zapisz się do newslettera|подписаться|購読|무료구독",
    ),
];

/// Beginnings of the sentences in the forms that the most common blog software shows under every
/// post.
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

/// Beginnings of share buttons that say what a click does.
const SHARES: &[&str] = &[
    "clic para compartir",
    "cliquez pour partager",
    "haz clic para compartir",
    "klick um auf",
    "klick um über",
    "klicken um auf",
    "klicken um bei",
    "klicken um dies",
    "klicken um einem freund",
    "klicken zum ausdrucken",
];

/// Beginnings of a request for consent, and word stems of which it contains one.
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
    "accett",
    "accept",
    "acconsent",
    "aceit",
    "acept",
    "akkoord",
    "akzept",
    "einverstanden",
    "stimm",
];

/// The rule of each line.
static RULES: LazyLock<HashMap<&str, Rule>> = LazyLock::new(|| rule_of_line(LINES));

/// The first words of these sentences; most lines start with none of them.
static OPENERS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    FORMS.iter().chain(SHARES).chain(ASKS).filter_map(|it| it.split(' ').next()).collect()
});

/// The rule that drops the line, if any.
pub(super) fn rule(line: &str) -> Option<Rule> {
    if line.len() > LONGEST_BYTES {
        return None;
    }
    if line.len() > LONGEST_LINE {
        return sentence(line);
    }
    let bare = bare(line);
    // `Zurück!` may be what somebody says.
    let may_be_speech =
        line.ends_with(['.', '!', '?']) && !line.ends_with("..") && !bare.contains(' ');
    let rule = || RULES.get(bare.as_str()).copied().filter(|_| !may_be_speech);
    rule().or_else(|| sentence(line))
}

/// The rule for a sentence of a form or for a request for consent.
fn sentence(line: &str) -> Option<Rule> {
    let first = line.split_whitespace().next()?.trim_end_matches(',').to_lowercase();
    if !OPENERS.contains(first.as_str()) {
        return None;
    }
    let bare = bare(line);
    let begins = |with: &[&str]| with.iter().any(|it| bare.starts_with(it));
    if begins(FORMS) {
        return Some(Rule::ReplyForm);
    }
    if begins(SHARES) && line.len() <= LONGEST_SHARE {
        return Some(Rule::ShareRow);
    }
    let asks = begins(ASKS) && GRANTS.iter().any(|it| bare.contains(it));
    asks.then_some(Rule::Consent)
}

/// A line in lower case, without punctuation and digits.
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
