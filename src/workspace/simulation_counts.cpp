// SPDX-License-Identifier: Apache-2.0
#include "simulation_counts.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace polku::inline POLKU_V::detail {

namespace {

using population::group_total;
using population::member_total;
using population::side_total;
using report::protected_count;

/// Values times layers that are protected together; values past it are counted over all groups alone.
constexpr std::size_t most_cells = 600;

bool is_few(std::int64_t count, std::int64_t threshold) { return 0 < count && count < threshold; }

/// The counts of the groups, with their sum behind them. Where groups are too many to be shown, the sum stands for
/// them.
template <class Count>
layered_counts layers_of(const std::vector<const group_total*>& groups, Count count) {
    layered_counts made;
    std::int64_t all = 0;
    for (const group_total* const each : groups) {
        made.push_back({count(*each), report::disclosure::exact});
        all += made.back().value;
    }
    if (groups.size() > most_shown_groups) made.assign(1, {all, report::disclosure::exact});
    made.push_back({all, report::disclosure::exact});
    return made;
}

/// Counts as arcs of one graph, so that what is hidden cannot be computed from any of them.
class count_circle {
public:
    std::size_t node() { return graph_.nodes++; }
    void add(std::size_t from, std::size_t to, layered_counts& counts, bool is_fixed = false) {
        graph_.arcs.push_back({from, to, is_fixed, counts});
        counts_.push_back(&counts);
    }
    void protect(std::int64_t threshold) {
        report::protect(graph_, threshold);
        for (std::size_t each = 0; each < counts_.size(); ++each) *counts_[each] = std::move(graph_.arcs[each].layers);
    }

private:
    report::count_graph graph_;
    std::vector<layered_counts*> counts_;
};

const member_total* find_member(const side_total& in, const std::string& name) {
    for (const member_total& each : in.members)
        if (each.name == name) return &each;
    return nullptr;
}

class day_shower {
public:
    day_shower(const std::vector<const group_total*>& groups, std::int64_t threshold)
        : groups_(groups), threshold_(threshold), has_other_(!groups.empty() && groups.front()->against) {}

    shown_day run() {
        if (!groups_.empty()) made_.day = groups_.front()->day;
        for (const group_total* const each : groups_) made_.groups.push_back(each->group);
        count_rows();
        for (const bool is_other : {false, true})
            for (const group_total* const group : groups_)
                if (const side_total* const side = side_of(*group, is_other))
                    for (const member_total& each : side->members) note_member(each.name);
        for (shown_member& each : made_.members) count_member(each);
        if (!groups_.empty() && groups_.front()->benefit) add_up_benefit();
        protect_counts();
        for (shown_member& each : made_.members) {
            if (!each.has_numbers) continue;
            add_up(each);
            distribute(each);
        }
        return std::move(made_);
    }

private:
    static const side_total* side_of(const group_total& of, bool is_other) {
        if (!is_other) return &of.is;
        return of.against ? &*of.against : nullptr;
    }
    void note_member(const std::string& name) {
        for (const shown_member& each : made_.members)
            if (each.name == name) return;
        made_.members.emplace_back();
        made_.members.back().name = name;
    }
    const member_total* member_of(const group_total& in, const std::string& name, bool is_other) const {
        const side_total* const side = side_of(in, is_other);
        return side == nullptr ? nullptr : find_member(*side, name);
    }

    void count_rows() {
        made_.rows = layers_of(groups_, [](const group_total& of) { return of.rows; });
        made_.faults = layers_of(groups_, [](const group_total& of) { return of.faults; });
        made_.decided = layers_of(groups_, [](const group_total& of) { return of.is.decided; });
        made_.undecided = layers_of(groups_, [](const group_total& of) { return of.is.undecided; });
        if (!has_other_) return;
        made_.decided_against = layers_of(groups_, [](const group_total& of) { return of.against->decided; });
        made_.undecided_against = layers_of(groups_, [](const group_total& of) { return of.against->undecided; });
        made_.changed = layers_of(groups_, [](const group_total& of) { return of.changed; });
    }

