// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_TRACE_IPP
#define POLKU_IMPL_DMN_TRACE_IPP

#include <polku/dmn/trace.hpp>

namespace polku::inline POLKU_V::dmn {

POLKU_DECL std::string_view text_of(null_origin of) noexcept {
    switch (of) {
        case null_origin::input_not_given: return "input_not_given";
        case null_origin::input_null: return "input_null";
        case null_origin::input_refused: return "input_refused";
        case null_origin::no_rule_matched: return "no_rule_matched";
        case null_origin::hit_policy_violated: return "hit_policy_violated";
        case null_origin::outside_input_values: return "outside_input_values";
        case null_origin::rule_output: return "rule_output";
        case null_origin::expression: return "expression";
        case null_origin::type_refused: return "type_refused";
        case null_origin::no_logic: return "no_logic";
    }
    return "";
}

}  // namespace polku::inline POLKU_V::dmn

#endif
