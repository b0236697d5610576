// SPDX-License-Identifier: Apache-2.0
#include <polku/json/what_if.hpp>

#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>

#include <boost/describe/class.hpp>

#include <utility>

namespace polku::inline POLKU_V::json {

namespace {

/// What a wish says in JSON.
struct wish_members {
    std::string goal;
    std::optional<std::string> member;
    std::optional<time::date> until;
    std::optional<std::uint32_t> max_evaluations;
};
BOOST_DESCRIBE_STRUCT(wish_members, (), (goal, member, until, max_evaluations))

feel::value names_of(const std::vector<std::string>& of) {
    std::vector<feel::value> all;
    for (const std::string& each : of) all.emplace_back(each);
    return feel::value(std::move(all));
}

feel::value changes_of(const std::vector<rules::fact_change>& of) {
    std::vector<feel::value> all;
    for (const rules::fact_change& each : of) {
        feel::context one{{"input", each.input}, {"from", each.from}, {"to", each.to}};
        if (!each.any_of.empty()) one.append("any of", each.any_of);
        if (each.cost != 0) one.append("cost", feel::value(each.cost));
        all.emplace_back(std::move(one));
    }
    return feel::value(std::move(all));
}

}  // namespace

result<what_if_wish> try_parse_wish(std::string_view text, const parse_options& options) {
    POLKU_TRY(wish_members read, try_read<wish_members>(text, options));
    what_if_wish made;
    made.goal = {read.member.value_or(""), std::move(read.goal)};
    made.search.until = read.until;
    if (read.max_evaluations) made.search.max_evaluations = *read.max_evaluations;
    return made;
}

feel::value to_value(const rules::what_if_answer& of, const rules::pack& from) {
    std::vector<feel::value> proposals;
    for (const rules::proposal& each : of.proposals)
        proposals.emplace_back(feel::context{{"cost", feel::value(each.cost)},
                                             {"decided", feel::value(each.decided)},
                                             {"changes", changes_of(each.changes)},
                                             {"passing", changes_of(each.passing)},
                                             {"answer", to_value(each.answer, from)}});
    feel::context made{{"outcome", rules::name_of(of.outcome)},
                       {"complete", of.is_complete},
                       {"today", of.today},
                       {"proposals", feel::value(std::move(proposals))},
                       {"searched", feel::value(of.searched)},
                       {"uncovered", names_of(of.uncovered)},
                       {"judged", names_of(of.judged)},
                       {"unknown", names_of(of.unknown)},
                       {"fixed", names_of(of.fixed)},
                       {"evaluations", feel::value(static_cast<std::int64_t>(of.evaluations))}};
    if (of.rules_end) made.append("rules end", feel::value(*of.rules_end));
    return feel::value(std::move(made));
}

}  // namespace polku::inline POLKU_V::json
