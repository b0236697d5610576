// SPDX-License-Identifier: Apache-2.0
#include <polku/json/rule_pack.hpp>

#include <polku/feel/context.hpp>
#include <polku/rules/labels.hpp>

#include <string_view>

namespace polku::inline POLKU_V::json {

namespace {

void add_text(feel::context& to, std::string_view name, const std::string& text) {
    if (!text.empty()) to.append(name, feel::value(text));
}

feel::value list_of(const std::vector<std::string>& texts) {
    std::vector<feel::value> all;
    for (const std::string& each : texts) all.emplace_back(each);
    return feel::value(std::move(all));
}

std::string words_of(const rules::explanation& of, const feel::value& value, const std::string& name) {
    return of.labels ? rules::exact_words(value, of.language, of.labels->by_name, name)
                     : rules::exact_words(value, of.language);
}

feel::value facts_of(const std::vector<rules::told_fact>& facts, const rules::explanation& of) {
    std::vector<feel::value> all;
    for (const rules::told_fact& each : facts) {
        feel::context one{{"name", each.name}, {"question", each.question}};
        if (!each.value.is_null()) {
            one.append("value", each.value);
            one.append("words", feel::value(words_of(of, each.value, each.name)));
        }
        add_text(one, "judge", each.judge);
        all.emplace_back(std::move(one));
    }
    return feel::value(std::move(all));
}

feel::value figures_of(const std::vector<rules::told_figure>& figures, const std::string& language) {
    std::vector<feel::value> all;
    for (const rules::told_figure& each : figures) {
        feel::context one{{"name", each.name},
                          {"text", each.text},
                          {"value", each.value},
                          {"words", rules::exact_words(each.value, language)}};
        add_text(one, "unit", each.unit);
        one.append("from", feel::value(each.from));
        if (each.before) one.append("before", feel::value(*each.before));
        if (each.overridden) one.append("overridden", feel::value(true));
        add_text(one, "review", each.review);
        one.append("sources", list_of(each.sources));
        all.emplace_back(std::move(one));
    }
    return feel::value(std::move(all));
}

feel::value reasons_of(const std::vector<rules::reason>& reasons) {
    std::vector<feel::value> all;
    for (const rules::reason& each : reasons)
        all.emplace_back(feel::context{{"rule", each.rule}, {"text", each.text}, {"sources", list_of(each.sources)}});
    return feel::value(std::move(all));
}

feel::value version_of(const rules::explanation& of) {
    feel::context made{{"id", of.version}, {"from", feel::value(of.version_from)}};
    if (of.version_before) made.append("before", feel::value(*of.version_before));
    made.append("chosen by", feel::value(of.asked_by_id ? "id" : of.transition.empty() ? "date" : "transition"));
    add_text(made, "transition", of.transition);
    if (!of.transition_sources.empty()) made.append("sources", list_of(of.transition_sources));
    add_text(made, "flag", of.flag);
    return feel::value(std::move(made));
}

}  // namespace

feel::value to_value(const rules::explanation& of) {
    feel::context made{{"language", of.language}, {"pack", of.pack},         {"title", of.title},
                       {"decision", of.decision}, {"question", of.question}, {"value", of.value}};
    if (!of.value.is_null())
        made.append("words", feel::value(of.labels ? rules::answer_words(of.value, of.language, *of.labels, of.decision,
                                                                         of.settled_nulls)
                                                   : rules::exact_words(of.value, of.language)));
    std::vector<feel::value> settled(of.settled_nulls.begin(), of.settled_nulls.end());
    if (!settled.empty()) made.append("settled nulls", feel::value(std::move(settled)));
    add_text(made, "meaning", of.meaning);
    made.append("decided", feel::value(of.decided));
    if (of.event) {
        made.append("event", feel::value(*of.event));
        made.append("event text", feel::value(of.event_text));
    }
    made.append("version", version_of(of));
    made.append("reasons", reasons_of(of.reasons));
    made.append("facts", facts_of(of.facts, of));
    made.append("figures", figures_of(of.figures, of.language));
    made.append("background", facts_of(of.background, of));
    made.append("unknown", facts_of(of.unknown, of));
    add_text(made, "appeal", of.appeal);
    if (!of.appeal_guidance.empty()) made.append("appeal guidance", reasons_of(of.appeal_guidance));
    made.append("notice", feel::value(of.notice));
    return feel::value(std::move(made));
}

}  // namespace polku::inline POLKU_V::json
