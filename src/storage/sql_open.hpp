// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SQL_OPEN_HPP
#define POLKU_SRC_STORAGE_SQL_OPEN_HPP

// What is done when a store on an SQL engine has been found to be one, and before it is used.

#include "sql_core.hpp"

#include <polku/storage/erasure.hpp>
#include <polku/storage/keys.hpp>

namespace polku::inline POLKU_V::storage {

/// Sees to it that keys and store fit together; with keys, an empty store becomes a sealed one.
result<void> open_seals(connection& on, store_seals& into, const std::optional<key_options>& keys, bool leave_sealed);

/// Erases again what the ledger tells and the store does not know.
result<void> apply_ledger(connection& on, const store_seals& of, const erasure_ledger& ledger);

}  // namespace polku::inline POLKU_V::storage

#endif
