// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_SERVICE_PATH_IPP
#define POLKU_IMPL_PATH_SERVICE_PATH_IPP

#include <polku/dmn/xml_reader.hpp>
#include <polku/impl/path/detail/quoted.hpp>
#include <polku/path/case_inputs.hpp>
#include <polku/path/detail/compiled_path.hpp>

#include <algorithm>
#include <variant>

namespace polku::inline POLKU_V::path {

namespace detail {

inline feel::type type_named(std::string_view name) {
    feel::type read;
    return feel::type::from_name(name, read) ? read : feel::type::any();
}

inline void fill_scope(compiled_path& path) {
    for (const auto& [name, fact] : path.says.facts) path.scope.add(name, type_named(fact.type));
    for (const case_input& each : case_inputs()) path.scope.add(each.name, type_named(each.type));
    path.scope.add("event date", feel::type::simple(feel::kind::date));
}

/// Compiles one FEEL text of the definition; a fault is noted with its place in the text.
inline feel::expression compile_text(const feel::scope& scope, const std::string& text, const std::string& pointer,
                                     path_findings& into) {
    feel::compile_options options;
    // Lines and columns count within the FEEL text, so the source names that text.
    options.origin.source = into.source + "#" + pointer;
    options.origin.pointer = pointer;
    auto made = feel::try_compile(text, scope, options);
    if (made) return std::move(made).value();
    into.add(
        error(error_code::path_expression, "the FEEL text '" + text + "' cannot be used: " + made.error().message())
            .because(made.error()),
        pointer);
    return {};
}

/// A text whose type is known must give what its place wants.
inline void check_gives(const feel::expression& made, feel::kind wanted, const std::string& pointer,
                        path_findings& into) {
    if (!made) return;
    const feel::type place = feel::type::simple(wanted);
    const feel::type& found = made.result_type();
    if (found.conforms_to(place) || place.conforms_to(found)) return;
    into.add(error_code::path_expression, pointer,
             "the FEEL text '" + std::string(made.text()) + "' gives a " + found.to_string() + ", expected a " +
                 place.to_string());
}

inline void compile_obligations(compiled_path& path, path_findings& into) {
    for (std::size_t i = 0; i < path.says.obligations.size(); ++i) {
        const obligation_definition& says = path.says.obligations[i];
        const std::string at = pointer_to("/obligations", i);
        compiled_obligation made;
        made.due = compile_text(path.scope, says.due, at + "/due", into);
        check_gives(made.due, feel::kind::date, at + "/due", into);
        if (says.guard) {
            made.guard = compile_text(path.scope, *says.guard, at + "/guard", into);
            check_gives(*made.guard, feel::kind::boolean, at + "/guard", into);
        }
        if (says.roll) made.roll = time::parse_roll_rule(*says.roll).value_or(time::roll_rule::none);
        if (says.escalate_every) made.escalate_every = parse_period(*says.escalate_every).value_or(made.escalate_every);
        path.obligations.push_back(std::move(made));
    }
}

/// Whom a group or a service is for is a question about the facts alone, whatever the day and the stage.
template <class Definition>
void compile_whens(const feel::scope& facts, const std::map<std::string, Definition>& of, const std::string& list,
                   std::map<std::string, feel::expression>& made, path_findings& into) {
    for (const auto& [id, each] : of) {
        if (!each.when) continue;
        const std::string at = pointer_to(list, id) + "/when";
        feel::expression when = compile_text(facts, *each.when, at, into);
        check_gives(when, feel::kind::boolean, at, into);
        made.emplace(id, std::move(when));
    }
}

inline void compile_whens(compiled_path& path, path_findings& into) {
    feel::scope facts;
    for (const auto& [name, fact] : path.says.facts) facts.add(name, type_named(fact.type));
    compile_whens(facts, path.says.target_groups, "/target_groups", path.target_groups, into);
    compile_whens(facts, path.says.services, "/services", path.services, into);
}

/// Reads and compiles each DMN file once, with the others beside it for its imports.
class routing_compiler {
public:
    routing_compiler(compiled_path& path, const std::map<std::string, std::string>& models, path_findings& into)
        : path_(path), into_(into) {
        for (const auto& [name, xml] : models) read(name, xml);
    }

    std::optional<compiled_routing> compile(const routing_definition& says, const std::string& at) {
        const dmn::program* program = program_of(says.model, at + "/model");
        if (!program) return std::nullopt;
        const auto found = program->find(says.decision);
        if (!found) {
            into_.add(error_code::path_routing, at + "/decision",
                      "the model '" + says.model + "' has no decision '" + says.decision +
                          "'; it has: " + names_in(*program));
            return std::nullopt;
        }
        check_inputs(*program, *found, at);
        return compiled_routing{*program, *found, says.decision, checked_outputs(says, at)};
    }

private:
    void read(const std::string& name, const std::string& xml) {
        auto model = dmn::try_read_model(xml, name);
        if (model)
            models_.emplace(name, std::move(model).value());
        else
            into_.add(error(error_code::path_routing, "the model '" + name + "' cannot be read")
                          .because(std::move(model).error()),
                      "");
    }

