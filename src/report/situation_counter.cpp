// SPDX-License-Identifier: Apache-2.0
#include "situation_counter.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report {

namespace {

/// How the last score stands to the first one.
std::string_view change_of(const score_record& of) {
    if (*of.first < *of.last) return "rose";
    return *of.last < *of.first ? "fell" : "stayed";
}

/// As far as it is counted.
bool same_ending(const std::optional<path::case_ending>& left, const std::optional<path::case_ending>& right) {
    if (!left || !right) return !left && !right;
    return left->exit == right->exit && left->outcome == right->outcome && left->ended == right->ended;
}

}  // namespace

std::string_view name_of(path::outcome_class of) noexcept { return boost::describe::enum_to_string(of, ""); }
std::string_view name_of(path::due_kind of) noexcept { return boost::describe::enum_to_string(of, ""); }

std::string_view name_of(service_kind of) noexcept {
    switch (of) {
        case service_kind::referral: return "service";
        case service_kind::assessment: return "assessment";
        case service_kind::package: return "package";
        case service_kind::environment: return "environment";
        case service_kind::placement: return "placement";
    }
    return "";
}

std::string_view name_of(const walk_step& of) noexcept {
    if (of.from_kind == walk_place::entry) return "start";
    if (of.from_kind == walk_place::exit) return "reopening";
    return of.to_kind == walk_place::stage ? "transition" : "ending";
}

situation_counter::situation_counter(situation_builder::counters& into, const case_record& one)
    : into_(into), one_(one), layer_(one.municipality.empty() ? std::string(layer_not_shown) : one.municipality) {}

void situation_counter::client(figure_key key) {
    key.measure = "clients";
    if (counted_.insert(key).second) ++into_.counts[std::move(key)][layer_];
}

void situation_counter::once_more(figure_key key) { ++into_.counts[std::move(key)][layer_]; }

void situation_counter::value(figure_key key, const feel::number& of) {
    auto& values = into_.spreads[key][layer_];
    ++values.times[of];
    if (valued_.insert(std::move(key)).second) ++values.clients;
}

void situation_counter::place() {
    client({"clients", "all", {}, {}});
    client({"entry", one_.entry, {}, {}});
    if (one_.ending) {
        const std::string outcome(name_of(one_.ending->outcome));
        client({"clients", "ended", {}, {}});
        client({"exit", one_.ending->exit, outcome, {}});
        client({"outcome", outcome, {}, {}});
        value({"path", "all", {}, "days"}, one_.ending->ended.to_days() - one_.opened.to_days());
        value({"path", outcome, {}, "days"}, one_.ending->ended.to_days() - one_.opened.to_days());
        return;
    }
    client({"clients", "open", {}, {}});
    client({"stage", one_.walk.back().to, {}, {}});
    client({"owner", one_.owner, {}, {}});
    for (const std::string& each : one_.target_groups) client({"target_group", each, {}, {}});
}

void situation_counter::moves() {
    for (const walk_step& each : one_.walk) {
        const std::string section(name_of(each));
        client({section, each.from, each.to, {}});
        once_more({section, each.from, each.to, "moves"});
        // A correction of dates can turn a stay round; such a stay has no length.
        if (each.from_kind != walk_place::stage || each.days < 0) continue;
        value({"stay", each.from, {}, "days"}, each.days);
        value({section, each.from, each.to, "days"}, each.days);
    }
}

void situation_counter::duties() {
    for (const path::referral_state each : one_.referrals) {
        if (one_.ending) break;
        if (each == path::referral_state::wait_listed) client({"waiting", "wait_listed", {}, {}});
        if (each == path::referral_state::on_hold) client({"waiting", "on_hold", {}, {}});
        if (each == path::referral_state::sent || each == path::referral_state::received)
            client({"waiting", "unanswered", {}, {}});
    }
    for (const path::due_item& each : one_.overdue) {
        client({"overdue", "any", {}, {}});
        client({"overdue", std::string(name_of(each.kind)), {}, {}});
    }
}

