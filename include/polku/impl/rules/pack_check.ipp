// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_PACK_CHECK_IPP
#define POLKU_IMPL_RULES_PACK_CHECK_IPP

#include <polku/dmn/item_type.hpp>
#include <polku/dmn/model.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/type.hpp>
#include <polku/impl/rules/detail/compiled_pack.hpp>
#include <polku/rules/labels.hpp>

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

namespace polku::inline POLKU_V::rules::detail {

/// The names that one model brings in.
struct model_names {
    std::set<std::string, std::less<>> inputs;
    std::set<std::string, std::less<>> decisions;
    std::set<std::string, std::less<>> rules;
};

inline void collect_rules(const dmn::boxed_expression& in, model_names& into) {
    const auto walk = [&into](const dmn::boxed_pointer& each) {
        if (each) collect_rules(*each, into);
    };
    if (const auto* table = std::get_if<dmn::decision_table>(&in.is)) {
        for (const dmn::decision_rule& rule : table->rules) into.rules.emplace(rule.id);
    } else if (const auto* context = std::get_if<dmn::boxed_context>(&in.is)) {
        for (const dmn::context_entry& each : context->entries) walk(each.value);
    } else if (const auto* list = std::get_if<dmn::boxed_list>(&in.is)) {
        for (const dmn::boxed_pointer& each : list->items) walk(each);
    } else if (const auto* call = std::get_if<dmn::invocation>(&in.is)) {
        for (const dmn::binding& each : call->bindings) walk(each.value);
    } else if (const auto* function = std::get_if<dmn::function_definition>(&in.is)) {
        walk(function->body);
    } else if (const auto* choice = std::get_if<dmn::conditional>(&in.is)) {
        walk(choice->condition);
        walk(choice->then);
        walk(choice->otherwise);
    } else if (const auto* each = std::get_if<dmn::iterator>(&in.is)) {
        walk(each->in);
        walk(each->body);
    } else if (const auto* chosen = std::get_if<dmn::filter>(&in.is)) {
        walk(chosen->in);
        walk(chosen->match);
    }
}

inline model_names names_in(const dmn::model& of) {
    model_names names;
    for (const dmn::input_data& each : of.inputs) names.inputs.insert(each.name);
    for (const dmn::decision& each : of.decisions) {
        names.decisions.insert(each.name);
        if (each.logic) collect_rules(*each.logic, names);
    }
    for (const dmn::business_knowledge_model& each : of.knowledge_models)
        if (each.logic && each.logic->body) collect_rules(*each.logic->body, names);
    return names;
}

/// Walks a definition and its models and notes all that is wrong.
class pack_checker {
public:
    pack_checker(compiled_pack& pack, const pack_sources& with, pack_findings& notes)
        : pack_(pack), says_(pack.says), with_(with), notes_(notes) {}

    void run() {
        head();
        versions();
        parameters();
        transitions();
        for (std::size_t at = 0; at < says_.decisions.size(); ++at) decision(at);
        for (std::size_t at = 0; at < says_.inputs.size(); ++at) input(at);
        for (const auto& [id, each] : says_.rules) {
            const std::string here = pointer_to("/rules", id);
            text(here + "/text", each.text);
            sources(here + "/sources", each.sources);
        }
        for (const auto& [name, values] : says_.labels) labels(name, values);
        members();
        if (notes_.found.empty()) names_are_shared();
    }

private:
    static std::string step(const std::string& base, std::size_t at) { return pointer_to(base, at); }

    void text(const std::string& at, const texts& of) {
        for (const char* language : {"fi", "sv", "en", "fi-selko"}) {
            const auto found = of.find(language);
            if (found == of.end() || found->second.empty())
                notes_.add(error_code::pack_text, at,
                           std::string("the text lacks '") + language + "'; people read it in fi, sv, en and fi-selko");
        }
    }

