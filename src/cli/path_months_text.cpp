// SPDX-License-Identifier: Apache-2.0
#include "cli/path_months_text.hpp"

#include <polku/rules/texts.hpp>

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <map>

namespace polku::cli {

namespace {

using population::figure_spread;
using population::path_figure;
using population::path_figure_kind;

/// Letters rather than bytes, so that columns stand under each other.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char each) { return (static_cast<unsigned char>(each) & 0xC0U) != 0x80U; }));
}

/// A table: a row for each month, a column for each figure.
class month_table {
public:
    explicit month_table(std::string first) { rows_.push_back({std::move(first)}); }

    void add_row(const std::string& name) { rows_.push_back({name}); }
    void add_head(const std::string& name) { rows_.front().push_back(name); }
    void add_cell(const std::string& text) { rows_.back().push_back(text); }
    std::string text() const {
        std::vector<std::size_t> widths(rows_.front().size());
        for (const auto& row : rows_)
            for (std::size_t each = 0; each < row.size(); ++each)
                widths[each] = std::max(widths[each], width_of(row[each]));
        std::string made;
        for (const auto& row : rows_) {
            made += "    ";
            for (std::size_t each = 0; each < row.size(); ++each) {
                const std::string space(widths[each] - width_of(row[each]), ' ');
                made += each == 0 ? row[each] + space : "  " + space + row[each];
            }
            made += "\n";
        }
        return made;
    }

private:
    std::vector<std::vector<std::string>> rows_;
};

class months_teller {
public:
    months_teller(const population::path_simulation_report& of, const path::service_path& path, std::string language)
        : of_(of), path_(path), language_(std::move(language)) {}

    std::string run(const std::vector<std::string>& municipalities) {
        const bool has_other = std::any_of(of_.figures.begin(), of_.figures.end(),
                                           [](const path_figure& each) { return each.against.has_value(); });
        text_ = of_.path + ", " + of_.months.front() + " .. " + of_.months.back() + ", " + std::to_string(of_.repeats) +
                " " + word("repeats") + "\n" + word("spread");
        if (has_other) text_ += " -> " + word("changed");
        text_ += "\n";
        for (const std::string& each : municipalities) tell(each);
        return std::move(text_);
    }

private:
    std::string word(std::string_view name) const { return path_months_word(name, language_); }

    void tell(const std::string& municipality) {
        text_ += "\n" + (municipality.empty() ? word("all") : municipality + " " + name_of(municipality)) + "\n";
        std::vector<const path_figure*> here;
        for (const path_figure& each : of_.figures)
            if (each.municipality == municipality) here.push_back(&each);
        add_table(here, path_figure_kind::path, {}, {});
        for (const path::stage_definition& each : path_.says().stages)
            add_table(here, path_figure_kind::stage, each.id, rules::text_in(each.name, language_));
        for (const auto& each : path_.says().services)
            add_table(here, path_figure_kind::service, each.first, rules::text_in(each.second.name, language_));
        add_exits(here);
    }

    std::string name_of(const std::string& municipality) const {
        const auto& known = path_.says().municipalities;
        const auto found = known.find(municipality);
        return found == known.end() ? std::string() : rules::text_in(found->second, language_);
    }

    void add_table(const std::vector<const path_figure*>& from, path_figure_kind kind, const std::string& id,
                   const std::string& name) {
        month_table table(word("month"));
        std::string month;
        bool is_first = true;
        bool is_empty = true;
        for (const path_figure* const each : from) {
            if (each->kind != kind || each->of != id || each->measure == "moved") continue;
            if (each->month != month) {
                is_first = month.empty();
                month = each->month;
                table.add_row(month);
            }
            if (is_first) table.add_head(word(each->measure));
            table.add_cell(cell(*each));
            is_empty = false;
        }
        if (is_empty) return;
        const char* const what = kind == path_figure_kind::path    ? "path"
                                 : kind == path_figure_kind::stage ? "stage"
                                                                   : "service";
        text_ += "\n  " + word(what) + (name.empty() ? std::string() : ": " + name) + "\n" + table.text();
    }

    /// A column for each exit that somebody took.
    void add_exits(const std::vector<const path_figure*>& from) {
        std::map<std::string, std::map<std::string, std::string>> cells;
        for (const path_figure* const each : from)
            if (each->kind == path_figure_kind::exit) cells[each->of][each->month] = cell(*each);
        if (cells.empty()) return;
        month_table table(word("month"));
        for (const path::exit_definition& each : path_.says().exits)
            if (cells.count(each.id) != 0) table.add_head(rules::text_in(each.name, language_));
        for (const std::string& month : of_.months) {
            table.add_row(month);
            for (const path::exit_definition& each : path_.says().exits) {
                const auto found = cells.find(each.id);
                if (found == cells.end()) continue;
                const auto at = found->second.find(month);
                table.add_cell(at == found->second.end() ? "0" : at->second);
            }
        }
        text_ += "\n  " + word("exit") + "\n" + table.text();
    }

    static std::string spread(const figure_spread& of) {
        if (of.low == of.median && of.high == of.median) return of.median.to_string();
        return of.median.to_string() + " (" + of.low.to_string() + ".." + of.high.to_string() + ")";
    }
    static std::string cell(const path_figure& of) {
        if (!of.against || !of.difference) return spread(of.is);
        return of.is.median.to_string() + " -> " + of.against->median.to_string() + " (" +
               of.difference->low.to_string() + ".." + of.difference->high.to_string() + ")";
    }

    const population::path_simulation_report& of_;
    const path::service_path& path_;
    std::string language_;
    std::string text_;
};

void add_spread(std::string& to, const figure_spread& of) {
    to += "," + of.median.to_string() + "," + of.low.to_string() + "," + of.high.to_string();
}

/// Ids hold no line breaks; a comma or a quote is quoted as RFC 4180 says.
std::string field(const std::string& of) {
    if (of.find_first_of(",\"") == std::string::npos) return of;
    std::string made = "\"";
    for (const char each : of) made += each == '"' ? std::string("\"\"") : std::string(1, each);
    return made + "\"";
}

}  // namespace

std::string path_months_word(std::string_view name, std::string_view language) {
#define X(id, fi, sv, en, selko) \
    if (name == #id) return language == "fi" ? fi : language == "sv" ? sv : language == "en" ? en : selko;
#include "cli/path_months_words.inc"
#undef X
    return std::string(name);
}

std::string path_months_text(const population::path_simulation_report& of, const path::service_path& path,
                             const std::vector<std::string>& municipalities, const std::string& language) {
    return months_teller(of, path, language).run(municipalities);
}

std::string path_months_csv(const population::path_simulation_report& of) {
    const bool has_other = std::any_of(of.figures.begin(), of.figures.end(),
                                       [](const path_figure& each) { return each.against.has_value(); });
    std::string made = "month,municipality,kind,of,to,measure,median,low,high";
    if (has_other) made += ",against median,against low,against high,difference median,difference low,difference high";
    made += "\n";
    for (const path_figure& each : of.figures) {
        made += each.month + "," + each.municipality + "," + boost::describe::enum_to_string(each.kind, "") + "," +
                field(each.of) + "," + field(each.to) + "," + each.measure;
        add_spread(made, each.is);
        if (each.against) add_spread(made, *each.against);
        if (each.difference) add_spread(made, *each.difference);
        made += "\n";
    }
    return made;
}

}  // namespace polku::cli
