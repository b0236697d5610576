// SPDX-License-Identifier: Apache-2.0
#include "situation_labels.hpp"
#include "situation_registers.hpp"
#include "situation_tables.hpp"

#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/svg.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report {

namespace {

constexpr std::size_t page_columns = 120;
constexpr std::size_t name_columns = 60;

void append_cell(std::string& out, const std::string& text, std::size_t columns, bool is_name) {
    const std::string cell = is_name ? shortened(text, columns) : text;
    const std::string space(columns - std::min(columns, width_of(cell)), ' ');
    out += is_name ? cell + space : space + cell;
}

/// A table too wide for the page goes on below with the names again.
class text_table {
public:
    explicit text_table(const word_table& of) : of_(of), widths_(of.head.size(), 0) {
        measure(of.head);
        for (const auto& each : of.rows) measure(each);
    }

    std::string write() const {
        std::string out = of_.title + "\n";
        std::size_t names = 0;
        for (std::size_t at = 0; at < of_.names; ++at) names += widths_[at] + 2;
        for (std::size_t from = of_.names; from < of_.head.size();) {
            std::size_t until = from;
            std::size_t used = names;
            while (until < of_.head.size() && (until == from || used + widths_[until] <= page_columns))
                used += widths_[until++] + 2;
            line(out, of_.head, from, until);
            for (const auto& each : of_.rows) line(out, each, from, until);
            from = until;
            out += "\n";
        }
        return out;
    }

private:
    void measure(const std::vector<std::string>& cells) {
        for (std::size_t at = 0; at < cells.size(); ++at) {
            const std::size_t most = at < of_.names ? name_columns : page_columns;
            widths_[at] = std::max(widths_[at], std::min(most, width_of(cells[at])));
        }
    }
    void line(std::string& out, const std::vector<std::string>& cells, std::size_t from, std::size_t until) const {
        out += "  ";
        for (std::size_t at = 0; at < of_.names; ++at) {
            append_cell(out, cells[at], widths_[at], true);
            out += "  ";
        }
        for (std::size_t at = from; at < until; ++at) {
            append_cell(out, cells[at], widths_[at], false);
            if (at + 1 < until) out += "  ";
        }
        out.erase(out.find_last_not_of(' ') + 1);
        out += "\n";
    }

    const word_table& of_;
    std::vector<std::size_t> widths_;
};

}  // namespace

std::string situation_text(const situation& of, picture_part part, std::string_view language) {
    const auto word = [&](std::string_view id) { return std::string(situation_word(id, language)); };
    std::string out = word(part == picture_part::all ? "title" : "title_transitions") + "\n" + word("as_of") + ": " +
                      date_text(of.as_of, language) + "\n";
    if (of.threshold > 1)
        out += word("threshold_note") + ": " + std::to_string(of.threshold) + ". " + word("marks") + "\n";
    for (const path_situation& each : of.paths) {
        const path::definition& says = each.path.says();
        out += "\n" + word("path") + ": " + path::text_in(says.name, language) + " (" + says.id + ", " +
               word("version") + " " + says.version + ")\n\n";
        for (const word_table& table : tables_of(of, each, part, language)) out += text_table(table).write();
    }
    if (of.paths.empty()) out += word("no_cases") + "\n";
    if (part == picture_part::all) out += registers_text(of, language);
    return out;
}

}  // namespace polku::inline POLKU_V::report
