// SPDX-License-Identifier: Apache-2.0
#include <polku/report/path_proof.hpp>

#include <polku/feel/value.hpp>
#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/path_diagram.hpp>
#include <polku/report/svg.hpp>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::report {

namespace {

using four = std::array<std::string_view, languages.size()>;

enum class proof_word : unsigned char {
#define WORD(name, fi, sv, en, selko) name,
#include "report/proof_words.inc"
};

std::string_view in(const four& of, std::string_view language) noexcept {
    for (std::size_t i = 0; i < languages.size(); ++i)
        if (languages[i] == language) return of[i];
    return of[2];
}

std::string_view said(proof_word which, std::string_view language) noexcept {
    static constexpr std::array words{
#define WORD(name, fi, sv, en, selko) four{fi, sv, en, selko},
#include "report/proof_words.inc"
    };
    return in(words[static_cast<std::size_t>(which)], language);
}

std::string_view said(path::path_property which, std::string_view language) noexcept {
#define PROPERTY(name, fi, sv, en, selko) \
    if (which == path::path_property::name) return in(four{fi, sv, en, selko}, language);
#include "report/proof_words.inc"
    return {};
}

std::string_view said(path::proof_issue which, std::string_view language) noexcept {
#define ISSUE(name, fi, sv, en, selko) \
    if (which == path::proof_issue::name) return in(four{fi, sv, en, selko}, language);
#include "report/proof_words.inc"
    return {};
}

/// What the engine did at the end of a story that shows the issue.
std::string_view answered(path::proof_issue which, std::string_view language) noexcept {
#define ANSWER(name, fi, sv, en, selko) \
    if (which == path::proof_issue::name) return in(four{fi, sv, en, selko}, language);
#include "report/proof_words.inc"
    return {};
}

std::string_view said(path::proof_verdict which, std::string_view language) noexcept {
    if (which == path::proof_verdict::proved) return said(proof_word::proved, language);
    return said(which == path::proof_verdict::refuted ? proof_word::refuted : proof_word::unknown, language);
}

/// The event that a command of a story brings about, by which people know it; empty for what has a word of its own.
struct event_of {
    template <class Other>
    std::string operator()(const Other&) const {
        return {};
    }
    std::string operator()(const path::withdraw_fact& of) const { return "fact_withdrawn:" + of.fact; }
    std::string operator()(const path::give_consent& of) const { return "consent_given:" + of.consent; }
    std::string operator()(const path::hold_meeting& of) const { return "meeting_held:" + of.kind; }
    std::string operator()(const path::start_assessment& of) const { return "assessment_started:" + of.kind; }
    std::string operator()(const path::complete_assessment&) const { return "assessment_completed"; }
    std::string operator()(const path::record_instrument& of) const { return "instrument_recorded:" + of.instrument; }
    std::string operator()(const path::record_feedback& of) const { return "feedback_recorded:" + of.from; }
    std::string operator()(const path::agree_plan&) const { return "plan_agreed"; }
    std::string operator()(const path::review_plan&) const { return "plan_reviewed"; }
    std::string operator()(const path::set_goal&) const { return "goal_set"; }
    std::string operator()(const path::score_goal&) const { return "goal_scored"; }
    std::string operator()(const path::start_coaching& of) const { return "coaching_started:" + of.package; }
    std::string operator()(const path::complete_coaching&) const { return "coaching_completed"; }
    std::string operator()(const path::end_placement&) const { return "placement_ended"; }
    std::string operator()(const path::assign_responsible& of) const { return "responsible_assigned:" + of.who.role; }
    std::string operator()(const path::add_team_member& of) const { return "team_member_added:" + of.who.role; }
    std::string operator()(const path::draft_referral& of) const { return "referral_drafted:" + of.service; }
    std::string operator()(const path::move_referral& of) const {
        for (const path::referral_transition& each : path::referral_transitions())
            if (each.move == of.move) return "referral_" + std::string(path::name_of(each.to));
        return {};
    }
};

/// A finding and its story as lines of text, for both forms.
class proof_writer {
public:
    proof_writer(const path::service_path& path, std::string_view language) : path_(path), language_(language) {}

