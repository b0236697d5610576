// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_NAMED_STORE_HPP
#define POLKU_WORKSPACE_NAMED_STORE_HPP

// Stores by the names that people and hosts give: for the command and the C library, which link what they were built
// with.

#include <polku/workspace/workspace.hpp>
#if defined(POLKU_WITH_POSTGRES)
#include <polku/storage/postgres_store.hpp>
#endif

#include <memory>
#include <string>
#include <utility>

namespace polku::inline POLKU_V::detail {

/// True for a URI of PostgreSQL, which is no name of a file.
inline bool is_database(const std::string& name) {
    return name.rfind("postgresql://", 0) == 0 || name.rfind("postgres://", 0) == 0;
}

/// A file (UTF-8 path), `:memory:`, or a database as `postgresql://db.example/casework`, with `#NAME` behind it for
/// another schema than `polku`. Errors as of `workspace::try_open` and `storage::try_open_postgres`.
inline result<std::unique_ptr<workspace>> try_open_named(const std::string& name, workspace_options options) {
    if (!is_database(name)) return workspace::try_open(name, std::move(options));
#if defined(POLKU_WITH_POSTGRES)
    storage::postgres_options how;
    const std::size_t hash = name.find('#');
    if (hash != std::string::npos) how.schema = name.substr(hash + 1);
    how.create = options.create;
    how.busy_timeout_ms = options.busy_timeout_ms;
    how.cancel = options.cancel;
    how.store.entropy = options.entropy;
    how.keys = options.keys;
    how.leave_sealed = options.leave_sealed;
    how.ledger = options.ledger;
    POLKU_TRY(auto store, storage::try_open_postgres(name.substr(0, hash), std::move(how)));
    return workspace::try_open(std::move(store), std::move(options));
#else
    return error(error_code::store_cannot_open,
                 "this build of polku opens files only; a store in PostgreSQL needs one with POLKU_POSTGRES "
                 "(docs/postgres.md)");
#endif
}

}  // namespace polku::inline POLKU_V::detail

#endif
