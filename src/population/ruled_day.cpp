// SPDX-License-Identifier: Apache-2.0
#include "ruled_day.hpp"

#include <polku/detail/nearest_name.hpp>
#include <polku/dmn/item_type.hpp>
#include <polku/dmn/trace.hpp>
#include <polku/rules/pack_definition.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::population::detail {

namespace {

error wrong_shape(std::string what) { return error(error_code::simulation_shape, std::move(what)); }

const rules::pack_version* find_variant(const rules::pack_definition& says, const std::string& id) {
    for (const auto* list : {&says.versions, &says.variants})
        for (const rules::pack_version& each : *list)
            if (each.id == id) return &each;
    return nullptr;
}

result<const rules::pack_version*> try_version(const simulated_rules& rules, time::date day) {
    if (rules.variant.empty()) return rules.pack.try_version(day, day);
    const rules::pack_version* const found = find_variant(rules.pack.says(), rules.variant);
    if (found != nullptr) return found;
    return wrong_shape("the pack '" + rules.pack.says().id + "' has no version or variant '" + rules.variant + "'");
}

error no_decision(const rules::pack& of, const std::string& version, const std::string& asked) {
    std::string known;
    for (const rules::pack_decision& each : of.says().decisions)
        known += (known.empty() ? "'" : ", '") + each.name + "'";
    return wrong_shape("the version '" + version + "' of the pack '" + of.says().id + "' has no decision '" + asked +
                       "'; the pack's are " + known);
}

const rules::parameter* find_figure(const rules::pack& of, std::string_view name) {
    for (const rules::parameter& each : of.says().parameters)
        if (each.name == name) return &each;
    return nullptr;
}

result<void> check_figures(const simulated_rules& rules) {
    for (const auto& each : rules.figures) {
        if (find_figure(rules.pack, each.name) != nullptr) continue;
        std::vector<std::string_view> known;
        for (const rules::parameter& figure : rules.pack.says().parameters) known.push_back(figure.name);
        const std::string_view near = polku::detail::nearest_name(each.name, known);
        return wrong_shape("the pack '" + rules.pack.says().id + "' has no figure '" + each.name + "'" +
                           (near.empty() ? "" : "; did you mean '" + std::string(near) + "'?"));
    }
    return {};
}

}  // namespace

result<fact_column*> fact_columns::try_find(const dmn::input_info& fact) {
    const auto name = std::find(names_.begin(), names_.end(), fact.name);
    if (name == names_.end()) return static_cast<fact_column*>(nullptr);
    const auto column = static_cast<std::size_t>(name - names_.begin());
    for (const auto& each : made_)
        if (each->is_of(column, fact)) return each.get();
    POLKU_TRY(fact_column made, fact_column::try_make(column, fact));
    made_.push_back(std::make_unique<fact_column>(std::move(made)));
    return made_.back().get();
}

result<ruled_day> ruled_day::try_make(const simulated_rules& rules, const simulation_options& asked, time::date day,
                                      fact_columns& columns, std::vector<std::string>& unknown) {
    POLKU_CHECK(check_figures(rules));
    const time::date law = rules.decided.value_or(day);
    POLKU_TRY(const rules::pack_version* const version, try_version(rules, law));
    const dmn::program& program = rules.pack.program_of(*version);
    const auto what = program.find(asked.decision);
    if (!what) return no_decision(rules.pack, version->id, asked.decision);
    POLKU_TRY(dmn::batch_evaluator batch, dmn::batch_evaluator::try_create(program, *what));
    ruled_day made(rules.pack, program, *what, std::move(batch));
    made.version_ = version->id;
    POLKU_CHECK(made.try_find_outcome(asked.outcome));
    POLKU_CHECK(made.try_bind(rules, *version, law, columns, unknown));
    return made;
}

result<void> ruled_day::try_find_outcome(const std::string& asked) {
    const bool is_context = answer_type().is() == feel::type::form::context && !answer_type().members().empty();
    if (asked.empty()) {
        if (is_context) outcome_ = answer_type().members().front().name;
        return {};
    }
    std::string known;
    if (is_context)
        for (const feel::type::member& each : answer_type().members()) {
            if (each.name == asked) outcome_ = asked;
            known += (known.empty() ? "'" : ", '") + each.name + "'";
        }
    if (!outcome_.empty()) return {};
    return wrong_shape("the answer of '" + std::string(program_.info(what_).name) + "' has no member '" + asked + "'" +
                       (known.empty() ? "; it is one value" : "; its members are " + known));
}

