// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_RULE_PACK_HPP
#define POLKU_JSON_RULE_PACK_HPP

#include <polku/json/text.hpp>
#include <polku/result.hpp>
#include <polku/rules/pack.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::json {

/// A rule pack from its `pack.json` and the DMN files beside it, by name (docs/packs.md). Errors have line and column:
/// those of the 8xx family, and those of `rules::try_compile_pack`.
result<rules::pack> try_read_pack(std::string_view text, std::map<std::string, std::string> models,
                                  std::string source = {});

/// A pack that is part of the library, compiled once in a process. `not_found` with the known ones.
result<rules::pack> try_shipped_pack(std::string_view id);
/// The ids that `try_shipped_pack` knows, sorted.
std::vector<std::string> shipped_packs();

/// A pack as a JSON value: the members of its `pack.json` (docs/packs.md), and in each version and variant under
/// `asks`, by the name of a decision, the facts that it rests on with their FEEL types.
feel::value to_value(const rules::pack& of);

/// A question to a pack from a JSON object: `decision`, `decided`, `event` and `variant` where there are any, `inputs`,
/// `overrides`. `pointer` is where the value stands in its document, `source` what the document is called; both go into
/// errors. Errors: those of `try_from_value` (json/described.hpp).
result<rules::pack_question> try_read_pack_question(const feel::value& from, std::string_view pointer = {},
                                                    std::string_view source = {});
/// The same from a JSON text; errors have line and column besides the pointer.
result<rules::pack_question> try_parse_pack_question(std::string_view text, const parse_options& options = {});
/// An error of answering a question that was read from a text: a pointer to a fact or an override becomes one into the
/// text, with line and column.
error placed_in_question(const error& what, const rules::pack_question& asked, std::string_view text,
                         const std::string& source = {});

/// The answer as a JSON value: `value`, `version`, `transition`, `parameters` and `rules` with their sources.
feel::value to_value(const rules::pack_answer& of, const rules::pack& from);
/// A whole explanation as a JSON value, with the members of `rules::explanation`; what is empty is left out.
feel::value to_value(const rules::explanation& of);

}  // namespace polku::inline POLKU_V::json

#endif
