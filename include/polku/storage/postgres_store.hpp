// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_POSTGRES_STORE_HPP
#define POLKU_STORAGE_POSTGRES_STORE_HPP

#include <polku/storage/erasure.hpp>
#include <polku/storage/event_store.hpp>
#include <polku/storage/keyed_store.hpp>
#include <polku/storage/keys.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

/// @file
/// A store in PostgreSQL, for hosts that run several servers on one database. An optional part: the library
/// `polku_postgres`, built with the CMake option `POLKU_POSTGRES`. docs/postgres.md is its page.

namespace polku::inline POLKU_V::storage {

/// How a store in PostgreSQL is opened.
struct postgres_options {
    store_options store;  ///< what every store takes
    /// The PostgreSQL schema that holds the store's tables, and nothing else: 1 to 63 of `a-z`, `0-9` and `_`, not
    /// beginning with a digit. A database may hold several stores.
    std::string schema = "polku";
    bool create = true;                    ///< make the schema and its tables when they are not there
    bool read_only = false;                ///< every write is `store_read_only`
    std::uint32_t busy_timeout_ms = 5000;  ///< how long a write waits for its turn before `store_busy`; at least 1
    /// Asked while a write waits for its turn, and now and then while `try_verify` reads; true ends the call with
    /// `cancelled`, nothing written.
    std::function<bool()> cancel;
    /// The host's master keys, as of `sqlite_options`: with them a new store is a sealed one.
    std::optional<key_options> keys;
    bool leave_sealed = false;             ///< opens a sealed store without its keys, as of `sqlite_options`
    std::optional<erasure_ledger> ledger;  ///< for a database that was restored from a copy, as of `sqlite_options`
};

/// The layout of tables that this version makes.
constexpr std::uint32_t postgres_layout_major = 1;
constexpr std::uint32_t postgres_layout_minor = 0;  ///< raised by additions

/// A store in a PostgreSQL database, which any number of processes and machines may share. Writers take turns: an
/// append holds the store's one turn until it is committed, so positions have no gap, and no reader of the feed passes
/// an event that may still be committed.
///
/// A connection that is lost during a call ends it with `store_busy`, and the next call connects anew. Whether an
/// append whose connection was lost has been stored is not known: send it again with the same command id.
///
/// An erasure is pending until `try_finish_erasures`, which writes tables anew and so keeps others waiting for a while.
/// After `try_rotate_master` it does the same for the old wrappings. It needs the owner of the tables.
class postgres_store : public keyed_store {
public:
    /// Version of the server, such as 150018 for 15.18.
    virtual std::uint32_t server_version() const noexcept = 0;
    /// Connections that were lost and made anew since the store was opened.
    virtual std::uint64_t reconnections() const noexcept = 0;
};

/// Opens (or makes) a store. `connection` is libpq's connection string or URI, such as `host=db.example dbname=polku`;
/// what it leaves out comes from libpq's own environment variables and password file. It is never part of an error.
/// Errors: `invalid_argument`, `store_cannot_open` (no server, no right, not UTF-8, server before 14),
/// `store_busy`, `store_not_a_store`, `store_newer`, `store_read_only`,
/// `store_key_missing`, `store_key_wrong`, `store_key_unusable`, `store_not_sealed`, `store_ledger_foreign`,
/// `cancelled`, and those of any write where something has to be made.
result<std::unique_ptr<postgres_store>> try_open_postgres(const std::string& connection, postgres_options options = {});

}  // namespace polku::inline POLKU_V::storage

#endif
