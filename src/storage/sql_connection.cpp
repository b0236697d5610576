// SPDX-License-Identifier: Apache-2.0
#include "sql_connection.hpp"

namespace polku::inline POLKU_V::storage {

void throw_corrupt_row(const std::string& what) {
    throw store_failure{polku::error(error_code::store_corrupt, what + "; restore the store from a copy")};
}

}  // namespace polku::inline POLKU_V::storage
