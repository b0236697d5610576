// SPDX-License-Identifier: Apache-2.0
#include <polku/workspace/simulation_page.hpp>

#include "report/charts.hpp"
#include "report/picture_page.hpp"
#include "report/situation_labels.hpp"
#include "simulation_page_parts.hpp"

#include <polku/rules/texts.hpp>

#include <algorithm>
#include <map>
#include <tuple>

namespace polku::inline POLKU_V {

namespace {

using population::figure_spread;
using population::path_figure;
using population::path_figure_kind;
using report::word_table;

/// A figure by what it is about, without its month.
using figure_key = std::tuple<std::string, path_figure_kind, std::string, std::string, std::string>;
/// The figure of each month; a null pointer where nothing was counted.
using figure_months = std::vector<const path_figure*>;

/// A stage, a service or the path itself, as headings call it.
struct figure_subject {
    path_figure_kind kind = path_figure_kind::path;
    std::string id;
    std::string name;
};

class path_page_writer {
public:
    path_page_writer(const population::path_simulation_report& of, const path::service_path& path,
                     const simulation_page_options& how)
        : of_(of),
          path_(path),
          how_(how),
          page_(word("path_title") + ": " + rules::text_in(path.says().name, how.language), how.language) {
        for (const path_figure& each : of.figures) {
            figure_months& months = figures_[{each.municipality, each.kind, each.of, each.to, each.measure}];
            months.resize(of.months.size());
            const auto month = std::find(of.months.begin(), of.months.end(), each.month);
            if (month != of.months.end()) months[static_cast<std::size_t>(month - of.months.begin())] = &each;
            has_other_ = has_other_ || each.against.has_value();
        }
    }

    std::string write() {
        page_.paragraph(word("path_lead"));
        if (how_.threshold > 1)
            page_.notice(word("hidden") + ": " + std::to_string(how_.threshold) + ". " + word("path_marks"));
        tell_asked();
        page_.begin_section(word("all_municipalities"));
        tell_flows();
        tell_ends({}, true);
        for (const figure_subject& each : subjects()) tell_subject({}, each, true);
        page_.end_section();
        if (of_.municipalities.size() > 1) {
            page_.begin_section(word("by_municipality"));
            for (const std::string& each : of_.municipalities) {
                page_.begin_part(municipality_words(each), false);
                tell_ends(each, false);
                for (const figure_subject& about : subjects()) tell_subject(each, about, false);
                page_.end_part();
            }
            page_.end_section();
        }
        return std::move(page_).finish();
    }

private:
    std::string word(std::string_view id) const { return detail::simulation_word(id, how_.language); }
    std::string text(const rules::texts& of) const { return rules::text_in(of, how_.language); }
    std::string number(const feel::number& of) const { return report::number_text(of, how_.language); }

    /// By the path's own name of it, if it has one.
    std::string municipality_words(const std::string& code) const {
        const auto& known = path_.says().municipalities;
        const auto found = known.find(code);
        return found == known.end() ? detail::municipality_words(code, how_.language)
                                    : code + " " + text(found->second);
    }
    std::string place_words(const std::string& id) const {
        for (const path::stage_definition& each : path_.says().stages)
            if (each.id == id) return text(each.name);
        const path::exit_definition* const exit = path_.find_exit(id);
        return exit == nullptr ? id : text(exit->name);
    }
    std::vector<figure_subject> subjects() const {
        std::vector<figure_subject> made{{path_figure_kind::path, {}, word("path")}};
        for (const path::stage_definition& each : path_.says().stages)
            made.push_back({path_figure_kind::stage, each.id, word("stage") + ": " + text(each.name)});
        for (const auto& each : path_.says().services)
            made.push_back({path_figure_kind::service, each.first, word("service") + ": " + text(each.second.name)});
        return made;
    }
    const figure_months* find(const figure_key& of) const {
        const auto found = figures_.find(of);
        return found == figures_.end() ? nullptr : &found->second;
    }