    const dmn::program* program_of(const std::string& name, const std::string& at) {
        const auto made = programs_.find(name);
        if (made != programs_.end()) return made->second ? &made->second : nullptr;
        dmn::program& program = programs_[name];
        if (models_.count(name) == 0) {
            into_.add(
                error_code::path_routing, at,
                "the model '" + name + "' is not beside the definition, or is unsound; sound ones: " + sound_models());
            return nullptr;
        }
        std::vector<dmn::model> models{models_.at(name)};
        for (const auto& [other, model] : models_)
            if (other != name) models.push_back(model);
        auto compiled = dmn::try_compile(std::move(models));
        if (!compiled) {
            into_.add(error(error_code::path_routing, "the model '" + name + "' cannot be compiled")
                          .because(std::move(compiled).error()),
                      at);
            return nullptr;
        }
        program = std::move(compiled).value();
        for (const diagnostic& each : program.diagnostics())
            if (each.severity == severity::error)
                into_.add(error(error_code::path_routing, "the model '" + name + "' has a fault").because(each.what),
                          at);
        return &program;
    }

    /// Every input must be something that the case can tell, under the same type.
    void check_inputs(const dmn::program& program, dmn::decision_ref decision, const std::string& at) {
        for (const dmn::input_info& each : program.inputs(decision)) {
            const auto fact = path_.says.facts.find(each.name);
            const case_input* told = find_case_input(each.name);
            if (fact == path_.says.facts.end() && !told) {
                into_.add(error_code::path_routing, at,
                          "the decision needs '" + each.name + "', which is no fact and nothing that a case tells");
                continue;
            }
            const std::string type = told ? std::string(told->type) : fact->second.type;
            if (!type_named(type).conforms_to(each.type) && !each.type.conforms_to(type_named(type)))
                into_.add(
                    error_code::path_routing, at,
                    "the decision takes '" + each.name + "' as " + each.type.to_string() + ", but it is a " + type);
        }
    }

    std::string sound_models() const {
        std::vector<std::string> names;
        for (const auto& each : models_) names.push_back(each.first);
        return names.empty() ? "none" : quoted(names);
    }
    static std::string names_in(const dmn::program& program) {
        std::vector<std::string> names;
        for (const dmn::decision_info& each : program.decisions()) names.push_back(each.name);
        return names.empty() ? "none" : quoted(names);
    }

    const dmn::decision_table* table_of(const routing_definition& says) const {
        for (const dmn::decision& each : models_.at(says.model).decisions)
            if ((each.name == says.decision || each.id == says.decision) && each.logic)
                return std::get_if<dmn::decision_table>(&each.logic->is);
        return nullptr;
    }

    /// Where the next stage is written as a constant, it must be there. Answers these targets, each once.
    std::vector<std::string> checked_outputs(const routing_definition& says, const std::string& at) {
        std::vector<std::string> targets;
        const dmn::decision_table* table = table_of(says);
        if (!table) return targets;
        std::size_t column = 0;
        for (std::size_t i = 0; i < table->outputs.size(); ++i)
            if (table->outputs[i].name == "next") column = i;
        for (const dmn::decision_rule& rule : table->rules) {
            if (column >= rule.outputs.size()) continue;
            const auto made = feel::try_compile(rule.outputs[column].text.text, feel::scope{});
            const auto constant = made ? made.value().constant() : std::nullopt;
            if (!constant || constant->is_null()) continue;
            if (!constant->is(feel::kind::string)) {
                add_about_rule(says, rule,
                               "gives " + feel::to_string(*constant) + ", expected a stage or an exit by name", at);
                continue;
            }
            const std::string next(constant->as_string());
            check_target(says, rule, next, at);
            if (std::find(targets.begin(), targets.end(), next) == targets.end()) targets.push_back(next);
        }
        check_reasons(says, *table);
        return targets;
    }

    /// Each rule that has a text for the client must be there.
    void check_reasons(const routing_definition& says, const dmn::decision_table& table) {
        const auto texts = path_.says.reasons.find(says.decision);
        if (texts == path_.says.reasons.end()) return;
        for (const auto& each : texts->second) {
            const bool known = std::any_of(table.rules.begin(), table.rules.end(),
                                           [&](const dmn::decision_rule& rule) { return rule.id == each.first; });
            if (!known)
                into_.add(error_code::path_routing, pointer_to(pointer_to("/reasons", says.decision), each.first),
                          "the decision '" + says.decision + "' has no rule '" + each.first + "'");
        }
    }

