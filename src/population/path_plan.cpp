// SPDX-License-Identifier: Apache-2.0
#include "path_plan.hpp"

#include "path_check.hpp"
#include "path_figures.hpp"

#include <polku/path/case_inputs.hpp>
#include <polku/rules/municipality.hpp>

#include <algorithm>
#include <iterator>
#include <set>

namespace polku::inline POLKU_V::population::detail {

namespace {

constexpr std::int64_t most_arrivals = 1'000'000;
constexpr std::int64_t most_stock = 10'000'000;
constexpr std::int64_t most_months = 600;
constexpr std::int64_t most_benefit_days = 20'000;
constexpr std::int32_t most_days = 36'500;

using source = planned_rules::input::source;

/// What the simulation itself knows of a stay, by the name that tables call it.
std::optional<source> known_input(std::string_view name) {
    if (name == "stage") return source::stage;
    if (name == "times in stage") return source::times;
    if (name == "entry") return source::entry;
    if (name == "self referral") return source::self_referral;
    return {};
}

/// A value from the text that it has as a JSON member.
result<feel::value> try_value(const std::string& text, feel::kind kind, const plan_place& at) {
    switch (kind) {
        case feel::kind::string: return feel::value(text);
        case feel::kind::boolean:
            if (text == "true" || text == "false") return feel::value(text == "true");
            return at.fault("found '" + text + "', expected true or false");
        case feel::kind::number:
            if (const auto number = feel::number::parse(text)) return feel::value(*number);
            return at.fault("found '" + text + "', expected a number");
        default: return at.fault("facts of this type cannot be drawn: only texts, numbers and truth values");
    }
}

class planner {
public:
    explicit planner(const simulated_path& of) : of_(of), says_(of.assumptions), root_{of.source, {}} {}

    result<path_plan> run() {
        POLKU_CHECK(plan_months());
        POLKU_CHECK(check_codes());
        POLKU_CHECK(plan_places());
        POLKU_CHECK(plan_rules());
        POLKU_CHECK(plan_facts());
        for (planned_stage& each : plan_.stages) POLKU_CHECK(plan_stage(each));
        POLKU_CHECK(plan_services());
        POLKU_CHECK(plan_entries());
        POLKU_CHECK(plan_municipalities());
        POLKU_CHECK(plan_benefit());
        POLKU_CHECK(check_plan(plan_, root_));
        return std::move(plan_);
    }

private:
    result<void> plan_months() {
        POLKU_TRY(const time::date first, try_month(says_.from, root_ / "from"));
        POLKU_TRY(const time::date last, try_month(says_.to, root_ / "to"));
        if (last < first)
            return (root_ / "to").fault("the last month, " + says_.to + ", is before the first, " + says_.from);
        std::vector<path::service_path> versions = of_.versions;
        std::sort(versions.begin(), versions.end(),
                  [](const auto& a, const auto& b) { return a.says().valid.from < b.says().valid.from; });
        for (const path::service_path& each : versions)
            if (each.says().id != says_.path)
                return (root_ / "path")
                    .fault("the assumptions are for the path '" + says_.path + "', and the path that is given is '" +
                           each.says().id + "'");
        for (time::date month = first; month <= last; month = month.plus_months(1).value_or(last)) {
            if (static_cast<std::int64_t>(plan_.months.size()) == most_months)
                return (root_ / "to").fault("more than " + std::to_string(most_months) + " months from " + says_.from);
            std::size_t at = versions.size();
            while (at > 0 && !versions[at - 1].is_valid_on(month)) --at;
            if (at == 0)
                return root_.fault("no version of the path '" + says_.path + "' is in force on " + to_string(month) +
                                       ", so the month " + month_text(month) + " cannot be simulated",
                                   error_code::path_not_in_force);
            plan_.months.push_back(month);
            plan_.rules_of_month.push_back(at - 1);
        }
        plan_.months.push_back(plan_.months.back().plus_months(1).value_or(last));
        for (const path::service_path& each : versions) plan_.rules.push_back({each, {}, {}});
        return {};
    }

    result<void> check_codes() const {
        if (says_.municipalities.empty())
            return (root_ / "municipalities").fault("there is no municipality; give at least one");
        for (const auto& each : says_.municipalities)
            if (rules::find_municipality(each.first) == nullptr)
                return (root_ / "municipalities" / each.first)
                    .fault(rules::try_find_municipality(each.first).error().message());
        return {};
    }