    bool are_few(const feel::number& clients) const {
        return feel::number(0) < clients && clients < feel::number(how_.threshold);
    }
    static const figure_spread* side_of(const path_figure* of, bool is_other) {
        if (of == nullptr) return nullptr;
        return !is_other ? &of->is : of->against ? &*of->against : nullptr;
    }
    /// True where the figure is no number of clients, and of few of them.
    bool is_of_few(const path_figure& of, bool is_other) const {
        const char* const basis = of.measure == "waited"                                 ? "entered"
                                  : of.measure == "cost" || of.measure == "benefit_days" ? "on_path"
                                                                                         : nullptr;
        if (basis == nullptr) return false;
        const figure_months* const months = find({of.municipality, of.kind, of.of, {}, basis});
        const auto month = std::find(of_.months.begin(), of_.months.end(), of.month) - of_.months.begin();
        const figure_spread* const clients =
            months == nullptr ? nullptr : side_of((*months)[static_cast<std::size_t>(month)], is_other);
        return clients != nullptr && (are_few(clients->median) || are_few(clients->low) || are_few(clients->high));
    }
    static bool is_count(const std::string& measure) {
        return measure != "waited" && measure != "cost" && measure != "benefit_days";
    }
    bool is_hidden(const path_figure& of, bool is_other, const feel::number& part) const {
        return is_count(of.measure) ? are_few(part) : is_of_few(of, is_other);
    }

    std::string part_words(const path_figure& of, bool is_other, const feel::number& part) const {
        if (!is_hidden(of, is_other, part)) return number(part);
        if (!is_count(of.measure)) return "–";
        return report::count_text({1, report::disclosure::small}, how_.threshold, how_.language);
    }
    std::string spread_words(const path_figure* of, bool is_other) const {
        const figure_spread* const side = side_of(of, is_other);
        if (side == nullptr) return "0";
        const std::string median = part_words(*of, is_other, side->median);
        const std::string low = part_words(*of, is_other, side->low);
        const std::string high = part_words(*of, is_other, side->high);
        return low == median && high == median ? median : median + " (" + low + "–" + high + ")";
    }
    bool is_whole(const path_figure& of) const {
        for (const bool is_other : {false, true})
            if (const figure_spread* const side = side_of(&of, is_other))
                for (const feel::number* const each : {&side->median, &side->low, &side->high})
                    if (is_hidden(of, is_other, *each)) return false;
        return true;
    }
    std::string difference_words(const path_figure* of) const {
        if (of == nullptr || !of->difference) return "0";
        if (!is_whole(*of)) return "–";
        return number(of->difference->median) + " (" + number(of->difference->low) + "–" +
               number(of->difference->high) + ")";
    }

    void tell_asked() {
        page_.begin_section(word("asked"));
        word_table what{{}, word("asked"), 2, {word("what"), word("value")}, {}};
        what.rows = {{word("path"), of_.path},
                     {word("months"), of_.months.front() + " – " + of_.months.back()},
                     {word("repeats"), std::to_string(of_.repeats)},
                     {word("seed"), std::to_string(of_.seed)},
                     {word("clients"), part_of_clients()}};
        page_.table(what);
        word_table months{{}, word("months"), 3, {word("month"), word("path_version")}, {}};
        if (!of_.ladders.empty()) months.head.push_back(word("ladder"));
        for (std::size_t at = 0; at < of_.months.size(); ++at) {
            months.rows.push_back({of_.months[at], at < of_.versions.size() ? of_.versions[at] : ""});
            if (!of_.ladders.empty()) months.rows.back().push_back(at < of_.ladders.size() ? of_.ladders[at] : "");
        }
        page_.table(months).end_section();
    }
    std::string part_of_clients() const {
        const bool is_few = are_few(feel::number(of_.clients));
        return report::count_text({of_.clients, is_few ? report::disclosure::small : report::disclosure::exact},
                                  how_.threshold, how_.language);
    }