    void sources(const std::string& at, const std::vector<std::string>& keys) {
        if (keys.empty())
            notes_.add(error_code::pack_source, at, "nothing is named as source; each rule and figure has one");
        for (const std::string& key : keys)
            if (says_.sources.find(key) == says_.sources.end())
                notes_.add(error_code::pack_source, at, "the source '" + key + "' does not stand under /sources");
    }

    void head() {
        text("/name", says_.name);
        text("/notice", says_.notice);
        text("/event", says_.event);
        for (const auto& [key, each] : says_.sources)
            if (each.act.empty() || each.section.empty() || each.address.empty())
                notes_.add(error_code::pack_source, pointer_to("/sources", key),
                           "a source has an act, a section and an address");
    }

    /// Periods in the order of time that follow one another without gap and overlap.
    template <class List>
    void follow(const std::string& base, const List& of, std::string_view what) {
        for (std::size_t at = 0; at < of.size(); ++at) {
            if (of[at].before && *of[at].before <= of[at].from)
                notes_.add(error_code::pack_dates, step(base, at),
                           std::string(what) + " begins on " + time::to_string(of[at].from) + " and ends before " +
                               day_text(of[at].before) + ", so it never holds");
            if (at == 0) continue;
            const auto& earlier = of[at - 1];
            const std::string days =
                " (before " + day_text(earlier.before) + ", then from " + time::to_string(of[at].from) + ")";
            if (!earlier.before || *earlier.before > of[at].from)
                notes_.add(error_code::pack_dates, step(base, at - 1), step(base, at),
                           std::string(what) + " overlaps the next one" + days);
            else if (*earlier.before < of[at].from)
                notes_.add(error_code::pack_dates, step(base, at - 1), step(base, at),
                           "between this and the next there are days without " + std::string(what) + days);
        }
    }

    void versions() {
        if (says_.versions.empty()) notes_.add(error_code::pack_dates, "/versions", "the pack has no version");
        follow("/versions", says_.versions, "a version");
        std::set<std::string> ids;
        for (const auto& [base, list] : {std::pair{"/versions", &says_.versions}, {"/variants", &says_.variants}}) {
            for (std::size_t at = 0; at < list->size(); ++at) {
                const pack_version& each = (*list)[at];
                const std::string here = step(base, at);
                if (!ids.insert(each.id).second)
                    notes_.add(error_code::pack_name, here + "/id", "another version is called '" + each.id + "', too");
                sources(here + "/sources", each.sources);
                if (each.flag) text(here + "/flag", *each.flag);
                if (list == &says_.variants && !each.flag)
                    notes_.add(error_code::pack_text, here,
                               "a variant says under 'flag' why it is none of the versions");
                model(here + "/model", each.model);
            }
        }
    }

    void model(const std::string& at, const std::string& name) {
        if (names_.find(name) != names_.end()) return;
        const auto text = with_.models.find(name);
        if (text == with_.models.end())
            return notes_.add(error_code::pack_name, at, "the model '" + name + "' is not beside the pack");
        result<dmn::model> read = dmn::try_read_model(text->second, name);
        if (!read) return failed(at, name, std::move(read).error());
        model_names names = names_in(*read);
        std::vector<dmn::model> models;
        models.push_back(*read);
        result<dmn::program> program = dmn::try_compile(std::move(models));
        if (!program) return failed(at, name, std::move(program).error());
        for (const diagnostic& each : program->diagnostics())
            if (each.severity == severity::error) return failed(at, name, each.what);
        names_.emplace(name, std::move(names));
        pack_.programs.emplace(name, std::move(*program));
        pack_.models.emplace(name, std::move(*read));
    }

    void failed(const std::string& at, const std::string& name, error why) {
        const std::size_t before = notes_.found.size();
        notes_.add(error_code::pack_model, at, "the model '" + name + "' does not compile");
        if (notes_.found.size() != before) notes_.found.back().because(std::move(why));
    }

