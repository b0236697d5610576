// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_WHOLE_EXPLANATION_IPP
#define POLKU_IMPL_RULES_WHOLE_EXPLANATION_IPP

#include <polku/impl/rules/detail/compiled_pack.hpp>
#include <polku/impl/rules/detail/explanation_frames.hpp>
#include <polku/impl/rules/detail/ground_finder.hpp>
#include <polku/rules/labels.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::rules {

namespace detail {

/// Fills an explanation from an answer, part by part.
class explainer {
public:
    explainer(const pack& from, const pack_question& asked, const pack_answer& answer, explanation& into)
        : data_(compiled_pack::of(from)),
          asked_(asked),
          answer_(answer),
          into_(into),
          program_(from.program_of(*data_.find_version(answer.version))) {}

    void fill() {
        head();
        version();
        grounds();
        for (const pack_input& each : data_.says.inputs)
            if (!is_asked(each.name) && given(each.name))
                into_.background.push_back(told(each, *asked_.inputs.find(each.name)));
    }

private:
    std::string words(const texts& of) const { return text_in(of, into_.language); }
    std::string words(const std::optional<texts>& of) const { return of ? words(*of) : std::string(); }

    bool given(const std::string& name) const {
        const feel::value* const found = asked_.inputs.find(name);
        return found != nullptr && !found->is_null();
    }

    bool is_asked(const std::string& name) const {
        for (const dmn::input_info& each : program_.inputs(*program_.find(asked_.decision)))
            if (each.name == name) return true;
        return false;
    }

    told_fact told(const pack_input& of, const feel::value& value) const {
        return {of.name, words(of.text), value, words(of.judge)};
    }

    void head() {
        into_.pack = data_.says.id;
        into_.title = words(data_.says.name);
        into_.decision = asked_.decision;
        into_.notice = words(data_.says.notice);
        into_.value = answer_.value;
        into_.labels = std::make_shared<const pack_labels>(pack_labels{data_.says.labels, data_.says.members});
        into_.question = asked_.decision;  // one that the pack does not list has no words of its own
        for (const pack_decision& each : data_.says.decisions) {
            if (each.name != asked_.decision) continue;
            into_.question = words(each.text);
            into_.meaning = words(each.result);
            into_.appeal = each.appeal.value_or("");
        }
        into_.decided = asked_.decided;
        into_.event = asked_.event;
        into_.event_text = words(data_.says.event);
    }

    void version() {
        const pack_version& by = *data_.find_version(answer_.version);
        into_.version = by.id;
        into_.version_from = by.from;
        into_.version_before = by.before;
        into_.asked_by_id = !asked_.variant.empty();
        into_.flag = words(by.flag);
        if (answer_.by_transition == nullptr) return;
        into_.transition = words(answer_.by_transition->text);
        into_.transition_sources = source_texts(data_.says, answer_.by_transition->sources);
    }

    void grounds() {
        const dmn::decision_ref what = *program_.find(asked_.decision);
        const std::span<const dmn::input_info> inputs = program_.inputs(what);
        std::vector<feel::value> slots;
        std::vector<bool> figures;
        for (const dmn::input_info& each : inputs) {
            const feel::value* const found = answer_.values.find(each.name);
            slots.push_back(found != nullptr ? *found : feel::value(feel::null_reason::unknown_input));
            figures.push_back(data_.find_parameter(each.name) != nullptr);
        }
        const std::vector<bool> stays = ground_finder(program_, what, slots).find(figures);
        // In the order of the pack: the model's order has no meaning for people.
        for (const pack_input& each : data_.says.inputs)
            if (const std::size_t at = place(inputs, each.name); at < inputs.size())
                (slots[at].is_null() ? into_.unknown
                 : stays[at]         ? into_.facts
                                     : into_.background)
                    .push_back(told(each, slots[at]));
        for (const used_parameter& each : answer_.parameters)
            if (const std::size_t at = place(inputs, each.name); at < inputs.size() && stays[at])
                into_.figures.push_back(figure(each, slots[at]));
    }

    static std::size_t place(std::span<const dmn::input_info> in, const std::string& name) {
        std::size_t at = 0;
        while (at < in.size() && in[at].name != name) ++at;
        return at;
    }

    told_figure figure(const used_parameter& of, const feel::value& value) const {
        const parameter& says = *data_.find_parameter(of.name);
        return {of.name,
                words(says.text),
                value,
                unit_words_in(says.unit.value_or(""), into_.language),
                of.from->from,
                of.from->before,
                source_texts(data_.says, of.from->sources),
                words(of.from->review),
                of.overridden};
    }

    const compiled_pack& data_;
    const pack_question& asked_;
    const pack_answer& answer_;
    explanation& into_;
    const dmn::program& program_;
};

/// What the pack of remedies says of a kind of decision when it is appealed for the first time.
inline result<std::vector<reason>> try_remedy(const explanation& of, const pack& remedies) {
    pack_question asked;
    asked.decision = "Remedy";
    asked.decided = of.decided;
    asked.inputs.set("decision kind", feel::value(of.appeal));
    asked.inputs.set("stage", feel::value("decision"));
    POLKU_TRY(const pack_answer answer, remedies.try_decide(asked));
    return explain(answer, remedies, of.language);
}

}  // namespace detail

POLKU_DECL result<explanation> try_explain(const pack& from, const pack_question& asked, std::string_view language,
                                           const pack* remedies) {
    POLKU_TRY(const pack_answer answer, from.try_decide(asked));
    explanation made;
    made.language = language;
    detail::explainer(from, asked, answer, made).fill();
    made.settled_nulls = settled_nulls(from, asked.decision, answer);
    made.reasons = explain(answer, from, language);
    if (remedies != nullptr && !made.appeal.empty()) {
        POLKU_TRY(made.appeal_guidance, detail::try_remedy(made, *remedies));
    }
    return made;
}

}  // namespace polku::inline POLKU_V::rules

#endif
