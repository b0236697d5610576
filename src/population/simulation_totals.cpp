// SPDX-License-Identifier: Apache-2.0
#include "simulation_totals.hpp"

#include <polku/feel/context.hpp>
#include <polku/json/text.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::population::detail {

namespace {

/// Different answers that are told by themselves; free text would be one for each row.
constexpr std::size_t most_values = 200;
constexpr const char* other_values = "(other)";

/// All or nothing: which numbers came first must not decide what is told, since that hangs on the length of a block.
void count_number(member_total& into, const feel::number& amount, std::int64_t count) {
    if (into.least && into.numbers.empty()) return;  // there were too many already
    const auto place = std::lower_bound(into.numbers.begin(), into.numbers.end(), amount,
                                        [](const number_count& one, const feel::number& of) { return one.value < of; });
    if (place != into.numbers.end() && place->value == amount) {
        place->count += count;
    } else if (into.numbers.size() < most_values) {
        into.numbers.insert(place, {amount.normalized(), count});
    } else {
        into.numbers.clear();
    }
}

void add_amount(member_total& into, const feel::number& amount, std::int64_t count) {
    const bool is_first = into.known == 0;
    count_number(into, amount, count);
    const auto product = multiply(amount, feel::number(count));
    const auto sum = is_first ? product : (into.sum && product ? add(*into.sum, *product) : std::nullopt);
    into.sum = sum;
    if (!into.least || amount < *into.least) into.least = amount;
    if (!into.most || *into.most < amount) into.most = amount;
}

}  // namespace

void total_counter::add_member(side_total& into, std::map<std::string, std::size_t>& places, const std::string& name,
                               const feel::value& found, std::int64_t count) {
    const auto [place, is_new] = places.emplace(name, into.members.size());
    if (is_new) {
        into.members.emplace_back();
        into.members.back().name = name;
    }
    member_total& member = into.members[place->second];
    if (found.is_null()) return;
    if (found.is(feel::kind::number)) {
        add_amount(member, found.as_number(), count);
    } else {
        std::string text = found.is(feel::kind::string) ? std::string(found.as_string()) : json::write(found);
        if (member.values.size() >= most_values && member.values.find(text) == member.values.end()) text = other_values;
        member.values[text] += count;
    }
    member.known += count;
}

void total_counter::add_rows(const std::vector<std::string>& group, const counted& rows) {
    counted& into = groups_[group].rows;
    into.rows += rows.rows;
    into.faults += rows.faults;
    into.changed += rows.changed;
    into.benefit_days += rows.benefit_days;
    for (std::size_t each = 0; each < 3; ++each) into.benefit[each].add(rows.benefit[each]);
}

benefit_total total_counter::told_benefit(const counted& of) const {
    const auto part = [](const paid& in) {
        return benefit_part{in.rows, feel::number::from_scaled(in.millionths, 6).normalized()};
    };
    benefit_total made{of.benefit_days, part(of.benefit[0]), part(of.benefit[1]), {}};
    if (has_other_) made.against = part(of.benefit[2]);
    return made;
}

void total_counter::add(const std::vector<std::string>& group, bool is_other, const simulated_answer& answer,
                        std::int64_t count) {
    group_counts& counts = groups_[group];
    side_total& side = counts.sides[is_other ? 1 : 0];
    auto& places = counts.places[is_other ? 1 : 0];
    for (const std::string& each : answer.reasons) side.reasons[each] += count;
    if (!answer.decided) {
        side.undecided += count;
        return;
    }
    side.decided += count;
    if (!answer.value.is(feel::kind::context)) return add_member(side, places, {}, answer.value, count);
    for (const auto& each : answer.value.as_context()) add_member(side, places, each.name, each.value, count);
}

std::vector<group_total> total_counter::take(time::date day) && {
    std::vector<group_total> made;
    for (auto& [group, counts] : groups_) {
        group_total total;
        total.day = day;
        total.group = group;
        total.rows = counts.rows.rows;
        total.faults = counts.rows.faults;
        total.changed = counts.rows.changed;
        total.is = std::move(counts.sides[0]);
        if (has_other_) total.against = std::move(counts.sides[1]);
        if (has_benefit_) total.benefit = told_benefit(counts.rows);
        made.push_back(std::move(total));
    }
    return made;
}

}  // namespace polku::inline POLKU_V::population::detail
