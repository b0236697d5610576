// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_ERASURE_HPP
#define POLKU_STORAGE_ERASURE_HPP

#include <polku/path/event.hpp>
#include <polku/result.hpp>
#include <polku/storage/records.hpp>
#include <polku/time/date.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::storage {

/// What to erase: the content about one subject, of one retention class or of all.
struct erase_request {
    std::string subject;          ///< a client's stream id in hex; a stream's own id for its content about nobody
    std::string retention_class;  ///< or `every_class`
    /// Why, as a code that says nothing of the person: 1 to 64 of `a-z`, `0-9`, `_`, `.` and `-`.
    std::string reason;
    time::date on;  ///< the day that the ledger tells
};

/// An entry of the erasure ledger. Ids, codes and dates only.
struct erasure {
    std::uint64_t number = 0;     ///< from 1
    std::string subject;          ///< as in the request
    std::string retention_class;  ///< as in the request
    std::string reason;           ///< as in the request
    time::date on;                ///< as in the request
    std::uint64_t upto = 0;  ///< position of the store's last event when it was erased: what came later is not meant
    bool operator==(const erasure&) const = default;
};

/// All erasures of a store, in the order in which they happened. Kept beside the copies of the store, it erases again
/// in a restored copy what had been erased since the copy was made (`sqlite_options::ledger`).
struct erasure_ledger {
    path::stream_id store;         ///< the store's id
    std::vector<erasure> entries;  ///< by number
    bool operator==(const erasure_ledger&) const = default;
};

/// What an erasure did.
struct erase_answer {
    erasure entry;                ///< as the ledger has it
    std::uint64_t parts = 0;      ///< parts of events that are erased now
    std::uint64_t keys = 0;       ///< keys destroyed
    std::uint64_t snapshots = 0;  ///< snapshots deleted
    /// The write-ahead log may still hold the bytes, since somebody was reading: `try_finish_erasures` once they left.
    bool pending = false;
};

/// The ledger as canonical JSON: `store`, `entries` with `number`, `subject`, `retention_class`, `reason`, `on`,
/// `upto`.
std::string write_ledger(const erasure_ledger& ledger);
/// Reads that form; `source` names the text in errors. Errors: the 8xx family, with the JSON pointer.
result<erasure_ledger> try_read_ledger(std::string_view text, std::string_view source = {});

/// A client whose cases have all ended, and what is kept of them.
struct ended_subject {
    std::string subject;               ///< hex id of the client's stream
    time::date ended;                  ///< the latest end of the client's cases
    std::vector<std::string> classes;  ///< retention classes with content about the client, sorted
    std::vector<std::string> streams;  ///< ids of the client's streams whose attributions are not erased, sorted
    bool operator==(const ended_subject&) const = default;
};

}  // namespace polku::inline POLKU_V::storage

#endif
