// SPDX-License-Identifier: Apache-2.0
#include "path_history.hpp"

#include <polku/report/case_record.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>
#include <set>

namespace polku::inline POLKU_V::detail {

namespace {

constexpr std::uint64_t tell_every = 1000;
constexpr std::int64_t millionths = 1'000'000;

/// The text that a value has as a member of shares; empty for values that cannot be drawn.
std::optional<std::string> text_of(const feel::value& of) {
    if (of.is(feel::kind::string)) return std::string(of.as_string());
    if (of.is(feel::kind::boolean)) return std::string(of.as_boolean() ? "true" : "false");
    if (of.is(feel::kind::number)) return of.as_number().to_string();
    return {};
}

class history_reader {
public:
    history_reader(workspace& in, const std::string& path) : in_(in), wanted_(path) {}

    result<path_history> run(const std::function<void(std::uint64_t)>& progress) {
        std::uint64_t seen = 0;
        storage::stream_query query;
        query.kind = path::stream_kind::case_;
        for (;;) {
            POLKU_TRY(const auto rows, in_.store().try_find_streams(query));
            for (const storage::stream_row& row : rows) {
                POLKU_TRY(const loaded_case loaded, in_.try_load(storage::to_hex(row.stream.bytes)));
                if (loaded.path.says().id == wanted_) add(loaded);
                if (++seen % tell_every == 0 && progress) progress(seen);
            }
            if (rows.size() < query.limit) break;
            query.after = rows.back().number;
        }
        if (made_.cases == 0)
            return error(error_code::not_found, "the store has no case on the path '" + wanted_ + "'");
        return std::move(made_);
    }

private:
    void add(const loaded_case& of) {
        const auto record = report::try_record(of.path, of.state, time::date::clamped(9999, 12, 31).value());
        if (!record) return;
        if (!made_.path || made_.path.says().valid.from < of.path.says().valid.from) made_.path = of.path;
        ++made_.cases;
        if (record->municipality.empty()) {
            ++made_.hidden;
            return;
        }
        made_.entries.emplace_back(record->entry, record->opened);
        for (std::size_t each = 0; each < record->walk.size(); ++each) add_step(of.state, *record, each);
        for (const path::decision_record& each : of.state.decisions) {
            if (each.erased) continue;
            for (const auto& [name, input] : each.content.inputs)
                if (const auto text = text_of(input.value))
                    made_.facts.push_back({each.content.stage, name, *text, each.made});
        }
    }

    void add_step(const path::case_state& state, const report::case_record& record, std::size_t at) {
        const report::walk_step& step = record.walk[at];
        if (made_.stays.empty()) made_.first = made_.last = step.on;
        made_.first = std::min(made_.first, step.on);
        made_.last = std::max(made_.last, step.on);
        if (step.to_kind != report::walk_place::stage) return;
        seen_stay stay;
        stay.municipality = record.municipality;
        stay.stage = step.to;
        stay.from = step.on;
        stay.is_arrival = step.from_kind != report::walk_place::stage;
        if (at + 1 < record.walk.size()) {
            const report::walk_step& next = record.walk[at + 1];
            stay.until = next.on;
            stay.to = next.to;
            stay.to_exit = next.to_kind == report::walk_place::exit;
            stay.is_routed = std::any_of(state.decisions.begin(), state.decisions.end(), [&](const auto& each) {
                return each.made == next.on && each.content.stage == step.to && each.content.next == next.to;
            });
        }
        made_.stays.push_back(std::move(stay));
    }

