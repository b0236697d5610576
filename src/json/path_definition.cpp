// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_definition.hpp>

#include <polku/json/described.hpp>
#include <polku/json/text.hpp>

namespace polku::inline POLKU_V::json {

result<path::definition> try_read_path(std::string_view text, std::string source) {
    parse_options options;
    options.source = std::move(source);
    return try_read<path::definition>(text, options);
}

std::string write_path(const path::definition& says) { return write(to_value(says)); }

}  // namespace polku::inline POLKU_V::json
