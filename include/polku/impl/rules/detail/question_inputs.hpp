// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_QUESTION_INPUTS_HPP
#define POLKU_IMPL_RULES_DETAIL_QUESTION_INPUTS_HPP

#include <polku/detail/nearest_name.hpp>
#include <polku/dmn/item_type.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/impl/rules/detail/compiled_pack.hpp>
#include <polku/rules/pack.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// `palkkatuki-2025-01 (2025-01-01 to before an open end), ...`
inline std::string versions_text(const std::vector<pack_version>& of) {
    std::string all;
    for (const pack_version& each : of)
        all += (all.empty() ? "" : ", ") + each.id + " (" + time::to_string(each.from) + " to before " +
               day_text(each.before) + ")";
    return all;
}

inline error no_such(std::string_view what, std::string_view name, const std::string& known) {
    return error(error_code::not_found,
                 "the pack has no " + std::string(what) + " '" + std::string(name) + "'; known: " + known);
}

/// `; did you mean 'a' or 'b'?`; empty when no known name is near.
inline std::string nearest_text(std::string_view typed, std::span<const std::string_view> known) {
    std::string made;
    for (const std::string_view each : polku::detail::nearest_names(typed, known))
        made += (made.empty() ? "; did you mean '" : " or '") + std::string(each) + "'";
    return made.empty() ? made : made + "?";
}

/// The names of a pack's inputs or parameters.
template <typename Named>
std::vector<std::string_view> names_in(const std::vector<Named>& of) {
    std::vector<std::string_view> made;
    for (const Named& each : of) made.emplace_back(each.name);
    return made;
}

/// `not_found` for an input or a parameter: the names that are near, and where all of them are told. A pack has many,
/// so they are not listed here; a few are.
inline error no_such_name(std::string_view what, std::string_view name, const pack_definition& says,
                          const std::vector<std::string_view>& known) {
    constexpr std::size_t few = 5;
    const std::string plural = std::string(what) + "s";
    std::string message = "the pack '" + says.id + "' has no " + std::string(what) + " '" + std::string(name) + "'";
    if (known.empty()) return error(error_code::not_found, message + "; it has no " + plural);
    const std::string near = nearest_text(name, known);
    message += near;
    if (known.size() <= few) {
        std::string all;
        for (const std::string_view each : known) all += (all.empty() ? "'" : ", '") + std::string(each) + "'";
        return error(error_code::not_found, message + (near.empty() ? "; known: " : " Known: ") + all);
    }
    return error(error_code::not_found, message + (near.empty() ? "; its " : " Its ") + std::to_string(known.size()) +
                                            " " + plural + " stand in its description (polku pack show " + says.id +
                                            ")");
}

/// What rules on a question: a version, its program and the decision in it.
struct question_place {
    const pack_version* version = nullptr;
    const dmn::program* program = nullptr;
    dmn::decision_ref decision;
};

inline result<question_place> try_place(const pack& from, const compiled_pack& data, const pack_question& asked,
                                        const transition*& by) {
    question_place made;
    POLKU_TRY(made.version, try_version_of(from, asked, &by));
    made.program = &data.programs.find(made.version->model)->second;
    const auto decision = made.program->find(asked.decision);
    if (!decision) return no_such_decision(data, *made.version, asked.decision);
    made.decision = *decision;
    return made;
}

/// The inputs of one evaluation: facts and parameters under the names of the decision's inputs.
class question_inputs {
public:
    question_inputs(const pack& from, const compiled_pack& data, const pack_version& version,
                    const pack_question& asked, pack_answer& answer)
        : from_(from), data_(data), version_(version), asked_(asked), answer_(answer) {}

    result<feel::context> try_make(const dmn::program& program, dmn::decision_ref decision) {
        POLKU_CHECK(check_names());
        feel::context made;
        for (const dmn::input_info& each : program.inputs(decision)) {
            const feel::value* given = asked_.inputs.find(each.name);
            feel::value value;
            if (const parameter* const says = data_.find_parameter(each.name)) {
                POLKU_TRY(value, try_parameter_value(*says));
            } else if (given != nullptr) {
                value = *given;
            } else {
                continue;
            }
            POLKU_TRY(feel::value typed, dmn::try_typed(value, each.type, pointer_to({}, each.name), with_));
            made.append(each.name, std::move(typed));
        }
        return made;
    }

    /// The parameters alone, with the values that the answer would use.
    result<feel::context> try_parameters(const dmn::program& program, dmn::decision_ref decision) {
        POLKU_CHECK(check_names());
        feel::context made;
        for (const dmn::input_info& each : program.inputs(decision)) {
            const parameter* const says = data_.find_parameter(each.name);
            if (says == nullptr) continue;
            POLKU_TRY(feel::value value, try_parameter_value(*says));
            made.append(each.name, std::move(value));
        }
        return made;
    }

private:
    result<void> check_names() const {
        for (const feel::context::entry& each : asked_.inputs) {
            if (data_.find_parameter(each.name) != nullptr)
                return error(error_code::pack_parameter, "'" + each.name +
                                                             "' is a parameter of the pack, which gives it a value by "
                                                             "the date; another value is an override")
                    .at(told_as(each.name));
            if (!data_.has_input(each.name))
                return no_such_name("input", each.name, data_.says, names_in(data_.says.inputs)).at(told_as(each.name));
        }
        for (const feel::context::entry& each : asked_.overrides)
            if (data_.find_parameter(each.name) == nullptr)
                return no_such_name("parameter", each.name, data_.says, names_in(data_.says.parameters))
                    .at(told_as(each.name));
        return {};
    }

    /// Where a question tells something, as errors of its values say it.
    static position told_as(const std::string& name) {
        position at;
        at.pointer = pointer_to({}, name);
        return at;
    }

    result<feel::value> try_parameter_value(const parameter& says) {
        POLKU_TRY(const parameter_value* const entry,
                  from_.try_parameter(says.name, version_, asked_.decided, asked_.event.value_or(asked_.decided)));
        const feel::value* const other = asked_.overrides.find(says.name);
        if (other != nullptr && !entry->override_.value_or(false))
            return error(error_code::pack_parameter, "the parameter '" + says.name + "' is set by law from " +
                                                         time::to_string(entry->from) +
                                                         " on; no authority may give it another value")
                .at(told_as(says.name));
        answer_.parameters.push_back({says.name, other != nullptr ? *other : entry->value, entry, other != nullptr});
        return answer_.parameters.back().value;
    }

    const pack& from_;
    const compiled_pack& data_;
    const pack_version& version_;
    const pack_question& asked_;
    pack_answer& answer_;
    feel::evaluation_context with_;
};

}  // namespace polku::inline POLKU_V::rules::detail

#endif
