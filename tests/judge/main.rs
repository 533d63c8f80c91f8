//! Judges that are not ours: the same questions put to the programs that others trust.
//!
//! They need software that is not installed everywhere, so each skips, and says so, without it.

mod expressions;
