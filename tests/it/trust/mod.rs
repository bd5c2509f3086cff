//! What must hold whatever happens: damage, interruption, hostile input, too much work.

mod budget;
mod index;
mod index_damage;
mod source_hostile;
mod tantivy_index;