    void parameters() {
        std::map<std::string, std::size_t> places;
        for (std::size_t at = 0; at < says_.parameters.size(); ++at) {
            const parameter& each = says_.parameters[at];
            const std::string here = step("/parameters", at);
            const auto [first, is_new] = places.emplace(each.name, at);
            if (!is_new)
                notes_.add(error_code::pack_name, here, step("/parameters", first->second),
                           "two parameters are called '" + each.name + "'");
            text(here + "/text", each.text);
            if (each.series.empty())
                notes_.add(error_code::pack_dates, here + "/series",
                           "the series of a parameter has at least one value");
            follow(here + "/series", each.series, "a value");
            values(here, each);
        }
    }

    void values(const std::string& here, const parameter& of) {
        feel::type wanted;
        if (!feel::type::from_name(of.type, wanted) || wanted.is() != feel::type::form::simple)
            return notes_.add(error_code::pack_parameter, here + "/type",
                              "'" + of.type + "' is no simple FEEL type; such as number, string, boolean or date");
        for (std::size_t at = 0; at < of.series.size(); ++at) {
            const std::string place = step(here + "/series", at);
            sources(place + "/sources", of.series[at].sources);
            if (of.series[at].review) text(place + "/review", *of.series[at].review);
            const result<feel::value> typed =
                dmn::try_typed(of.series[at].value, wanted, place + "/value", feel::evaluation_context{});
            // A figure that was not read is null, and says so.
            const bool unread = typed && typed->is_null() && of.series[at].review;
            if (!typed || (typed->is_null() && !unread))
                notes_.add(error_code::pack_parameter, place + "/value",
                           "the value of '" + of.name + "' is no " + of.type +
                               "; null is for a figure that was not read, with 'review' beside it");
        }
    }

    static bool overlap(const std::optional<date_interval>& a, const std::optional<date_interval>& b) {
        const auto starts_before = [](const date_interval& one, const date_interval& other) {
            return !one.from || !other.before || *one.from < *other.before;
        };
        return !a || !b || (starts_before(*a, *b) && starts_before(*b, *a));
    }

    void transitions() {
        for (std::size_t at = 0; at < says_.transitions.size(); ++at) {
            const transition& each = says_.transitions[at];
            const std::string here = step("/transitions", at);
            text(here + "/text", each.text);
            sources(here + "/sources", each.sources);
            if (pack_.find_version(each.version) == nullptr)
                notes_.add(error_code::pack_name, here + "/version", "no version is called '" + each.version + "'");
            for (const auto* part : {&each.event, &each.decided})
                if (*part && (*part)->from && (*part)->before && *(*part)->before <= *(*part)->from)
                    notes_.add(error_code::pack_dates, here,
                               "a period from " + day_text((*part)->from) + " to before " + day_text((*part)->before) +
                                   " has no days");
            for (std::size_t other = 0; other < at; ++other) {
                const transition& earlier = says_.transitions[other];
                if (earlier.version != each.version && overlap(earlier.event, each.event) &&
                    overlap(earlier.decided, each.decided))
                    notes_.add(error_code::pack_transition, step("/transitions", other), here,
                               "on the same days '" + earlier.id + "' chooses '" + earlier.version + "' and '" +
                                   each.id + "' chooses '" + each.version + "'");
            }
        }
    }

    void decision(std::size_t at) {
        const pack_decision& each = says_.decisions[at];
        const std::string here = step("/decisions", at);
        text(here + "/text", each.text);
        if (each.result) text(here + "/result", *each.result);
        // A variant may know a part of what is asked only.
        for (const pack_version& version : says_.versions) {
            const auto model = names_.find(version.model);
            if (model == names_.end()) continue;
            const bool has = model->second.decisions.find(each.name) != model->second.decisions.end();
            if (has == (!each.since || *each.since <= version.from)) continue;
            notes_.add(error_code::pack_name, here + "/name",
                       "the version '" + version.id + "' " +
                           (has ? "has '" + each.name + "' before the day of 'since'"
                                : "has no decision '" + each.name + "'"));
        }
    }

