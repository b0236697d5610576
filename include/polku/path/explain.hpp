// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_EXPLAIN_HPP
#define POLKU_PATH_EXPLAIN_HPP

#include <polku/path/case.hpp>
#include <polku/path/queries.hpp>

#include <string>
#include <string_view>
#include <vector>

/// @file
/// Answers in words: `fi`, `sv`, `en` or `fi-selko` (plain Finnish); another language gets English. The words come from
/// the definition's texts and a fixed table; nothing is inflected, values follow a colon.

namespace polku::inline POLKU_V::path {

using rules::text_in;

/// The name of something of the definition: a stage, exit, fact, role, service, action, ...; the id where there is
/// none.
POLKU_DECL std::string name_in(const definition& says, std::string_view id, std::string_view language);

/// A decision as a person is told it.
struct decision_explanation {
    std::string decision;              ///< the decision's name
    std::string next;                  ///< name of the stage or exit
    std::vector<std::string> reasons;  ///< sentences of the rules that matched
    std::vector<std::string> inputs;   ///< `Name: value`, each once
    bool erased = false;               ///< its inputs have been erased, so it cannot be derived again
};
BOOST_DESCRIBE_STRUCT(decision_explanation, (), (decision, next, reasons, inputs, erased))

/// Tells a routing decision from what was stored of it; nothing is evaluated again.
POLKU_DECL decision_explanation explain(const definition& says, const decision_record& of, std::string_view language);

/// `Vaihe alkoi: Arviointi`
POLKU_DECL std::string event_text(const definition& says, const timeline_entry& of, std::string_view language);

/// A trigger: `Tapaaminen pidetty: Verkosto`.
POLKU_DECL std::string trigger_text(const definition& says, std::string_view trigger, std::string_view language);

/// Why an action cannot be taken yet, one sentence for each thing that is missing; empty when it can.
POLKU_DECL std::vector<std::string> blocked_texts(const definition& says, const available_action& of,
                                                  std::string_view language);

/// A value as people write it: `1.2.2026`, `kyllä`, the name of a listed value.
POLKU_DECL std::string value_text(const definition& says, std::string_view fact, const feel::value& of,
                                  std::string_view language);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/explain.ipp>
#endif

#endif
