// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_PROOF_ROUTING_IPP
#define POLKU_IMPL_PATH_PROOF_ROUTING_IPP

#include <polku/dmn/program.hpp>
#include <polku/dmn/trace.hpp>
#include <polku/feel/expression.hpp>
#include <polku/impl/path/detail/proof_model.hpp>
#include <polku/path/proof.hpp>
#include <polku/rules/input_atoms.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

/// Visits past this are not told apart; a table that asks for more leaves the question open.
inline constexpr std::int64_t most_visits = 250;

/// What a model says besides its tables that makes an answer depend on more than its inputs.
inline bool reads_more_than_inputs(std::string_view xml) {
    for (const std::string_view word : {"today", "now"})
        for (std::size_t at = xml.find(word); at != std::string_view::npos; at = xml.find(word, at + 1)) {
            const std::size_t next = xml.find_first_not_of(" \t\r\n", at + word.size());
            if (next != std::string_view::npos && xml[next] == '(') return true;
        }
    return xml.find("\"Java\"") != std::string_view::npos || xml.find("\"PMML\"") != std::string_view::npos;
}

/// Lays out the inputs of one stage's routing decision.
class axis_maker {
public:
    axis_maker(const proof_model& of, const stage_definition& stage, const compiled_routing& routing, stage_study& into)
        : of_(of), stage_(stage), routing_(routing), into_(into) {}

    /// The number of visits to count.
    std::int64_t run() {
        const auto model = of_.read.find(stage_.routing->model);
        const auto infos = routing_.program.inputs(routing_.decision);
        if (model == of_.read.end()) {
            obstacle(proof_issue::limit, {}, "its model was not given to the prover");
            return 1;
        }
        atoms_ = rules::atoms_of_decision(model->second, routing_.program, routing_.decision);
        const bool more = std::any_of(of_.models.begin(), of_.models.end(),
                                      [](const auto& each) { return reads_more_than_inputs(each.second); });
        if (more)
            obstacle(proof_issue::routing_clock, {},
                     "a model reads the clock or calls functions from outside, so its inputs do not tell all");
        gather_declared(model->second);
        for (std::size_t i = 0; i < infos.size(); ++i) input(i, infos[i]);
        if (!placement_.inputs.empty()) add_placements();
        return visits_;
    }

private:
    void obstacle(proof_issue issue, const std::string& detail, const std::string& why) {
        into_.exact = false;
        into_.obstacles.push_back(
            finding_of(path_property::routing, issue, {}, stage_.id, detail,
                       "the routing of stage '" + stage_.id + "' could not be seen through: " + why));
    }

    /// Input values of the columns that are the names of inputs.
    void gather_declared(const dmn::model& model) {
        for (const dmn::decision& each : model.decisions) {
            if (each.id != routing_.program.info(routing_.decision).id || !each.logic) continue;
            const auto* table = std::get_if<dmn::decision_table>(&each.logic->is);
            if (!table) continue;
            for (const dmn::input_clause& column : table->inputs)
                if (column.values) declared_[column.expression.text].push_back(column.values->text);
        }
    }

    bool is_required(const std::string& fact) const {
        return std::find(stage_.requires_.begin(), stage_.requires_.end(), fact) != stage_.requires_.end();
    }

    void input(std::size_t at, const dmn::input_info& info) {
        if (info.name == "placement running" || info.name == "placement kind") {
            placement_.inputs.push_back(at);
            placement_.names.push_back(info.name);
            return;
        }
        proof_axis axis;
        axis.inputs = {at};
        axis.names = {info.name};
        const case_input* told = find_case_input(info.name);
        if (info.name == "times in stage") {
            axis.is = proof_axis::form::visit;
            axis.add({feel::value()});
            count_visits(at);
        } else if (told) {
            axis.is = proof_axis::form::told;
            told_by_case(at, *told, axis);
        } else {
            fact(at, info, axis);
        }
        into_.axes.push_back(std::move(axis));
    }