    /// Rows go round: as faults, or as what the one side decides, then as what the other does, then as changed or not.
    /// The decided ones are then told apart by each member by itself, so that one with many small counts hides no
    /// other.
    void protect_counts() {
        layered_counts same =
            layers_of(groups_, [](const group_total& of) { return of.rows - of.faults - of.changed; });
        protect_rows(same);
        for (shown_member& each : made_.members)
            for (const bool is_other : {false, true})
                if (!is_other || has_other_) protect_member(each, is_other);
        // Members may have hidden more of the decided rows.
        protect_rows(same);
    }

    void protect_rows(layered_counts& same) {
        count_circle circle;
        const std::size_t begin = circle.node();
        const std::size_t end = circle.node();
        circle.add(begin, end, made_.decided);
        circle.add(begin, end, made_.undecided);
        std::size_t last = end;
        if (has_other_) {
            const std::size_t after = circle.node();
            last = circle.node();
            circle.add(end, after, made_.decided_against);
            circle.add(end, after, made_.undecided_against);
            circle.add(after, last, made_.changed);
            circle.add(after, last, same);
        }
        circle.add(begin, last, made_.faults);
        circle.add(last, begin, made_.rows);
        circle.protect(threshold_);
    }

    void protect_member(shown_member& of, bool is_other) {
        layered_counts& decided = is_other ? made_.decided_against : made_.decided;
        if (of.has_numbers) protect_parts({&of.known[is_other], &of.without[is_other]}, decided, false);
        if (of.values.empty()) return;
        std::vector<layered_counts*> parts;
        for (shown_value& each : of.values) {
            parts.push_back(is_other ? &each.against : &each.is);
            if (!of.by_group) parts.back()->assign(2, report::protected_count(parts.back()->back()));
        }
        layered_counts all(2, decided.back());
        protect_parts(parts, of.by_group ? decided : all, !of.by_group);
    }

    /// Parts and the whole that they add up to, which stays as it is shown where it is fixed.
    void protect_parts(const std::vector<layered_counts*>& parts, layered_counts& whole, bool is_fixed) const {
        count_circle circle;
        const std::size_t begin = circle.node();
        const std::size_t end = circle.node();
        for (layered_counts* const each : parts) circle.add(begin, end, *each);
        circle.add(end, begin, whole, is_fixed);
        circle.protect(threshold_);
    }

    void count_member(shown_member& into) {
        std::map<std::string, shown_value> values;
        for (const bool is_other : {false, true})
            for (const group_total* const group : groups_)
                if (const member_total* const found = member_of(*group, into.name, is_other)) {
                    into.has_numbers = into.has_numbers || found->least.has_value();
                    for (const auto& each : found->values) values[each.first].value = each.first;
                }
        for (auto& each : values) into.values.push_back(std::move(each.second));
        for (const bool is_other : {false, true}) {
            if (!into.has_numbers || (is_other && !has_other_)) break;
            into.known[is_other] =
                layers_of(groups_, [&](const group_total& in) { return known(in, into.name, is_other); });
            into.without[is_other] = layers_of(groups_, [&](const group_total& in) {
                return side_of(in, is_other)->decided - known(in, into.name, is_other);
            });
        }
        if (!into.values.empty()) count_values(into);
    }

    std::int64_t known(const group_total& in, const std::string& name, bool is_other) const {
        const member_total* const found = member_of(in, name, is_other);
        return found == nullptr ? 0 : found->known;
    }

    void count_values(shown_member& into) {
        into.values.emplace_back();
        cells_ += into.values.size() * (groups_.size() + 1);
        into.by_group = cells_ <= most_cells;
        for (const bool is_other : {false, true}) {
            if (is_other && !has_other_) break;
            for (shown_value& each : into.values) {
                layered_counts& counts = is_other ? each.against : each.is;
                counts = layers_of(groups_, [&](const group_total& in) -> std::int64_t {
                    const member_total* const found = member_of(in, into.name, is_other);
                    if (&each == &into.values.back())
                        return side_of(in, is_other)->decided - (found == nullptr ? 0 : found->known);
                    if (found == nullptr) return 0;
                    const auto at = found->values.find(each.value);
                    return at == found->values.end() ? 0 : at->second;
                });
            }
        }
    }

