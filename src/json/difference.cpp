// SPDX-License-Identifier: Apache-2.0
#include "rule_pack_members.hpp"

#include <polku/json/difference.hpp>

#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::json {

namespace {

feel::value end_of(const rules::outcome_end& of) {
    if (of.is == rules::outcome_kind::value) return feel::value(feel::context{{"value", of.value}});
    feel::context made{{"is", rules::name_of(of.is)}};
    if (!of.from.empty()) {
        std::vector<feel::value> names;
        for (const std::string& each : of.from) names.emplace_back(each);
        made.append("from", feel::value(std::move(names)));
    }
    return feel::value(std::move(made));
}

feel::value change_of(const rules::outcome_change& of) {
    feel::context made;
    if (!of.member.empty()) made.append("member", feel::value(of.member));
    if (of.item) made.append("item", *of.item);
    made.append("was", end_of(of.was));
    made.append("is", end_of(of.is));
    made.append("always", feel::value(of.always));
    return feel::value(std::move(made));
}

feel::value region_of(const rules::difference_region& of) {
    std::vector<feel::value> tests;
    for (const rules::region_test& each : of.tests) {
        feel::context one{{"input", each.input}, {"test", each.test}};
        if (each.of != rules::difference_side::both) one.append("of", feel::value(rules::name_of(each.of)));
        if (each.computed) one.append("computed", feel::value(true));
        tests.emplace_back(std::move(one));
    }
    std::vector<feel::value> changes;
    for (const rules::outcome_change& each : of.changes) changes.push_back(change_of(each));
    feel::context made{{"where", feel::value(std::move(tests))},
                       {"changes", feel::value(std::move(changes))},
                       {"differs", rules::name_of(of.proof)}};
    if (of.witness)
        made.append("witness", feel::value(feel::context{{"was facts", feel::value(of.witness->was_facts)},
                                                         {"is facts", feel::value(of.witness->is_facts)},
                                                         {"was", of.witness->was},
                                                         {"is", of.witness->is}}));
    return feel::value(std::move(made));
}

feel::value inputs_of(const std::vector<rules::input_difference>& of) {
    std::vector<feel::value> all;
    for (const rules::input_difference& each : of) {
        feel::context one{{"input", each.input}, {"is", rules::name_of(each.is)}};
        if (!each.was_type.empty()) one.append("was type", feel::value(each.was_type));
        if (!each.is_type.empty()) one.append("is type", feel::value(each.is_type));
        all.emplace_back(std::move(one));
    }
    return feel::value(std::move(all));
}

feel::value parameters_of(const std::vector<rules::parameter_difference>& of) {
    std::vector<feel::value> all;
    for (const rules::parameter_difference& each : of) {
        feel::context one{{"parameter", each.parameter}};
        if (each.was) one.append("was", *each.was);
        if (each.is) one.append("is", *each.is);
        all.emplace_back(std::move(one));
    }
    return feel::value(std::move(all));
}

/// What is compared, in JSON.
struct difference_members {
    feel::value was;
    feel::value is;
    std::map<std::string, feel::value> facts;
    std::optional<std::string> member;
    std::optional<std::uint32_t> max_regions;
};
BOOST_DESCRIBE_STRUCT(difference_members, (), (was, is, facts, member, max_regions))

result<difference_wish> try_read_difference(const feel::value& from, const std::string& source) {
    POLKU_TRY(difference_members read, try_from_value<difference_members>(from, {}, source));
    difference_wish made;
    POLKU_TRY(made.asked.was, try_read_pack_question(read.was, "/was", source));
    POLKU_TRY(made.asked.is, try_read_pack_question(read.is, "/is", source));
    for (auto& [name, value] : read.facts) made.asked.facts.append(name, std::move(value));
    made.asked.member = read.member.value_or("");
    if (read.max_regions) made.search.max_regions = *read.max_regions;
    return made;
}

}  // namespace

result<difference_wish> try_parse_difference(std::string_view text, const parse_options& options) {
    POLKU_TRY(const feel::value whole, try_parse(text, options));
    auto made = try_read_difference(whole, options.source);
    if (!made) return with_lines(made.error(), text, options.source);
    return made;
}

feel::value to_value(const rules::difference_answer& of) {
    std::vector<feel::value> regions;
    for (const rules::difference_region& each : of.regions) regions.push_back(region_of(each));
    const auto count = static_cast<std::int64_t>(of.count);
    feel::context made{{"decision", of.decision},
                       {"has", rules::name_of(of.has)},
                       {"was version", of.was_version},
                       {"is version", of.is_version},
                       {"same", of.is_same()},
                       {"exact", of.exact},
                       {"complete", of.complete},
                       {"inputs", inputs_of(of.inputs)},
                       {"parameters", parameters_of(of.parameters)},
                       {"count", feel::value(count)},
                       {"count is exact", of.count_is_exact},
                       {"more", of.count > of.regions.size()},
                       {"regions", feel::value(std::move(regions))}};
    if (!of.member.empty()) made.append("member", of.member);
    std::vector<feel::value> members;
    for (const rules::difference_answer& each : of.by_member) members.push_back(to_value(each));
    if (!members.empty()) made.append("by member", feel::value(std::move(members)));
    return feel::value(std::move(made));
}

}  // namespace polku::inline POLKU_V::json