    void fact(std::size_t at, const dmn::input_info& info, proof_axis& axis) {
        const auto known = of_.says().facts.find(info.name);
        const fact_definition& says = known->second;
        std::optional<std::int64_t> highest;
        for (const auto& [id, ability] : of_.says().abilities)
            if (ability.fact == info.name) highest = std::max(highest.value_or(0), ability.highest);
        if (says.type == "boolean") {
            for (const bool truth : {true, false}) axis.add({feel::value(truth)});
        } else if (!says.values.empty()) {
            for (const auto& [value, name] : says.values) axis.add({feel::value(value)});
        } else if (highest && *highest <= most_visits) {
            for (std::int64_t level = 0; level <= *highest; ++level) axis.add({feel::value(level)});
        } else {
            by_classes(at, info, axis);
        }
        if (!is_required(info.name)) axis.add({feel::value()}, proof_domain::outside, false);
    }

    void by_classes(std::size_t at, const dmn::input_info& info, proof_axis& axis) {
        const rules::input_atoms& atoms = atoms_[at];
        if (!atoms.exact)
            obstacle(proof_issue::opaque_input, info.name,
                     "the exact value of '" + info.name + "' counts in " + atoms.why);
        std::vector<std::string> tests = declared_[info.name];
        if (!info.allowed_values.empty()) tests.push_back(info.allowed_values);
        for (const rules::input_atom& each : atoms.atoms) {
            if (each.representative.is_null()) continue;
            proof_domain how = tests.empty() ? proof_domain::undeclared : proof_domain::inside;
            for (const std::string& test : tests)
                if (!accepts(test, info.type, each.representative)) how = proof_domain::outside;
            axis.add({each.representative}, how);
        }
    }
    static bool accepts(const std::string& tests, const feel::type& type, const feel::value& value) {
        const auto made = feel::try_compile_unary_tests(tests, feel::scope(), type);
        feel::evaluation_context with;
        return made && made.value().accepts(with, {}, value).is_true();
    }

    /// Something that the case tells: all values that it can tell, or one of each class.
    void told_by_case(std::size_t at, const case_input& told, proof_axis& axis) {
        const auto add_names = [&](const auto& among) {
            for (const auto& each : among) axis.add({feel::value(each.first)});
        };
        if (told.name == "stage") {
            axis.add({feel::value(stage_.id)});
        } else if (told.name == "entry") {
            add_names(of_.says().entries);
        } else if (told.name == "last referral service") {
            add_names(of_.says().services);
            axis.add({feel::value()});
        } else if (told.name == "last referral state") {
            for (unsigned i = 0; i < referral_state_count; ++i)
                axis.add({feel::value(name_of(static_cast<referral_state>(i)))});
            axis.add({feel::value()});
        } else if (told.type == "boolean") {
            for (const bool truth : {false, true}) axis.add({feel::value(truth)});
        } else {
            told_by_classes(at, told, axis);
        }
    }

    void told_by_classes(std::size_t at, const case_input& told, proof_axis& axis) {
        const rules::input_atoms& atoms = atoms_[at];
        if (!atoms.exact)
            obstacle(proof_issue::opaque_input, std::string(told.name),
                     "the exact value of '" + std::string(told.name) + "' counts in " + atoms.why);
        for (const rules::input_atom& each : atoms.atoms) {
            feel::value inside = each.representative;
            if (told.type == "number") inside = whole_number_in(each);
            if (!inside.is_null()) axis.add({inside});
        }
        constexpr std::string_view may_be_null[] = {"attendance percent", "last follow up", "next meeting"};
        if (std::find(std::begin(may_be_null), std::end(may_be_null), told.name) != std::end(may_be_null) ||
            told.type == "list")
            axis.add({feel::value()});
    }