simulated_answer ruled_day::told(feel::value value) const {
    simulated_answer made;
    const feel::value* outcome = &value;
    if (!outcome_.empty() && value.is(feel::kind::context)) outcome = value.as_context().find(outcome_);
    made.decided = outcome != nullptr && !outcome->is_null();
    made.granted = made.decided && (!outcome->is(feel::kind::boolean) || outcome->as_boolean());
    made.value = std::move(value);
    return made;
}

result<void> ruled_day::try_bind(const simulated_rules& rules, const rules::pack_version& version, time::date day,
                                 fact_columns& columns, std::vector<std::string>& unknown) {
    feel::evaluation_context with;
    for (const dmn::input_info& each : program_.inputs(what_)) {
        slot made{feel::value(feel::null_reason::unknown_input), nullptr};
        if (const rules::parameter* const figure = find_figure(pack_, each.name)) {
            POLKU_TRY(const rules::parameter_value* const lawful, pack_.try_parameter(figure->name, version, day, day));
            const feel::value* const tried = rules.figures.find(each.name);
            POLKU_TRY(made.fixed, dmn::try_typed(tried != nullptr ? *tried : lawful->value, each.type,
                                                 pointer_to({}, each.name), with));
        } else {
            POLKU_TRY(made.column, columns.try_find(each));
            if (made.column == nullptr && std::find(unknown.begin(), unknown.end(), each.name) == unknown.end())
                unknown.push_back(each.name);
        }
        slots_.push_back(std::move(made));
    }
    columns_.resize(slots_.size());
    return {};
}

result<void> ruled_day::try_decide(std::size_t rows, bool reasons, feel::evaluation_context& with) {
    distinct_.clear();
    codes_.clear();
    faults_.clear();
    if (reasons) return try_decide_rows(rows, with);
    if (all_the_same_.size() < rows) all_the_same_.assign(rows, 0);
    for (std::size_t each = 0; each < slots_.size(); ++each) {
        const slot& from = slots_[each];
        if (from.column == nullptr && from.fixed.is_null()) continue;  // a column of unknowns
        columns_[each].data = from.column != nullptr
                                  ? from.column->values()
                                  : dmn::batch_column::repeated{all_the_same_, std::span(&from.fixed, 1)};
    }
    POLKU_CHECK(batch_.try_evaluate(columns_, rows, with, answers_));
    for (const feel::value& each : answers_.distinct) distinct_.push_back(told(each));
    codes_ = answers_.codes;
    for (const dmn::batch_result::row_fault& each : answers_.faults) faults_.emplace(each.row, each.what);
    return {};
}

result<void> ruled_day::try_decide_rows(std::size_t rows, feel::evaluation_context& with) {
    std::vector<feel::value> inputs(slots_.size());
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t each = 0; each < slots_.size(); ++each)
            inputs[each] = slots_[each].column != nullptr ? slots_[each].column->at(row) : slots_[each].fixed;
        dmn::trace trace;
        trace.with.nearest = 0;
        trace.with.nulls = false;
        auto value = dmn::try_evaluate_slots(program_, what_, inputs, with, &trace);
        codes_.push_back(static_cast<std::uint32_t>(distinct_.size()));
        distinct_.emplace_back();
        if (!value) {
            if (value.error().code() == error_code::cancelled) return value.error();
            faults_.emplace(row, value.error());
            continue;
        }
        distinct_.back() = told(std::move(*value));
        for (const dmn::trace_step& step : trace.steps)
            for (const dmn::table_trace& table : step.tables)
                for (const dmn::rule_trace& rule : table.matched) distinct_.back().reasons.push_back(rule.id);
    }
    return {};
}

const error* ruled_day::fault(std::size_t row) const {
    const auto found = faults_.find(row);
    return found == faults_.end() ? nullptr : &found->second;
}

}  // namespace polku::inline POLKU_V::population::detail
