//! A draft becomes an article that keeps our promises; sanitising comes last; pure.

mod address;
mod attribute;
mod clean;
mod date;
mod element;
mod markup;
mod media;
mod text;
mod writer;

pub use clean::clean;
pub use date::date;
pub use text::plain_text;
