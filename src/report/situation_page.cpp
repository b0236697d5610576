// SPDX-License-Identifier: Apache-2.0
#include "picture_page.hpp"
#include "situation_charts.hpp"
#include "situation_labels.hpp"
#include "situation_registers.hpp"
#include "situation_tables.hpp"

#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>

namespace polku::inline POLKU_V::report {

namespace {

class page_writer {
public:
    page_writer(const situation& of, picture_part part, std::string_view language)
        : of_(of), part_(part), language_(language), page_(title(), language) {}

    std::string write() {
        page_.notice(word("as_of") + ": " + date_text(of_.as_of, language_) + ".");
        if (of_.threshold > 1)
            page_.notice(word("threshold_note") + ": " + std::to_string(of_.threshold) + ". " + word("marks"));
        for (const path_situation& each : of_.paths) path(each);
        if (of_.paths.empty()) page_.paragraph(word("no_cases"));
        if (part_ == picture_part::all)
            for (const reported_register& each : of_.registers) of_register(each);
        return std::move(page_).finish();
    }

private:
    std::string word(std::string_view id) const { return std::string(situation_word(id, language_)); }

    std::string title() const {
        std::string made = word(part_ == picture_part::all ? "title" : "title_transitions");
        if (of_.layers.size() == 1) made += ": " + layer_name(of_, of_.layers.front(), language_);
        return made;
    }

    void path(const path_situation& in) {
        const path::definition& says = in.path.says();
        page_.begin_section(path::text_in(says.name, language_));
        page_.notice(says.id + ", " + word("version") + " " + says.version);
        for (const word_table& each : tables_of(of_, in, part_, language_)) {
            page_.heading(each.title);
            chart(in, each.section);
            page_.table(each);
        }
        page_.end_section();
    }

    void of_register(const reported_register& of) {
        const word_table made = register_table(of, language_);
        page_.begin_section(made.title).notice(path::text_in(of.path.says().name, language_));
        page_.table(made).end_section();
    }

    void chart(const path_situation& in, std::string_view section) {
        if (section == "stage") page_.figure(stage_chart(of_, in, language_), word("funnel_text"));
        if (section == "transitions")
            page_.figure(flow_chart(of_, in, language_),
                         word("flow_text") + (of_.threshold > 1 ? " " + word("hidden_flow") : ""));
        if (section == "outcome") page_.figure(outcome_chart(of_, in, language_), word("outcome_text"));
        if (section == "caseload") page_.figure(caseload_chart(of_, in, language_), word("caseload_text"));
        if (section == "stay") page_.figure(duration_chart(of_, in, language_), word("duration_text"));
    }

    const situation& of_;
    picture_part part_;
    std::string_view language_;
    picture_page page_;
};

}  // namespace

std::string situation_page(const situation& of, picture_part part, std::string_view language) {
    return page_writer(of, part, language).write();
}

}  // namespace polku::inline POLKU_V::report
