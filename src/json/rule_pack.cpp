// SPDX-License-Identifier: Apache-2.0
#include "rule_pack_members.hpp"

#include <polku/json/rule_pack.hpp>

#include <polku/json/described.hpp>
#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <boost/describe/class.hpp>

#include <mutex>
#include <utility>

namespace polku::inline POLKU_V::json {

namespace {

constexpr std::string_view pack_file = "/pack.json";

/// What a question says in JSON.
struct question_members {
    std::string decision;
    time::date decided;
    std::optional<time::date> event;
    std::optional<std::string> variant;
    std::map<std::string, feel::value> inputs;
    std::map<std::string, feel::value> overrides;
};
BOOST_DESCRIBE_STRUCT(question_members, (), (decision, decided, event, variant, inputs, overrides))

/// The checks of a pack know JSON pointers; where these are in the text is filled in here.
error with_lines(error what, std::string_view text, const std::string& source) {
    error out(what.code(), what.message());
    for (position each : what.positions()) {
        if (each.source == source && each.line == 0 && !each.pointer.empty()) {
            const position found = position_of(text, each.pointer);
            each.line = found.line;
            each.column = found.column;
        }
        out.at(std::move(each));
    }
    for (const error& cause : what.causes()) out.because(with_lines(cause, text, source));
    return out;
}

bool is_rule_pack(const shipped_file& file) { return file.name.ends_with(pack_file); }

result<rules::pack> try_compile_shipped(std::string_view id) {
    const auto text = find_shipped(std::string(id) + std::string(pack_file));
    const std::vector<std::string> known = shipped_packs();
    std::string all;
    bool found = false;
    for (const std::string& each : known) {
        found = found || each == id;
        all += (all.empty() ? "" : ", ") + each;
    }
    if (!text || !found)
        return error(error_code::not_found, "no rule pack '" + std::string(id) + "' is shipped; known: " + all);
    std::map<std::string, std::string> models;
    for (const shipped_file& file : shipped_folder(id))
        if (file.name.ends_with(".dmn")) models.emplace(file.name.substr(id.size() + 1), std::string(file.bytes));
    return try_read_pack(*text, std::move(models), std::string(id) + std::string(pack_file));
}

feel::context context_of(std::map<std::string, feel::value> from) {
    feel::context made;
    for (auto& [name, value] : from) made.append(name, std::move(value));
    return made;
}

}  // namespace

result<rules::pack> try_read_pack(std::string_view text, std::map<std::string, std::string> models,
                                  std::string source) {
    parse_options options;
    options.source = source;
    POLKU_TRY(rules::pack_definition says, try_read<rules::pack_definition>(text, options));
    auto made = rules::try_compile_pack(std::move(says), {std::move(models), source, 100});
    if (!made) return with_lines(std::move(made).error(), text, source);
    return made;
}

result<rules::pack> try_shipped_pack(std::string_view id) {
    static std::mutex guard;
    static std::map<std::string, rules::pack, std::less<>> compiled;
    const std::lock_guard hold(guard);
    if (const auto found = compiled.find(id); found != compiled.end()) return found->second;
    POLKU_TRY(rules::pack made, try_compile_shipped(id));
    compiled.emplace(std::string(id), made);
    return made;
}

std::vector<std::string> shipped_packs() {
    static const std::vector<std::string> known = [] {
        std::vector<std::string> ids;
        for (const shipped_file& file : shipped_files())
            if (is_rule_pack(file)) ids.emplace_back(file.name.substr(0, file.name.size() - pack_file.size()));
        return ids;
    }();
    return known;
}

result<rules::pack_question> try_read_pack_question(const feel::value& from) {
    POLKU_TRY(question_members asked, try_from_value<question_members>(from));
    rules::pack_question made;
    made.decision = std::move(asked.decision);
    made.decided = asked.decided;
    made.event = asked.event;
    made.variant = asked.variant.value_or("");
    made.inputs = context_of(std::move(asked.inputs));
    made.overrides = context_of(std::move(asked.overrides));
    return made;
}

feel::value to_value(const rules::pack_answer& of, const rules::pack& from) {
    const rules::pack_definition& says = from.says();
    std::vector<feel::value> parameters;
    for (const rules::used_parameter& each : of.parameters) {
        feel::context one{{"name", each.name}, {"value", each.value}, {"from", feel::value(each.from->from)}};
        if (each.from->before) one.append("before", feel::value(*each.from->before));
        if (each.overridden) one.append("overridden", feel::value(true));
        if (each.from->review) one.append("review", to_value(*each.from->review));
        one.append("sources", to_value(rules::source_texts(says, each.from->sources)));
        parameters.emplace_back(std::move(one));
    }
    std::vector<feel::value> rules;
    for (const std::string& each : of.rules) {
        const auto text = says.rules.find(each);
        if (text == says.rules.end()) continue;
        rules.emplace_back(
            feel::context{{"rule", each}, {"sources", to_value(rules::rule_sources(says, of.version, text->second))}});
    }
    feel::context made{{"value", of.value}, {"version", of.version}};
    if (of.by_transition != nullptr) made.append("transition", feel::value(of.by_transition->id));
    made.append("parameters", feel::value(std::move(parameters)));
    made.append("rules", feel::value(std::move(rules)));
    return feel::value(std::move(made));
}

}  // namespace polku::inline POLKU_V::json
