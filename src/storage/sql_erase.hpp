// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SQL_ERASE_HPP
#define POLKU_SRC_STORAGE_SQL_ERASE_HPP

#include "sql_connection.hpp"

#include <polku/storage/erasure.hpp>

namespace polku::inline POLKU_V::storage {

struct applied_erasure {
    erase_answer answer;
    bool found = false;  ///< there was content, a key or a snapshot of just that class
};

/// Erases what an entry says and records it, inside a write transaction; `own` is the subject as an id. Needs no key:
/// destroying a wrapped key is overwriting it.
applied_erasure apply_erasure(connection& on, const erasure& entry, const path::stream_id& own);

/// Whether the store's own ledger has the entry.
bool is_applied(connection& on, const erasure& entry);

/// Erasures whose bytes may still be somewhere.
std::uint64_t pending_erasures(connection& on);
/// Notes that they are gone.
void end_erasures(connection& on);

}  // namespace polku::inline POLKU_V::storage

#endif