    /// What cases count is never negative and never a part of one; null where the class has no such number.
    static feel::value whole_number_in(const rules::input_atom& of) {
        if (of.is_point) {
            const auto is = of.representative.as_number().to_int64();
            return is && *is >= 0 ? of.representative : feel::value();
        }
        std::int64_t first = 0;
        if (of.low) first = std::max<std::int64_t>(0, floor_of(*of.low) + 1);
        if (of.high && !(feel::number(first) < of.high->as_number())) return {};
        return feel::value(first);
    }
    static std::int64_t floor_of(const feel::value& of) {
        const auto floored = feel::quantize(of.as_number(), 0, feel::rounding::floor);
        return floored ? floored->to_int64().value_or(most_visits) : most_visits;
    }

    void count_visits(std::size_t at) {
        const rules::input_atoms& atoms = atoms_[at];
        if (!atoms.exact) obstacle(proof_issue::opaque_input, "times in stage", "the exact number of visits counts");
        for (const rules::input_atom& each : atoms.atoms) {
            if (each.is_point) visits_ = std::max(visits_, floor_of(each.representative) + 1);
            if (each.low) visits_ = std::max(visits_, floor_of(*each.low) + 1);
            if (each.high) visits_ = std::max(visits_, floor_of(*each.high) + 1);
        }
        if (visits_ <= most_visits) return;
        obstacle(proof_issue::limit, "times in stage", "it tells more than 250 visits apart");
        visits_ = most_visits;
    }

    /// No placement yet, and each kind running or ended. One that runs can be ended, so it is never all that can be
    /// had.
    void add_placements() {
        placement_.is = proof_axis::form::told;
        const auto add = [&](bool running, const feel::value& kind) {
            std::vector<feel::value> value;
            for (const std::string& name : placement_.names)
                value.push_back(name == "placement running" ? feel::value(running) : kind);
            placement_.add(std::move(value), proof_domain::inside, !running);
        };
        add(false, feel::value());
        for (const auto& [kind, placement] : of_.says().placements) add(true, feel::value(kind));
        for (const auto& [kind, placement] : of_.says().placements) add(false, feel::value(kind));
        into_.axes.push_back(placement_);
    }

    const proof_model& of_;
    const stage_definition& stage_;
    const compiled_routing& routing_;
    stage_study& into_;
    std::vector<rules::input_atoms> atoms_;
    std::map<std::string, std::vector<std::string>> declared_;
    proof_axis placement_;
    std::int64_t visits_ = 1;
};

/// Runs the decision of a stage on every region of its inputs.
class region_walk {
public:
    region_walk(const proof_model& of, const compiled_routing& routing, stage_study& into)
        : of_(of), routing_(routing), into_(into), slots_(routing.program.inputs(routing.decision).size()) {}

    void run(std::int64_t visit) {
        into_.visits.emplace_back();
        proof_point at(into_.axes.size(), 0);
        for (bool more = true; more;) {
            one(at, visit);
            more = false;
            for (std::size_t axis = at.size(); axis-- > 0;) {
                if (++at[axis] < into_.axes[axis].values.size()) {
                    more = true;
                    break;
                }
                at[axis] = 0;
            }
        }
    }

private:
    void one(const proof_point& at, std::int64_t visit) {
        bool outside = false;
        bool undeclared = false;
        bool worst = true;
        for (std::size_t axis = 0; axis < at.size(); ++axis) {
            const proof_axis& in = into_.axes[axis];
            for (std::size_t i = 0; i < in.inputs.size(); ++i) slots_[in.inputs[i]] = in.values[at[axis]][i];
            if (in.is == proof_axis::form::visit) slots_[in.inputs[0]] = feel::value(visit);
            outside = outside || in.domain[at[axis]] == proof_domain::outside;
            undeclared = undeclared || in.domain[at[axis]] == proof_domain::undeclared;
            worst = worst && (in.is != proof_axis::form::told || in.worst[at[axis]]);
        }
        ++into_.regions;
        feel::evaluation_context with(time::date_time{of_.says().valid.from, {}});
        const auto answer = dmn::try_evaluate_slots(routing_.program, routing_.decision, slots_, with);
        feel::value next = answer ? answer.value() : feel::value();
        if (next.is(feel::kind::context)) {
            const feel::value* named = next.as_context().find("next");
            next = named ? feel::value(*named) : feel::value();
        }
        visit_study& into = into_.visits.back();
        if (!next.is(feel::kind::string)) {
            if (!outside) keep(is_overlap() ? into.overlaps : undeclared ? into.undeclared : into.gaps, at);
            if (worst && !outside) into.at_its_worst[told_part(at)];
            return;
        }
        const auto place = of_.place_of(next.as_string());
        if (!place) {
            keep(into.nowhere[std::string(next.as_string())], at);
            return;
        }
        into.may.insert(*place);
        keep(into.answers[*place], at);
        if (worst && !outside) into.at_its_worst[told_part(at)].insert(*place);
    }

