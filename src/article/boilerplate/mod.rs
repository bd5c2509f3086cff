//! Furniture that shows by what stands around it: menus, teasers of other stories.

pub(crate) mod menus;
pub(crate) mod model;
mod teasers;
