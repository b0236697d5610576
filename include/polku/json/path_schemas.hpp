// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_PATH_SCHEMAS_HPP
#define POLKU_JSON_PATH_SCHEMAS_HPP

#include <polku/config.hpp>

#include <string>

namespace polku::inline POLKU_V::json {

/// The JSON Schema of an event of the feed: a CloudEvents 1.0 document whose `data` follows its `type`. Every member of
/// `data` may be missing, since parts of an event can be erased or hidden.
std::string event_schema();

/// The JSON Schema of a case as `case_to_value` shows it (path_case.hpp), with the case's id.
std::string case_schema();

}  // namespace polku::inline POLKU_V::json

#endif
