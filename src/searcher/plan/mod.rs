//! From a query to a plan: which lists are read and what each of them adds.

pub(crate) mod amounts;
pub(crate) mod builder;
pub(crate) mod condition;
pub(crate) mod han;
pub(crate) mod more_like;
pub(crate) mod phrases;
pub(crate) mod query_plan;
pub(crate) mod synonyms;
pub(crate) mod terms;
pub(crate) mod translations;
