//! The database's file: used by one server at a time, and still in its place.

use std::fs::{File, TryLockError};
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::{FILE, StoreError};

/// Name of the file that a server locks.
const LOCK_FILE: &str = "server.lock";

/// Lock of a server on its database. The system releases it with the process, however that ends.
#[derive(Debug)]
pub struct ServerLock(#[expect(dead_code, reason = "holds the lock until it is dropped")] File);

impl ServerLock {
    /// Locks the database in a folder. Commands of the operator run beside a server and need no lock.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`] if another server has the lock.
    pub fn take(folder: &Path) -> Result<Self, StoreError> {
        let failed = |error| StoreError::Folder(folder.to_owned(), error);
        std::fs::create_dir_all(folder).map_err(failed)?;
        let path = folder.join(LOCK_FILE);
        let mut file =
            File::options().create(true).truncate(false).read(true).write(true).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let process = std::fs::read_to_string(&path).unwrap_or_default();
                return Err(StoreError::InUse(folder.to_owned(), process.trim().to_owned()));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).map_err(failed)?;
        Ok(Self(file))
    }
}

/// File of the database, recognized by its device and inode.
#[derive(Clone, Debug)]
pub(crate) struct DatabaseFile {
    path: PathBuf,
    identity: (u64, u64),
}

impl DatabaseFile {
    /// Recognizes the file of an open database.
    pub(crate) fn of(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        let identity = identity(&path).map_err(|error| StoreError::Folder(folder.to_owned(), error))?;
        Ok(Self { path, identity })
    }

    /// Returns true if the path still names the file. SQLite would go on writing to a file without a name, and all of
    /// it would be lost with the process.
    pub(crate) fn is_in_place(&self) -> bool {
        identity(&self.path).is_ok_and(|identity| identity == self.identity)
    }
}

fn identity(path: &Path) -> std::io::Result<(u64, u64)> {
    path.metadata().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_server_is_refused_with_the_process_of_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = ServerLock::take(folder.path()).expect("a lock");
        let refused = ServerLock::take(folder.path()).expect_err("a second lock").to_string();
        assert!(refused.contains(&format!("process {}", std::process::id())), "{refused}");
        drop(first);
        ServerLock::take(folder.path()).expect("a lock after the first server");
    }

    #[test]
    fn a_file_that_was_moved_or_replaced_is_not_in_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        std::fs::write(&path, "one").expect("a file");
        let file = DatabaseFile::of(folder.path()).expect("a file");
        assert!(file.is_in_place());
        let moved = folder.path().join("moved");
        std::fs::rename(&path, &moved).expect("moved");
        assert!(!file.is_in_place());
        std::fs::write(&path, "two").expect("another file");
        assert!(!file.is_in_place());
        std::fs::rename(&moved, &path).expect("moved back");
        assert!(file.is_in_place());
    }
}