    static void keep(std::vector<proof_point>& into, const proof_point& at) {
        if (into.size() < kept_regions) into.push_back(at);
    }

    proof_point told_part(proof_point at) const {
        for (std::size_t axis = 0; axis < at.size(); ++axis)
            if (into_.axes[axis].is != proof_axis::form::told) at[axis] = 0;
        return at;
    }

    bool is_overlap() {
        dmn::trace trace;
        trace.with.nearest = 0;
        trace.with.nulls = false;
        feel::evaluation_context with(time::date_time{of_.says().valid.from, {}});
        (void)dmn::try_evaluate_slots(routing_.program, routing_.decision, slots_, with, &trace);
        for (const dmn::trace_step& step : trace.steps)
            for (const dmn::table_trace& table : step.tables)
                if (table.matched.size() > 1) return true;
        return false;
    }

    const proof_model& of_;
    const compiled_routing& routing_;
    stage_study& into_;
    std::vector<feel::value> slots_;
};

/// What is not known may be anything.
inline void may_be_anywhere(const proof_model& of, stage_study& into) {
    for (visit_study& each : into.visits)
        for (std::size_t place = 0; place < of.stage_count() + of.says().exits.size(); ++place) each.may.insert(place);
}

inline std::int64_t study_stage(const proof_model& of, std::size_t index, stage_study& into) {
    const stage_definition& stage = of.says().stages[index];
    const auto& routing = of.path.data().stages[index].routing;
    into.has_routing = routing.has_value();
    std::int64_t visits = routing ? axis_maker(of, stage, *routing, into).run() : 1;
    std::uint64_t regions = static_cast<std::uint64_t>(visits);
    for (const proof_axis& each : into.axes)
        regions = each.values.empty() ? 0 : std::min(regions * each.values.size(), of.with.max_regions + 1);
    const bool walkable = regions != 0 && regions <= of.with.max_regions;
    if (routing && !walkable) {
        into.exact = false;
        into.obstacles.push_back(finding_of(
            path_property::routing, proof_issue::limit, {}, stage.id, {},
            regions == 0 ? "an input of the routing of stage '" + stage.id + "' has no value that could be tried"
                         : "the inputs of the routing of stage '" + stage.id + "' make more than " +
                               std::to_string(of.with.max_regions) + " combinations"));
    }
    for (std::int64_t visit = 1; visit <= visits; ++visit) {
        if (routing && walkable)
            region_walk(of, *routing, into).run(visit);
        else
            into.visits.emplace_back();
    }
    if (routing && !into.exact) may_be_anywhere(of, into);
    return visits;
}

POLKU_DECL void study_routing(proof_model& of) {
    of.stages.resize(of.stage_count());
    for (std::size_t i = 0; i < of.stage_count(); ++i) {
        const std::int64_t visits = study_stage(of, i, of.stages[i]);
        of.counted.push_back(std::max(visits, std::min(of.cap_of(i), most_visits)));
        const std::string pointer = pointer_to("/stages", i) + "/routing";
        for (proof_finding& each : of.stages[i].obstacles) each.pointer = pointer;
    }
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
