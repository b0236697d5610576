// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_commands.hpp>
#include <polku/json/path_proof.hpp>
#include <polku/json/text.hpp>

#include <boost/describe/enum_to_string.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::json {

namespace {

feel::value texts(const std::vector<std::string>& of) {
    std::vector<feel::value> made;
    for (const std::string& each : of) made.emplace_back(each);
    return feel::value(std::move(made));
}
template <class Number>
feel::value numbers(const std::vector<Number>& of) {
    std::vector<feel::value> made;
    for (const Number each : of) made.emplace_back(static_cast<std::int64_t>(each));
    return feel::value(std::move(made));
}

feel::value finding_value(const path::proof_finding& of) {
    feel::context made{{"issue", name_of(of.issue)}, {"verdict", name_of(of.says)}, {"message", of.message}};
    const auto add = [&](const char* name, const std::string& text) {
        if (!text.empty()) made.append(name, feel::value(text));
    };
    add("pointer", of.pointer);
    add("subject", of.subject);
    add("detail", of.detail);
    if (!of.where.empty()) {
        feel::context where;
        for (const auto& [name, value] : of.where) where.set(name, feel::value(value));
        made.append("where", feel::value(std::move(where)));
    }
    std::vector<feel::value> story;
    for (const path::command& each : of.story) story.push_back(command_to_value(each));
    if (!story.empty()) made.append("story", feel::value(std::move(story)));
    if (!of.through.empty()) made.append("through", texts(of.through));
    add("shown", of.shown);
    return feel::value(std::move(made));
}

/// Stages and the rest of what a certificate says of the routing, stage by stage.
feel::value routing_value(const path::path_proof& of) {
    std::vector<feel::value> made;
    for (const path::routing_answers& each : of.routing)
        made.emplace_back(
            feel::context{{"stage", each.stage}, {"visit", each.visit}, {"may", texts(each.may)}, {"rank", each.rank}});
    return feel::value(std::move(made));
}

feel::value states_value(const path::path_proof& of) {
    std::vector<feel::value> made;
    made.reserve(of.states.size());
    for (const path::proof_state& each : of.states) {
        // One text a state keeps the certificate of a long path small: the stage, then the visits.
        std::string text = std::to_string(each.stage);
        for (const std::uint8_t visits : each.visits) text += " " + std::to_string(visits);
        made.emplace_back(std::move(text));
    }
    return feel::value(std::move(made));
}

feel::value owners_value(const path::service_path& path) {
    std::vector<feel::value> made;
    for (const path::stage_definition& each : path.says().stages)
        made.emplace_back(feel::context{
            {"stage", each.id}, {"owner", each.owner}, {"deadline", each.max}, {"escalation", texts(each.on_timeout)}});
    return feel::value(std::move(made));
}

feel::value exits_value(const path::service_path& path) {
    feel::context made;
    for (const path::exit_definition& each : path.says().exits)
        made.set(each.id, boost::describe::enum_to_string(each.outcome, ""));
    return feel::value(std::move(made));
}

feel::value placements_value(const path::service_path& path) {
    feel::context made;
    for (const auto& [id, each] : path.says().placements) made.set(id, texts(each.follow_up));
    return feel::value(std::move(made));
}

}  // namespace

feel::value proof_value(const path::path_proof& of) {
    std::vector<feel::value> properties;
    for (const path::property_result& each : of.properties) {
        feel::context one{{"property", name_of(each.about)},
                          {"verdict", name_of(each.says)},
                          {"cases", static_cast<std::int64_t>(each.cases)}};
        std::vector<feel::value> findings;
        for (const path::proof_finding& finding : each.findings) findings.push_back(finding_value(finding));
        if (!findings.empty()) one.append("findings", feel::value(std::move(findings)));
        properties.emplace_back(std::move(one));
    }
    std::vector<feel::value> days;
    for (const time::date each : of.law_days) days.emplace_back(time::to_string(each));
    return feel::context{{"path", of.path},
                         {"version", of.version},
                         {"verdict", name_of(of.overall())},
                         {"properties", feel::value(std::move(properties))},
                         {"law_days", feel::value(std::move(days))},
                         {"regions", static_cast<std::int64_t>(of.regions)},
                         {"transitions", static_cast<std::int64_t>(of.transitions)}};
}

feel::context certificate_claims(const path::service_path& path, const path::path_proof& of) {
    std::vector<std::string> proved;
    for (const path::property_result& each : of.properties)
        if (each.says == path::proof_verdict::proved) proved.emplace_back(name_of(each.about));
    if (proved.empty() || of.states.empty()) return {};
    std::vector<feel::value> days;
    for (const time::date each : of.law_days) days.emplace_back(time::to_string(each));
    feel::context made{{"format", "polku path certificate 1"},
                       {"path", of.path},
                       {"version", of.version},
                       {"proved", texts(proved)},
                       {"stages", texts(of.stages)},
                       {"counted", numbers(of.counted)},
                       {"levels", numbers(of.levels)},
                       {"routing", routing_value(of)},
                       {"states", states_value(of)},
                       {"owners", owners_value(path)},
                       {"exits", exits_value(path)},
                       {"placements", placements_value(path)},
                       {"law_days", feel::value(std::move(days))}};
    return made;
}

}  // namespace polku::inline POLKU_V::json
