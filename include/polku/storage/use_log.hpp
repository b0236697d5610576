// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_USE_LOG_HPP
#define POLKU_STORAGE_USE_LOG_HPP

#include <polku/error.hpp>
#include <polku/path/event.hpp>
#include <polku/result.hpp>
#include <polku/storage/entropy.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::storage {

/// Client data is used inside the organisation that keeps it, or disclosed outside (Act 703/2023 10 §). In order:
/// `use`, `disclosure`.
enum class use_kind : std::uint8_t { use = 1, disclosure = 2 };

/// One line of the use and disclosure log: who read what of which client, and why. Of the client it has the random
/// stream id only.
struct use_entry {
    std::uint64_t number = 0;             ///< from 1 without gaps; the log's to give
    std::int64_t at_ms = 0;               ///< UTC milliseconds, as the caller tells
    use_kind kind = use_kind::use;        ///< inside or outside
    std::string actor;                    ///< who read, as the host names people
    std::string organisation;             ///< on whose behalf
    std::string role;                     ///< of the reader, as the path names it; may be empty
    std::string purpose;                  ///< what for
    std::string ground;                   ///< the legal ground of the reading
    std::string client;                   ///< stream id of the client, 32 hex digits
    std::vector<std::string> categories;  ///< what was read: categories of facts, `case`, `events`, ...
    std::string disclosed_to;             ///< to whom; of disclosures only, and never empty there
    std::string decided_by;               ///< the decision that allowed it; empty when none is named
    bool operator==(const use_entry&) const = default;
};

/// When written entries are on the disk: `each` before every read is answered; `grouped` leaves syncing to
/// `try_flush`, so that entries outlive the crash of a process at once, and loss of power from the flush on. In order:
/// `each`, `grouped`.
enum class read_log_flush : std::uint8_t { each, grouped };

/// How a log file is opened.
struct use_log_options {
    bool create = true;                           ///< make the file when it is not there
    std::uint32_t busy_timeout_ms = 5000;         ///< how long a call waits for other writers
    read_log_flush flush = read_log_flush::each;  ///< when entries are on the disk
    std::shared_ptr<entropy_source> entropy;      ///< of the log's id; `system_entropy` when empty
};

/// What `try_verify` found.
struct use_log_report {
    std::uint64_t entries = 0;    ///< how many were read
    path::hash head{};            ///< hash of the last entry, to be kept elsewhere
    std::vector<error> findings;  ///< what does not fit; empty is good
};

/// The use and disclosure log: one SQLite file of its own, whose entries are chained by hashes and never change.
/// Several processes may write one log; one thread at a time uses an object.
class use_log {
public:
    virtual ~use_log() = default;
    use_log() = default;
    use_log(const use_log&) = delete;
    use_log& operator=(const use_log&) = delete;

    /// Writes entries in one transaction, all or none; numbers are given by the log. Errors: `invalid_argument` for an
    /// entry without actor, organisation, purpose, ground or client, and those of a store that cannot be written.
    virtual result<void> try_write(std::span<const use_entry> entries) = 0;
    /// Brings what was written to the disk and empties the write-ahead log.
    virtual result<void> try_flush() = 0;
    /// Entries after number `after`, oldest first, at most `limit`.
    virtual result<std::vector<use_entry>> try_entries(std::uint64_t after, std::uint32_t limit) = 0;
    /// Entries about one client at or after a moment, oldest first.
    virtual result<std::vector<use_entry>> try_entries_of(const path::stream_id& client, std::int64_t from_ms) = 0;
    /// Computes every hash again.
    virtual result<use_log_report> try_verify() = 0;
    /// Deletes the entries at the log's beginning that are all older than a moment; how many. How long entries must be
    /// kept is the caller's to know (12 years, Act 703/2023 annex).
    virtual result<std::uint64_t> try_purge(std::int64_t before_ms) = 0;
};

/// Opens or makes a log file (UTF-8 path). Errors: as of `try_open_sqlite`.
result<std::unique_ptr<use_log>> try_open_use_log(const std::string& path, use_log_options options = {});

}  // namespace polku::inline POLKU_V::storage

#endif