    workspace& in_;
    const std::string& wanted_;
    path_history made_;
};

/// Shares of counts with six decimals; what rounding leaves goes to the greatest.
std::map<std::string, feel::value> shares_of(const std::map<std::string, std::int64_t>& counts) {
    std::int64_t all = 0;
    for (const auto& each : counts) all += each.second;
    std::map<std::string, std::int64_t> parts;
    std::int64_t left = millionths;
    for (const auto& [name, count] : counts) left -= parts[name] = count * millionths / all;
    const auto greatest = std::max_element(counts.begin(), counts.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
    parts[greatest->first] += left;
    std::map<std::string, feel::value> made;
    for (const auto& [name, part] : parts)
        made.emplace(name, feel::value(feel::number::from_scaled(part, 6).normalized()));
    return made;
}

/// How long stays last, by Kaplan and Meier: a stay that goes on counts as long as it was seen. What lasts longer than
/// all that ended is put on the longest that was seen. Whole arithmetic, in millionths of a thousand.
feel::value times_of(std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> ended_and_open) {
    std::int64_t at_risk = 0;
    for (const auto& each : ended_and_open) at_risk += each.second.first + each.second.second;
    std::int64_t surviving = 1000 * millionths;
    std::map<std::int64_t, std::int64_t> weights;
    for (const auto& [days, counts] : ended_and_open) {
        const std::int64_t part = surviving / at_risk * counts.first + surviving % at_risk * counts.first / at_risk;
        if (part > 0) weights[days] += part;
        surviving -= part;
        at_risk -= counts.first + counts.second;
    }
    if (surviving > 0) weights[ended_and_open.rbegin()->first] += surviving;
    feel::context made;
    for (const auto& [days, weight] : weights)
        made.append(std::to_string(days), feel::value(feel::number::from_scaled(weight, 6).normalized()));
    return feel::value(std::move(made));
}

bool is_known_input(const std::string& name) {
    return name == "stage" || name == "times in stage" || name == "entry" || name == "self referral";
}

class assumer {
public:
    assumer(const path_history& of, const backtest_options& options, time::date first_month)
        : of_(of), options_(options), day_(first_month) {}

    result<population::path_assumptions> run(time::date last_month) {
        made_.note = "read out of a store's cases up to " + to_string(options_.until);
        made_.path = options_.path;
        made_.from = to_string(day_).substr(0, 7);
        made_.to = to_string(last_month).substr(0, 7);
        made_.seed = static_cast<std::int64_t>(options_.seed);
        POLKU_CHECK(assume_stages());
        assume_facts();
        assume_municipalities();
        std::map<std::string, std::int64_t> entries;
        for (const auto& [entry, opened] : of_.entries)
            if (opened < day_) ++entries[entry];
        made_.entries = shares_of(entries);
        return std::move(made_);
    }

private:
    result<void> assume_stages() {
        for (const path::stage_definition& stage : of_.path.says().stages) {
            std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> times;
            std::map<std::string, std::int64_t> chosen;
            std::int64_t ended = 0;
            for (const seen_stay& each : of_.stays) {
                if (each.stage != stage.id || each.from >= day_) continue;
                const bool has_ended = each.until && *each.until < day_;
                const time::date until = has_ended ? *each.until : day_;
                const std::int64_t days = std::max<std::int64_t>(1, until.to_days() - each.from.to_days());
                ++(has_ended ? times[days].first : times[days].second);
                if (!has_ended) continue;
                ++ended;
                if (each.to_exit && !each.is_routed) ++chosen[each.to];
            }
            if (ended == 0) {
                POLKU_CHECK(assume_otherwise(stage.id));
                continue;
            }
            population::stage_assumptions& into = made_.stages[stage.id];
            into.days = times_of(std::move(times));
            for (const auto& [exit, count] : chosen)
                into.leaves.emplace(exit,
                                    feel::value(feel::number::from_scaled(count * millionths / ended, 6).normalized()));
        }
        return {};
    }

    /// Of a stage that nobody has left, the store does not tell how long a stay lasts.
    result<void> assume_otherwise(const std::string& stage) {
        if (options_.otherwise) {
            const auto found = options_.otherwise->stages.find(stage);
            if (found != options_.otherwise->stages.end()) {
                made_.stages[stage] = found->second;
                made_.stages[stage].places.reset();
                made_.stages[stage].referrals.clear();
                return {};
            }
        }
        return error(error_code::simulation_shape,
                     "up to " + to_string(options_.until) + " nobody has left the stage '" + stage +
                         "', so how long a stay lasts cannot be read from the store; give a later day, or a file of "
                         "assumptions for what the store does not tell");
    }

    void assume_facts() {
        if (options_.otherwise) made_.facts = options_.otherwise->facts;
        std::map<std::string, std::map<std::string, std::map<std::string, std::int64_t>>> counts;
        for (const seen_fact& each : of_.facts)
            if (each.on < day_ && !is_known_input(each.fact)) ++counts[each.stage][each.fact][each.value];
        for (const auto& [stage, facts] : counts) {
            const auto found = made_.stages.find(stage);
            if (found == made_.stages.end()) continue;
            for (const auto& [fact, values] : facts) found->second.facts[fact] = shares_of(values);
        }
    }

    void assume_municipalities() {
        const time::date since =
            std::max(day_.plus_months(-std::int64_t{options_.months_back}).value_or(of_.first),
                     time::date::from_parts(of_.first.year(), of_.first.month(), 1).value_or(of_.first));
        const std::int64_t months =
            std::max<std::int64_t>(1, (day_.year() - since.year()) * 12 + day_.month() - since.month());
        std::map<std::string, std::int64_t> arrivals;
        for (const auto& each : of_.path.says().municipalities) arrivals[each.first] = 0;
        std::map<std::string, std::map<std::string, std::vector<feel::value>>> stock;
        for (const seen_stay& each : of_.stays) {
            std::int64_t& came = arrivals[each.municipality];
            if (each.is_arrival && each.from >= since && each.from < day_) ++came;
            if (each.from < day_ && (!each.until || *each.until >= day_))
                stock[each.municipality][each.stage].emplace_back(day_.to_days() - each.from.to_days());
        }
        for (const auto& [code, came] : arrivals) {
            population::municipality_assumptions& into = made_.municipalities[code];
            into.arrivals = feel::value(feel::number::from_scaled(came * millionths / months, 6).normalized());
            for (auto& [stage, days] : stock[code]) into.stock.emplace(stage, feel::value(std::move(days)));
        }
    }

    const path_history& of_;
    const backtest_options& options_;
    time::date day_;  ///< the first that is not known
    population::path_assumptions made_;
};

}  // namespace

result<path_history> try_read_history(workspace& of, const std::string& path,
                                      const std::function<void(std::uint64_t)>& progress) {
    return history_reader(of, path).run(progress);
}

result<population::path_assumptions> try_assume(const path_history& of, const backtest_options& options,
                                                time::date first_month, time::date last_month) {
    return assumer(of, options, first_month).run(last_month);
}

}  // namespace polku::inline POLKU_V::detail
