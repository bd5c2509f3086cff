//! From a plan to candidates: lists are read, scored, and the best passages kept.

pub(crate) mod count;
pub(crate) mod exhaustive;
pub(crate) mod filter;
pub(crate) mod match_window;
pub(crate) mod maxscore;
pub(crate) mod pruning;
pub(crate) mod score_window;
pub(crate) mod scorer;
pub(crate) mod single_list;
pub(crate) mod threshold;
pub(crate) mod top_k;
pub(crate) mod upper_bound;
