// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_ACCESS_HPP
#define POLKU_JSON_ACCESS_HPP

#include <polku/path/access.hpp>
#include <polku/result.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::json {

/// Rules of access from their JSON file (path/access.hpp, `access_definition`) and their DMN model. Errors of the 8xx
/// family with places, `access_rules_unsound`, and those of the model.
result<path::access_rules> try_read_access(std::string_view text, std::string_view model, std::string source = {});

/// The rules that are part of the library (docs/access.md), compiled once. They are an example of how an organisation
/// may apply the acts, and no legal advice.
result<path::access_rules> try_shipped_access();

/// A reader from a JSON object with the members of `path::reader`.
result<path::reader> try_read_reader(const feel::value& from);

}  // namespace polku::inline POLKU_V::json

#endif
