//! A draft becomes an article that keeps our promises; sanitising comes last; pure.
