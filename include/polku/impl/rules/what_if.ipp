// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_WHAT_IF_IPP
#define POLKU_IMPL_RULES_WHAT_IF_IPP

#include <polku/dmn/item_type.hpp>
#include <polku/dmn/program.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/operations.hpp>
#include <polku/impl/rules/detail/compiled_pack.hpp>
#include <polku/impl/rules/detail/goal_reach.hpp>
#include <polku/impl/rules/detail/input_cutter.hpp>
#include <polku/impl/rules/detail/what_if_dates.hpp>
#include <polku/impl/rules/detail/what_if_goal.hpp>
#include <polku/rules/input_atoms.hpp>
#include <polku/rules/pack_explanation.hpp>
#include <polku/rules/what_if.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace polku::inline POLKU_V::rules {

namespace detail {

/// A value that an act may give a fact.
struct act_value {
    feel::value to;
    std::string any_of;
    std::size_t distance = 0;  ///< classes between it and the present value
};

struct act_fact {
    std::string name;
    feel::value from;
    std::int64_t cost = 1;
    std::vector<act_value> values;  ///< the nearest first
    bool is_exact = true;           ///< no other value of a class can do more than these
};

/// Numbers in steps of the last decimal of the present one, or days.
struct number_line {
    std::int64_t present = 0;
    std::int64_t least = 0;  ///< amounts and counts do not turn negative
    std::int64_t reach = 0;  ///< farthest step from the present value that is tried
    std::int32_t scale = 0;
    bool is_date = false;

    static std::optional<number_line> of(const feel::value& from) {
        number_line made;
        if (from.is(feel::kind::date)) {
            made.is_date = true;
            made.present = from.as_date().to_days();
            made.least = made.present - 4096;
            made.reach = 4096;
            return made;
        }
        if (!from.is(feel::kind::number)) return std::nullopt;
        const feel::number plain = from.as_number().normalized();
        if (!plain.is_small() || plain.scale() < 0 || plain.scale() > 6) return std::nullopt;
        made.present = plain.small_coefficient();
        made.scale = plain.scale();
        made.reach = std::int64_t{1} << 32;
        if (made.present > made.reach * 4 || made.present < -made.reach * 4) return std::nullopt;
        made.least = made.present < 0 ? made.present - made.reach : 0;
        return made;
    }
    feel::value value_at(std::int64_t place) const {
        if (is_date) return feel::value(time::date::from_days(place).value_or(time::date()));
        return feel::value(feel::number::from_scaled(place, scale));
    }
};

/// A day of decision with the facts as they are then, and what acts may change on it.
struct day_state {
    pack_question asked;
    std::vector<act_fact> acts;
};

/// Facts that change together, as places in the list of them, which is sorted by name.
struct act_set {
    std::int64_t cost = 0;
    std::vector<std::uint32_t> facts;

    bool operator<(const act_set& other) const {
        return std::tuple(cost, facts.size(), facts) < std::tuple(other.cost, other.facts.size(), other.facts);
    }
};

/// The nearest value of an interval in steps of the decimals that the present value and the edge have.
inline feel::value nearest_number(const feel::number& present, const input_atom& in) {
    const bool from_below = in.low && present <= in.low->as_number();
    const feel::value& edge = from_below || !in.high ? *in.low : *in.high;
    const std::int32_t scale = std::max({0, present.normalized().scale(), edge.as_number().normalized().scale()});
    const feel::number step = feel::number::from_scaled(&edge == &*in.low ? 1 : -1, scale);
    const auto made = feel::add(edge.as_number(), step);
    const bool is_inside =
        made && (!in.low || *made > in.low->as_number()) && (!in.high || *made < in.high->as_number());
    return is_inside ? feel::value(*made) : in.representative;
}

inline feel::value nearest_value(const feel::value& present, const input_atom& in) {
    if (in.is_point || (!in.low && !in.high) || present.kind() != in.representative.kind()) return in.representative;
    if (present.is(feel::kind::number)) return nearest_number(present.as_number(), in);
    if (!present.is(feel::kind::date)) return in.representative;
    const bool from_below = in.low && present.as_date() <= in.low->as_date();
    const auto made = from_below || !in.high ? in.low->as_date().plus_days(1) : in.high->as_date().plus_days(-1);
    return made ? feel::value(*made) : in.representative;
}

class what_if_search {
public:
    what_if_search(const pack& of, const pack_question& asked, const pack_goal& goal, const what_if_options& with,
                   goal_tester tester)
        : pack_(of), asked_(asked), goal_(goal), options_(with), tester_(std::move(tester)), reach_(of, tester_) {}