    /// Stages, exits and services of all versions, those of the newest first.
    result<void> plan_places() {
        for (auto rules = plan_.rules.rbegin(); rules != plan_.rules.rend(); ++rules) {
            const path::definition& path = rules->path.says();
            for (const path::stage_definition& each : path.stages)
                if (note(stage_ids_, each.id)) plan_.stages.push_back({each.id, {}, {}, {}, {}, {}, false});
            for (const path::exit_definition& each : path.exits) note(plan_.exits, each.id);
            for (const auto& each : path.services) note(service_ids_, each.first);
        }
        for (const auto& each : says_.stages)
            POLKU_CHECK(try_find(each.first, stage_ids_, "stage of the path", root_ / "stages" / each.first));
        for (const std::string& each : stage_ids_)
            if (says_.stages.count(each) == 0)
                return (root_ / "stages").fault("nothing is assumed of the stage '" + each + "'; give its days");
        for (const auto& each : says_.services) {
            POLKU_CHECK(try_find(each.first, service_ids_, "service of the path", root_ / "services" / each.first));
            plan_.services.push_back({each.first, {}, {}});
        }
        return {};
    }

    static bool note(std::vector<std::string>& into, const std::string& name) {
        if (std::find(into.begin(), into.end(), name) != into.end()) return false;
        into.push_back(name);
        return true;
    }

    result<void> plan_rules() {
        for (planned_rules& each : plan_.rules) {
            each.stages.resize(plan_.stages.size());
            for (std::size_t at = 0; at < each.path.says().stages.size(); ++at) POLKU_CHECK(plan_routing(each, at));
            each.services.resize(plan_.services.size());
            for (std::size_t at = 0; at < plan_.services.size(); ++at) POLKU_CHECK(plan_guard(each, at));
        }
        return {};
    }

    result<void> plan_routing(planned_rules& rules, std::size_t at) {
        const path::stage_definition& stage = rules.path.says().stages[at];
        const auto place = std::find(stage_ids_.begin(), stage_ids_.end(), stage.id) - stage_ids_.begin();
        planned_rules::routing& made = rules.stages[static_cast<std::size_t>(place)];
        made.is_there = true;
        made.most_visits = stage.max_visits.value_or(0);
        const auto& routing = rules.path.data().stages[at].routing;
        if (!routing) return {};
        made.by = &*routing;
        for (const dmn::input_info& each : routing->program.inputs(routing->decision)) {
            planned_rules::input input;
            if (const auto known = known_input(each.name)) {
                input.from = *known;
                reads_entry_ = reads_entry_ || *known == source::entry || *known == source::self_referral;
            } else {
                input.fact = fact_place(each.name, each.type.simple_kind());
            }
            made.inputs.push_back(input);
        }
        return {};
    }

    result<void> plan_guard(planned_rules& rules, std::size_t at) {
        planned_rules::guard& made = rules.services[at];
        const path::definition& path = rules.path.says();
        made.is_there = path.services.count(plan_.services[at].id) > 0;
        const auto when = rules.path.data().services.find(plan_.services[at].id);
        if (when == rules.path.data().services.end()) return {};
        made.by = &when->second;
        for (const std::uint32_t slot : when->second.used_slots()) {
            const auto fact = std::next(path.facts.begin(), slot);
            const std::string& type = fact->second.type;
            const feel::kind kind = type == "boolean"  ? feel::kind::boolean
                                    : type == "number" ? feel::kind::number
                                    : type == "string" ? feel::kind::string
                                                       : feel::kind::null;
            made.facts.emplace_back(slot, fact_place(fact->first, kind));
        }
        return {};
    }

    std::size_t fact_place(const std::string& name, feel::kind kind) {
        if (note(fact_names_, name)) {
            plan_.facts.push_back({name, {}, {}, {}});
            kinds_.push_back(kind);
        }
        return static_cast<std::size_t>(std::find(fact_names_.begin(), fact_names_.end(), name) - fact_names_.begin());
    }

    /// Shares by name: each made into a place by `place_of`.
    template <class PlaceOf>
    result<planned_shares> try_shares(const std::map<std::string, feel::value>& from, const plan_place& at,
                                      PlaceOf place_of) {
        planned_shares made;
        for (const auto& [name, share] : from) {
            POLKU_TRY(const std::size_t place, place_of(name, at / name));
            POLKU_TRY(const ranged read, try_share(share, at / name));
            made.of.push_back(place);
            made.shares.push_back(read);
            made.names.push_back(chance::hash(name));
        }
        POLKU_CHECK(check_sum(made.shares, at));
        return made;
    }

    result<std::pair<std::size_t, planned_shares>> try_fact(const std::string& name, const value_shares& shares,
                                                            const plan_place& at) {
        if (known_input(name)) return at.fault("'" + name + "' is what the simulation itself knows; leave it out");
        POLKU_TRY(const std::size_t fact, try_find(name, fact_names_, "rule that asks for the fact", at));
        POLKU_TRY(planned_shares made,
                  try_shares(shares, at, [&](const std::string& text, const plan_place& where) -> result<std::size_t> {
                      return try_value_place(fact, text, where);
                  }));
        return std::pair(fact, std::move(made));
    }

