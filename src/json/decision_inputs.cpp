// SPDX-License-Identifier: Apache-2.0
#include <polku/json/decision_inputs.hpp>

#include <polku/json/text.hpp>

#include <algorithm>
#include <string>

namespace polku::inline POLKU_V::json {

result<feel::context> try_decision_inputs(const dmn::program& program, dmn::decision_ref decision,
                                          const feel::value& document, const feel::evaluation_context& with) {
    if (!document.is(feel::kind::context))
        return error(error_code::dmn_input_type,
                     "found " + std::string(feel::name_of(document.kind())) + "; the inputs are one JSON object");
    feel::context typed;
    typed.reserve(document.as_context().size());
    const auto inputs = program.inputs(decision);
    for (const feel::context::entry& given : document.as_context()) {
        const std::string& name = given.name;
        const feel::value& value = given.value;
        const auto known =
            std::find_if(inputs.begin(), inputs.end(), [&](const auto& each) { return each.name == name; });
        if (known == inputs.end()) {
            typed.append(name, value);
            continue;
        }
        POLKU_TRY(feel::value fitting, dmn::try_typed(value, known->type, pointer_step(name), with));
        typed.append(name, std::move(fitting));
    }
    return typed;
}

}  // namespace polku::inline POLKU_V::json
