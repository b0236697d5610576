// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_SCHEMAS_HPP
#define POLKU_WORKSPACE_SCHEMAS_HPP

#include <polku/result.hpp>

#include <array>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V {

/// The documents that a workspace takes and gives.
inline constexpr std::array<std::string_view, 4> schema_names{"path", "command", "case", "event"};

/// The JSON Schema (draft 2020-12) of one of them: a path definition, a command with its envelope as `try_execute`
/// takes it, a case as `try_case` shows it, an event of the feed. Made from the types that are read and written. Error:
/// `not_found`.
result<std::string> try_schema(std::string_view name);

}  // namespace polku::inline POLKU_V

#endif
