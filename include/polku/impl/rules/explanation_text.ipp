// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_EXPLANATION_TEXT_IPP
#define POLKU_IMPL_RULES_EXPLANATION_TEXT_IPP

#include <polku/feel/context.hpp>
#include <polku/impl/rules/detail/explanation_frames.hpp>
#include <polku/rules/labels.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::rules {

namespace detail {

/// A text in the four languages of the library.
struct four_texts {
    std::string_view fi, sv, en, selko;

    std::string in(std::string_view language) const {
        return std::string(language == "fi" ? fi : language == "sv" ? sv : language == "fi-selko" ? selko : en);
    }
};

POLKU_DECL std::string frame_text(frame which, std::string_view language) {
    constexpr four_texts frames[] = {
#define X(name, fi, sv, en, selko) {fi, sv, en, selko},
#include <polku/rules/explanation_frames.inc>
    };
    return frames[static_cast<std::size_t>(which)].in(language);
}

POLKU_DECL std::string unit_words_in(const std::string& unit, std::string_view language) {
    struct unit_row {
        std::string_view name;
        four_texts words;
    };
    constexpr unit_row rows[] = {
#define U(unit, fi, sv, en, selko) {unit, {fi, sv, en, selko}},
#include <polku/rules/explanation_frames.inc>
    };
    for (const unit_row& each : rows)
        if (each.name == unit) return each.words.in(language);
    return unit;
}

POLKU_DECL std::string period_words(time::date from, const std::optional<time::date>& before,
                                    std::string_view language) {
    const std::string first = value_words(feel::value(from), language);
    const std::optional<time::date> last = before ? before->plus_days(-1) : std::nullopt;
    if (last) return first + "–" + value_words(feel::value(*last), language);
    const std::string open = frame_text(frame::open_end, language);
    const bool is_behind = language == "fi" || language == "fi-selko";
    return is_behind ? first + " " + open : open + " " + first;
}

/// Writes an explanation line by line.
class explanation_writer {
public:
    explicit explanation_writer(const explanation& of) : of_(of) {}

    std::string write() {
        line(of_.title);
        line(label(frame::question) + of_.question);
        outcome();
        rules_applied();
        heading(frame::reasons);
        if (of_.reasons.empty() && !is_empty(of_.value)) line(frame_text(frame::no_rule, of_.language));
        if (is_empty(of_.value))
            line(frame_text(of_.unknown.empty() || is_settled(of_.value, of_.decision) ? frame::undecided_known
                                                                                       : frame::undecided_unknown,
                            of_.language));
        reasons(of_.reasons);
        facts(frame::facts, of_.facts);
        figures();
        if (!of_.background.empty()) facts(frame::background, of_.background);
        if (!of_.unknown.empty()) unknown();
        appeal();
        line("");
        line(of_.notice);
        return std::move(text_);
    }

private:
    void line(const std::string& text) { text_ += text + "\n"; }
    std::string label(frame which) const { return frame_text(which, of_.language) + ": "; }
    void heading(frame which) { line("\n" + frame_text(which, of_.language)); }
    std::string words(const feel::value& value, std::string_view name = {}) const {
        return of_.labels ? exact_words(value, of_.language, of_.labels->by_name, name)
                          : exact_words(value, of_.language);
    }

    /// Nothing is said: null, or a context of nulls.
    static bool is_empty(const feel::value& value) {
        if (!value.is(feel::kind::context)) return value.is_null();
        for (const feel::context::entry& each : value.as_context())
            if (!is_empty(each.value)) return false;
        return true;
    }

    /// No fact that is unknown can give the empty value anything.
    bool is_settled(const feel::value& value, const std::string& name) const {
        if (!value.is(feel::kind::context))
            return std::find(of_.settled_nulls.begin(), of_.settled_nulls.end(), name) != of_.settled_nulls.end();
        const auto& entries = value.as_context();
        return std::all_of(entries.begin(), entries.end(),
                           [&](const auto& each) { return is_settled(each.value, each.name); });
    }

    static std::string joined(const std::vector<std::string>& all) {
        std::string text;
        for (const std::string& each : all) text += (text.empty() ? "" : "; ") + each;
        return text;
    }

    void outcome() {
        const std::string found = label(frame::outcome);
        static const pack_labels none;
        const pack_labels& labels = of_.labels ? *of_.labels : none;
        bool speaks = false;  // each member has a name for people, so nothing more needs to be said of it
        if (of_.value.is_null()) {
            line(found + frame_text(frame::undecided, of_.language));
        } else if (of_.value.is(feel::kind::context)) {
            line(found.substr(0, found.size() - 1));
            speaks = true;
            for (const feel::context::entry& each : of_.value.as_context()) {
                line("- " + member_words(each.name, of_.language, labels) + ": " +
                     answer_words(each.value, of_.language, labels, each.name, of_.settled_nulls));
                speaks = speaks && labels.members.find(each.name) != labels.members.end();
            }
        } else {
            line(found + answer_words(of_.value, of_.language, labels, of_.decision));
        }
        if (!of_.meaning.empty() && !speaks) line(label(frame::meaning) + of_.meaning);
    }

    void rules_applied() {
        line(label(frame::decided) + words(feel::value(of_.decided)));
        if (of_.event) line(label(frame::event) + words(feel::value(*of_.event)) + " (" + of_.event_text + ")");
        line(label(frame::version) + of_.version + " (" +
             period_words(of_.version_from, of_.version_before, of_.language) + ")");
        if (!of_.transition.empty())
            line(label(frame::by_transition) + of_.transition + " [" + joined(of_.transition_sources) + "]");
        else
            line(frame_text(of_.asked_by_id ? frame::by_id : frame::by_date, of_.language));
        if (!of_.flag.empty()) line(label(frame::flag) + of_.flag);
    }

    void reasons(const std::vector<reason>& all) {
        for (const reason& each : all) line("- " + each.text + " [" + joined(each.sources) + "]");
    }

    /// A question ends with its own mark; a text without one gets a colon.
    static std::string asked(const std::string& question) {
        const bool ends = !question.empty() && (question.back() == '?' || question.back() == '.');
        return ends ? question : question + ":";
    }

    void facts(frame head, const std::vector<told_fact>& all) {
        heading(head);
        if (all.empty()) line(frame_text(frame::none, of_.language));
        for (const told_fact& each : all) {
            line("- " + asked(each.question) + " " + words(each.value, each.name));
            if (!each.judge.empty()) line("  " + label(frame::judge) + each.judge);
        }
    }

    void figures() {
        if (of_.figures.empty()) return;
        heading(frame::figures);
        for (const told_figure& each : of_.figures) {
            line("- " + asked(each.text) + " " + words(each.value) + (each.unit.empty() ? "" : " " + each.unit) + " (" +
                 period_words(each.from, each.before, of_.language) +
                 (each.overridden ? "; " + frame_text(frame::overridden, of_.language) : "") + "; " +
                 joined(each.sources) + ")");
            if (!each.review.empty()) line("  " + label(frame::review) + each.review);
        }
    }

    void unknown() {
        heading(frame::unknown);
        for (const told_fact& each : of_.unknown) line("- " + each.question);
    }

    void appeal() {
        if (of_.appeal.empty()) return;
        heading(frame::appeal);
        if (of_.appeal_guidance.empty()) line(label(frame::appeal_kind) + of_.appeal);
        reasons(of_.appeal_guidance);
    }

    const explanation& of_;
    std::string text_;
};

}  // namespace detail

POLKU_DECL std::string to_text(const explanation& of) { return detail::explanation_writer(of).write(); }

}  // namespace polku::inline POLKU_V::rules

#endif