    void input(std::size_t at) {
        const pack_input& each = says_.inputs[at];
        const std::string here = step("/inputs", at);
        text(here + "/text", each.text);
        if (each.judge) text(here + "/judge", *each.judge);
        if (each.cost < 1 || each.cost > 1000)
            notes_.add(error_code::pack_parameter, here + "/cost", "the cost of a question is from 1 to 1000");
        if (each.change) change(here + "/change", each);
        if (pack_.find_parameter(each.name) != nullptr)
            notes_.add(error_code::pack_name, here + "/name", "'" + each.name + "' is a parameter, too");
    }

    void change(const std::string& here, const pack_input& of) {
        const pack_change& says = *of.change;
        const auto wrong = [&](const std::string& what) { notes_.add(error_code::pack_parameter, here, what); };
        if (of.judge) wrong("a judgement of somebody else is nothing to change: an input has 'judge' or 'change'");
        if (says.by == change_way::act) {
            if (!says.cost || *says.cost < 1 || *says.cost > 1000) wrong("a change by act has a cost from 1 to 1000");
            if (says.each) wrong("'each' stands beside 'by': 'time' only");
            return;
        }
        if (says.cost) wrong("time passes without a cost; 'cost' stands beside 'by': 'act' only");
        if (!says.each) wrong("a change by time says under 'each' what it counts: day, weekday, month or year");
        for (const auto& [name, program] : pack_.programs) {
            for (const dmn::decision_info& decision : program.decisions()) {
                if (decision.is != dmn::evaluable_kind::decision) continue;
                for (const dmn::input_info& input : program.inputs(decision.ref)) {
                    if (input.name != of.name || is_simple(input.type, feel::kind::number)) continue;
                    if (is_simple(input.type, feel::kind::date) && says.each == time_step::day) continue;
                    return wrong("numbers change by time, and dates by the day; '" + of.name + "' is " +
                                 input.type.to_string());
                }
            }
        }
    }

    static bool is_simple(const feel::type& of, feel::kind wanted) noexcept {
        return of.is() == feel::type::form::simple && of.simple_kind() == wanted;
    }

    /// Members of answers may stand in FEEL, in tables and in types alike; the text has them all.
    bool is_in_models(const std::string& part) const {
        return std::any_of(with_.models.begin(), with_.models.end(),
                           [&](const auto& each) { return each.second.find(part) != std::string::npos; });
    }

    /// What is called otherwise must be there to be called.
    void members() {
        for (const auto& [name, called] : says_.members) {
            const std::string at = pointer_to("/members", name);
            text(at, called);
            if (!is_in_models(name))
                notes_.add(error_code::pack_name, at, "'" + name + "' is no member of an answer of any model");
            for (const auto& [language, words] : called) {
                if (words.find_first_of(":\n") != std::string::npos)
                    notes_.add(error_code::pack_text, at + "/" + language,
                               "the name of a member stands before a colon and has none; it is '" + words + "'");
            }
        }
    }

    /// A label is a text that can be read back as the value: plain, and of no other value of the name.
    void labels(const std::string& name, const std::map<std::string, texts>& values) {
        const std::string here = pointer_to("/labels", name);
        if (!is_in_models(name))
            notes_.add(error_code::pack_name, here,
                       "'" + name + "' is no input, decision or member of an answer of any model");
        std::map<std::string, std::string> told;
        for (const auto& [value, label] : values) {
            const std::string at = pointer_to(here, value);
            text(at, label);
            const std::string literal = "\"" + value + "\"";
            if (!is_in_models(literal)) notes_.add(error_code::pack_name, at, "no model has the value " + literal);
            for (const auto& [language, words] : label) {
                if (!is_plain_words(words, language))
                    notes_.add(error_code::pack_text, at + "/" + language,
                               "a label begins with a letter, has letters, digits, spaces, '_', '-' and '/' alone, and "
                               "is no word such as yes or none, so that it can be read back; it is '" +
                                   words + "'");
                const auto [first, is_new] = told.emplace(language + " " + words, value);
                if (!is_new)
                    notes_.add(error_code::pack_text, at + "/" + language,
                               "'" + words + "' is the label of '" + first->second + "', too");
            }
        }
    }