    result<what_if_answer> run() {
        const time::date until = options_.until.value_or(asked_.decided);
        if (until < asked_.decided)
            return error(error_code::invalid_argument, "the horizon ends on " + time::to_string(until) +
                                                           ", before the date of the question, " +
                                                           time::to_string(asked_.decided));
        POLKU_TRY(pack_answer now, pack_.try_decide(asked_));
        made_.evaluations = 1;
        made_.decision = asked_.decision;
        made_.today = now.value;
        made_.settled_nulls = settled_nulls(pack_, asked_.decision, now);
        made_.searched = asked_.decided;
        POLKU_CHECK(tester_.check(pack_, asked_, now.value));
        if (tester_.meets(now.value)) {
            made_.outcome = what_if_outcome::holds;
            made_.is_complete = true;
            made_.proposals.push_back({0, asked_.decided, {}, {}, std::move(now), made_.settled_nulls});
            return std::move(made_);
        }
        std::vector<time::date> starts = boundaries(pack_.says(), !asked_.event, asked_.decided, until);
        starts.insert(starts.begin(), asked_.decided);
        POLKU_CHECK(try_sort_facts(starts));
        days_ = days_to_try(starts, until);
        states_.resize(days_.size());
        ruled_out_.resize(days_.size());
        search_sets(starts);
        finish();
        return std::move(made_);
    }

private:
    /// Facts by what can change them. What the goal cannot depend on under any rules of the horizon is left out.
    result<void> try_sort_facts(const std::vector<time::date>& starts) {
        std::set<std::string> seen;
        for (const time::date day : starts) {
            pack_question asked = asked_;
            asked.decided = day;
            const auto all = try_input_atoms(pack_, asked, goal_);
            if (!all && day != asked_.decided) break;  // no rules from this day on
            POLKU_CHECK(all);
            for (const input_atoms& each : *all)
                if ((each.atoms.size() > 1 || !each.exact) && seen.insert(each.name).second)
                    POLKU_CHECK(try_sort(each));
        }
        const auto by_name = [](const auto& left, const auto& right) { return left.name < right.name; };
        std::sort(acts_.begin(), acts_.end(), by_name);
        std::sort(passing_.begin(), passing_.end(), by_name);
        for (auto* names : {&made_.unknown, &made_.judged, &made_.fixed}) std::sort(names->begin(), names->end());
        return {};
    }

    result<void> try_sort(const input_atoms& of) {
        const pack_input& says = *find_input(of.name);
        const feel::value* const given = asked_.inputs.find(of.name);
        feel::value value;
        if (given != nullptr) {
            POLKU_TRY(value, dmn::try_typed(*given, of.type, pointer_to({}, of.name), feel::evaluation_context{}));
        }
        if (value.is_null())
            made_.unknown.push_back(of.name);
        else if (says.judge)
            made_.judged.push_back(of.name);
        else if (!says.change || (says.change->by == change_way::act && has_passed(value)))
            made_.fixed.push_back(of.name);
        else if (says.change->by == change_way::time)
            passing_.push_back({of.name, value, says.change->each.value_or(time_step::day)});
        else
            acts_.push_back({of.name, value, says.change->cost.value_or(1), {}});
        return {};
    }

    const pack_input* find_input(std::string_view name) const {
        for (const pack_input& each : pack_.says().inputs)
            if (each.name == name) return &each;
        return nullptr;
    }

    /// A day that lies before the question has happened, or has been missed.
    bool has_passed(const feel::value& of) const { return of.is(feel::kind::date) && of.as_date() < asked_.decided; }

    /// Everything that no act changes, with the values of a day; facts that nobody gave are null.
    feel::context fixed_on(const pack_question& asked, bool with_passing) const {
        feel::context fixed;
        for (const pack_input& each : pack_.says().inputs) {
            const auto has_name = [&](const auto& other) { return other.name == each.name; };
            if (std::any_of(acts_.begin(), acts_.end(), has_name)) continue;
            if (!with_passing && std::any_of(passing_.begin(), passing_.end(), has_name)) continue;
            const feel::value* const given = asked.inputs.find(each.name);
            fixed.append(each.name, given != nullptr ? *given : feel::value());
        }
        return fixed;
    }

