//! The n-th best score so far, where copies count once.

/// The best scores so far, one for each fold key (family, or passage), highest first.
#[derive(Default)]
pub(crate) struct Threshold(Vec<(f32, u32)>);

impl Threshold {
    /// The score of the n-th best, from 1.
    pub(crate) fn score(&self, n: usize) -> Option<f32> {
        self.0.get(n.checked_sub(1)?).map(|it| it.0)
    }

    /// Adds a score; only the best `most` are remembered.
    pub(crate) fn add(&mut self, score: f32, fold_key: u32, most: usize) {
        if self.0.len() >= most && self.score(most).is_some_and(|it| it >= score) {
            return;
        }
        if let Some(old) = self.0.iter().position(|it| it.1 == fold_key) {
            if self.0.get(old).is_some_and(|it| it.0 >= score) {
                return;
            }
            self.0.remove(old);
        }
        let at = self.0.partition_point(|it| it.0 >= score);
        self.0.insert(at, (score, fold_key));
        self.0.truncate(most);
    }
}