    /// `Sentence: subject, detail`.
    std::string sentence(const path::proof_finding& of) const {
        std::string names;
        for (const std::string* each : {&of.subject, &of.detail})
            if (!each->empty()) names += (names.empty() ? "" : " → ") + thing(*each);
        return std::string(said(of.issue, language_)) + (names.empty() ? "" : ": " + names);
    }
    std::vector<std::string> region(const path::proof_finding& of) const {
        std::vector<std::string> made;
        for (const auto& [input, value] : of.where)
            made.push_back(input == "event"
                               ? word(proof_word::awaited, path::trigger_text(path_.says(), value, language_))
                               : fact_name(input) + ": " + value_name(input, value));
        return made;
    }
    /// How the story ended, or what stood in the way. The engine speaks English, so English readers get its own words
    /// beside; the JSON has them for everybody.
    std::string end(const path::proof_finding& of) const {
        const bool is_told = !of.story.empty();
        std::string made = word(is_told ? proof_word::shown : proof_word::obstacle) + ": ";
        made += is_told ? std::string(answered(of.issue, language_))
                        : word(of.shown.empty() ? proof_word::not_seen : proof_word::no_story);
        return language_ == "en" ? made + " (" + (of.shown.empty() ? of.message : of.shown) + ")" : made;
    }
    std::string step(const path::command& of) const {
        const std::string day = of.on ? date_text(*of.on, language_) + " " : std::string();
        return day + what(of.what);
    }

private:
    /// `Kela rehabilitation: sent` is a referral in a state; all else has a name of its own.
    std::string thing(const std::string& id) const {
        const std::size_t cut = id.rfind(": ");
        if (cut == std::string::npos || path_.says().services.count(id.substr(0, cut)) == 0) return name(id);
        const std::string state = id.substr(cut + 2);
        return path::trigger_text(
            path_.says(), "referral_" + (state == "draft" ? "drafted" : state) + ":" + id.substr(0, cut), language_);
    }
    std::string name(const std::string& id) const { return path::name_in(path_.says(), id, language_); }
    std::string fact_name(const std::string& fact) const {
        const auto found = path_.says().facts.find(fact);
        return found == path_.says().facts.end() ? name(fact) : path::text_in(found->second.name, language_);
    }
    std::string value_name(const std::string& fact, const std::string& value) const {
        const auto found = path_.says().facts.find(fact);
        if (found == path_.says().facts.end()) return told_by_case(value);
        const path::fact_definition& says = found->second;
        if (const auto known = says.values.find(value); known != says.values.end())
            return path::text_in(known->second, language_);
        if (value == "null") return word(proof_word::unknown);
        if (says.type == "boolean") return word(value == "true" ? proof_word::yes : proof_word::no);
        return says.type == "string" && says.values.empty() ? word(proof_word::own_words) : value;
    }
    /// A value of what the case tells by itself: a truth, nothing, or something of the definition.
    std::string told_by_case(const std::string& value) const {
        if (value == "true" || value == "false") return word(value == "true" ? proof_word::yes : proof_word::no);
        return value == "null" ? path::value_text(path_.says(), {}, feel::value(), language_) : name(value);
    }
    std::string word(proof_word which, const std::string& about = {}) const {
        return std::string(said(which, language_)) + (about.empty() ? "" : ": " + about);
    }
    std::string what(const path::command_body& of) const {
        if (const auto* opened = std::get_if<path::open_case>(&of)) return word(proof_word::opened, opened->entry);
        if (const auto* told = std::get_if<path::record_fact>(&of))
            return word(proof_word::told,
                        fact_name(told->fact) + " = " + value_name(told->fact, feel::to_string(told->value)));
        if (std::holds_alternative<path::route>(of)) return word(proof_word::routed);
        if (const auto* placed = std::get_if<path::start_placement>(&of))
            return word(proof_word::placed, name(placed->kind));
        if (std::holds_alternative<path::withdraw>(of)) return word(proof_word::left);
        if (std::holds_alternative<path::reopen_case>(of)) return word(proof_word::returned);
        if (std::holds_alternative<path::tick>(of)) return word(proof_word::waited);
        const std::string event = std::visit(event_of{}, of);
        return event.empty() ? std::string(path::type_of(of)) : path::trigger_text(path_.says(), event, language_);
    }

