// SPDX-License-Identifier: Apache-2.0
#include <polku/json/missing.hpp>

#include <polku/feel/context.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/path/explain.hpp>
#include <polku/rules/labels.hpp>
#include <polku/rules/pack_definition.hpp>

#include <cmath>
#include <cstdlib>
#include <string>
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

result<std::vector<rules::answer_weights>> try_read_weights(const feel::value& from) {
    const auto wrong = [](const std::string& where) {
        return error(error_code::invalid_argument,
                     where +
                         " must be an object, by input, of objects with a number of zero or more for each FEEL "
                         "unary test, such as {\"dismissals\": {\"true\": 1, \"false\": 9}}");
    };
    if (!from.is(feel::kind::context)) return wrong("the weights");
    std::vector<rules::answer_weights> made;
    for (const auto& input : from.as_context()) {
        if (!input.value.is(feel::kind::context)) return wrong("the weights of '" + std::string(input.name) + "'");
        rules::answer_weights one;
        one.input = input.name;
        for (const auto& each : input.value.as_context()) {
            if (!each.value.is(feel::kind::number)) return wrong("the weights of '" + one.input + "'");
            one.weights.push_back({std::string(each.name), std::strtod(feel::to_string(each.value).c_str(), nullptr)});
        }
        made.push_back(std::move(one));
    }
    return made;
}

result<missing_wish> try_parse_missing(std::string_view text, const parse_options& options) {
    POLKU_TRY(const feel::value whole, try_parse(text, options));
    missing_wish made;
    const feel::value* const weights = whole.is(feel::kind::context) ? whole.as_context().find("weights") : nullptr;
    if (weights == nullptr) {
        POLKU_TRY(made.asked, try_parse_pack_question(text, options));
        return made;
    }
    POLKU_TRY(made.search.weights, try_read_weights(*weights));
    feel::context question;
    for (const auto& each : whole.as_context())
        if (each.name != "weights") question.append(each.name, each.value);
    POLKU_TRY(made.asked, try_read_pack_question(feel::value(std::move(question)), {}, options.source));
    return made;
}

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
    if (of.decided) {
        made.set("value", of.value);
        const rules::pack_labels labels{says.labels, says.members};
        made.set("words", feel::value(rules::answer_words(of.value, language, labels, of.decision, of.settled_nulls)));
    }
    made.set("inputs", feel::value(std::move(inputs)));
    if (!of.next.empty()) made.set("next", feel::value(asked_input(says, of.next, language)));
    made.set("together", feel::value(std::move(together)));
    made.set("expected cost", feel::value(feel::number::from_scaled(std::llround(of.expected_cost * 100), 2)));
    made.set("optimal", feel::value(of.optimal));
    made.set("complete", feel::value(of.complete));
    return feel::value(std::move(made));
}

}  // namespace polku::inline POLKU_V::json
