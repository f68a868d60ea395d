//! Where the file is looked for.

use std::path::{Path, PathBuf};

use super::{ConfigError, Env};

/// The file to load: the one that was named, else the first that exists of `./config/offprint.toml`, the user's
/// config folder, `/config` and `/etc/offprint`.
///
/// # Errors
/// When none was named and none exists.
pub fn locate(named: Option<&Path>, env: &Env) -> Result<PathBuf, ConfigError> {
    if let Some(path) = named {
        return Ok(path.to_owned());
    }
    let places = places(env);
    match places.iter().find(|path| path.is_file()) {
        Some(path) => Ok(path.clone()),
        None => Err(ConfigError::NotFound { looked: places }),
    }
}

fn places(env: &Env) -> Vec<PathBuf> {
    // The XDG rules want a relative XDG_CONFIG_HOME ignored.
    let home = env.get("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = home.or_else(|| env.get("HOME").map(|home| Path::new(home).join(".config")));
    let folders = [Some(PathBuf::from("config")), home.map(|home| home.join("offprint"))];
    let folders = folders.into_iter().flatten().chain(["/config".into(), "/etc/offprint".into()]);
    folders.map(|folder| folder.join("offprint.toml")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(env: &Env) -> Vec<String> {
        places(env).iter().map(|path| path.display().to_string()).collect()
    }

    #[test]
    fn the_users_folder_comes_after_the_current_one() {
        assert_eq!(
            looked(&Env::from([("HOME", "/home/ina"), ("XDG_CONFIG_HOME", "relative")])),
            [
                "config/offprint.toml",
                "/home/ina/.config/offprint/offprint.toml",
                "/config/offprint.toml",
                "/etc/offprint/offprint.toml",
            ]
        );
        assert_eq!(looked(&Env::from([("XDG_CONFIG_HOME", "/x")]))[1], "/x/offprint/offprint.toml");
        assert_eq!(looked(&Env::default()).len(), 3);
    }
}