    pack_question question_on(time::date day) const {
        pack_question asked = asked_;
        asked.decided = day;
        for (const passing_fact& each : passing_) asked.inputs.set(each.name, value_on(each, asked_.decided, day));
        return asked;
    }

    /// The days on which an answer can differ from that of the day before.
    std::vector<time::date> days_to_try(std::vector<time::date> days, time::date until) {
        std::vector<time::date> crossings;
        for (const time::date day : days) {
            if (passing_.empty() || until == asked_.decided) break;
            const pack_question asked = question_on(day);
            const auto atoms = try_input_atoms(pack_, asked, goal_, fixed_on(asked, false));
            if (!atoms) break;  // no rules from this day on
            for (const passing_fact& fact : passing_) {
                const auto found = std::find_if(atoms->begin(), atoms->end(),
                                                [&](const input_atoms& each) { return each.name == fact.name; });
                if (found == atoms->end()) continue;
                every_day_ = every_day_ || !found->exact;
                for (const input_atom& each : found->atoms)
                    if (each.is_point) add_crossings(fact, each.representative, asked_.decided, until, crossings);
            }
        }
        days.insert(days.end(), crossings.begin(), crossings.end());
        const std::int64_t length = until.to_days() - asked_.decided.to_days();
        for (std::int64_t at = 1; every_day_ && at <= length; ++at) {
            if (static_cast<std::size_t>(at) > options_.max_evaluations) break;  // each of them takes one at least
            days.push_back(asked_.decided.plus_days(at).value_or(until));
        }
        sort_days(days);
        return days;
    }

    /// What is known of a day, made when it is first come to; null pointer when no rules hold on it.
    const day_state* state_at(std::size_t at, const std::vector<time::date>& starts) {
        if (states_[at]) return &*states_[at];
        const time::date day = days_[at];
        day_state made;
        made.asked = question_on(day);
        // The classes of what acts change are the same until other rules or figures begin to hold, unless they are
        // compared with what moves with the date.
        const auto next = std::upper_bound(starts.begin(), starts.end(), std::min(classes_day_, day));
        const bool others_hold = next != starts.end() && *next <= std::max(classes_day_, day);
        if (every_day_ || others_hold) classes_.reset();
        if (!classes_) {
            auto atoms = try_input_atoms(pack_, made.asked, goal_, fixed_on(made.asked, true));
            if (!atoms) {
                made_.rules_end = day;
                return nullptr;
            }
            classes_ = std::move(*atoms);
            classes_day_ = day;
        }
        for (const act_fact& each : acts_) {
            made.acts.push_back(each);
            const auto found = std::find_if(classes_->begin(), classes_->end(),
                                            [&](const input_atoms& other) { return other.name == each.name; });
            if (found == classes_->end()) continue;
            if (!found->exact) uncovered_.insert(each.name);
            made.acts.back().is_exact = found->exact;
            add_values(*found, made.acts.back());
        }
        made_.searched = std::max(made_.searched, day);
        states_[at] = std::move(made);
        return &*states_[at];
    }

    /// On that day nothing that acts can change leads to the goal, whatever the values: no set needs to be tried.
    bool is_ruled_out(std::size_t at) {
        if (!ruled_out_[at]) {
            if (!may_evaluate()) return false;
            std::vector<std::string> all;
            for (const act_fact& each : acts_) all.push_back(each.name);
            const pack_question asked = question_on(days_[at]);
            ruled_out_[at] = !reach_.can_be_met(asked, all);
            if (*ruled_out_[at])
                made_.searched = std::max(made_.searched, days_[at]);
            else
                all_ruled_out_ = false;
        }
        return *ruled_out_[at];
    }

    /// Counts an evaluation; false at the limit.
    bool may_evaluate() {
        if (made_.evaluations >= options_.max_evaluations) {
            is_cut_ = true;
            return false;
        }
        ++made_.evaluations;
        return true;
    }

    void add_values(const input_atoms& of, act_fact& into) const {
        const feel::evaluation_context with;
        std::size_t present = of.atoms.size();
        for (std::size_t at = 0; at < of.atoms.size() && present == of.atoms.size(); ++at)
            if (lies_in(into.from, of.atoms[at], with)) present = at;
        for (std::size_t at = 0; at < of.atoms.size(); ++at) {
            if (at == present) continue;
            const feel::value to = nearest_value(into.from, of.atoms[at]);
            if (has_passed(to)) continue;
            const std::size_t distance = present == of.atoms.size() ? at : at > present ? at - present : present - at;
            into.values.push_back({to, of.atoms[at].text, distance});
        }
        std::stable_sort(into.values.begin(), into.values.end(),
                         [](const act_value& left, const act_value& right) { return left.distance < right.distance; });
    }

