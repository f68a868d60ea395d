//! Two databases behind one face: the same SQL text runs on both, each in its own types.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, SqlSafeStr};

use super::StoreError;

/// How long a write waits for another process to finish its own.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Readers beside the one writer. SQLite in WAL mode lets them read while it writes.
const N_READERS: u32 = 4;

/// The open database.
#[derive(Debug, Clone)]
pub(super) enum Db {
    /// One writer, since SQLite has one; readers apart.
    Sqlite {
        writer: SqlitePool,
        reader: SqlitePool,
        /// Held while the database is open; the system frees it when the process dies, however it dies. None for who
        /// only reads.
        _lock: Option<Arc<File>>,
    },
    Postgres(PgPool),
}

/// Runs one reading expression with `$pool` bound to the pool to read from.
macro_rules! read {
    ($db:expr, $pool:ident => $run:expr) => {
        match $db {
            Db::Sqlite { reader: $pool, .. } => $run,
            Db::Postgres($pool) => $run,
        }
    };
}

/// Runs one writing expression, a transaction of its own, with `$pool` bound to the pool to write to.
macro_rules! write {
    ($db:expr, $pool:ident => $run:expr) => {
        match $db {
            Db::Sqlite { writer: $pool, .. } => $run,
            Db::Postgres($pool) => $run,
        }
    };
}

/// Runs a body in one transaction, with `$tx` bound to it; an early return rolls back. SQLite begins with the
/// lock to write: a transaction that starts reading and then writes would fail at once when another wrote.
macro_rules! transaction {
    ($db:expr, $doing:expr, $tx:ident => $body:expr) => {
        match $db {
            Db::Sqlite { writer, .. } => {
                let mut $tx = writer.begin_with("BEGIN IMMEDIATE").await.map_err($doing)?;
                let value = $body;
                $tx.commit().await.map_err($doing)?;
                value
            }
            Db::Postgres(pool) => {
                let mut $tx = pool.begin().await.map_err($doing)?;
                let value = $body;
                $tx.commit().await.map_err($doing)?;
                value
            }
        }
    };
}

/// A row type that both databases can fill, field by column name.
macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        pub(super) struct $name {
            $(pub(super) $field: $type,)*
        }

        impl<'r, R> sqlx::FromRow<'r, R> for $name
        where
            R: sqlx::Row,
            &'static str: sqlx::ColumnIndex<R>,
            $($type: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,)*
        {
            fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
                Ok(Self { $($field: row.try_get(stringify!($field))?,)* })
            }
        }
    };
}

pub(super) use {read, row, transaction, write};

impl Db {
    /// Opens (and creates) the database and brings its tables up to date.
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Open { url: shown(url), source };
        let db = if let Some(path) = sqlite_path(url) {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder)
                    .map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
            }
            let lock = lock(&path)?;
            let options = SqliteConnectOptions::new()
                .filename(&path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // A feed that was served must survive a power cut, and there are few commits a second.
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(BUSY_TIMEOUT);
            let writer = SqlitePoolOptions::new()
                .max_connections(1)
                // On a full disk SQLite ends a transaction by itself, and the driver goes on counting it as open: every
                // later write would fail, also once there is room again. Such a connection is replaced.
                .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
                .connect_with(options.clone())
                .await
                .map_err(|source| match is_read_only(&source) {
                    true => StoreError::ReadOnly { path: path.clone(), source },
                    false => StoreError::Open { url: shown(url), source },
                })?;
            check_writable(&writer, &path).await?;
            let reader = SqlitePoolOptions::new().max_connections(N_READERS).connect_lazy_with(options.read_only(true));
            Self::Sqlite { writer, reader, _lock: Some(Arc::new(lock)) }
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::Postgres(PgPoolOptions::new().connect(url).await.map_err(failed)?)
        } else {
            return Err(StoreError::Scheme { url: shown(url) });
        };
        let migrated = match &db {
            Self::Sqlite { writer, .. } => migrator().run(writer).await,
            Self::Postgres(pool) => migrator().run(pool).await,
        };
        migrated.map_err(|source| StoreError::Migrate { url: shown(url), source })?;
        if let Self::Sqlite { writer, .. } = &db {
            // Nobody else has the file, so whoever held these leases is dead.
            sqlx::query("UPDATE source SET lease_until = 0").execute(writer).await.map_err(failed)?;
        }
        Ok(db)
    }
}

