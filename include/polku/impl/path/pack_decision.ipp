// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_PACK_DECISION_IPP
#define POLKU_IMPL_PATH_PACK_DECISION_IPP

#include <polku/path/pack_decision.hpp>
#include <polku/rules/pack.hpp>

namespace polku::inline POLKU_V::path {

POLKU_DECL rules::pack_question question_of(const pack_decision_made& of) {
    rules::pack_question asked;
    asked.decision = of.decision;
    asked.decided = of.decided;
    asked.event = of.event_day;
    asked.variant = of.variant.value_or("");
    for (const auto& [name, input] : of.inputs) asked.inputs.set(name, input.value);
    for (const auto& [name, value] : of.overrides) asked.overrides.set(name, value);
    return asked;
}

}  // namespace polku::inline POLKU_V::path

#endif