void situation_counter::services() {
    for (const service_use& each : one_.services) {
        const std::string section(name_of(each.kind));
        client({section, each.id, {}, {}});
        if (each.kind == service_kind::assessment) once_more({section, each.id, {}, "periods"});
        if (each.kind == service_kind::environment && !each.until && !one_.ending)
            client({"environment_now", each.id, {}, {}});
        if (each.until && each.from <= *each.until)
            value({section, each.id, {}, "days"}, each.until->to_days() - each.from.to_days());
    }
    for (const check_record& each : one_.checks) {
        client({"check", each.period, each.status, {}});
        if (each.support_needed) client({"support_needed", each.period, {}, {}});
    }
}

void situation_counter::feedbacks() {
    for (const feedback_record& each : one_.feedbacks) {
        client({"feedback", each.from, {}, {}});
        for (const auto& [aspect, score] : each.aspects) {
            const std::string section = each.of_assessment ? "coping" : "feedback_aspect";
            const std::string to = each.of_assessment ? std::string() : each.from;
            client({section, aspect, to, {}});
            if (score) value({section, aspect, to, "score"}, *score);
        }
    }
    if (one_.told_in_words) client({"feedback", "client_in_own_words", {}, {}});
}

void situation_counter::scores() {
    const auto goal = [this](std::string_view item) {
        client({"goal", std::string(item), {}, {}});
        once_more({"goal", std::string(item), {}, "goals"});
    };
    for (const score_record& each : one_.goals) {
        goal("set");
        goal(each.last ? change_of(each) : "once");
        if (each.met) goal("met");
    }
    scales("instrument", one_.instruments);
    scales("experience", one_.experiences);
}

void situation_counter::scales(const std::string& section, const std::vector<score_record>& among) {
    for (const score_record& each : among) {
        const std::string of = each.of + ": " + each.scale;
        client({section, of, "measured", {}});
        client({section, of, std::string(each.last ? change_of(each) : "once"), {}});
        if (!each.last) continue;
        if (const auto change = feel::subtract(*each.last, *each.first)) value({section, of, {}, "change"}, *change);
    }
}

void situation_counter::facts_and_criteria() {
    for (const fact_record& each : one_.facts) {
        client({"fact", each.fact, {}, {}});
        client({"fact", each.fact, each.value, {}});
    }
    for (const criterion_record& each : one_.criteria) {
        client({"criterion", each.criterion, "asked", {}});
        client({"criterion", each.criterion, each.state, {}});
    }
}

void situation_counter::run(unsigned parts) {
    if ((parts & part_place) != 0) place();
    if ((parts & part_moves) != 0) moves();
    if ((parts & part_duties) != 0) duties();
    if ((parts & part_services) != 0) services();
    if ((parts & part_feedbacks) != 0) feedbacks();
    if ((parts & part_scores) != 0) scores();
    if ((parts & part_facts) != 0) facts_and_criteria();
}

unsigned parts_that_differ(const case_record& left, const case_record& right) {
    if (left.municipality != right.municipality) return all_parts;
    unsigned parts = 0;
    const auto mark = [&](unsigned part, bool is_same) { parts |= is_same ? 0U : part; };
    const auto same = [&](auto... member) { return ((left.*member == right.*member) && ...); };
    using record = case_record;
    const bool end_alike = same_ending(left.ending, right.ending);
    mark(part_place,
         end_alike && same(&record::entry, &record::opened, &record::walk, &record::owner, &record::target_groups));
    mark(part_moves, same(&record::walk));
    mark(part_duties, end_alike && same(&record::referrals, &record::overdue));
    mark(part_services, end_alike && same(&record::services, &record::checks));
    mark(part_feedbacks, same(&record::feedbacks, &record::told_in_words));
    mark(part_scores, same(&record::goals, &record::instruments, &record::experiences));
    mark(part_facts, same(&record::facts, &record::criteria));
    return parts;
}

}  // namespace polku::inline POLKU_V::report
