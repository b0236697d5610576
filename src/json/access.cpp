// SPDX-License-Identifier: Apache-2.0
#include <polku/json/access.hpp>

#include <polku/json/described.hpp>
#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>

namespace polku::inline POLKU_V::json {

/// Who says less is seen as less: a reader without a role or an organisation is let into little.
template <>
struct json_defaults<path::reader> {
    static constexpr bool value = true;
};

result<path::access_rules> try_read_access(std::string_view text, std::string_view model, std::string source) {
    parse_options options;
    options.source = std::move(source);
    POLKU_TRY(path::access_definition says, try_read<path::access_definition>(text, options));
    return path::access_rules::try_compile(std::move(says), model);
}

result<path::access_rules> try_shipped_access() {
    static const result<path::access_rules> compiled = []() -> result<path::access_rules> {
        const auto text = find_shipped("access/access.json");
        const auto model = find_shipped("access/access.dmn");
        if (!text || !model) return error(error_code::internal, "the library's own rules of access are not in it");
        return try_read_access(*text, *model, "access/access.json");
    }();
    return compiled;
}

result<path::reader> try_read_reader(const feel::value& from) { return try_from_value<path::reader>(from, "/reader"); }

}  // namespace polku::inline POLKU_V::json
