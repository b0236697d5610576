// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_POSTGRES_POSTGRES_OPEN_HPP
#define POLKU_SRC_STORAGE_POSTGRES_POSTGRES_OPEN_HPP

#include "postgres_connection.hpp"

#include <storage/schema.hpp>
#include <storage/sql_core.hpp>

#include <memory>
#include <span>
#include <string>

namespace polku::inline POLKU_V::storage {

/// The migrations of a store in PostgreSQL, by number from 1.
std::span<const migration> postgres_migrations() noexcept;

/// A connection to tables that were found to be a store's, of a layout that can be read.
struct opened_postgres {
    std::unique_ptr<postgres_connection> on;
    store_seals keys;
};

result<opened_postgres> open_postgres_tables(const std::string& address, postgres_options options);

}  // namespace polku::inline POLKU_V::storage

#endif