    /// Inputs and rules of the models stand in the definition, and the other way round.
    void names_are_shared() {
        std::set<std::string, std::less<>> inputs;
        std::set<std::string, std::less<>> rules;
        for (const auto& [name, model] : names_) {
            inputs.insert(model.inputs.begin(), model.inputs.end());
            rules.insert(model.rules.begin(), model.rules.end());
            for (const std::string& each : model.inputs)
                if (!pack_.has_input(each) && pack_.find_parameter(each) == nullptr)
                    notes_.add(error_code::pack_name, "/inputs",
                               "'" + each + "' of the model '" + name + "' is neither an input nor a parameter");
            for (const std::string& each : model.rules) {
                const auto found = says_.rules.find(each);
                if (found == says_.rules.end())
                    notes_.add(error_code::pack_text, "/rules",
                               "the rule '" + each + "' of the model '" + name + "' has no text");
                else
                    places(each, found->second, name, model);
            }
        }
        for (const auto& [id, each] : says_.rules)
            if (rules.find(id) == rules.end())
                notes_.add(error_code::pack_name, pointer_to("/rules", id), "no model has a rule '" + id + "'");
        for (std::size_t at = 0; at < says_.inputs.size(); ++at)
            if (inputs.find(says_.inputs[at].name) == inputs.end())
                notes_.add(error_code::pack_name, step("/inputs", at), "no model has this input");
        for (std::size_t at = 0; at < says_.parameters.size(); ++at) parameter_is_used(at, inputs);
    }

    /// What stands in braces is a name of the model.
    void places(const std::string& rule, const rule_text& says, const std::string& name, const model_names& model) {
        for (const auto& [language, text] : says.text) {
            for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
                const std::size_t close = text.find('}', open);
                const std::string inside = text.substr(open + 1, close == std::string::npos ? close : close - open - 1);
                if (close == std::string::npos || (model.inputs.find(inside) == model.inputs.end() &&
                                                   model.decisions.find(inside) == model.decisions.end()))
                    notes_.add(error_code::pack_name, pointer_to("/rules", rule) + "/text/" + language,
                               "'{" + inside + "}' is no input, parameter or decision of the model '" + name + "'");
            }
        }
    }

    void parameter_is_used(std::size_t at, const std::set<std::string, std::less<>>& inputs) {
        const parameter& each = says_.parameters[at];
        const std::string here = step("/parameters", at);
        if (inputs.find(each.name) == inputs.end())
            return notes_.add(error_code::pack_name, here, "no model has an input '" + each.name + "'");
        for (const auto* list : {&says_.versions, &says_.variants}) {
            for (const pack_version& version : *list) {
                const model_names& model = names_.find(version.model)->second;
                if (model.inputs.find(each.name) == model.inputs.end()) continue;
                const std::optional<time::date>& end = each.series.back().before;
                const bool covers =
                    each.series.front().from <= version.from && (!end || (version.before && *version.before <= *end));
                if (!covers)
                    notes_.add(
                        error_code::pack_dates, here + "/series",
                        "the version '" + version.id + "' uses '" + each.name + "' on days on which it has no value");
            }
        }
    }

    compiled_pack& pack_;
    const pack_definition& says_;
    const pack_sources& with_;
    pack_findings& notes_;
    std::map<std::string, model_names> names_;  ///< by the name of the model
};

POLKU_DECL void check_pack(compiled_pack& into, const pack_sources& with, pack_findings& notes) {
    pack_checker(into, with, notes).run();
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
