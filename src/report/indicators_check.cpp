// SPDX-License-Identifier: Apache-2.0
#include <polku/report/indicators.hpp>

#include "report/indicators_pack.hpp"

#include <polku/json/described.hpp>
#include <polku/json/shipped.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace polku::inline POLKU_V::report {

namespace {

using count_column = std::pair<std::string_view, std::int64_t indicator_count::*>;
constexpr std::array<count_column, 4> count_columns = {{{"total", &indicator_count::total},
                                                        {"women", &indicator_count::women},
                                                        {"men", &indicator_count::men},
                                                        {"non_binary", &indicator_count::non_binary}}};

using counts_by_code = std::map<std::string, const indicator_count*>;

error count_fault(std::size_t at, std::string_view member, std::string message) {
    position where;
    where.pointer = "/counts/" + std::to_string(at) + "/" + std::string(member);
    return error(error_code::figures_refused, std::move(message), std::move(where));
}

result<counts_by_code> try_index(std::span<const indicator_count> counts, const detail::indicator_list& list) {
    counts_by_code found;
    for (std::size_t at = 0; at < counts.size(); ++at) {
        const indicator_count& each = counts[at];
        const bool known = std::any_of(list.indicators.begin(), list.indicators.end(),
                                       [&](const detail::indicator_info& one) { return one.code == each.code; });
        if (!known)
            return count_fault(at, "code",
                               "'" + each.code +
                                   "' is no common indicator; expected EECO01 to EECO19 or "
                                   "EECR01 to EECR06");
        if (!found.emplace(each.code, &each).second)
            return count_fault(at, "code", "'" + each.code + "' stands twice; give each indicator once");
        constexpr std::int64_t most = 1'000'000'000;
        for (const count_column& one : count_columns)
            if (each.*one.second < 0 || each.*one.second > most)
                return count_fault(
                    at, one.first,
                    "found " + std::to_string(each.*one.second) + ", expected a count from 0 to 1000000000");
    }
    return found;
}

/// What a check finds in one column, or nothing where a code is missing.
void run_check(const detail::indicator_check& check, const counts_by_code& counts, const count_column& in,
               std::vector<indicator_finding>& findings) {
    const auto whole = counts.find(check.whole);
    if (whole == counts.end()) return;
    const std::int64_t expected = whole->second->*in.second;
    std::int64_t sum = 0;
    for (const std::string& code : check.parts) {
        const auto part = counts.find(code);
        if (part == counts.end()) return;
        sum += part->second->*in.second;
    }
    const bool at_most = check.relation == detail::check_relation::at_most;
    if (at_most ? sum <= expected : sum == expected) return;
    findings.push_back({check.id, std::string(in.first), check.parts, check.whole, sum, expected, at_most});
}

}  // namespace

namespace detail {

result<indicator_list> try_read_indicator_list() {
    json::parse_options options;
    options.source = "esfplus/indicators.json";
    const auto text = json::find_shipped(options.source);
    if (!text)
        return error(error_code::pack_not_in_force,
                     "the rule pack's file '" + options.source + "' is not in this build");
    return json::try_read<indicator_list>(*text, options);
}

}  // namespace detail

result<std::vector<indicator_finding>> try_check_indicators(std::span<const indicator_count> counts) {
    POLKU_TRY(const detail::indicator_list list, detail::try_read_indicator_list());
    POLKU_TRY(const counts_by_code by_code, try_index(counts, list));
    std::vector<indicator_finding> findings;
    for (const detail::indicator_info& each : list.indicators) {
        const auto found = by_code.find(each.code);
        if (found == by_code.end() || each.kind == detail::indicator_kind::entity) continue;
        const indicator_count& count = *found->second;
        const std::int64_t sum = count.women + count.men + count.non_binary;
        if (sum != count.total) findings.push_back({"columns", "total", {each.code}, "", sum, count.total, false});
    }
    for (const detail::indicator_check& each : list.checks)
        for (const count_column& in : count_columns) run_check(each, by_code, in, findings);
    return findings;
}

}  // namespace polku::inline POLKU_V::report
