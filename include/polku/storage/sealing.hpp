// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_SEALING_HPP
#define POLKU_STORAGE_SEALING_HPP

#include <polku/storage/sqlite_store.hpp>

#include <cstdint>
#include <string>

namespace polku::inline POLKU_V::storage {

/// Room on the disk, in bytes, that sealing a store takes for a while, and what there is.
struct seal_room {
    std::uint64_t file = 0;            ///< the store's file and its log as they are
    std::uint64_t beside = 0;          ///< needed in the folder of the store: for its log
    std::uint64_t beside_free = 0;     ///< there is
    std::uint64_t temporary = 0;       ///< needed in the folder where SQLite keeps temporary files
    std::uint64_t temporary_free = 0;  ///< there is
    std::string temporary_folder;      ///< where that is; UTF-8

    /// True when both are less than there is.
    bool is_enough() const noexcept { return beside <= beside_free && temporary <= temporary_free; }
};

/// What sealing did. Parts that were sealed by an attempt before, or when they were appended, do not count.
struct seal_answer {
    std::string master;           ///< id of the master key
    std::uint64_t parts = 0;      ///< sealed by this call
    std::uint64_t snapshots = 0;  ///< sealed by this call
    /// This call finished the sealing; false when the store was a sealed one already.
    bool finished = false;
};

/// The room that sealing needs. The numbers are those of now, and grow with the store. Error: `store_cannot_open`.
result<seal_room> try_seal_room(const std::string& path);

/// Makes a store in clear a sealed one under `options.keys`, with all that it holds: chains, heads and commitments
/// stay what they are, since they cover content as it was before sealing. It is done in steps. A process that dies on
/// the way leaves a store that opens with the keys, takes commands (sealed) and reads; without the keys it answers
/// `store_key_missing`; `try_verify` warns until another call has done the rest. Afterwards the file is written anew
/// and the log emptied, so that no content in clear stays in free pages; blocks that the disk keeps are out of reach.
///
/// The store is taken alone: `store_busy` when another process has it open and does not leave within
/// `options.busy_timeout_ms`, and others who open it meanwhile get `store_busy`. `options.cancel` is asked between
/// steps. Errors: `store_key_missing` (no keys were given), `store_key_wrong` (begun under another master key),
/// `store_full` (less room than `try_seal_room` says; nothing was begun), and those of `try_open_sqlite`.
result<seal_answer> try_seal_sqlite(const std::string& path, sqlite_options options);

}  // namespace polku::inline POLKU_V::storage

#endif