    /// A sum tells how many have a number where all numbers are alike, so it is hidden where that is.
    bool is_told(const shown_member& of, std::size_t layer) const {
        const auto is_exact = [&](const layered_counts& counts) {
            return counts[std::min(layer, counts.size() - 1)].shown == report::disclosure::exact;
        };
        return is_exact(of.known[0]) && (!has_other_ || (is_exact(of.known[1]) && is_exact(made_.changed)));
    }

    /// Numbers of people that sums tell of: those with a number on either side, those for whom something changes, ...
    struct people {
        std::array<std::int64_t, 5> of{};

        bool are_few(std::int64_t threshold) const {
            return std::any_of(of.begin(), of.end(), [&](std::int64_t each) { return is_few(each, threshold); });
        }
        void add(const people& more) {
            for (std::size_t each = 0; each < of.size(); ++each) of[each] += more.of[each];
        }
        std::int64_t most() const { return *std::max_element(of.begin(), of.end()); }
    };

    static void add_to(std::optional<feel::number>& sum, const member_total* more) {
        if (more == nullptr || !more->least) return;
        sum = sum && more->sum ? feel::add(*sum, *more->sum) : std::nullopt;
    }

    void add_up(shown_member& into) {
        std::vector<people> behind;
        people all;
        shown_sum total;
        total.is = feel::number(0);
        if (has_other_) total.against = feel::number(0);
        for (const group_total* const group : groups_) {
            people here{{known(*group, into.name, false), known(*group, into.name, true), group->changed}};
            shown_sum made;
            made.is = feel::number(0);
            if (has_other_) made.against = feel::number(0);
            add_to(made.is, member_of(*group, into.name, false));
            add_to(total.is, member_of(*group, into.name, false));
            if (has_other_) {
                add_to(made.against, member_of(*group, into.name, true));
                add_to(total.against, member_of(*group, into.name, true));
            }
            made.is_hidden = here.are_few(threshold_) || !is_told(into, into.sums.size());
            all.add(here);
            behind.push_back(here);
            into.sums.push_back(made);
        }
        total.is_hidden = all.are_few(threshold_) || !is_told(into, groups_.size());
        into.sums.push_back(total);
        for (shown_sum& each : into.sums)
            if (each.is && each.against) each.difference = feel::subtract(*each.against, *each.is);
        hide_more(into.sums, behind);
        tell_means(into, all);
    }

    /// What is hidden of the groups must not come out as the rest of the total: it is of two groups and of enough
    /// people, or the total is hidden, too.
    void hide_more(std::vector<shown_sum>& into, const std::vector<people>& behind) const {
        if (groups_.size() > most_shown_groups) return;
        for (;;) {
            people hidden;
            std::size_t count = 0;
            std::size_t next = behind.size();
            for (std::size_t each = 0; each < behind.size(); ++each) {
                if (into[each].is_hidden) {
                    hidden.add(behind[each]);
                    ++count;
                } else if (behind[each].most() > 0 &&
                           (next == behind.size() || behind[each].most() < behind[next].most())) {
                    next = each;
                }
            }
            if (count == 0 || into.back().is_hidden || (count > 1 && !hidden.are_few(threshold_))) return;
            (next == behind.size() ? into.back() : into[next]).is_hidden = true;
        }
    }

