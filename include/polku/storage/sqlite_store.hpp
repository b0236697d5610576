// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_SQLITE_STORE_HPP
#define POLKU_STORAGE_SQLITE_STORE_HPP

#include <polku/storage/event_store.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace polku::inline POLKU_V::storage {

/// When an append is safe: `full` outlives loss of power once the append has answered; `normal` outlives a crash of the
/// process, and loss of power may undo the last appends, never tear one.
enum class durability : std::uint8_t { full, normal };

struct sqlite_options {
    store_options store;
    storage::durability durability = storage::durability::full;
    bool create = true;                    ///< make the file when it is not there
    bool read_only = false;                ///< every write is `store_read_only`
    std::uint32_t busy_timeout_ms = 5000;  ///< how long a call waits for other writers before `store_busy`
    /// Asked while a call waits and now and then while it reads; true ends the call with `cancelled`, nothing written.
    std::function<bool()> cancel;
    /// Size of the write-ahead log from which on an append tries to fold it into the file.
    std::uint64_t log_limit_bytes = 16ULL * 1024 * 1024;
    std::string vfs;  ///< name of the SQLite VFS underneath; the platform's when empty
};

/// The layout this version writes. A file of a newer major is refused (`store_newer`), an older one is migrated as it
/// is opened, in one transaction.
constexpr std::uint32_t layout_major = 1;
constexpr std::uint32_t layout_minor = 0;

/// The embedded default: one SQLite file in WAL mode, which several processes of one machine may share (network file
/// systems are not supported). docs/storage.md has the layout.
class sqlite_store : public event_store {
public:
    /// Folds the write-ahead log into the file and empties it. Holds the writer lock all along. `store_busy` when a
    /// writer or reader did not leave within the time-out: nothing is lost, and a later call does it.
    virtual result<void> try_truncate_log() = 0;
    /// The layout that the opened file has.
    virtual std::uint32_t file_layout_major() const noexcept = 0;
    virtual std::uint32_t file_layout_minor() const noexcept = 0;
};

/// Opens (or makes) a store file; `path` is UTF-8. Errors: `store_cannot_open`, `store_not_a_store`, `store_newer`,
/// `store_corrupt`, `store_busy`, `store_read_only`, `store_full`, `store_io`, `cancelled`. A file that is not a store
/// is left as it was.
result<std::unique_ptr<sqlite_store>> try_open_sqlite(const std::string& path, sqlite_options options = {});

/// Version of the SQLite library in use, and whether it has the WAL fault that was mended in 3.51.3. The store never
/// does what triggers the fault; other programs that open the file may.
std::string sqlite_library_version();
bool sqlite_has_wal_fault() noexcept;

}  // namespace polku::inline POLKU_V::storage

#endif
