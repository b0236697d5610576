// SPDX-License-Identifier: Apache-2.0
#include "path_check.hpp"

#include "path_router.hpp"

#include <algorithm>
#include <set>

namespace polku::inline POLKU_V::population::detail {

namespace {

using source = planned_rules::input::source;

/// Questions to one table that are asked before the simulation begins.
constexpr std::uint64_t most_questions = 50'000;
/// Visits to a stage that are tried where its table reads them.
constexpr std::int64_t visits_tried = 64;
/// Combinations of drawn values that one decision may have.
constexpr std::uint64_t most_combinations = std::uint64_t{1} << 40U;

class checker {
public:
    checker(const path_plan& of, const plan_place& root) : of_(of), root_(root), router_(of) {}

    result<void> run() {
        find_drawn();
        POLKU_CHECK(check_shares());
        POLKU_CHECK(check_stock());
        std::set<std::size_t> seen;
        for (std::size_t month = 0; month + 1 < of_.months.size(); ++month) {
            if (!seen.insert(of_.rules_of_month[month]).second) continue;
            router_.begin_month(month);
            POLKU_CHECK(check_rules(of_.rules[of_.rules_of_month[month]], month));
        }
        return {};
    }

private:
    /// Which values each fact may take anywhere.
    void find_drawn() {
        drawn_.resize(of_.facts.size());
        for (std::size_t fact = 0; fact < of_.facts.size(); ++fact)
            if (of_.facts[fact].brought) note(fact, *of_.facts[fact].brought);
        for (const planned_stage& stage : of_.stages)
            for (const auto& [fact, shares] : stage.told) note(fact, shares);
    }
    void note(std::size_t fact, const planned_shares& shares) {
        for (std::size_t each = 0; each < shares.of.size(); ++each)
            if (shares.shares[each].may_be()) drawn_[fact].insert(static_cast<drawn_value>(shares.of[each]));
    }

    result<void> check_shares() const {
        for (const planned_rules& rules : of_.rules) {
            for (std::size_t stage = 0; stage < rules.stages.size(); ++stage)
                POLKU_CHECK(check_inputs(rules.stages[stage], stage));
            for (std::size_t service = 0; service < rules.services.size(); ++service) {
                if (!rules.services[service].is_there)
                    return (root_ / "services")
                        .fault("the service '" + of_.services[service].id +
                               "' is not in every version of the path; leave it out");
                for (const auto& [slot, fact] : rules.services[service].facts)
                    if (drawn_[fact].empty())
                        return (root_ / "facts")
                            .fault("whom the service '" + of_.services[service].id + "' is for depends on '" +
                                   of_.facts[fact].name + "'; give the shares of its values");
            }
        }
        return {};
    }

    result<void> check_inputs(const planned_rules::routing& by, std::size_t stage) const {
        std::uint64_t combinations = 1;
        for (const planned_rules::input& each : by.inputs) {
            if (each.from != source::fact) continue;
            const planned_fact& fact = of_.facts[each.fact];
            if (drawn_[each.fact].empty())
                return (root_ / "facts")
                    .fault("the routing of stage '" + of_.stages[stage].id + "' asks for '" + fact.name +
                           "'; give the shares of its values here or at " +
                           pointer_to(pointer_to("/stages", of_.stages[stage].id), "facts"));
            if (fact.values.size() >= undrawn)
                return (root_ / "facts" / fact.name).fault("more than 65534 values; give fewer");
            combinations *= fact.values.size();
            if (combinations > most_combinations)
                return (root_ / "stages" / of_.stages[stage].id)
                    .fault("the facts that its routing asks for have too many combinations; give fewer values");
        }
        return {};
    }

    result<void> check_stock() const {
        for (std::size_t stage = 0; stage < of_.stages.size(); ++stage) {
            const planned_room& room = of_.stages[stage].room;
            if (!room.is_limited) continue;
            std::int64_t all = 0;
            for (std::size_t each = 0; each < of_.municipalities.size(); ++each) {
                if (!room.is_shared) all = 0;
                for (const planned_stock& stock : of_.municipalities[each].stock)
                    if (stock.stage == stage) all += stock.many;
                const std::int64_t places = room.places[room.is_shared ? 0 : each];
                if (all > places)
                    return (root_ / "municipalities" / of_.municipalities[each].code / "stock" / of_.stages[stage].id)
                        .fault(std::to_string(all) + " clients are in the stage at the start, and it has " +
                               std::to_string(places) + " places; give more places or a smaller stock");
            }
        }
        return {};
    }