    void check_target(const routing_definition& says, const dmn::decision_rule& rule, std::string_view next,
                      const std::string& at) {
        const auto& stages = path_.says.stages;
        const auto& exits = path_.says.exits;
        if (std::any_of(stages.begin(), stages.end(), [&](const auto& each) { return each.id == next; })) return;
        if (std::any_of(exits.begin(), exits.end(), [&](const auto& each) { return each.id == next; })) return;
        add_about_rule(says, rule, "leads to '" + std::string(next) + "', which is neither a stage nor an exit", at);
    }

    void add_about_rule(const routing_definition& says, const dmn::decision_rule& rule, const std::string& fault,
                        const std::string& at) {
        error what(error_code::routing_output,
                   "rule '" + std::string(rule.id) + "' of decision '" + says.decision + "' " + fault);
        position place;
        place.source = says.model;
        place.element = rule.id;
        place.line = rule.at.line;
        place.column = rule.at.column;
        into_.add(std::move(what).at(std::move(place)), at);
    }

    compiled_path& path_;
    path_findings& into_;
    std::map<std::string, dmn::model> models_;
    std::map<std::string, dmn::program> programs_;
};

POLKU_DECL void compile_into(compiled_path& path, const std::map<std::string, std::string>& models,
                             path_findings& into) {
    fill_scope(path);
    compile_obligations(path, into);
    compile_whens(path, into);
    routing_compiler routings(path, models, into);
    for (std::size_t i = 0; i < path.says.stages.size(); ++i) {
        const stage_definition& says = path.says.stages[i];
        compiled_stage made;
        made.max = parse_period(says.max).value_or(time::period{});
        if (says.escalate_every) made.escalate_every = parse_period(*says.escalate_every).value_or(made.escalate_every);
        if (says.routing) made.routing = routings.compile(*says.routing, pointer_to("/stages", i) + "/routing");
        path.stages.push_back(std::move(made));
    }
}

inline std::shared_ptr<compiled_path> compile_path(definition says, const path_sources& with, path_findings& into) {
    into.source = with.name;
    into.max = with.max_findings;
    auto made = std::make_shared<compiled_path>();
    made->says = std::move(says);
    made->content_hash = with.content_hash;
    check_definition(made->says, into);
    compile_into(*made, with.models, into);
    return made;
}

template <class List>
auto find_in(const List& among, std::string_view id) noexcept -> decltype(&among.front()) {
    for (const auto& each : among)
        if (each.id == id) return &each;
    return nullptr;
}

}  // namespace detail

POLKU_DECL const definition& service_path::says() const noexcept { return data_->says; }
POLKU_DECL const path::hash& service_path::content_hash() const noexcept { return data_->content_hash; }

POLKU_DECL const stage_definition* service_path::find_stage(std::string_view id) const noexcept {
    return detail::find_in(data_->says.stages, id);
}
POLKU_DECL const exit_definition* service_path::find_exit(std::string_view id) const noexcept {
    return detail::find_in(data_->says.exits, id);
}
POLKU_DECL const obligation_definition* service_path::find_obligation(std::string_view id) const noexcept {
    return detail::find_in(data_->says.obligations, id);
}

POLKU_DECL std::vector<std::string> service_path::routing_targets(std::string_view stage) const {
    for (std::size_t i = 0; i < data_->says.stages.size(); ++i) {
        if (data_->says.stages[i].id == stage && data_->stages[i].routing) return data_->stages[i].routing->targets;
    }
    return {};
}

POLKU_DECL bool service_path::is_valid_on(time::date day) const noexcept {
    const validity& valid = data_->says.valid;
    return valid.from <= day && (!valid.until || day <= *valid.until);
}

POLKU_DECL const std::string& service_path::retention_of(std::string_view type, std::string_view qualifier) const {
    const retention_definition& says = data_->says.retention;
    auto found = says.events.find(std::string(type) + ":" + std::string(qualifier));
    if (found == says.events.end()) found = says.events.find(std::string(type));
    return found == says.events.end() ? says.fallback : found->second;
}

POLKU_DECL std::vector<diagnostic> check(const definition& says, const path_sources& with) {
    detail::path_findings found;
    (void)detail::compile_path(says, with, found);
    return std::move(found.found);
}

POLKU_DECL result<service_path> try_compile(definition says, path_sources with) {
    detail::path_findings found;
    auto made = detail::compile_path(std::move(says), with, found);
    std::optional<error> first;
    for (const diagnostic& each : found.found) {
        if (each.severity != severity::error) continue;
        if (!first)
            first = each.what;
        else
            first->because(each.what);
    }
    if (first) return *std::move(first);
    return detail::compiled_path::wrap(std::move(made));
}

}  // namespace polku::inline POLKU_V::path

#endif