    /// Shares of the benefit of few are hidden, and those of few who are left over.
    void add_up_benefit() {
        std::vector<people> behind;
        std::vector<shown_sum> sums;
        people everybody;
        shown_benefit total{{}, feel::number(0)};
        total.granted.is = feel::number(0);
        if (has_other_) total.granted.against = feel::number(0);
        const auto more = [](std::optional<feel::number>& sum, const feel::number& share) {
            if (sum) sum = feel::add(*sum, share);
        };
        for (const group_total* const group : groups_) {
            const population::benefit_total& of = *group->benefit;
            const std::int64_t other = of.against ? of.against->rows : 0;
            behind.push_back({{of.all.rows, of.is.rows, other, of.all.rows - of.is.rows, of.all.rows - other}});
            everybody.add(behind.back());
            shown_benefit made{{}, of.all.share};
            made.granted.is = of.is.share;
            if (of.against) made.granted.against = of.against->share;
            made.granted.is_hidden = behind.back().are_few(threshold_);
            more(total.all, of.all.share);
            more(total.granted.is, of.is.share);
            if (of.against) more(total.granted.against, of.against->share);
            made_.benefit.push_back(made);
            sums.push_back(made.granted);
        }
        total.granted.is_hidden = everybody.are_few(threshold_);
        made_.benefit.push_back(total);
        sums.push_back(total.granted);
        hide_more(sums, behind);
        for (std::size_t each = 0; each < sums.size(); ++each)
            made_.benefit[each].granted.is_hidden = sums[each].is_hidden;
    }

    void tell_means(shown_member& into, const people& all) const {
        const shown_sum& total = into.sums.back();
        const auto mean = [](const std::optional<feel::number>& sum, std::int64_t count) {
            const auto exact = sum && count > 0 ? feel::divide(*sum, feel::number(count)) : std::nullopt;
            return exact ? feel::quantize(*exact, 2, feel::rounding::half_up) : std::nullopt;
        };
        if (total.is_hidden) return;
        into.mean_is = mean(total.is, all.of[0]);
        into.mean_against = mean(total.against, all.of[1]);
        into.has_distribution = true;
    }

    /// Numbers over all groups. Few answers with a number are counted with those of other numbers, not hidden: beside a
    /// sum a hidden count could be computed.
    void distribute(shown_member& into) const {
        std::map<feel::number, shown_number> counts;
        for (const bool is_other : {false, true})
            for (const group_total* const group : groups_) {
                const member_total* const found = member_of(*group, into.name, is_other);
                if (found == nullptr || !found->least) continue;
                into.has_distribution = into.has_distribution && !found->numbers.empty();
                for (const population::number_count& each : found->numbers)
                    (is_other ? counts[each.value].against : counts[each.value].is) += each.count;
            }
        constexpr std::size_t most_numbers = 200;
        into.has_distribution = into.has_distribution && counts.size() <= most_numbers;
        if (!into.has_distribution) return;
        const auto is_small = [&](const shown_number& of) {
            return is_few(of.is, threshold_) || is_few(of.against, threshold_);
        };
        shown_number others;
        for (auto each = counts.begin(); each != counts.end();) {
            if (is_small(each->second)) {
                others.is += each->second.is;
                others.against += each->second.against;
                each = counts.erase(each);
            } else {
                ++each;
            }
        }
        while (is_small(others) && !counts.empty()) {
            const auto least = std::min_element(counts.begin(), counts.end(), [](const auto& one, const auto& other) {
                return one.second.is + one.second.against < other.second.is + other.second.against;
            });
            others.is += least->second.is;
            others.against += least->second.against;
            counts.erase(least);
        }
        into.has_distribution = !is_small(others);
        if (!into.has_distribution) return;
        for (auto& each : counts) into.numbers.push_back({each.first, each.second.is, each.second.against});
        if (others.is > 0 || others.against > 0) into.numbers.push_back(others);
    }

    const std::vector<const group_total*>& groups_;
    std::int64_t threshold_;
    bool has_other_;
    std::size_t cells_ = 0;
    shown_day made_;
};

}  // namespace

shown_day show_day(const std::vector<const group_total*>& of, std::int64_t threshold) {
    return day_shower(of, threshold).run();
}

}  // namespace polku::inline POLKU_V::detail
