// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace polku::inline POLKU_V::storage {

namespace {
constexpr migration all_migrations[] = {
#include <storage/schema_files.inc>
};
}  // namespace

std::span<const migration> migrations() noexcept { return all_migrations; }

}  // namespace polku::inline POLKU_V::storage