    /// The months' middle figures together.
    report::protected_count total_of(const figure_months* of, bool is_other) const {
        report::protected_count made;
        if (of == nullptr) return made;
        for (const path_figure* const each : *of)
            if (const figure_spread* const side = side_of(each, is_other))
                made.value += side->median.to_int64().value_or(0);
        if (are_few(feel::number(made.value))) made.shown = report::disclosure::small;
        return made;
    }
    std::string count(const report::protected_count& of) const {
        return report::count_text(of, how_.threshold, how_.language);
    }

    /// Stages and exits in the order of the definition, so that bands cross as little as may be.
    std::vector<std::string> places() const {
        std::vector<std::string> made;
        for (const path::stage_definition& each : path_.says().stages) made.push_back(each.id);
        for (const path::exit_definition& each : path_.says().exits) made.push_back(each.id);
        return made;
    }
    std::vector<std::pair<std::string, std::string>> moves() const {
        std::vector<std::pair<std::string, std::string>> made;
        const std::vector<std::string> all = places();
        for (const std::string& from : all)
            for (const std::string& to : all)
                if (find({std::string(), path_figure_kind::stage, from, to, "moved"}) != nullptr)
                    made.emplace_back(from, to);
        return made;
    }

    void tell_flows() {
        page_.heading(word("flow"));
        draw_flow(false);
        if (has_other_) draw_flow(true);
        word_table made{{}, word("flow"), 2, {word("from"), word("to"), word("moves")}, {}};
        if (has_other_) made.head.push_back(word("moves") + ", " + word("against"));
        for (const auto& [from, to] : moves()) {
            const figure_months* const found = find({std::string(), path_figure_kind::stage, from, to, "moved"});
            made.rows.push_back({place_words(from), place_words(to), count(total_of(found, false))});
            if (has_other_) made.rows.back().push_back(count(total_of(found, true)));
        }
        page_.table(made);
    }
    void draw_flow(bool is_other) {
        struct move {
            std::string from;
            std::string to;
            report::protected_count count;
        };
        std::vector<move> drawn;
        for (const auto& [from, to] : moves()) {
            const report::protected_count moved =
                total_of(find({std::string(), path_figure_kind::stage, from, to, "moved"}), is_other);
            if (moved.shown != report::disclosure::exact || moved.value > 0)
                drawn.push_back({place_words(from), place_words(to), moved});
        }
        report::chart_flow made;
        // The ends on the right in the order of the definition, whichever band comes to them first.
        for (const std::string& place : places())
            for (const move& each : drawn)
                if (each.to == place_words(place)) report::chart_end(made.right, each.to);
        for (const move& each : drawn)
            made.bands.push_back({report::chart_end(made.left, each.from), report::chart_end(made.right, each.to),
                                  each.count, each.from + " – " + each.to + ": " + count(each.count)});
        const std::string title =
            word("flow") + (has_other_ ? ", " + word(is_other ? "other_side" : "first_side") : "");
        page_.figure(report::flow_chart(made, title, word("flow_text")), title + ". " + word("flow_text"));
    }

    void tell_ends(const std::string& municipality, bool is_drawn) {
        std::vector<report::chart_bar> bars;
        word_table made{{}, word("ends"), 1, {word("month")}, {}};
        std::vector<const figure_months*> columns;
        for (const path::exit_definition& each : path_.says().exits) {
            const figure_months* const found = find({municipality, path_figure_kind::exit, each.id, {}, "left"});
            if (found == nullptr) continue;
            const report::protected_count is = total_of(found, false);
            const report::protected_count against = total_of(found, true);
            bars.push_back({text(each.name), is, against, count(is) + (has_other_ ? " / " + count(against) : "")});
            made.head.push_back(text(each.name));
            columns.push_back(found);
        }
        if (columns.empty()) return;
        page_.heading(word("ends"));
        if (is_drawn) page_.figure(report::bar_chart(bars, word("ends"), word("ends_text")), word("ends_text"));
        for (std::size_t month = 0; month < of_.months.size(); ++month) {
            made.rows.push_back({of_.months[month]});
            for (const figure_months* const each : columns)
                made.rows.back().push_back(spread_words((*each)[month], false) +
                                           (has_other_ ? " / " + spread_words((*each)[month], true) : std::string()));
        }
        page_.table(made);
    }

