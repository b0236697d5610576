// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SQLITE_OPEN_HPP
#define POLKU_SRC_STORAGE_SQLITE_OPEN_HPP

#include "schema.hpp"
#include "sql_core.hpp"
#include "sqlite_connection.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace polku::inline POLKU_V::storage {

/// What a program reads and writes; tests open files as a later version would.
struct layout {
    std::span<const migration> steps;
    std::uint32_t major = layout_major;
    std::uint32_t minor = layout_minor;
};

/// SQLite's own number for the application's use, in the file's header: other than 0 while the file is being filled.
inline constexpr const char* mark_filling = "PRAGMA user_version = 1";
inline constexpr const char* mark_written = "PRAGMA user_version = 2";
inline constexpr const char* mark_finished = "PRAGMA user_version = 0";

/// A connection to a file that was found to be a store of a layout that can be read.
struct opened_store {
    std::unique_ptr<sqlite_connection> on;
    store_seals keys;
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
};

result<opened_store> open_store_file(const std::string& path, sqlite_options options, const layout& own);

/// Empties the log, so that nothing erased is left in it; how many erasures still wait for that. Inside `guarded`.
result<std::uint64_t> finish_erasures(sqlite_connection& on);

}  // namespace polku::inline POLKU_V::storage

#endif
