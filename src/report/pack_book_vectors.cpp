// SPDX-License-Identifier: Apache-2.0
#include "report/pack_book_parts.hpp"

#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/json/text.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report::detail {

BOOST_DESCRIBE_STRUCT(test_vector, (),
                      (name, section, decided, event, variant, decision, inputs, parameters, expected, rules))

struct vector_file {
    std::string pack;
    std::vector<test_vector> cases;
};
BOOST_DESCRIBE_STRUCT(vector_file, (), (pack, cases))

namespace {

/// Members that `wanted` does not name are not compared.
bool agrees(const feel::value& wanted, const feel::value& got) {
    if (wanted.is(feel::kind::number) && got.is(feel::kind::number)) return wanted.as_number() == got.as_number();
    if (!wanted.is(feel::kind::context)) return json::write(wanted) == json::write(got);
    if (!got.is(feel::kind::context)) return false;
    for (const feel::context::entry& each : wanted.as_context()) {
        const feel::value* const found = got.as_context().find(each.name);
        if (!agrees(each.value, found != nullptr ? *found : feel::value())) return false;
    }
    return true;
}

bool expects_no_version(const feel::value& wanted) {
    if (!wanted.is(feel::kind::context)) return false;
    const feel::value* const found = wanted.as_context().find("error");
    return found != nullptr && found->is(feel::kind::string) && found->as_string() == "not in force";
}

/// The pack with every figure open to other values: a vector may set what no authority may, to come to a boundary that
/// the figures of law leave no lawful example for.
result<rules::pack> try_with_open_figures(const rules::pack& from, const pack_book_material& with) {
    rules::pack_definition says = from.says();
    for (rules::parameter& each : says.parameters)
        for (rules::parameter_value& value : each.series) value.override_ = true;
    return rules::try_compile_pack(std::move(says), {with.files, {}, 1});
}

run_vector ran(const rules::pack& pack, test_vector says) {
    run_vector made;
    rules::pack_question asked;
    asked.decision = says.decision;
    asked.decided = says.decided;
    asked.event = says.event;
    asked.variant = says.variant.value_or("");
    if (says.inputs.is(feel::kind::context)) asked.inputs = says.inputs.as_context();
    if (says.parameters && says.parameters->is(feel::kind::context)) asked.overrides = says.parameters->as_context();
    const auto answer = pack.try_decide(asked);
    if (!answer) {
        made.agrees = answer.error().code() == error_code::pack_not_in_force && expects_no_version(says.expected);
    } else {
        made.version = answer->version;
        for (const std::string& rule : answer->rules)
            if (std::find(made.rules.begin(), made.rules.end(), rule) == made.rules.end()) made.rules.push_back(rule);
        made.agrees = agrees(says.expected, answer->value) &&
                      std::all_of(says.rules.begin(), says.rules.end(), [&](const std::string& rule) {
                          return std::find(made.rules.begin(), made.rules.end(), rule) != made.rules.end();
                      });
    }
    made.says = std::move(says);
    return made;
}

}  // namespace

result<std::vector<run_vector>> try_run_vectors(const rules::pack& of, const pack_book_material& with) {
    std::vector<run_vector> made;
    if (!with.vectors) return made;
    json::parse_options options;
    options.source = with.vectors_name;
    POLKU_TRY(vector_file file, json::try_read<vector_file>(*with.vectors, options));
    if (file.pack != of.says().id)
        return error(error_code::invalid_argument,
                     "the vectors are of the pack '" + file.pack + "'; they must be of '" + of.says().id + "'",
                     {.source = with.vectors_name, .pointer = "/pack"});
    std::optional<rules::pack> open;
    for (test_vector& each : file.cases) {
        if (each.parameters && !open) {
            POLKU_TRY(open, try_with_open_figures(of, with));
        }
        const rules::pack& asked = each.parameters ? *open : of;
        made.push_back(ran(asked, std::move(each)));
    }
    return made;
}

}  // namespace polku::inline POLKU_V::report::detail
