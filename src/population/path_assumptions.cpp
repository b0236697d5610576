// SPDX-License-Identifier: Apache-2.0
#include <polku/population/path_assumptions.hpp>

#include <polku/json/described.hpp>

namespace polku::inline POLKU_V::population {

result<path_assumptions> try_read_path_assumptions(std::string_view text, const json::parse_options& options) {
    return json::try_read<path_assumptions>(text, options);
}

}  // namespace polku::inline POLKU_V::population
