// SPDX-License-Identifier: Apache-2.0
#include <polku/report/supplement_letter.hpp>

#include <polku/path/explain.hpp>
#include <polku/report/figures.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/svg.hpp>

#include <array>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::report {

namespace {

constexpr std::string_view letter_style = R"(
body { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1d2733; background: #fff; max-width: 800px; margin: 0 auto; padding: 16px 24px 48px; }
h1 { font-size: 24px; margin: 16px 0 4px; } h2 { font-size: 18px; margin: 22px 0 6px; } p { margin: 6px 0; }
.notice { color: #44505c; font-size: 13.5px; } .outcome { font-size: 18px; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content auto; gap: 2px 14px; margin: 6px 0; } dt { color: #44505c; } dd { margin: 0; overflow-wrap: anywhere; }
ul { margin: 4px 0; padding-left: 22px; } .instructions { border-top: 2px solid #1d2733; margin-top: 28px; padding-top: 4px; }
@page { size: A4; margin: 18mm 16mm; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } h2 { break-after: avoid; } li, dl { break-inside: avoid; } }
)";

struct letter_words {
    std::string_view fi;
    std::string_view sv;
    std::string_view en;
    std::string_view selko;
};

enum class letter_word : unsigned char {
#define X(name, fi, sv, en, selko) name,
#include "report/supplement_words.inc"
#undef X
};

constexpr std::array all_words = {
#define X(name, fi, sv, en, selko) letter_words{fi, sv, en, selko},
#include "report/supplement_words.inc"
#undef X
};

/// What every part of the letter is written from.
struct letter_writer {
    const path::supplement_terms& terms;
    const path::employer_state& employer;
    const path::application& about;
    const path::decision_entry& decision;
    std::string_view language;
    std::string out = {};

    const path::supplement_decision& content() const { return decision.content; }
    std::string text(letter_word which) const {
        const letter_words& words = all_words[static_cast<std::size_t>(which)];
        return std::string(language == "fi"         ? words.fi
                           : language == "sv"       ? words.sv
                           : language == "fi-selko" ? words.selko
                                                    : words.en);
    }
    std::string day(time::date on) const { return date_text(on, language); }
    std::string told(const path::texts& of) const { return std::string(path::text_in(of, language)); }
    void heading(letter_word which) { out += "<h2>" + escaped(text(which)) + "</h2>\n"; }
    void paragraph(const std::string& what) { out += "<p>" + escaped(what) + "</p>\n"; }
    void row(letter_word which, const std::string& what) {
        out += "<dt>" + escaped(text(which)) + "</dt><dd>" + escaped(what) + "</dd>\n";
    }
    void items(const std::vector<std::string>& of) {
        out += "<ul>\n";
        for (const std::string& each : of) out += "<li>" + escaped(each) + "</li>\n";
        out += "</ul>\n";
    }

    letter_word title() const {
        if (content().kind == path::decision_kind::rectified) return letter_word::title_rectified;
        return content().recovery ? letter_word::title_recovery : letter_word::title_grant;
    }
    void head();
    void outcome();
    void reasons();
    void aid();
    void notice();
    void instructions();
    std::string reason_text(const path::rule_reason& of) const;
    std::string whole();
};

letter_word outcome_word(const path::supplement_decision& of) {
    switch (of.outcome) {
        case path::decision_outcome::granted: return letter_word::granted;
        case path::decision_outcome::partly_granted: return letter_word::partly_granted;
        case path::decision_outcome::refused: return letter_word::refused;
        case path::decision_outcome::recovery_ordered: return letter_word::recovery_ordered;
        case path::decision_outcome::recovery_cancelled: break;
    }
    return letter_word::recovery_cancelled;
}

letter_word way_word(time::notice_way of) {
    switch (of) {
        case time::notice_way::letter:
        case time::notice_way::letter_to_authority: return letter_word::way_letter;
        case time::notice_way::electronic_message: return letter_word::way_electronic;
        case time::notice_way::verifiable_service: return letter_word::way_service;
        case time::notice_way::proof_of_receipt: return letter_word::way_receipt;
        case time::notice_way::online_minutes: break;
    }
    return letter_word::way_minutes;
}

void letter_writer::head() {
    const path::terms_definition& says = terms.says();
    out = "<!DOCTYPE html>\n<html lang=\"" + std::string(language.substr(0, 2)) +
          "\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
          escaped(text(title())) + "</title>\n<style>" + std::string(letter_style) +
          "</style>\n</head>\n<body>\n<main>\n<p>" + escaped(told(says.authority.name)) + "<br>" +
          escaped(told(says.authority.address)) + "<br>" + escaped(says.authority.email) + "</p>\n<h1>" +
          escaped(text(title())) + "</h1>\n<p class=\"notice\">" + escaped(told(says.name)) + ". " +
          escaped(told(says.notice)) + "</p>\n<dl>\n";
    row(letter_word::employer, employer.details.name + ", " + about.business_id +
                                   (employer.details.address ? ", " + *employer.details.address : std::string()));
    row(letter_word::application,
        about.id + (about.arrived ? ", " + text(letter_word::arrived) + " " + day(*about.arrived) : ""));
    row(letter_word::decision, decision.id + ", " + text(letter_word::made) + " " + day(decision.made));
    row(letter_word::maker, decision.maker);
    out += "</dl>\n";
}

void letter_writer::outcome() {
    heading(letter_word::decision);
    const auto line = [&](letter_word which) { out += "<p class=\"outcome\">" + escaped(text(which)) + "</p>\n"; };
    for (const path::contest& each : about.claims)
        if (content().claim == each.id && each.outcome)
            line(*each.outcome == "changed" ? letter_word::claim_changed
                 : *each.outcome == "kept"  ? letter_word::claim_kept
                                            : letter_word::claim_inadmissible);
    line(outcome_word(content()));
    if (!content().recovery && content().outcome != path::decision_outcome::refused) {
        out += "<dl>\n";
        row(letter_word::monthly, money_text(content().monthly_amount, language));
        row(letter_word::months, std::to_string(content().months));
        row(letter_word::total, money_text(content().total, language));
        out += "</dl>\n";
    } else if (content().outcome == path::decision_outcome::recovery_ordered) {
        out += "<dl>\n";
        row(letter_word::to_recover, money_text(content().total, language));
        out += "</dl>\n";
    }
}

std::string letter_writer::reason_text(const path::rule_reason& of) const {
    const auto& reasons = terms.says().reasons;
    if (const auto found = reasons.find(of.rule); found != reasons.end()) return told(found->second);
    const auto& items = terms.says().items;
    if (const auto found = items.find(of.rule); found != items.end())
        return text(letter_word::missing_reason) + ": " + told(found->second);
    return of.decision + ": " + of.rule;
}

/// A refusal rests on what speaks against granting, a grant on all that took part.
void letter_writer::reasons() {
    heading(letter_word::reasons);
    if (content().text) paragraph(*content().text);
    const bool refused = content().outcome == path::decision_outcome::refused;
    std::vector<std::string> told_reasons;
    for (const path::rule_reason& each : content().reasons)
        if (!refused || each.against) told_reasons.push_back(reason_text(each));
    if (!told_reasons.empty()) items(told_reasons);
    out += "<dl>\n";
    row(letter_word::terms, told(terms.says().name) + ", " + content().terms_version + " (" +
                                text(letter_word::fingerprint) + " " + content().terms_hash + ")");
    out += "</dl>\n";
}

void letter_writer::aid() {
    if (!content().aid || content().recovery) return;
    heading(letter_word::aid);
    paragraph(text(letter_word::aid_text) + " " + money_text(content().aid->total, language) + " (" +
              text(letter_word::aid_since) + " " + day(content().aid->since) + "). " + text(letter_word::aid_limit) +
              ": " + money_text(content().aid->limit, language) + ".");
}

void letter_writer::notice() {
    heading(letter_word::notice);
    if (!decision.notice) {
        paragraph(text(letter_word::notice_none));
        return;
    }
    paragraph(text(way_word(decision.notice->way)) + ", " + text(letter_word::sent) + " " + day(decision.notice->sent));
    const auto period = path::contest_period_of(decision);
    if (!period) return;
    out += "<dl>\n";
    row(letter_word::received,
        day(period->received) + (period->presumed ? " (" + text(letter_word::presumed) + ")" : ""));
    row(letter_word::last_day, day(period->last));
    out += "</dl>\n";
}

void letter_writer::instructions() {
    const bool is_appeal = content().remedy.remedy == "appeal";
    const path::authority_definition& authority = terms.says().authority;
    out += "<section class=\"instructions\">\n";
    heading(is_appeal ? letter_word::appeal : letter_word::rectification);
    paragraph(text(is_appeal ? letter_word::appeal_what : letter_word::rectification_what));
    if (!is_appeal) paragraph(text(letter_word::rectification_who));
    paragraph(text(is_appeal ? letter_word::appeal_time : letter_word::rectification_time));
    paragraph(text(is_appeal ? letter_word::appeal_where : letter_word::rectification_where) + ": " +
              (is_appeal ? told(authority.court)
                         : told(authority.name) + ", " + told(authority.address) + ", " + authority.email) +
              ".");
    heading(letter_word::how_received);
    items({text(letter_word::how_letter), text(letter_word::how_electronic), text(letter_word::how_service),
           text(letter_word::how_receipt), text(letter_word::how_member)});
    paragraph(text(letter_word::how_rolled));
    paragraph(text(is_appeal ? letter_word::content_appeal : letter_word::content_claim));
    out += "<p class=\"notice\">" + escaped(text(letter_word::source) + ": " + content().remedy.source) +
           "</p>\n</section>\n";
}

std::string letter_writer::whole() {
    head();
    outcome();
    reasons();
    aid();
    notice();
    instructions();
    out += "</main>\n</body>\n</html>\n";
    return std::move(out);
}

}  // namespace

std::string supplement_letter(const path::supplement_terms& terms, const path::employer_state& employer,
                              const path::application& about, const path::decision_entry& decision,
                              std::string_view language) {
    const bool known = language == "fi" || language == "sv" || language == "fi-selko";
    return letter_writer{terms, employer, about, decision, known ? language : "en"}.whole();
}

}  // namespace polku::inline POLKU_V::report
