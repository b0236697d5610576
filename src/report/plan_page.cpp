// SPDX-License-Identifier: Apache-2.0
#include <polku/report/plan_page.hpp>

#include <polku/path/explain.hpp>
#include <polku/path/queries.hpp>
#include <polku/report/cases_page.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/svg.hpp>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::report {

namespace {

constexpr std::string_view plan_style = R"(
body { font: 16px/1.45 system-ui, "DejaVu Sans", sans-serif; color: #1d2733; background: #fff; max-width: 900px; margin: 0 auto; padding: 16px 24px 48px; }
h1 { font-size: 25px; margin: 8px 0 2px; } h2 { font-size: 18px; margin: 22px 0 6px; } p { margin: 4px 0; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 5px 8px; border: 1px solid #b9c2cc; font-size: 14.5px; }
th { background: #eef2f6; } .notice { color: #44505c; font-size: 13.5px; } .goal { font-size: 19px; }
.risk { font-weight: 600; border-left: 4px solid #b3261e; padding-left: 6px; } .late { font-weight: 600; }
ul { margin: 4px 0; padding-left: 22px; }
dl { display: grid; grid-template-columns: max-content auto; gap: 2px 14px; margin: 6px 0; } dt { color: #44505c; } dd { margin: 0; }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 32px; margin-top: 40px; } .signatures p { border-top: 1px solid #1d2733; padding-top: 4px; }
@page { size: A4; margin: 18mm 16mm; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } h2 { break-after: avoid; } tr, li, .signatures { break-inside: avoid; } th { background: none; } }
)";

/// What every part of the page is written from.
struct plan_writer {
    const path::service_path& path;
    const path::case_state& of;
    time::date as_of;
    std::string_view language;
    bool hidden;  ///< a non-disclosure order stands
    std::string out = {};

    std::string name(std::string_view id) const { return path::name_in(path.says(), id, language); }
    /// An id names things of several kinds; this one is of that list.
    template <class Map>
    std::string name_among(const Map& list, const std::string& id) const {
        const auto known = list.find(id);
        return known == list.end() ? name(id) : path::text_in(known->second.name, language);
    }
    std::string due_name(const path::due_item& of_kind) const;
    std::string day(time::date on) const { return date_text(on, language); }
    std::string text(label which) const { return std::string(word(which, language)); }

    void heading(label which) { out += "<h2>" + escaped(text(which)) + "</h2>\n"; }
    void paragraph(const std::string& what) { out += "<p>" + escaped(what) + "</p>\n"; }
    void row(label which, const std::string& what) {
        out += "<dt>" + escaped(text(which)) + "</dt><dd>" + escaped(what) + "</dd>\n";
    }
    void table_head(std::initializer_list<label> columns) {
        out += "<table>\n<tr>";
        for (const label each : columns) out += "<th scope=\"col\">" + escaped(text(each)) + "</th>";
        out += "</tr>\n";
    }
    void list(const std::vector<std::string>& items) {
        out += "<ul>\n";
        for (const std::string& each : items) out += "<li>" + escaped(each) + "</li>\n";
        out += "</ul>\n";
    }
    std::string organisation(const path::party& who) const {
        const auto known = path.says().organisations.find(who.organisation);
        return known == path.says().organisations.end() ? who.organisation
                                                        : path::text_in(known->second.name, language);
    }
    std::string person(const path::party& who) const { return name(who.role) + ", " + who.person; }

    void head();
    void about();
    void steps();
    void services();
    void network();
    void planned();
    void coming();
    void experiences();
    void abilities();
    void goals();
    void signatures();
    std::vector<std::string> running_services() const;
};

std::string client_name(const path::client_details& of) {
    std::string name = of.given_name.value_or("");
    if (of.family_name) name += (name.empty() ? "" : " ") + *of.family_name;
    return name;
}

void plan_writer::head() {
    const std::string title = text(label::plan) + ": " + client_name(of.details);
    out = "<!DOCTYPE html>\n<html lang=\"" + std::string(language.substr(0, 2)) +
          "\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
          escaped(title) + "</title>\n<style>" + std::string(plan_style) + "</style>\n</head>\n<body>\n<main>\n<h1>" +
          escaped(title) + "</h1>\n<p class=\"notice\">" + escaped(text(label::as_of)) + ": " + escaped(day(as_of)) +
          ". " + escaped(path::text_in(path.says().name, language)) + ". " +
          escaped(path::text_in(path.says().notice, language)) + "</p>\n";
}

void plan_writer::about() {
    out += "<dl>\n";
    row(label::now_in, place_text(of, path, language));
    const path::responsibility* worker = path::responsible_now(of);
    row(label::responsible,
        worker == nullptr ? text(label::nobody) : worker->who.person + ", " + organisation(worker->who));
    if (!of.own_workers.empty() && !of.own_workers.back().until)
        row(label::own_worker, of.own_workers.back().who.person);
    const auto place = path.says().municipalities.find(of.municipality);
    if (!hidden && place != path.says().municipalities.end())
        row(label::municipality, path::text_in(place->second, language));
    out += "</dl>\n";
    if (hidden) paragraph(text(label::protected_note));
}

void plan_writer::steps() {
    heading(label::plan_goal);
    if (!of.plan) {
        paragraph(text(label::plan_missing));
        return;
    }
    out += "<p class=\"goal\">" + escaped(of.plan->goal) + "</p>\n<p class=\"notice\">" +
           escaped(text(label::plan_agreed)) + ": " + escaped(day(of.plan->agreed));
    if (!of.plan->reviewed.empty())
        out += ". " + escaped(text(label::plan_reviewed)) + ": " + escaped(day(of.plan->reviewed.back()));
    if (of.plan->review_by)
        out += ". " + escaped(text(label::plan_review_by)) + ": " + escaped(day(*of.plan->review_by));
    out += "</p>\n";
    heading(label::plan_steps);
    table_head({label::plan_step, label::plan_owner, label::plan_day, label::plan_benefits});
    for (const path::plan_step& each : of.plan->steps) {
        out += "<tr><td>" + escaped(each.text) + "</td><td>" + escaped(each.owner ? name(*each.owner) : "") +
               "</td><td>" + escaped(each.by ? day(*each.by) : "") + "</td><td>" +
               escaped(each.benefit_effect.value_or(""));
        if (each.benefit_risk.value_or(false)) out += "<p class=\"risk\">" + escaped(text(label::plan_risk)) + "</p>";
        out += "</td></tr>\n";
    }
    out += "</table>\n";
}

label word_of(path::referral_state state) {
    switch (state) {
        case path::referral_state::returned: return label::referral_returned;
        case path::referral_state::declined: return label::referral_declined;
        case path::referral_state::sent:
        case path::referral_state::received: return label::referral_sent;
        case path::referral_state::accepted: return label::referral_accepted;
        case path::referral_state::wait_listed: return label::referral_waiting;
        case path::referral_state::in_progress: return label::referral_running;
        case path::referral_state::on_hold: return label::referral_on_hold;
        default: return label::referral_draft;
    }
}

std::vector<std::string> plan_writer::running_services() const {
    std::vector<std::string> items;
    for (const path::referral& each : of.referrals) {
        if (!is_open(each.state)) continue;
        std::string item = name_among(path.says().services, each.service) + ": " + text(word_of(each.state));
        if (each.until) item += " (" + day(*each.until) + ")";
        if (each.client_view) item += ". " + *each.client_view;
        items.push_back(std::move(item));
    }
    for (const path::assessment& each : of.assessments)
        if (each.is_open())
            items.push_back(name(each.kind) + ": " + day(each.started) + (each.ends ? "–" + day(*each.ends) : "") +
                            (each.organiser && !hidden ? ", " + *each.organiser : ""));
    const auto hours = [this](const std::optional<feel::number>& weekly) {
        return weekly ? ", " + weekly->to_string() + " " + text(label::hours_a_week) : std::string();
    };
    for (const path::coaching& each : of.coachings)
        if (each.is_open())
            items.push_back(name(each.package) + ": " + day(each.started) + (each.ends ? "–" + day(*each.ends) : "") +
                            hours(each.weekly_hours) +
                            (each.environment && !hidden ? ", " + name(*each.environment) : ""));
    for (const path::placement& each : of.placements)
        if (each.is_open())
            items.push_back(name(each.kind) + ": " + day(each.started) + (each.until ? "–" + day(*each.until) : "") +
                            hours(each.weekly_hours) + (each.employer && !hidden ? ", " + *each.employer : ""));
    return items;
}

void plan_writer::services() {
    heading(label::client_services);
    const std::vector<std::string> items = running_services();
    if (items.empty())
        paragraph(text(label::no_services));
    else
        list(items);
}

void plan_writer::network() {
    std::vector<std::string> people;
    for (const path::responsibility& each : of.team)
        if (!each.until) people.push_back(person(each.who));
    for (const path::representative& each : of.representatives)
        if (in_force(each, as_of)) people.push_back(text(label::representative) + ", " + each.person);
    if (!people.empty()) {
        heading(label::network);
        list(people);
    }
    if (of.meetings.empty()) return;
    heading(label::meetings_held);
    std::vector<std::string> held;
    for (const path::meeting& each : of.meetings) {
        std::string item = day(each.held) + ": " + name_among(path.says().meetings, each.kind);
        for (const path::participant& one : each.participants)
            item += (&one == &each.participants.front() ? " – " : ", ") + name(one.role) +
                    (one.remote.value_or(false) ? " (" + text(label::remote) + ")" : "");
        if (each.agreed) item += ". " + *each.agreed;
        held.push_back(std::move(item));
    }
    list(held);
}

std::string plan_writer::due_name(const path::due_item& of_kind) const {
    switch (of_kind.kind) {
        case path::due_kind::follow_up: return text(label::follow_ups);
        case path::due_kind::plan_review: return text(label::plan_review_by);
        case path::due_kind::consent: return name_among(path.says().consents, of_kind.what);
        case path::due_kind::referral: return name_among(path.says().services, of_kind.what);
        case path::due_kind::assessment: return name_among(path.says().assessments, of_kind.what);
        case path::due_kind::meeting: return name_among(path.says().meetings, of_kind.what);
        case path::due_kind::obligation:
            if (const auto* known = path.find_obligation(of_kind.what)) return path::text_in(known->name, language);
            break;
        case path::due_kind::stage: break;  // stages come first among names
    }
    return name(of_kind.what);
}

label word_of(path::meeting_way way) {
    switch (way) {
        case path::meeting_way::on_site: return label::way_on_site;
        case path::meeting_way::remote: return label::way_remote;
        case path::meeting_way::hybrid: return label::way_hybrid;
    }
    return label::way_on_site;
}

/// Where and how to come; the place would tell where a client with a non-disclosure order is.
void plan_writer::planned() {
    std::vector<std::string> items;
    for (const path::planned_meeting& each : of.planned_meetings) {
        if (!each.is_open()) continue;
        std::string item = day(each.day) + (each.at ? " " + text(label::at_time) + " " + *each.at : "") + ": " +
                           name_among(path.says().meetings, each.kind) + ", " + text(word_of(each.way));
        if (each.place && !hidden) item += ", " + *each.place;
        if (each.link && !hidden) item += ", " + *each.link;
        if (each.tool) item += ", " + name_among(path.says().tools, *each.tool);
        for (const path::participant& one : each.invited)
            item += (&one == &each.invited.front() ? " – " : ", ") + name(one.role);
        if (each.moved > 0 && each.reason) item += ". " + text(label::meeting_moved) + ": " + *each.reason;
        items.push_back(std::move(item));
    }
    if (items.empty()) return;
    heading(label::meetings_planned);
    list(items);
}

void plan_writer::coming() {
    heading(label::coming);
    const std::vector<path::due_item> items = path::due(path, of, std::nullopt, as_of);
    if (items.empty()) {
        paragraph(text(label::nothing_open));
        return;
    }
    out += "<ul>\n";
    for (const path::due_item& each : items) {
        out += std::string(each.late ? "<li class=\"late\">" : "<li>") + escaped(day(each.due)) + ": " +
               escaped(due_name(each));
        if (!each.owner.empty()) out += " – " + escaped(name(each.owner));
        if (each.late) out += " (" + escaped(text(label::late)) + ")";
        out += "</li>\n";
    }
    out += "</ul>\n";
}

std::string signed_text(const feel::number& change) {
    return (change.is_negative() || change == feel::number(0) ? "" : "+") + change.to_string();
}

void plan_writer::abilities() {
    using results = std::vector<std::pair<time::date, feel::number>>;
    std::map<std::pair<std::string, std::string>, results> by_scale;
    for (const path::instrument_result& each : of.instruments)
        for (const auto& [scale, score] : each.scores)
            by_scale[{each.instrument, scale}].emplace_back(each.taken, score);
    if (by_scale.empty()) return;
    heading(label::abilities);
    table_head({label::assessment, label::at_first, label::now_in, label::change});
    for (const auto& [which, scores] : by_scale) {
        const auto cell = [this](const std::pair<time::date, feel::number>& one) {
            return "<td>" + escaped(one.second.to_string() + " (" + day(one.first) + ")") + "</td>";
        };
        const auto known = path.says().instruments.find(which.first);
        const bool only = known != path.says().instruments.end() && known->second.scales.size() == 1;
        out += "<tr><td>" +
               escaped(name_among(path.says().instruments, which.first) + (only ? "" : ": " + name(which.second))) +
               "</td>" + cell(scores.front());
        const auto change = feel::subtract(scores.back().second, scores.front().second);
        if (scores.size() > 1 && change)
            out += cell(scores.back()) + "<td>" + escaped(signed_text(*change)) + "</td>";
        else
            out += "<td></td><td></td>";
        out += "</tr>\n";
    }
    out += "</table>\n";
}

void plan_writer::experiences() {
    if (of.experiences.empty()) return;
    heading(label::own_experience);
    std::vector<std::string> items;
    for (const path::client_experience& each : of.experiences) {
        std::string item = day(each.told) + ": " + name_among(path.says().experiences, each.experience);
        const auto known = path.says().experiences.find(each.experience);
        for (const auto& [question, answer] : each.answers) {
            const bool asked = known != path.says().experiences.end() && known->second.questions.count(question) > 0;
            item += ". " + (asked ? path::text_in(known->second.questions.at(question), language) : question) + ": " +
                    answer.to_string();
        }
        if (each.words) item += ". ”" + *each.words + "”";
        items.push_back(std::move(item));
    }
    list(items);
}

void plan_writer::goals() {
    if (of.goals.empty()) return;
    heading(label::goals);
    table_head({label::plan_goal, label::target, label::scores});
    for (const path::goal& each : of.goals) {
        std::string scores;
        for (const path::goal_score& one : each.scores)
            scores += (scores.empty() ? "" : ", ") + one.score.to_string() + " (" + day(one.scored) + ")";
        out += "<tr><td>" + escaped(each.text) + "</td><td>" + escaped(each.target ? each.target->to_string() : "") +
               "</td><td>" + escaped(scores) + "</td></tr>\n";
    }
    out += "</table>\n";
}

void plan_writer::signatures() {
    out += "<h2>" + escaped(text(label::signatures)) + "</h2>\n<div class=\"signatures\">\n";
    for (const std::string& who : {client_name(of.details), text(label::responsible)})
        out += "<p>" + escaped(who) + "</p>\n";
    out += "</div>\n</main>\n</body>\n</html>\n";
}

}  // namespace

std::string plan_page(const path::service_path& path, const path::case_state& of, time::date as_of,
                      std::string_view language) {
    plan_writer page{path, of, as_of, language, path::is_non_disclosed(of, as_of)};
    page.head();
    page.about();
    page.steps();
    page.services();
    page.network();
    page.planned();
    page.coming();
    page.experiences();
    page.abilities();
    page.goals();
    page.signatures();
    return std::move(page.out);
}

}  // namespace polku::inline POLKU_V::report