impl Db {
    /// Opens a database that is there and up to date, for reading alone; none where it isn't there or is empty.
    pub(super) async fn open_to_read(url: &str) -> Result<Option<Self>, StoreError> {
        let failed = |source| StoreError::Open { url: shown(url), source };
        let db = if let Some(path) = sqlite_path(url) {
            if !path.exists() {
                return Ok(None);
            }
            let options = SqliteConnectOptions::new().filename(&path).read_only(true).busy_timeout(BUSY_TIMEOUT);
            let reader = match look(options.clone()).await {
                // Whoever may not write the folder can't share a log with others; without one, there are no others.
                Err(error) if (is_cannot_open(&error) || is_read_only(&error)) && !has_log(&path) => {
                    look(options.immutable(true)).await
                }
                looked => looked,
            };
            let reader = reader.map_err(failed)?;
            Self::Sqlite { writer: reader.clone(), reader, _lock: None }
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options: PgConnectOptions = url.parse().map_err(failed)?;
            let options = options.options([("default_transaction_read_only", "on")]);
            Self::Postgres(PgPoolOptions::new().connect_with(options).await.map_err(failed)?)
        } else {
            return Err(StoreError::Scheme { url: shown(url) });
        };
        const VERSION: &str = "SELECT MAX(version) FROM _sqlx_migrations WHERE success";
        let version: Result<Option<i64>, _> = read!(&db, pool => sqlx::query_scalar(VERSION).fetch_one(pool).await);
        let newest = migrator().iter().map(|step| step.version).max();
        match version {
            Ok(None) => Ok(None),
            Ok(version) if version == newest => Ok(Some(db)),
            Ok(version) => Err(StoreError::OtherVersion { url: shown(url), is_newer: version > newest }),
            Err(error) if is_no_table(&error) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }
}

/// Makes this process the only one that works on the file: leases of one that died can then be taken back at once.
fn lock(path: &Path) -> Result<File, StoreError> {
    let mut name = OsString::from(path);
    name.push(".lock");
    let name = PathBuf::from(name);
    let failed = |source| StoreError::Lock { path: name.clone(), source };
    let file = File::options().create(true).truncate(false).write(true).open(&name).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: path.to_owned() }),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// Connects to read, and makes sure that reading works.
async fn look(options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    let pool = SqlitePoolOptions::new().max_connections(N_READERS).connect_with(options).await?;
    sqlx::query("SELECT COUNT(*) FROM sqlite_master").execute(&pool).await?;
    Ok(pool)
}

/// Fails with a message for people where the file can be read but not written.
async fn check_writable(writer: &SqlitePool, path: &Path) -> Result<(), StoreError> {
    let probe = async {
        let transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
        transaction.rollback().await
    };
    probe.await.map_err(|source| StoreError::ReadOnly { path: path.to_owned(), source })
}

/// Whether SQLite says that it may not write (its code 8, SQLITE_READONLY, also in its extended forms).
fn is_read_only(error: &sqlx::Error) -> bool {
    sqlite_code(error) == Some(8)
}

/// Whether SQLite can't open the file or its log (its code 14, SQLITE_CANTOPEN).
fn is_cannot_open(error: &sqlx::Error) -> bool {
    sqlite_code(error) == Some(14)
}

fn sqlite_code(error: &sqlx::Error) -> Option<u32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<u32>().ok().map(|code| code & 0xff)
}

/// Whether a table isn't there: SQLite has no code of its own for that, PostgreSQL has.
fn is_no_table(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| {
        error.message().starts_with("no such table") || error.code().is_some_and(|code| code == "42P01")
    })
}

/// Whether a log of writes lies beside the database.
fn has_log(path: &Path) -> bool {
    let mut name = OsString::from(path);
    name.push("-wal");
    Path::new(&name).metadata().is_ok_and(|log| log.len() > 0)
}

fn migrator() -> Migrator {
    let step = |version, name: &'static str, sql: &'static str| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(vec![
        step(1, "init", include_str!("migrations/0001_init.sql")),
        step(2, "guest", include_str!("migrations/0002_guest.sql")),
        step(3, "plan", include_str!("migrations/0003_plan.sql")),
    ])
}

fn sqlite_path(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite:")?;
    Some(PathBuf::from(rest.strip_prefix("//").unwrap_or(rest)))
}

/// A database's address without what may be secret in it.
fn shown(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut parsed) if parsed.password().is_some() => {
            // Only a URL without host can't have a password, and this one has it.
            let _ = parsed.set_password(Some("…"));
            parsed.to_string()
        }
        _ => url.to_owned(),
    }
}

/// `($from, $from+1, …)` for so many values: SQL whose only variable part is its number of parameters.
pub(super) fn placeholders(from: usize, n: usize) -> String {
    let list: Vec<String> = (from..from + n).map(|n| format!("${n}")).collect();
    format!("({})", list.join(", "))
}

/// Marks SQL that was put together from constants and [`placeholders`] alone.
pub(super) fn composed(sql: String) -> AssertSqlSafe<String> {
    AssertSqlSafe(sql)
}
