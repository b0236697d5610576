// SPDX-License-Identifier: Apache-2.0
#include "situation_labels.hpp"
#include "situation_registers.hpp"

#include <polku/json/described.hpp>
#include <polku/json/text.hpp>
#include <polku/report/situation_output.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report {

namespace {

bool is_of(picture_part part, const figure_key& key) { return part == picture_part::all || is_move(key); }

std::string_view shown_name(disclosure of) {
    return of == disclosure::exact ? "exact" : of == disclosure::small ? "small" : "hidden";
}

feel::value count_value(const protected_count& of) {
    return of.shown == disclosure::exact ? feel::value(of.value) : feel::value(shown_name(of.shown));
}

feel::value spread_value(const std::optional<quartiles>& of) {
    if (!of) return {};
    return feel::value(
        feel::context{{"lower_quartile", of->lower}, {"median", of->median}, {"upper_quartile", of->upper}});
}

feel::context begun(const figure_key& of) {
    feel::context made{{"section", of.section}, {"item", of.item}, {"measure", of.measure}};
    if (!of.to.empty()) made.set("to", of.to);
    return made;
}

template <class Row, class Write>
feel::value rows_value(const situation& of, const std::vector<Row>& rows, picture_part part, Write&& write) {
    std::vector<feel::value> made;
    for (const Row& each : rows) {
        if (!is_of(part, each.key)) continue;
        feel::context cells;
        for (std::size_t at = 0; at < of.layers.size(); ++at) cells.set(of.layers[at], write(each.layers[at]));
        feel::context row = begun(each.key);
        row.set("figures", feel::value(std::move(cells)));
        made.emplace_back(std::move(row));
    }
    return feel::value(std::move(made));
}

feel::value caseload_value(const std::vector<caseload_row>& rows) {
    const auto number = [](const std::optional<std::int64_t>& of) { return of ? feel::value(*of) : feel::value(); };
    std::vector<feel::value> made;
    for (const caseload_row& each : rows)
        made.emplace_back(feel::context{{"environment", each.environment},
                                        {"municipality", each.municipality},
                                        {"places", number(each.places)},
                                        {"coaches", number(each.coaches)},
                                        {"clients", count_value(each.clients)}});
    return feel::value(std::move(made));
}

/// Published figures with the own ones beside them; `own_figure` is left out where the picture has none.
feel::value comparison_value(const situation& of) {
    std::vector<feel::value> made;
    for (const comparison_figure& each : of.compared) {
        feel::context row = json::to_value(each).as_context();
        for (const path_situation& in : of.paths)
            if (const protected_count* own = find_own(in, each)) row.set("own_figure", count_value(*own));
        made.emplace_back(std::move(row));
    }
    return feel::value(std::move(made));
}

/// A field of RFC 4180, quoted where it must be.
std::string field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string made = "\"";
    for (const char each : text) made += each == '"' ? "\"\"" : std::string(1, each);
    return made + "\"";
}

void add_line(std::string& out, const std::vector<std::string>& fields) {
    for (std::size_t at = 0; at < fields.size(); ++at) out += (at == 0 ? "" : ",") + field(fields[at]);
    out += "\r\n";
}

std::string exact_text(const protected_count& of) {
    return of.shown == disclosure::exact ? std::to_string(of.value) : std::string();
}

std::vector<std::string> quartile_texts(const std::optional<quartiles>& of) {
    if (!of) return {"", "", ""};
    return {of->lower.to_string(), of->median.to_string(), of->upper.to_string()};
}

void add_figures(std::string& out, const situation& of, const path_situation& in) {
    const std::string& path = in.path.says().id;
    for (const count_row& each : in.counts)
        for (std::size_t at = 0; at < of.layers.size(); ++at)
            add_line(out, {path, each.key.section, each.key.item, each.key.to, of.layers[at], each.key.measure, "count",
                           exact_text(each.layers[at]), std::string(shown_name(each.layers[at].shown))});
    for (const spread_row& each : in.spreads) {
        for (std::size_t at = 0; at < of.layers.size(); ++at) {
            const std::vector<std::string> texts = quartile_texts(each.layers[at]);
            const std::string shown = each.layers[at] ? "exact" : "hidden";
            std::size_t number = 0;
            for (const char* statistic : {"lower_quartile", "median", "upper_quartile"})
                add_line(out, {path, each.key.section, each.key.item, each.key.to, of.layers[at], each.key.measure,
                               statistic, texts[number++], shown});
        }
    }
    for (const caseload_row& each : in.caseload) {
        const auto line = [&](const char* measure, const std::string& value, std::string_view shown) {
            add_line(out, {path, "caseload", each.environment, "", each.municipality, measure, "count", value,
                           std::string(shown)});
        };
        line("clients", exact_text(each.clients), shown_name(each.clients.shown));
        if (each.places) line("places", std::to_string(*each.places), "exact");
        if (each.coaches) line("coaches", std::to_string(*each.coaches), "exact");
    }
}