    /// Sets of facts in the order of their cost, each on the days from the first on. What costs more than a set that
    /// leads to the goal, or as much, is of use on earlier days only.
    void search_sets(const std::vector<time::date>& starts) {
        std::set<act_set> waiting{{0, {}}};
        std::size_t end = days_.size();
        while (!waiting.empty() && end > 0 && !is_cut_) {
            const act_set next = *waiting.begin();
            waiting.erase(waiting.begin());
            bool is_open = false;
            for (std::size_t at = 0; at < end && !is_cut_; ++at) {
                if (is_ruled_out(at)) continue;
                is_open = true;
                const day_state* const state = state_at(at, starts);
                if (state == nullptr || try_set(state->asked, state->acts, next)) end = at;
            }
            if (!is_open) break;
            const std::uint32_t from = next.facts.empty() ? 0 : next.facts.back() + 1;
            for (std::uint32_t at = from; at < acts_.size(); ++at) {
                act_set more = next;
                more.cost += acts_[at].cost;
                more.facts.push_back(at);
                waiting.insert(std::move(more));
                // Each set takes an evaluation at least, so what stands this far behind is never reached.
                if (waiting.size() > options_.max_evaluations) waiting.erase(std::prev(waiting.end()));
            }
        }
    }

    /// All values of a set of facts; true when one leads to the goal.
    bool try_set(const pack_question& asked, const std::vector<act_fact>& acts, const act_set& of) {
        constexpr std::size_t none = static_cast<std::size_t>(-1);
        if (!of.facts.empty()) {
            std::vector<std::string> free;
            for (const std::uint32_t each : of.facts) free.push_back(acts[each].name);
            if (!may_evaluate() || !reach_.can_be_met(asked, free)) return false;
        }
        const auto plain = [&](std::vector<act_value>& values) { return try_values(asked, acts, of, values); };
        if (each_combination(acts, of, none, plain)) return true;
        for (std::size_t each = 0; each < of.facts.size(); ++each) {
            if (acts[of.facts[each]].is_exact) continue;
            const auto probed = [&](std::vector<act_value>& values) { return probe(asked, acts, of, values, each); };
            if (each_combination(acts, of, each, probed)) return true;
        }
        return false;
    }

    /// Calls with each combination of values of the facts but one, until it answers true or the limit is met.
    template <class Call>
    bool each_combination(const std::vector<act_fact>& acts, const act_set& of, std::size_t but, const Call& call) {
        std::vector<std::size_t> at(of.facts.size(), 0);
        std::vector<act_value> values(of.facts.size());
        for (std::size_t each = 0; each < at.size(); ++each)
            if (each != but && acts[of.facts[each]].values.empty()) return false;
        for (;;) {
            for (std::size_t each = 0; each < at.size(); ++each)
                if (each != but) values[each] = acts[of.facts[each]].values[at[each]];
            if (call(values)) return true;
            if (is_cut_) return false;
            std::size_t turn = at.size();
            for (; turn > 0; --turn) {
                if (turn - 1 == but) continue;
                if (++at[turn - 1] < acts[of.facts[turn - 1]].values.size()) break;
                at[turn - 1] = 0;
            }
            if (turn == 0) return false;
        }
    }

    bool try_values(const pack_question& asked, const std::vector<act_fact>& acts, const act_set& of,
                    const std::vector<act_value>& values) {
        pack_question changed;
        auto answer = answer_with(asked, acts, of, values, changed);
        if (!answer) return false;
        keep(changed, acts, of, values, std::move(*answer));
        return true;
    }

    /// The answer with these values where it meets the goal.
    std::optional<pack_answer> answer_with(const pack_question& asked, const std::vector<act_fact>& acts,
                                           const act_set& of, const std::vector<act_value>& values,
                                           pack_question& changed) {
        if (!may_evaluate()) return std::nullopt;
        changed = asked;
        for (std::size_t each = 0; each < values.size(); ++each)
            changed.inputs.set(acts[of.facts[each]].name, values[each].to);
        auto answer = pack_.try_decide(changed);
        if (!answer || !tester_.meets(answer->value)) return std::nullopt;
        return std::move(*answer);
    }

