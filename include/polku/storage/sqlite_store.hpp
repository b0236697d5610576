// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_SQLITE_STORE_HPP
#define POLKU_STORAGE_SQLITE_STORE_HPP

#include <polku/storage/erasure.hpp>
#include <polku/storage/event_store.hpp>
#include <polku/storage/identifiers.hpp>
#include <polku/storage/keyed_store.hpp>
#include <polku/storage/keys.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace polku::inline POLKU_V::storage {

/// When an append is safe: `full` outlives loss of power once the append has answered; `normal` outlives a crash of the
/// process, and loss of power may undo the last appends, never tear one. In order: `full`, `normal`.
enum class durability : std::uint8_t { full, normal };

/// How a store file is opened.
struct sqlite_options {
    store_options store;                                         ///< as of every store
    storage::durability durability = storage::durability::full;  ///< of appends
    bool create = true;                                          ///< make the file when it is not there
    /// Makes a new file in one go, such as of cases from an older system: nothing is synced before
    /// `try_finish_filling`, and until that has answered, the file is marked and opened by nobody
    /// (`store_not_a_store`). So a fill that was killed is never taken for whole; it is deleted and done again. A file
    /// that is there already is `store_cannot_open`.
    bool fill = false;
    /// Size of SQLite's page cache; 0 leaves its own, 2 MB. A fill of a large file is faster with room for the index of
    /// the commands, about 90 bytes a command.
    std::uint64_t cache_bytes = 0;
    bool read_only = false;                ///< every write is `store_read_only`
    std::uint32_t busy_timeout_ms = 5000;  ///< how long a call waits for other writers before `store_busy`
    /// Asked while a call waits and now and then while it reads; true ends the call with `cancelled`, nothing written.
    std::function<bool()> cancel;
    /// Size of the write-ahead log from which on an append tries to fold it into the file.
    std::uint64_t log_limit_bytes = 16ULL * 1024 * 1024;
    /// The host's master keys. With them a new store is a sealed one: content about people is kept under keys only. A
    /// store that was made with keys is not opened without them (`store_key_missing`), one with content in clear not
    /// with them (`store_not_sealed`).
    std::optional<key_options> keys;
    /// Opens a sealed store without its keys all the same: its chains can be verified, its heads told and its listings
    /// read, while reading and appending content answers `store_key_missing`.
    bool leave_sealed = false;
    /// Erasures of the same store, exported at any time: those that the file does not know are carried out as it is
    /// opened, before anything is read. For a file that was restored from a copy.
    std::optional<erasure_ledger> ledger;
    std::string vfs;  ///< name of the SQLite VFS underneath; the platform's when empty
};

/// The layout this version writes. A file of a newer major is refused (`store_newer`), an older one is migrated as it
/// is opened, in one transaction.
constexpr std::uint32_t layout_major = 1;
constexpr std::uint32_t layout_minor = 3;  ///< raised by additions

/// The embedded default: one SQLite file in WAL mode, which several processes of one machine may share (network file
/// systems are not supported). docs/storage.md has the layout. An erasure is pending until the write-ahead log has been
/// emptied; where `try_rotate_master` could not do so, `try_truncate_log` does.
class sqlite_store : public keyed_store {
public:
    /// Folds the write-ahead log into the file and empties it. Holds the writer lock all along. `store_busy` when a
    /// writer or reader did not leave within the time-out: nothing is lost, and a later call does it.
    virtual result<void> try_truncate_log() = 0;
    /// The layout that the opened file has.
    virtual std::uint32_t file_layout_major() const noexcept = 0;
    /// As `file_layout_major`.
    virtual std::uint32_t file_layout_minor() const noexcept = 0;

    /// Ends the fill that the file was opened for: brings everything to the disk and takes the mark away. Afterwards
    /// the store is one as any other. `misuse` where nothing is being filled.
    virtual result<void> try_finish_filling() = 0;
};

/// Opens (or makes) a store file; `path` is UTF-8. Errors: `store_cannot_open`, `store_not_a_store`, `store_newer`,
/// `store_corrupt`, `store_busy`, `store_read_only`, `store_full`, `store_io`, `store_key_missing`, `store_key_wrong`,
/// `store_key_unusable`, `store_not_sealed`, `store_ledger_foreign`, `cancelled`. A
/// file that is not a store is left as it was.
result<std::unique_ptr<sqlite_store>> try_open_sqlite(const std::string& path, sqlite_options options = {});

/// Version of the SQLite library in use, and whether it has the WAL fault that was mended in 3.51.3. The store never
/// does what triggers the fault; other programs that open the file may.
std::string sqlite_library_version();
/// True when the SQLite library in use has it.
bool sqlite_has_wal_fault() noexcept;

}  // namespace polku::inline POLKU_V::storage

#endif
