// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_JSON_SHIPPED_DATA_HPP
#define POLKU_SRC_JSON_SHIPPED_DATA_HPP

#include <polku/config.hpp>

#include <cstddef>

namespace polku::inline POLKU_V::json::detail {

/// A row of the table that `scripts/embed.py` writes.
struct embedded_file {
    const char* name;
    std::size_t name_size;
    const unsigned char* bytes;
    std::size_t size;
};

extern const embedded_file shipped_files[];
extern const std::size_t shipped_count;

}  // namespace polku::inline POLKU_V::json::detail

#endif
