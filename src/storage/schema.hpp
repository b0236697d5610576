// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SCHEMA_HPP
#define POLKU_SRC_STORAGE_SCHEMA_HPP

#include <polku/config.hpp>

#include <cstdint>
#include <span>

namespace polku::inline POLKU_V::storage {

/// One numbered SQL file of src/storage/schema/.
struct migration {
    std::uint32_t number;
    const char* name;
    const char* sql;
};

/// All migrations of this version, by number from 1.
std::span<const migration> migrations() noexcept;

/// SQLite's application_id of a store file: "plku".
constexpr std::int32_t application_id = 0x706C6B75;

}  // namespace polku::inline POLKU_V::storage

#endif
