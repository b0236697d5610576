// SPDX-License-Identifier: Apache-2.0
#include "path_router.hpp"

#include <polku/dmn/program.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::population::detail {

namespace {

using source = planned_rules::input::source;

bool is_open_to_routing(const path::exit_definition& of) {
    return of.ways.empty() || std::find(of.ways.begin(), of.ways.end(), path::exit_way::routing) != of.ways.end();
}

}  // namespace

path_router::path_router(const path_plan& of) : of_(of), routes_(of.stages.size()), guards_(of.services.size()) {
    for (std::size_t each = 0; each < of.stages.size(); ++each) targets_.emplace(of.stages[each].id, each);
    for (std::size_t each = 0; each < of.exits.size(); ++each)
        targets_.emplace(of.exits[each], of.stages.size() + each);
    begin_month(0);
}

void path_router::begin_month(std::size_t month) {
    month_ = month;
    with_ = feel::evaluation_context(time::date_time{of_.months[month], {}});
    for (auto& each : routes_) each.clear();
    for (auto& each : guards_) each.clear();
}

result<planned_target> path_router::try_next(const routed_stay& of) {
    const planned_rules::routing& by = rules().stages[of.stage];
    auto key = static_cast<std::uint64_t>(of.times);
    for (const planned_rules::input& each : by.inputs) {
        if (each.from == source::fact) key = key * of_.facts[each.fact].values.size() + of.facts[each.fact];
        if (each.from == source::entry || each.from == source::self_referral) key = key * of_.entries.size() + of.entry;
    }
    const auto known = routes_[of.stage].find(key);
    if (known != routes_[of.stage].end()) return known->second;
    POLKU_TRY(const planned_target target, try_ask(by, of));
    routes_[of.stage].emplace(key, target);
    return target;
}

result<planned_target> path_router::try_ask(const planned_rules::routing& by, const routed_stay& of) {
    if (!by.is_there || by.by == nullptr)
        return undecided(by, of, by.is_there ? "has no routing decision" : "is not in the version of the path then");
    slots_.clear();
    for (const planned_rules::input& each : by.inputs) {
        const path_plan::entry& entry = of_.entries[of.entry];
        switch (each.from) {
            case source::fact: slots_.push_back(of_.facts[each.fact].values[of.facts[each.fact]]); break;
            case source::stage: slots_.emplace_back(of_.stages[of.stage].id); break;
            case source::times: slots_.emplace_back(of.times); break;
            case source::entry: slots_.emplace_back(entry.id); break;
            case source::self_referral: slots_.emplace_back(entry.self_referral); break;
        }
    }
    POLKU_TRY(const feel::value answer, dmn::try_evaluate_slots(by.by->program, by.by->decision, slots_, with_));
    const feel::value* next = &answer;
    if (answer.is(feel::kind::context)) next = answer.as_context().find("next");
    if (next == nullptr || !next->is(feel::kind::string)) return undecided(by, of, "does not say where to go");
    const std::string name(next->as_string());
    const auto target = targets_.find(name);
    if (target == targets_.end())
        return undecided(by, of, "names '" + name + "', which is neither a stage nor an exit");
    const bool is_exit = target->second >= of_.stages.size();
    const path::exit_definition* const exit = rules().path.find_exit(name);
    if (is_exit && (exit == nullptr || !is_open_to_routing(*exit)))
        return undecided(by, of, "leads to the exit '" + name + "', which is not open to routing");
    return target->second;
}

error path_router::undecided(const planned_rules::routing& by, const routed_stay& of, const std::string& what) const {
    std::string asked;
    const auto add = [&](const std::string& name, const std::string& value) {
        asked += (asked.empty() ? " for " : ", ") + name + " = " + value;
    };
    for (const planned_rules::input& each : by.inputs) {
        if (each.from == source::fact)
            add("'" + of_.facts[each.fact].name + "'", of_.facts[each.fact].texts[of.facts[each.fact]]);
        if (each.from == source::times) add("'times in stage'", std::to_string(of.times));
        if (each.from == source::entry || each.from == source::self_referral) add("'entry'", of_.entries[of.entry].id);
    }
    return error(error_code::simulation_shape, "in " + month_text(of_.months[month_]) + " the routing of stage '" +
                                                   of_.stages[of.stage].id + "' " + what + asked +
                                                   "; a case would stop there, too");
}

bool path_router::is_for(std::size_t service, std::span<const drawn_value> facts) {
    const planned_rules::guard& by = rules().services[service];
    if (!by.is_there) return false;
    if (by.by == nullptr) return true;
    std::uint64_t key = 0;
    for (const auto& [slot, fact] : by.facts) {
        const std::size_t values = of_.facts[fact].values.size();
        key = key * (values + 1) + (facts[fact] == undrawn ? values : facts[fact]);
    }
    const auto known = guards_[service].find(key);
    if (known != guards_[service].end()) return known->second;
    slots_.assign(rules().path.says().facts.size(), feel::value());
    for (const auto& [slot, fact] : by.facts)
        if (facts[fact] != undrawn) slots_[slot] = of_.facts[fact].values[facts[fact]];
    const bool made = by.by->evaluate(with_, slots_).is_true();
    guards_[service].emplace(key, made);
    return made;
}

}  // namespace polku::inline POLKU_V::population::detail