    result<std::size_t> try_value_place(std::size_t fact, const std::string& text, const plan_place& at) {
        planned_fact& of = plan_.facts[fact];
        const auto known = std::find(of.texts.begin(), of.texts.end(), text);
        if (known != of.texts.end()) return static_cast<std::size_t>(known - of.texts.begin());
        POLKU_TRY(feel::value value, try_value(text, kinds_[fact], at));
        POLKU_CHECK(check_listed(of.name, text, at));
        of.texts.push_back(text);
        of.values.push_back(std::move(value));
        return of.texts.size() - 1;
    }

    /// A fact with listed values has one of them.
    result<void> check_listed(const std::string& fact, const std::string& text, const plan_place& at) const {
        std::vector<std::string> listed;
        for (const planned_rules& each : plan_.rules) {
            const auto found = each.path.says().facts.find(fact);
            if (found == each.path.says().facts.end()) continue;
            for (const auto& value : found->second.values) listed.push_back(value.first);
        }
        if (listed.empty()) return {};
        POLKU_CHECK(try_find(text, listed, "value of '" + fact + "'", at));
        return {};
    }

    result<void> plan_facts() {
        for (const auto& [name, shares] : says_.facts) {
            POLKU_TRY(auto made, try_fact(name, shares, root_ / "facts" / name));
            plan_.facts[made.first].brought = std::move(made.second);
        }
        return {};
    }

    result<void> plan_stage(planned_stage& into) {
        const stage_assumptions& says = says_.stages.at(into.id);
        const plan_place at = root_ / "stages" / into.id;
        POLKU_TRY(into.days, try_times(says.days, at / "days"));
        POLKU_TRY(into.room, try_room(says.places, codes(), at / "places"));
        for (const auto& [name, shares] : says.facts) {
            POLKU_TRY(auto made, try_fact(name, shares, at / "facts" / name));
            into.told.push_back(std::move(made));
        }
        std::vector<ranged> leaves;
        for (const auto& [exit, share] : says.leaves) {
            const plan_place where = at / "leaves" / exit;
            POLKU_TRY(const std::size_t place, try_find(exit, plan_.exits, "exit of the path", where));
            if (!is_chosen(exit))
                return where.fault("the exit '" + exit + "' is reached by routing alone; facts decide on it");
            POLKU_TRY(const ranged read, try_share(share, where));
            into.leaves.push_back({place, read});
            leaves.push_back(read);
        }
        POLKU_CHECK(check_leaves(into.id, leaves, at / "leaves"));
        for (const auto& [service, share] : says.referrals) {
            const plan_place where = at / "referrals" / service;
            POLKU_CHECK(try_find(service, service_ids_, "service of the path", where));
            if (says_.services.count(service) == 0)
                return where.fault("nothing is assumed of the service '" + service + "'; give its days at /services");
            const auto place = std::distance(says_.services.begin(), says_.services.find(service));
            POLKU_TRY(const ranged read, try_share(share, where));
            into.referrals.push_back({static_cast<std::size_t>(place), read});
        }
        return {};
    }

    /// True for an exit that a worker or the client takes in some version.
    bool is_chosen(const std::string& exit) const {
        for (const planned_rules& each : plan_.rules)
            if (const path::exit_definition* const found = each.path.find_exit(exit))
                for (const path::exit_way way : found->ways)
                    if (way != path::exit_way::routing) return true;
        return false;
    }

    /// Shares of leaving that all stays have room for; all of them where there is no routing.
    result<void> check_leaves(const std::string& stage, const std::vector<ranged>& shares, const plan_place& at) const {
        std::int64_t highest = 0;
        std::int64_t likely = 0;
        for (const ranged& each : shares) {
            highest += each.high;
            likely += each.likely;
        }
        if (highest > millionths)
            return at.fault("the highest shares add up to " + feel::number::from_scaled(highest, 6).to_string() +
                            ", expected at most 1");
        const std::size_t place =
            static_cast<std::size_t>(std::find(stage_ids_.begin(), stage_ids_.end(), stage) - stage_ids_.begin());
        for (const planned_rules& each : plan_.rules)
            if (each.stages[place].is_there && each.stages[place].by == nullptr && likely != millionths)
                return at.fault("the stage '" + stage +
                                "' has no routing decision, so the shares of the exits from it must add up to 1");
        return {};
    }

    std::vector<std::string> codes() const {
        std::vector<std::string> made;
        for (const auto& each : says_.municipalities) made.push_back(each.first);
        return made;
    }

    result<void> plan_services() {
        for (planned_service& each : plan_.services) {
            const service_assumptions& says = says_.services.at(each.id);
            const plan_place at = root_ / "services" / each.id;
            POLKU_TRY(each.days, try_times(says.days, at / "days"));
            POLKU_TRY(each.room, try_room(says.places, codes(), at / "places"));
        }
        return {};
    }

