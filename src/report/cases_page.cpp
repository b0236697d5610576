// SPDX-License-Identifier: Apache-2.0
#include <polku/report/cases_page.hpp>

#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/path_diagram.hpp>
#include <polku/report/svg.hpp>
#include <polku/report/timeline.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report {

namespace {

constexpr std::string_view page_style = R"(
body { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1d2733; background: #fff; max-width: 1280px; margin: 0 auto; padding: 16px 24px 64px; }
h1 { font-size: 26px; margin: 12px 0 4px; } h2 { font-size: 20px; margin: 32px 0 8px; } h3 { font-size: 17px; margin: 0 0 4px; } h4 { font-size: 14px; margin: 14px 0 4px; color: #44505c; }
.switch { position: absolute; opacity: 0; }
label.language { display: inline-block; padding: 4px 12px; border: 1px solid #2b5f93; border-radius: 4px; margin-right: 6px; cursor: pointer; }
.lang { display: none; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 6px 10px; border-bottom: 1px solid #d8dde3; font-size: 14.5px; }
th { color: #44505c; font-weight: 600; }
.case { border: 1px solid #d8dde3; border-radius: 6px; padding: 14px 18px; margin: 18px 0; }
.scroll { overflow-x: auto; } .notice { color: #44505c; font-size: 14px; margin: 4px 0; }
.badge { display: inline-block; padding: 1px 8px; border-radius: 10px; background: #e3edf7; font-size: 13px; }
.late { color: #b3261e; font-weight: 600; } ul { margin: 4px 0; padding-left: 22px; } .reason { margin: 2px 0; }
dl { display: grid; grid-template-columns: max-content auto; gap: 2px 14px; margin: 6px 0; font-size: 14.5px; } dt { color: #44505c; } dd { margin: 0; }
)";

std::string css_name(std::string_view language) { return "l-" + std::string(language); }

/// Which blocks show for the chosen language: no script is needed for that.
std::string switch_style() {
    std::string style;
    for (const std::string_view language : languages) {
        const std::string name = css_name(language);
        style += "#" + name + ":checked ~ main ." + name + " { display: block; }\n#" + name +
                 ":checked ~ header label[for=" + name + "] { background: #2b5f93; color: #fff; }\n#" + name +
                 ":focus-visible ~ header label[for=" + name + "] { outline: 3px solid #9a6a00; }\n";
    }
    return style;
}

std::string lang_attribute(std::string_view language) { return std::string(language.substr(0, 2)); }

template <class Body>
void in_each_language(std::string& out, Body&& body) {
    for (const std::string_view language : languages) {
        out += "<div class=\"lang " + css_name(language) + "\" lang=\"" + lang_attribute(language) + "\">\n";
        body(language);
        out += "</div>\n";
    }
}

std::string element(std::string_view name, std::string_view text) {
    return "<" + std::string(name) + ">" + escaped(text) + "</" + std::string(name) + ">\n";
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string all;
    for (const std::string& each : texts) all += (all.empty() ? "" : std::string(between)) + each;
    return all;
}

void write_decisions(std::string& out, const path::case_state& of, const path::service_path& path,
                     std::string_view language) {
    if (of.decisions.empty()) return;
    out += element("h4", word(label::decisions, language)) + "<ul>\n";
    for (const path::decision_record& each : of.decisions) {
        const path::decision_explanation told = path::explain(path.says(), each, language);
        out += "<li><strong>" + escaped(date_text(each.made, language)) + "</strong> " +
               escaped(path::name_in(path.says(), each.content.stage, language)) + " → <strong>" + escaped(told.next) +
               "</strong>\n<p class=\"reason\">" + escaped(joined(told.reasons, " ")) + "</p>\n<p class=\"notice\">" +
               escaped(word(label::inputs, language)) + ": " + escaped(joined(told.inputs, "; ")) + ".</p></li>\n";
    }
    out += "</ul>\n";
}

void write_open_item(std::string& out, const std::string& what, time::date due, time::date as_of,
                     const std::string& owner, const std::string& note, std::string_view language) {
    const bool late = due < as_of;
    out += "<li" + std::string(late ? " class=\"late\"" : "") + ">" + escaped(what) + " – " +
           escaped(word(label::due, language)) + " " + escaped(date_text(due, language)) + " – " + escaped(owner);
    if (late) out += " (" + escaped(word(label::late, language)) + ")";
    if (!note.empty()) out += ", " + escaped(note);
    out += "</li>\n";
}

void write_open(std::string& out, const path::case_state& of, const path::service_path& path, time::date as_of,
                std::string_view language) {
    const path::definition& says = path.says();
    std::string items;
    for (const path::obligation& each : of.obligations) {
        if (!each.is_open()) continue;
        const std::string note = each.escalated_to ? std::string(word(label::escalated, language)) + ": " +
                                                         path::name_in(says, *each.escalated_to, language)
                                                   : "";
        write_open_item(items, path::name_in(says, each.obligation_, language), each.due, as_of,
                        path::name_in(says, each.owner, language), note, language);
    }
    for (const path::check_point& each : of.check_points) {
        if (each.is_open())
            write_open_item(items, std::string(word(label::follow_ups, language)), each.on, as_of,
                            path::name_in(says, each.owner, language), "", language);
    }
    if (of.stage && !of.is_closed()) {
        const path::stage_stay& stay = *of.stage;
        const std::string note = stay.escalated_to ? std::string(word(label::escalated, language)) + ": " +
                                                         path::name_in(says, *stay.escalated_to, language)
                                                   : "";
        write_open_item(items, path::name_in(path.says(), stay.stage, language), stay.deadline, as_of,
                        path::name_in(says, stay.owner, language), note, language);
    }
    out += element("h4", word(label::next_steps, language));
    out += items.empty() ? element("p", word(label::nothing_open, language)) : "<ul>\n" + items + "</ul>\n";
}

void write_facts(std::string& out, const page_case& one, const path::service_path& path, time::date as_of,
                 std::string_view language) {
    const path::case_state& of = one.state;
    const auto row = [&](label name, const std::string& text) {
        out += "<dt>" + escaped(word(name, language)) + "</dt><dd>" + escaped(text) + "</dd>\n";
    };
    out += "<dl>\n";
    row(label::entry, path::name_in(path.says(), of.entry, language));
    if (of.opened) row(label::opened, date_text(*of.opened, language));
    const path::responsibility* worker = path::responsible_now(of);
    row(label::responsible,
        worker == nullptr ? std::string(word(label::nobody, language))
                          : worker->who.person + " (" + path::name_in(path.says(), worker->who.role, language) + ")");
    if (!path::is_non_disclosed(of, as_of)) {
        const auto place = path.says().municipalities.find(of.municipality);
        row(label::municipality,
            place == path.says().municipalities.end() ? of.municipality : path::text_in(place->second, language));
    }
    for (const path::representative& each : of.representatives) row(label::representative, each.person);
    out += "</dl>\n";
    if (path::is_non_disclosed(of, as_of))
        out += "<p class=\"notice\"><strong>" + escaped(word(label::protected_note, language)) + "</strong></p>\n";
}

void write_case(std::string& out, const page_case& one, const path::service_path& path, time::date as_of,
                std::string_view language) {
    out += "<section class=\"case\">\n<h3>" + escaped(one.name) + " <span class=\"badge\">" +
           escaped(place_text(one.state, path, language)) + "</span></h3>\n";
    out += element("p", path::text_in(one.story, language));
    write_facts(out, one, path, as_of, language);
    out += "<div class=\"scroll\">\n" + timeline(one.state, path, as_of, language) + "</div>\n";
    write_decisions(out, one.state, path, language);
    write_open(out, one.state, path, as_of, language);
    out += "</section>\n";
}

void write_table(std::string& out, const std::vector<page_case>& cases, const path::service_path& path,
                 time::date as_of, std::string_view language) {
    out += "<table>\n<tr>";
    for (const label each : {label::client, label::entry, label::opened, label::days, label::now_in, label::reason})
        out += "<th>" + escaped(word(each, language)) + "</th>";
    out += "</tr>\n";
    for (const page_case& one : cases) {
        const time::date opened = one.state.opened.value_or(as_of);
        const time::date until = one.state.ending ? one.state.ending->ended : as_of;
        out += "<tr><td>" + escaped(one.name) + "</td><td>" +
               escaped(path::name_in(path.says(), one.state.entry, language)) + "</td><td>" +
               escaped(date_text(opened, language)) + "</td><td>" + std::to_string(until.to_days() - opened.to_days()) +
               "</td><td><strong>" + escaped(place_text(one.state, path, language)) + "</strong></td><td>" +
               escaped(reason_text(one.state, path, language)) + "</td></tr>\n";
    }
    out += "</table>\n";
}

void write_language(std::string& out, const path::service_path& path, const std::vector<page_case>& cases,
                    const path::texts& notice, time::date as_of, std::string_view language) {
    out += element("h1", word(label::title, language));
    out += "<p class=\"notice\">" + escaped(word(label::as_of, language)) + ": " + escaped(date_text(as_of, language)) +
           ". " + escaped(path::text_in(notice, language)) + " " +
           escaped(path::text_in(path.says().notice, language)) + "</p>\n";
    out += "<h2>" + escaped(word(label::path_heading, language)) + ": " +
           escaped(path::text_in(path.says().name, language)) + "</h2>\n";
    out += "<div class=\"scroll\">\n" + path_diagram(path, language) + "</div>\n";
    out += element("h2", word(label::clients_heading, language));
    write_table(out, cases, path, as_of, language);
    for (const page_case& one : cases) write_case(out, one, path, as_of, language);
}

}  // namespace

std::string place_text(const path::case_state& of, const path::service_path& path, std::string_view language) {
    if (of.ending) return path::name_in(path.says(), of.ending->exit, language);
    return of.stage ? path::name_in(path.says(), of.stage->stage, language) : std::string();
}

std::string reason_text(const path::case_state& of, const path::service_path& path, std::string_view language) {
    if (of.ending && of.ending->way != path::exit_way::routing) return of.ending->reason.value_or("");
    return of.decisions.empty() ? std::string()
                                : joined(path::explain(path.says(), of.decisions.back(), language).reasons, " ");
}

std::string cases_page(const path::service_path& path, const std::vector<page_case>& cases, const path::texts& notice,
                       time::date as_of) {
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"fi\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
        element("title", word(label::title, "fi")) + "<style>" + std::string(page_style) +
        std::string(drawing_style()) + switch_style() + "</style>\n</head>\n<body>\n";
    for (const std::string_view language : languages)
        out += "<input class=\"switch\" type=\"radio\" name=\"language\" id=\"" + css_name(language) + "\"" +
               (language == languages[0] ? " checked" : "") + ">\n";
    out += "<header>\n";
    for (const std::string_view language : languages)
        out += "<label class=\"language\" for=\"" + css_name(language) + "\" lang=\"" + lang_attribute(language) +
               "\">" + escaped(word(label::language_name, language)) + "</label>\n";
    out += "</header>\n<main>\n";
    in_each_language(out,
                     [&](std::string_view language) { write_language(out, path, cases, notice, as_of, language); });
    return out + "</main>\n</body>\n</html>\n";
}

}  // namespace polku::inline POLKU_V::report