    /// Where the exact value of a fact counts: looks for a value farther and farther from the present one, and then for
    /// the nearest on the way to it.
    bool probe(const pack_question& asked, const std::vector<act_fact>& acts, const act_set& of,
               std::vector<act_value>& values, std::size_t at) {
        const std::optional<number_line> line = number_line::of(acts[of.facts[at]].from);
        if (!line) return false;
        pack_question changed;
        const auto meets = [&](std::int64_t place) {
            values[at] = {line->value_at(place), {}, 0};
            return !has_passed(values[at].to) && answer_with(asked, acts, of, values, changed).has_value();
        };
        for (std::int64_t far = 1; far <= line->reach && !is_cut_; far *= 2) {
            for (const std::int64_t sign : {std::int64_t{-1}, std::int64_t{1}}) {
                std::int64_t yes = std::max(line->least, line->present + sign * far);
                std::int64_t no = line->present + sign * (far / 2);
                if ((sign < 0 && yes >= no) || !meets(yes)) continue;
                while (yes - no > 1 || no - yes > 1) {
                    const std::int64_t middle = no + (yes - no) / 2;
                    (meets(middle) ? yes : no) = middle;
                }
                values[at] = {line->value_at(yes), {}, 0};
                return try_values(asked, acts, of, values);
            }
        }
        return false;
    }

    void keep(const pack_question& asked, const std::vector<act_fact>& acts, const act_set& of,
              const std::vector<act_value>& values, pack_answer answer) {
        proposal made;
        made.cost = of.cost;
        made.decided = asked.decided;
        for (std::size_t each = 0; each < values.size(); ++each) {
            const act_fact& fact = acts[of.facts[each]];
            made.changes.push_back({fact.name, fact.from, values[each].to, values[each].any_of, fact.cost});
        }
        for (const passing_fact& each : passing_) {
            const feel::value now = value_on(each, asked_.decided, asked.decided);
            if (!(now == each.from)) made.passing.push_back({each.name, each.from, now, {}, 0});
        }
        made.answer = std::move(answer);
        // Of the same cost, but earlier.
        if (!made_.proposals.empty() && made_.proposals.back().cost == of.cost) made_.proposals.pop_back();
        made_.proposals.push_back(std::move(made));
    }

    void finish() {
        for (proposal& each : made_.proposals) each.settled_nulls = settled_nulls(pack_, asked_.decision, each.answer);
        made_.is_complete = !is_cut_;
        // What was ruled out was so for every value.
        if (all_ruled_out_) uncovered_.clear();
        made_.uncovered.assign(uncovered_.begin(), uncovered_.end());
        made_.outcome = !made_.proposals.empty() ? what_if_outcome::found
                        : made_.is_complete      ? what_if_outcome::none
                                                 : what_if_outcome::not_reached;
    }

    const pack& pack_;
    const pack_question& asked_;
    const pack_goal& goal_;
    const what_if_options& options_;
    goal_tester tester_;
    goal_reach reach_;
    std::vector<act_fact> acts_;  ///< by name, without values
    std::vector<passing_fact> passing_;
    std::set<std::string> uncovered_;
    std::vector<time::date> days_;
    std::vector<std::optional<day_state>> states_;     ///< by day, made when it is come to
    std::vector<std::optional<bool>> ruled_out_;       ///< by day
    bool all_ruled_out_ = true;                        ///< every day that was looked at
    bool is_cut_ = false;                              ///< the limit was met
    bool every_day_ = false;                           ///< what moves with the date is computed with
    std::optional<std::vector<input_atoms>> classes_;  ///< of what acts change, as long as they hold
    time::date classes_day_;                           ///< on which they were found
    what_if_answer made_;
};

}  // namespace detail

POLKU_DECL std::string_view name_of(what_if_outcome of) noexcept {
    constexpr std::string_view names[] = {"holds", "found", "none", "not reached"};
    return names[static_cast<std::size_t>(of)];
}

POLKU_DECL result<what_if_answer> try_what_if(const pack& of, const pack_question& asked, const pack_goal& goal,
                                              const what_if_options& with) {
    POLKU_TRY(detail::goal_tester tester, detail::goal_tester::try_make(goal));
    return detail::what_if_search(of, asked, goal, with, std::move(tester)).run();
}

}  // namespace polku::inline POLKU_V::rules

#endif
