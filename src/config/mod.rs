//! One TOML file and the environment become a checked configuration.
