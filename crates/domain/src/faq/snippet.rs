//! snippet
/// p
#[derive(Debug)]
pub struct Piece;
/// s
#[derive(Debug)]
pub struct Snippet;
