//! Percentiles of samples.

/// The value at or below which a share of the samples lies (nearest rank); 0 without samples.
///
/// `sorted` is ascending; `share` lies between 0 and 1.
#[must_use]
pub fn percentile(sorted: &[u64], share: f64) -> u64 {
    let rank = (share.clamp(0.0, 1.0) * sorted.len() as f64).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to len")]
    let at = (rank as usize).saturating_sub(1);
    sorted.get(at).copied().unwrap_or(0)
}
