//! Carries a source through the stages; the only module that knows their order.

mod site;

pub use site::Site;
