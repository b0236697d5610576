// SPDX-License-Identifier: Apache-2.0
#include <polku/json/missing.hpp>

#include <polku/feel/context.hpp>
#include <polku/path/explain.hpp>
#include <polku/rules/pack_definition.hpp>

#include <cmath>
#include <utility>

namespace polku::inline POLKU_V::json {

namespace {

/// An input with its question in a language.
feel::context asked_input(const rules::pack_definition& says, const std::string& name, std::string_view language) {
    for (const rules::pack_input& each : says.inputs)
        if (each.name == name)
            return {{"name", name}, {"question", path::text_in(each.text, language)}, {"group", each.group}};
    return {{"name", name}};
}

}  // namespace

feel::value to_value(const rules::missing_answer& of, const rules::pack& from, std::string_view language) {
    const rules::pack_definition& says = from.says();
    std::vector<feel::value> inputs;
    for (const rules::missing_input& each : of.inputs) {
        feel::context made = asked_input(says, each.name, language);
        made.set("cost", feel::value(each.cost));
        made.set("certain", feel::value(each.certain));
        made.set("exact value", feel::value(each.exact_value));
        inputs.emplace_back(std::move(made));
    }
    std::vector<feel::value> together;
    for (const std::string& each : of.together) together.emplace_back(asked_input(says, each, language));
    feel::context made{{"version", of.version}, {"decided", of.decided}};
    if (of.decided) made.set("value", of.value);
    made.set("inputs", feel::value(std::move(inputs)));
    if (!of.next.empty()) made.set("next", feel::value(asked_input(says, of.next, language)));
    made.set("together", feel::value(std::move(together)));
    made.set("expected cost", feel::value(feel::number::from_scaled(std::llround(of.expected_cost * 100), 2)));
    made.set("optimal", feel::value(of.optimal));
    made.set("complete", feel::value(of.complete));
    return feel::value(std::move(made));
}

}  // namespace polku::inline POLKU_V::json