    const path::service_path& path_;
    std::string_view language_;
};

constexpr std::string_view proof_style = R"(
body { font: 16px/1.45 system-ui, "DejaVu Sans", sans-serif; color: #1d2733; background: #fff; max-width: 1000px; margin: 0 auto; padding: 16px 24px 48px; }
h1 { font-size: 25px; margin: 8px 0 2px; } h2 { font-size: 18px; margin: 22px 0 4px; } h3 { font-size: 15.5px; margin: 10px 0 2px; } p { margin: 3px 0; }
.verdict { font-weight: 600; border-left: 5px solid #5b6770; padding-left: 8px; } .proved { border-color: #1b6e3c; } .refuted { border-color: #b3261e; }
svg .here { fill: #fbdcd9; stroke: #b3261e; } .scroll { overflow-x: auto; }
.finding { border: 1px solid #b9c2cc; padding: 6px 12px; margin: 8px 0; } ol { margin: 4px 0; padding-left: 26px; } .small { color: #44505c; font-size: 13.5px; }
)";

std::string paragraph(std::string_view css_class, std::string_view text) {
    return "<p class=\"" + std::string(css_class) + "\">" + escaped(text) + "</p>\n";
}

std::string finding_html(const path::service_path& path, const proof_writer& writer, const path::proof_finding& of,
                         std::string_view language) {
    std::string out = "<div class=\"finding\">\n<h3>" + escaped(said(of.says, language)) + ": " +
                      escaped(writer.sentence(of)) + "</h3>\n";
    for (const std::string& each : writer.region(of)) out += paragraph("", each);
    if (!of.story.empty()) {
        out += paragraph("small", said(proof_word::story, language)) + "<ol>\n";
        for (const path::command& each : of.story) out += "<li>" + escaped(writer.step(each)) + "</li>\n";
        out += "</ol>\n";
    }
    if (!of.through.empty()) out += "<div class=\"scroll\">" + path_diagram(path, language, of.through) + "</div>\n";
    out += paragraph("small", writer.end(of));
    if (!of.pointer.empty())
        out += paragraph("small", std::string(said(proof_word::place, language)) + ": " + of.pointer);
    return out + "</div>\n";
}

}  // namespace

std::string_view verdict_word(path::proof_verdict of, std::string_view language) noexcept { return said(of, language); }

std::vector<std::string> story_lines(const path::service_path& path, const std::vector<path::command>& story,
                                     std::string_view language) {
    const proof_writer writer(path, language);
    std::vector<std::string> made;
    for (const path::command& each : story) made.push_back(writer.step(each));
    return made;
}

std::string proof_text(const path::service_path& path, const path::path_proof& of, std::string_view language,
                       bool stories) {
    const proof_writer writer(path, language);
    std::string out = path::text_in(path.says().name, language) + " (" + of.path + " " + of.version +
                      "): " + std::string(said(of.overall(), language)) + "\n";
    for (const path::property_result& each : of.properties) {
        out += std::string(path::name_of(each.about)) + ": " + std::string(said(each.says, language)) + ". " +
               std::string(said(each.about, language)) + " (" + std::string(said(proof_word::looked_at, language)) +
               ": " + std::to_string(each.cases) + ")\n";
        for (const path::proof_finding& finding : each.findings) {
            out += "  " + std::string(said(finding.says, language)) + ": " + writer.sentence(finding) + " [" +
                   std::string(path::name_of(finding.issue)) + "]\n";
            for (const std::string& line : writer.region(finding)) out += "    " + line + "\n";
            if (stories)
                for (const path::command& step : finding.story) out += "    " + writer.step(step) + "\n";
            out += "    " + writer.end(finding) + "\n";
            if (!finding.pointer.empty())
                out += "    " + std::string(said(proof_word::place, language)) + ": " + finding.pointer + "\n";
        }
    }
    return out;
}

std::string proof_page(const path::service_path& path, const path::path_proof& of, std::string_view language) {
    const proof_writer writer(path, language);
    const std::string title = std::string(said(proof_word::title, language));
    const std::string_view tag = language == "fi-selko" ? "fi" : language;
    std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(tag) +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                      "content=\"width=device-width, initial-scale=1\">\n<title>" +
                      escaped(title) + "</title>\n<style>" + std::string(drawing_style()) + std::string(proof_style) +
                      "</style>\n</head>\n<body>\n<h1>" + escaped(title) + "</h1>\n";
    out += paragraph("", path::text_in(path.says().name, language) + " (" + of.path + " " + of.version + ")");
    const auto verdict = [&](path::proof_verdict which) {
        return paragraph("verdict " + std::string(path::name_of(which)), said(which, language));
    };
    out += verdict(of.overall()) + path_diagram(path, language);
    for (const path::property_result& each : of.properties) {
        out += "<h2>" + escaped(said(each.about, language)) + "</h2>\n" + verdict(each.says);
        out +=
            paragraph("small", std::string(said(proof_word::looked_at, language)) + ": " + std::to_string(each.cases));
        for (const path::proof_finding& finding : each.findings) out += finding_html(path, writer, finding, language);
    }
    if (!path.says().notice.empty()) out += paragraph("small", path::text_in(path.says().notice, language));
    return out + "</body>\n</html>\n";
}

}  // namespace polku::inline POLKU_V::report
