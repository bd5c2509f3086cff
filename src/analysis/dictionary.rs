//! The dictionary of Chinese words.

use std::sync::OnceLock;

use jieba_rs::Jieba;

use crate::text::fold;

/// Words with their frequencies, loaded when first asked.
#[derive(Debug)]
pub(super) struct Words {
    han_names: Vec<String>,
    loaded: OnceLock<Jieba>,
}

impl Words {
    pub(super) fn new(han_names: &[String]) -> Self {
        let han_names = han_names.iter().map(|it| fold(it).text).collect();
        Self { han_names, loaded: OnceLock::new() }
    }

    /// Cuts a folded Han run; gives each word's first and past-the-last character and its text.
    pub(super) fn cut(&self, run: &str, mut give: impl FnMut(usize, usize, &str)) {
        let mut at = 0;
        for word in self.jieba().cut(run, false) {
            let count = word.word.chars().count();
            give(at, at + count, word.word);
            at += count;
        }
    }

    pub(super) fn frequency(&self, word: &str) -> Option<u64> {
        let jieba = self.jieba();
        jieba.has_word(word).then(|| jieba.suggest_freq(word) as u64)
    }

    fn jieba(&self) -> &Jieba {
        self.loaded.get_or_init(|| {
            let mut jieba = Jieba::new();
            for name in &self.han_names {
                jieba.add_word(name, None, None);
            }
            jieba
        })
    }
}