    /// Where routing leads from each stage, and that the end can be reached from wherever a client may come.
    result<void> check_rules(const planned_rules& rules, std::size_t month) {
        std::vector<std::set<planned_target>> leads(of_.stages.size());
        std::vector<bool> is_open(of_.stages.size(), false);  // some exit is reached
        for (std::size_t stage = 0; stage < of_.stages.size(); ++stage) {
            std::int64_t leaves = 0;
            for (const planned_share& each : of_.stages[stage].leaves) {
                leaves += each.share.likely;
                if (each.share.may_be()) is_open[stage] = true;
            }
            if (leaves == millionths || !rules.stages[stage].is_there) continue;
            POLKU_TRY(const bool is_whole, try_leads(rules.stages[stage], stage, leads[stage]));
            if (!is_whole) is_open[stage] = true;  // not known to be closed
            for (const planned_target each : leads[stage])
                if (each >= of_.stages.size()) is_open[stage] = true;
        }
        for (bool grows = true; grows;) {
            grows = false;
            for (std::size_t stage = 0; stage < leads.size(); ++stage)
                for (const planned_target each : leads[stage])
                    if (!is_open[stage] && each < is_open.size() && is_open[each]) is_open[stage] = grows = true;
        }
        return check_reached(leads, is_open, month);
    }

    result<void> check_reached(const std::vector<std::set<planned_target>>& leads, const std::vector<bool>& is_open,
                               std::size_t month) const {
        std::vector<std::size_t> todo;
        for (std::size_t each = 0; each < of_.doors.of.size(); ++each)
            if (of_.doors.shares[each].may_be()) todo.push_back(of_.entries[of_.doors.of[each]].stage);
        for (const planned_municipality& municipality : of_.municipalities)
            for (const planned_stock& each : municipality.stock) todo.push_back(each.stage);
        std::set<std::size_t> seen;
        while (!todo.empty()) {
            const std::size_t stage = todo.back();
            todo.pop_back();
            if (!seen.insert(stage).second) continue;
            if (!is_open[stage])
                return (root_ / "stages" / of_.stages[stage].id)
                    .fault("with these shares no exit can be reached from the stage '" + of_.stages[stage].id +
                           "' in " + month_text(of_.months[month]) +
                           ": clients would go round for ever; give a share to some fact or exit that leads out");
            for (const planned_target each : leads[stage])
                if (each < of_.stages.size()) todo.push_back(each);
        }
        return {};
    }

    /// Asks the table for every combination that may be drawn; false where there are too many.
    result<bool> try_leads(const planned_rules::routing& by, std::size_t stage, std::set<planned_target>& into) {
        std::uint64_t questions = 1;
        bool reads_times = false;
        std::vector<std::size_t> facts;
        for (const planned_rules::input& each : by.inputs) {
            if (each.from == source::times) reads_times = true;
            if (each.from == source::fact) {
                questions = std::min(questions * drawn_[each.fact].size(), most_questions + 1);
                facts.push_back(each.fact);
            }
        }
        const std::int64_t most = by.most_visits > 0 ? by.most_visits : visits_tried;
        const std::int64_t visits = reads_times ? std::min(most, visits_tried) : 1;
        questions *= static_cast<std::uint64_t>(visits) * of_.entries.size();
        if (questions > most_questions) return false;
        std::vector<drawn_value> row(of_.facts.size(), undrawn);
        for (std::size_t entry = 0; entry < of_.entries.size(); ++entry)
            for (std::int64_t times = 1; times <= visits; ++times)
                POLKU_CHECK(ask_all({stage, times, entry, {}}, facts, 0, row, into));
        return true;
    }

    result<void> ask_all(routed_stay of, const std::vector<std::size_t>& facts, std::size_t at,
                         std::vector<drawn_value>& row, std::set<planned_target>& into) {
        if (at == facts.size()) {
            of.facts = row;
            POLKU_TRY(const planned_target target, router_.try_next(of));
            into.insert(target);
            return {};
        }
        for (const drawn_value each : drawn_[facts[at]]) {
            row[facts[at]] = each;
            POLKU_CHECK(ask_all(of, facts, at + 1, row, into));
        }
        return {};
    }

    const path_plan& of_;
    const plan_place& root_;
    path_router router_;
    std::vector<std::set<drawn_value>> drawn_;
};

}  // namespace

result<void> check_plan(const path_plan& of, const plan_place& root) { return checker(of, root).run(); }

}  // namespace polku::inline POLKU_V::population::detail