    /// Measures in the order in which the report has them.
    std::vector<std::string> measures_of(const std::string& municipality, const figure_subject& about) const {
        std::vector<std::string> made;
        for (const path_figure& each : of_.figures) {
            if (each.municipality != municipality || each.kind != about.kind || each.of != about.id) continue;
            if (each.measure == "moved") continue;
            if (std::find(made.begin(), made.end(), each.measure) == made.end()) made.push_back(each.measure);
        }
        return made;
    }

    void tell_subject(const std::string& municipality, const figure_subject& about, bool is_drawn) {
        const std::vector<std::string> measures = measures_of(municipality, about);
        if (measures.empty()) return;
        page_.heading(about.name);
        word_table made{{}, about.name, 1, {word("month")}, {}};
        std::vector<const figure_months*> columns;
        for (const std::string& each : measures) {
            const figure_months* const found = find({municipality, about.kind, about.id, {}, each});
            columns.push_back(found);
            made.head.push_back(word(each));
            if (has_other_)
                made.head.insert(made.head.end(), {word(each) + ", " + word("against"), word("difference")});
            if (is_drawn && is_drawn_measure(each)) draw_course(about.name, each, *found);
        }
        for (std::size_t month = 0; month < of_.months.size(); ++month) {
            made.rows.push_back({of_.months[month]});
            for (const figure_months* const each : columns) {
                made.rows.back().push_back(spread_words((*each)[month], false));
                if (!has_other_) continue;
                made.rows.back().push_back(spread_words((*each)[month], true));
                made.rows.back().push_back(difference_words((*each)[month]));
            }
        }
        page_.table(made);
    }
    static bool is_drawn_measure(const std::string& of) {
        return of == "on_path" || of == "cost" || of == "waiting" || of == "waited";
    }

    void draw_course(const std::string& subject, const std::string& measure, const figure_months& of) {
        std::vector<report::chart_line> lines(has_other_ ? 2 : 1);
        bool has_any = false;
        for (std::size_t side = 0; side < lines.size(); ++side) {
            lines[side].name = word(side == 0 ? "first_side" : "other_side");
            for (const path_figure* const each : of) {
                lines[side].points.push_back(point_of(each, side == 1, lines[side].name));
                const auto& point = lines[side].points.back();
                has_any = has_any || (point && point->high > feel::number(0));
            }
        }
        if (!has_any) return;
        const std::string title = subject + ", " + word(measure);
        page_.figure(report::line_chart(lines, of_.months, word(measure), how_.language, title, word("line_text")),
                     title + ". " + word("line_text"));
    }
    std::optional<report::chart_point> point_of(const path_figure* of, bool is_other, const std::string& side) const {
        const figure_spread* const found = side_of(of, is_other);
        if (found == nullptr || is_hidden(*of, is_other, found->median)) return {};
        report::chart_point made{found->median, found->low, found->high,
                                 of->month + ", " + side + ": " + spread_words(of, is_other)};
        if (is_hidden(*of, is_other, found->low)) made.low = found->median;
        if (is_hidden(*of, is_other, found->high)) made.high = found->median;
        return made;
    }

    const population::path_simulation_report& of_;
    const path::service_path& path_;
    const simulation_page_options& how_;
    report::picture_page page_;
    std::map<figure_key, figure_months> figures_;
    bool has_other_ = false;
};

}  // namespace

std::string path_months_page(const population::path_simulation_report& of, const path::service_path& path,
                             const simulation_page_options& how) {
    return path_page_writer(of, path, how).write();
}

}  // namespace polku::inline POLKU_V
