//! A draft becomes an article that keeps our promises; sanitising comes last; pure.

mod address;
mod article;
mod attribute;
mod author;
mod canonical;
mod clean;
mod date;
mod element;
mod language;
mod markup;
mod media;
mod proof;
mod summary;
mod text;
mod title;
mod unfit;
mod when;
mod writer;

pub use article::{Context, Normalised, article, from_entrance};
pub use clean::clean;
pub use date::date;
pub use text::plain_text;
pub use unfit::{Unfit, wall};
