// SPDX-License-Identifier: Apache-2.0
#include "rule_pack_members.hpp"

#include <polku/json/rule_pack.hpp>

#include <polku/dmn/program.hpp>
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

/// The error with each place changed by a function.
template <typename Change>
error with_places(const error& what, const Change& change) {
    error out(what.code(), what.message());
    for (position each : what.positions()) {
        change(each);
        out.at(std::move(each));
    }
    for (const error& cause : what.causes()) out.because(with_places(cause, change));
    return out;
}

void fill_line(position& at, std::string_view text) {
    const position found = position_of(text, at.pointer);
    at.line = found.line;
    at.column = found.column;
}

}  // namespace

error with_lines(const error& what, std::string_view text, const std::string& source) {
    return with_places(what, [&](position& each) {
        if (each.source == source && each.line == 0 && !each.pointer.empty()) fill_line(each, text);
    });
}

namespace {

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

feel::context context_of(const std::map<std::string, feel::value>& from) {
    feel::context made;
    for (const auto& [name, value] : from) made.append(name, value);
    return made;
}

/// The facts that each decision of a version rests on, with their types; figures of law are none.
feel::value asked_by(const rules::pack& of, const rules::pack_version& version) {
    const dmn::program& program = of.program_of(version);
    feel::context made;
    for (const rules::pack_decision& each : of.says().decisions) {
        const auto found = program.find(each.name);
        if (!found) continue;
        feel::context facts;
        for (const rules::pack_input& asked : of.says().inputs)
            for (const dmn::input_info& input : program.inputs(*found))
                if (input.name == asked.name) facts.append(asked.name, feel::value(input.type.to_string()));
        made.append(each.name, feel::value(std::move(facts)));
    }
    return feel::value(std::move(made));
}

feel::value versions_of(const rules::pack& of, const std::vector<rules::pack_version>& list) {
    std::vector<feel::value> all;
    for (const rules::pack_version& each : list) {
        feel::context one = to_value(each).as_context();
        one.append("asks", asked_by(of, each));
        all.emplace_back(std::move(one));
    }
    return feel::value(std::move(all));
}

/// The pointer of an answer's error (`/name...`) in a question that has the name under `part`; else empty.
std::string told_under(std::string_view part, const feel::context& names, std::string_view pointer) {
    for (const feel::context::entry& each : names) {
        const std::string name = pointer_to({}, each.name);
        if (pointer == name || pointer.starts_with(name + "/")) return std::string(part) + std::string(pointer);
    }
    return {};
}

}  // namespace

result<rules::pack> try_read_pack(std::string_view text, std::map<std::string, std::string> models,
                                  std::string source) {
    parse_options options;
    options.source = std::move(source);
    POLKU_TRY(rules::pack_definition says, try_read<rules::pack_definition>(text, options));
    auto made = rules::try_compile_pack(std::move(says), {std::move(models), options.source, 100});
    if (!made) return with_lines(made.error(), text, options.source);
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

result<rules::pack_question> try_read_pack_question(const feel::value& from, std::string_view pointer,
                                                    std::string_view source) {
    POLKU_TRY(question_members asked, try_from_value<question_members>(from, pointer, source));
    rules::pack_question made;
    made.decision = std::move(asked.decision);
    made.decided = asked.decided;
    made.event = asked.event;
    made.variant = asked.variant.value_or("");
    made.inputs = context_of(asked.inputs);
    made.overrides = context_of(asked.overrides);
    return made;
}

result<rules::pack_question> try_parse_pack_question(std::string_view text, const parse_options& options) {
    POLKU_TRY(const feel::value whole, try_parse(text, options));
    auto made = try_read_pack_question(whole, {}, options.source);
    if (!made) return with_places(made.error(), [&](position& each) { fill_line(each, text); });
    return made;
}

error placed_in_question(const error& what, const rules::pack_question& asked, std::string_view text,
                         const std::string& source) {
    return with_places(what, [&](position& each) {
        if (!each.source.empty() || each.line != 0) return;
        std::string pointer = told_under("/inputs", asked.inputs, each.pointer);
        if (pointer.empty()) pointer = told_under("/overrides", asked.overrides, each.pointer);
        if (pointer.empty()) return;
        each.pointer = std::move(pointer);
        each.source = source;
        fill_line(each, text);
    });
}

feel::value to_value(const rules::pack& of) {
    const rules::pack_definition& says = of.says();
    feel::context made = to_value<rules::pack_definition>(says).as_context();
    made.set("versions", versions_of(of, says.versions));
    made.set("variants", versions_of(of, says.variants));
    return feel::value(std::move(made));
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