    result<void> plan_entries() {
        std::vector<std::string> ids;
        std::set<std::string> first_stages;
        for (const planned_rules& rules : plan_.rules)
            for (const auto& each : rules.path.says().entries) {
                first_stages.insert(each.second.stage);
                if (!note(ids, each.first)) continue;
                POLKU_TRY(const std::size_t stage, try_find(each.second.stage, stage_ids_, "stage", root_));
                plan_.entries.push_back({each.first, stage, each.second.self_referral.value_or(false)});
            }
        const plan_place at = root_ / "entries";
        if (!says_.entries.empty()) {
            POLKU_TRY(plan_.doors, try_shares(says_.entries, at, [&](const std::string& name, const plan_place& where) {
                          return try_find(name, ids, "entry of the path", where);
                      }));
            return {};
        }
        if (first_stages.size() != 1 || reads_entry_)
            return at.fault(
                "the doors of the path lead to different stages or its rules ask for the door; give the "
                "share of each entry");
        plan_.doors = {{0}, {ranged{millionths, millionths, millionths}}, {0}};
        return {};
    }

    result<void> plan_municipalities() {
        for (const auto& [code, says] : says_.municipalities) {
            const plan_place at = root_ / "municipalities" / code;
            planned_municipality made{code, {}, {}};
            POLKU_TRY(made.arrivals, try_ranged(says.arrivals, most_arrivals, at / "arrivals"));
            for (const auto& [stage, stock] : says.stock) POLKU_CHECK(plan_stock(made, stage, stock, at / "stock"));
            for (const auto& [stage, many] : says.waiting) {
                const plan_place where = at / "waiting" / stage;
                POLKU_TRY(const std::size_t place, try_find(stage, stage_ids_, "stage of the path", where));
                if (many < 0 || many > most_stock)
                    return where.fault("found " + std::to_string(many) + ", expected a whole number from 0 to " +
                                       std::to_string(most_stock));
                if (!plan_.stages[place].room.is_limited)
                    return where.fault("nobody waits for the stage '" + stage +
                                       "', which has room for all; give its "
                                       "places, or leave this out");
                made.stock.push_back({place, 0, {}, many});
            }
            plan_.municipalities.push_back(std::move(made));
        }
        return {};
    }

    result<void> plan_stock(planned_municipality& into, const std::string& stage, const feel::value& stock,
                            const plan_place& at) {
        POLKU_TRY(const std::size_t place, try_find(stage, stage_ids_, "stage of the path", at / stage));
        planned_stock made{place, 0, {}, 0};
        if (stock.is(feel::kind::list)) {
            for (const feel::value& each : stock.as_list()) {
                POLKU_TRY(const std::int64_t days, try_whole(each, most_days, at / stage / made.so_far.size()));
                made.so_far.push_back(static_cast<std::int32_t>(days));
            }
            made.many = static_cast<std::int64_t>(made.so_far.size());
        } else {
            POLKU_TRY(made.many, try_whole(stock, most_stock, at / stage));
        }
        into.stock.push_back(std::move(made));
        return {};
    }

    result<void> plan_benefit() {
        if (!says_.unemployment) return {};
        const plan_place at = root_ / "unemployment";
        plan_.has_benefit = true;
        POLKU_TRY(plan_.days_so_far_shares,
                  try_shares(says_.unemployment->days_so_far, at / "days_so_far",
                             [&](const std::string& text, const plan_place& where) -> result<std::size_t> {
                                 const auto number = feel::number::parse(text);
                                 POLKU_TRY(const std::int64_t days,
                                           try_whole(number ? feel::value(*number) : feel::value(text),
                                                     most_benefit_days, where));
                                 plan_.days_so_far.push_back(days);
                                 return plan_.days_so_far.size() - 1;
                             }));
        for (std::size_t each = 0; each < says_.unemployment->stages.size(); ++each) {
            POLKU_TRY(const std::size_t stage, try_find(says_.unemployment->stages[each], stage_ids_,
                                                        "stage of the path", at / "stages" / each));
            plan_.stages[stage].paid = true;
        }
        return {};
    }

    const simulated_path& of_;
    const path_assumptions& says_;
    plan_place root_;
    path_plan plan_;
    std::vector<std::string> stage_ids_;
    std::vector<std::string> service_ids_;
    std::vector<std::string> fact_names_;
    std::vector<feel::kind> kinds_;
    bool reads_entry_ = false;
};

}  // namespace

result<path_plan> try_plan(const simulated_path& of) { return planner(of).run(); }

std::string month_text(time::date first_day) { return to_string(first_day).substr(0, 7); }

}  // namespace polku::inline POLKU_V::population::detail