/// `to` is the day, `municipality` the area and `measure` the unit of the published figure; the own ones have lines of
/// their own. The sources stand in the other forms.
void add_comparison(std::string& out, const situation& of) {
    for (const comparison_figure& each : of.compared)
        add_line(out, {each.own ? each.own->path : "", "comparison", each.id, time::to_string(each.on), each.area,
                       each.unit, "published", each.value.to_string(), "exact"});
}

/// `item` is the register, `to` the entry and `measure` the field; the value is what the entry tells in it.
void add_registers(std::string& out, const situation& of) {
    for (const reported_register& each : of.registers)
        for (const path::register_entry& entry : each.entries)
            for (const auto& [field, value] : entry.fields)
                add_line(out,
                         {each.path.says().id, "register", each.register_, entry.id, entry.about, field, "told",
                          value.is(feel::kind::string) ? std::string(value.as_string()) : json::write(value), "exact"});
}

void add_moves(std::string& out, const situation& of, const path_situation& in) {
    for (const count_row& each : in.counts) {
        if (!is_move(each.key)) continue;
        const auto days = std::find_if(in.spreads.begin(), in.spreads.end(), [&](const spread_row& row) {
            return row.key.section == each.key.section && row.key.item == each.key.item && row.key.to == each.key.to;
        });
        for (std::size_t at = 0; at < of.layers.size(); ++at) {
            std::vector<std::string> line{in.path.says().id,
                                          of.layers[at],
                                          each.key.section,
                                          each.key.item,
                                          each.key.to,
                                          exact_text(each.layers[at]),
                                          std::string(shown_name(each.layers[at].shown))};
            for (std::string& text : quartile_texts(days == in.spreads.end() ? std::nullopt : days->layers[at]))
                line.push_back(std::move(text));
            add_line(out, line);
        }
    }
}

}  // namespace

std::string situation_json(const situation& of, picture_part part) {
    std::vector<feel::value> paths;
    for (const path_situation& each : of.paths) {
        feel::context one{{"path", each.path.says().id},
                          {"version", each.path.says().version},
                          {"counts", rows_value(of, each.counts, part, count_value)},
                          {"quartiles", rows_value(of, each.spreads, part, spread_value)}};
        if (part == picture_part::all) one.set("caseload", caseload_value(each.caseload));
        paths.emplace_back(std::move(one));
    }
    std::vector<feel::value> layers;
    for (const std::string& each : of.layers) layers.emplace_back(each);
    feel::context whole{{"report", part == picture_part::all ? "situation" : "transitions"},
                        {"as_of", of.as_of},
                        {"threshold", of.threshold},
                        {"layers", feel::value(std::move(layers))},
                        {"paths", feel::value(std::move(paths))}};
    if (part == picture_part::all && !of.compared.empty()) whole.set("comparison", comparison_value(of));
    if (part == picture_part::all && !of.registers.empty()) whole.set("registers", registers_value(of));
    return json::write(feel::value(std::move(whole))) + "\n";
}

std::string situation_csv(const situation& of, picture_part part) {
    std::string out;
    if (part == picture_part::transitions)
        add_line(out, {"path", "municipality", "kind", "from", "to", "moves", "shown", "days_lower_quartile",
                       "days_median", "days_upper_quartile"});
    else
        add_line(out, {"path", "section", "item", "to", "municipality", "measure", "statistic", "value", "shown"});
    for (const path_situation& each : of.paths) {
        if (part == picture_part::transitions)
            add_moves(out, of, each);
        else
            add_figures(out, of, each);
    }
    if (part == picture_part::all) {
        add_comparison(out, of);
        add_registers(out, of);
    }
    return out;
}

}  // namespace polku::inline POLKU_V::report
