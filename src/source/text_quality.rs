//! Measures how much a decoding looks like text written by a person, in English or in Chinese.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The most frequent Chinese characters, in both scripts.
///
/// They make up a quarter to a third of any running text, but only one in two hundred Han
/// characters of a wrong decoding. After Jun Da's frequency list of modern Chinese, the first
/// hundred.
const COMMON: &str = "的一是不了在人有我他这個个們们中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着下自之年过過发發后後作里用道行所然家种事成方多经經么去法学學如都同现現当當没動动面起看定天分还還进進好小部其些主样理心她本前开開但因只从想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关點点正业業外将將两高间間由问問很最重并物手应應战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东聲提立及比员解水名真论處走義各入几口認條平系氣題活尔更别打女變四神總何電數安少報才结反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白却界達光放強即像難且權思王象完設式色路記南品住告類求据程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運";

static IS_COMMON: LazyLock<HashSet<char>> = LazyLock::new(|| COMMON.chars().collect());

/// The kinds of characters in a decoded sample, counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TextQuality {
    total: usize,
    /// Letters, digits, blanks and punctuation of the expected scripts, without Han.
    plain: usize,
    han: usize,
    /// Han characters in [`COMMON`].
    common: usize,
    /// Characters that no text contains: controls, lone surrogates, private and undecodable ones.
    bad: usize,
}

impl TextQuality {
    pub(super) fn of(text: &str) -> Self {
        let mut seen = Self::default();
        for c in text.chars() {
            seen.total += 1;
            match c {
                '\u{4e00}'..='\u{9fff}' => {
                    seen.han += 1;
                    seen.common += usize::from(IS_COMMON.contains(&c));
                }
                '\t' | '\n' | '\r' | ' '..='~' => seen.plain += 1,
                '\u{a0}'..='\u{24f}' | '\u{370}'..='\u{52f}' => seen.plain += 1,
                '\u{2010}'..='\u{203b}' | '\u{20ac}' | '\u{3000}'..='\u{30ff}' => seen.plain += 1,
                '\u{ff00}'..='\u{ff5e}' => seen.plain += 1,
                '\0'..='\x1f' | '\x7f'..='\u{9f}' => seen.bad += 1,
                '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' => seen.bad += 1,
                _ => {}
            }
        }
        seen
    }

    /// Whether this is running text in English or Chinese, and not bytes in a wrong encoding.
    pub(super) fn is_text(&self) -> bool {
        let is_known = (self.plain + self.han) * 20 >= self.total * 19;
        let is_natural = self.han * 3 < self.plain || self.is_chinese() || self.is_short_chinese();
        self.total > 0 && self.bad * 50 <= self.total && is_known && is_natural
    }

    /// Whether its Han characters are those that people write.
    pub(super) fn is_chinese(&self) -> bool {
        self.bad * 100 <= self.total && self.common >= 2 && self.common_share() >= 0.1
    }

    fn is_short_chinese(&self) -> bool {
        self.han < 12 && self.common >= 1 && self.bad == 0
    }

    /// The share of [`COMMON`] among the Han characters, 0 to 1.
    pub(super) fn common_share(&self) -> f64 {
        if self.han == 0 { 0.0 } else { self.common as f64 / self.han as f64 }
    }

    /// A score to compare two decodings of the same bytes; the higher one looks more like text.
    pub(super) fn score(&self) -> usize {
        (self.plain + 2 * self.common).saturating_sub(5 * self.bad)
    }
}

pub(super) fn has_han(text: &str) -> bool {
    text.contains(|it| ('\u{4e00}'..='\u{9fff}').contains(&it))
}
