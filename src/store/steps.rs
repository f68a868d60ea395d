//! Steps that several transactions share; macros, because each runs on both databases' types.

/// Proves inside a transaction that the claim still holds, and keeps the row from changing until its end.
pub(super) const FENCE: &str = "UPDATE source SET lease_gen = lease_gen WHERE id = $1 AND lease_gen = $2";

/// A name once given stays: the first article that bore it keeps it.
pub(super) const ADD_ALIAS: &str = "
    INSERT INTO alias (source_id, key, article_id) VALUES ($1, $2, $3)
    ON CONFLICT (source_id, key) DO NOTHING";

pub(super) const FIND_ALIAS: &str = "SELECT article_id FROM alias WHERE source_id = $1 AND key = $2";

pub(super) const REMOVE_PENDING: &str = "DELETE FROM pending WHERE source_id = $1 AND key = $2";

/// Returns from the function with `Fenced` where somebody else holds the source by now.
macro_rules! fence {
    ($tx:ident, $claim:expr, $failed:expr) => {{
        let fenced = sqlx::query($crate::store::steps::FENCE)
            .bind($claim.source.as_str())
            .bind($claim.generation)
            .execute(&mut *$tx)
            .await
            .map_err($failed)?;
        if fenced.rows_affected() != 1 {
            return Err($crate::store::StoreError::Fenced($claim.source.clone()));
        }
    }};
}

/// The id of the article that is known by the first of these keys that any is known by.
macro_rules! known_by {
    ($tx:ident, $source:expr, $keys:expr, $failed:expr) => {{
        let mut known: Option<String> = None;
        for key in $keys {
            if known.is_none() {
                known = sqlx::query_scalar($crate::store::steps::FIND_ALIAS)
                    .bind($source)
                    .bind(key.as_str())
                    .fetch_optional(&mut *$tx)
                    .await
                    .map_err($failed)?;
            }
        }
        known
    }};
}

/// Gives an article all these names, as far as they are free.
macro_rules! name_by {
    ($tx:ident, $source:expr, $keys:expr, $id:expr, $failed:expr) => {
        for key in $keys {
            sqlx::query($crate::store::steps::ADD_ALIAS)
                .bind($source)
                .bind(key.as_str())
                .bind($id)
                .execute(&mut *$tx)
                .await
                .map_err($failed)?;
        }
    };
}

/// Takes a link off the pages to read.
macro_rules! take_off {
    ($tx:ident, $source:expr, $link:expr, $failed:expr) => {
        sqlx::query($crate::store::steps::REMOVE_PENDING)
            .bind($source)
            .bind($crate::model::AliasKey::url(&$link.url).as_str())
            .execute(&mut *$tx)
            .await
            .map_err($failed)?
    };
}

pub(super) use {fence, known_by, name_by, take_off};
