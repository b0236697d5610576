// SPDX-License-Identifier: Apache-2.0
#include <polku/report/indicators.hpp>

#include "report/indicators_pack.hpp"
#include "report/money_input.hpp"
#include "report/money_pack.hpp"

#include <polku/json/rule_pack.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace polku::inline POLKU_V::report {

namespace {

/// Voluntary answers and the indicators that they make.
struct told_group {
    std::string_view code;
    std::string_view field;
    std::optional<bool> participant::*answer;
};
constexpr told_group told_groups[] = {{"EECO12", "disability", &participant::disability},
                                      {"EECO13", "third_country", &participant::third_country},
                                      {"EECO14", "foreign_background", &participant::foreign_background},
                                      {"EECO15", "minority", &participant::minority},
                                      {"EECO16", "homeless", &participant::homeless},
                                      {"EECO17", "rural", &participant::rural}};

result<void> check_person(const participant& of) {
    constexpr std::int64_t oldest = 120;
    if (of.born && of.age) return detail::row_fault("age", "age and born are both given; give one of them");
    if (of.age && (*of.age < 0 || *of.age > oldest))
        return detail::row_fault("age", "found " + std::to_string(*of.age) + " years, expected 0 to 120 on entry");
    if (of.born && *of.born > of.entry)
        return detail::row_fault("born", "born on " + to_string(*of.born) + ", after the entry on " +
                                             to_string(of.entry) + "; one of the days is wrong");
    if (of.isced && (*of.isced < 0 || *of.isced > 8))
        return detail::row_fault("isced", "found " + std::to_string(*of.isced) + ", expected a level from 0 to 8");
    if (of.improved_at_six_months.value_or(false) && !of.employed.value_or(false))
        return detail::row_fault("improved_at_six_months",
                                 "only those employed on entry are asked for an improved situation; leave it out");
    return {};
}

result<void> check_participant(const participant& of) {
    POLKU_CHECK(check_person(of));
    if (!of.left) {
        const bool answered = of.employed_at_six_months || of.improved_at_six_months || !of.after.empty();
        if (answered)
            return detail::row_fault("left",
                                     "results are told of a participant who has not left; give the day of leaving");
        return {};
    }
    if (*of.left < of.entry)
        return detail::row_fault("left", "left on " + to_string(*of.left) + ", before the entry on " +
                                             to_string(of.entry) + "; give a day not before it");
    for (const labour_event& each : of.after)
        if (each.day < *of.left)
            return detail::row_fault("after", "an event of " + to_string(each.day) + " is before the leaving on " +
                                                  to_string(*of.left) + "; only what came after it is told here");
    return {};
}

/// What an operation's day allows to be known.
result<void> check_day(const participant& of, time::date as_of) {
    const auto future = [as_of](std::string_view member, time::date day) {
        return detail::row_fault(member, to_string(day) + " is after the day of the report, " + to_string(as_of) +
                                             "; leave it out or report as of a later day");
    };
    if (of.entry > as_of) return future("entry", of.entry);
    if (of.left && *of.left > as_of) return future("left", *of.left);
    for (const labour_event& each : of.after)
        if (each.day > as_of) return future("after", each.day);
    return {};
}

feel::value yes_no(const std::optional<bool>& of) { return feel::value(of.value_or(false)); }

feel::value number_of(const std::optional<std::int64_t>& of) { return of ? feel::value(*of) : feel::value(); }

feel::value events_of(const participant& of) {
    std::vector<feel::value> items;
    for (const labour_event& each : of.after) items.push_back(json::to_value(each));
    // An ISO text would be a text to the decision.
    for (std::size_t at = 0; at < items.size(); ++at)
        items[at] =
            feel::context{{"day", feel::value(of.after[at].day)}, {"what", *items[at].as_context().find("what")}};
    return feel::value(std::move(items));
}

/// The decisions of the pack, and what has been counted so far.
class indicator_counter {
public:
    static result<indicator_counter> try_make(time::date as_of) {
        indicator_counter made;
        POLKU_TRY(const rules::pack pack, json::try_shipped_pack("esfplus"));
        POLKU_TRY(const rules::pack_version* const version, pack.try_version(as_of, as_of));
        const detail::pack_model model(pack, *version);
        POLKU_TRY(made.status_,
                  detail::pack_decision::try_make(
                      model, "Status on entry", {"unemployed", "inactive", "employed", "long term unemployed"}, as_of));
        POLKU_TRY(made.groups_,
                  detail::pack_decision::try_make(
                      model, "Indicators of the participant",
                      {"unemployed", "inactive", "employed", "long term unemployed", "age", "born", "entry", "isced"},
                      as_of));
        POLKU_TRY(made.results_, detail::pack_decision::try_make(model, "Results of the participant",
                                                                 {"left", "after", "inactive", "employed",
                                                                  "employed at six months", "improved at six months"},
                                                                 as_of));
        return made;
    }

    indicator_report report;
    std::map<std::string, indicator_count> counts;
    std::map<std::string, std::int64_t> gaps;

    result<void> try_add(const participant& of, time::date as_of) {
        POLKU_CHECK(check_day(of, as_of));
        POLKU_TRY(const feel::value status,
                  status_.try_evaluate({yes_no(of.unemployed), yes_no(of.inactive), yes_no(of.employed),
                                        yes_no(of.long_term_unemployed)}));
        const std::string found(status.is(feel::kind::string) ? status.as_string() : std::string_view());
        if (found == "more than one")
            return detail::row_fault("employed",
                                     "more than one labour status holds on entry; unemployed, inactive and "
                                     "employed exclude each other, give one");
        if (found == "long-term but not unemployed")
            return detail::row_fault(
                "long_term_unemployed",
                "long-term unemployed but not unemployed on entry; give unemployed too, or neither");
        ++report.rows;
        const bool complete = note_gaps(of, found == "none given");
        if (!complete) {
            ++report.incomplete;
            return {};
        }
        POLKU_CHECK(try_add_entry(of));
        if (of.left) return try_add_results(of, as_of);
        ++report.in_operation;
        return {};
    }

private:
    /// Whether the record has what every participant's must have.
    bool note_gaps(const participant& of, bool no_status) {
        const std::pair<std::string_view, bool> needed[] = {
            {"labour_status", no_status}, {"born", !of.born && !of.age}, {"gender", !of.gender}, {"isced", !of.isced}};
        bool complete = true;
        for (const auto& each : needed) {
            if (!each.second) continue;
            complete = false;
            ++gaps[std::string(each.first)];
        }
        if (of.unemployed.value_or(false) && !of.long_term_unemployed) ++gaps["long_term_unemployed"];
        for (const told_group& each : told_groups)
            if (!(of.*each.answer)) ++gaps[std::string(each.field)];
        return complete;
    }
    void count(const participant& of, const std::string& code) {
        indicator_count& in = counts[code];
        ++in.total;
        switch (*of.gender) {
            case participant_gender::woman: ++in.women; break;
            case participant_gender::man: ++in.men; break;
            case participant_gender::non_binary: ++in.non_binary; break;
        }
    }
    result<void> try_add_entry(const participant& of) {
        POLKU_TRY(const feel::value groups,
                  groups_.try_evaluate({yes_no(of.unemployed), yes_no(of.inactive), yes_no(of.employed),
                                        yes_no(of.long_term_unemployed), number_of(of.age),
                                        of.born ? feel::value(*of.born) : feel::value(), feel::value(of.entry),
                                        number_of(of.isced)}));
        count(of, "EECO01");
        for (const std::string_view entry : {"status", "age group", "education"}) {
            const feel::value& code = detail::entry_of(groups, entry);
            if (!code.is(feel::kind::string))
                return error(error_code::internal, "the pack esfplus gave no answer for '" + std::string(entry) + "'");
            if (code.as_string() != "none") count(of, std::string(code.as_string()));
            // The long-term unemployed are among the unemployed.
            if (code.as_string() == "EECO03") count(of, "EECO02");
        }
        for (const told_group& each : told_groups)
            if ((of.*each.answer).value_or(false)) count(of, std::string(each.code));
        return {};
    }
    result<void> try_add_results(const participant& of, time::date as_of) {
        POLKU_TRY(const feel::value results,
                  results_.try_evaluate({feel::value(*of.left), events_of(of), yes_no(of.inactive), yes_no(of.employed),
                                         yes_no(of.employed_at_six_months), yes_no(of.improved_at_six_months)}));
        const time::date window = detail::entry_of(results, "window").as_date();
        const time::date six_months = detail::entry_of(results, "six months").as_date();
        const bool later = of.employed_at_six_months || of.improved_at_six_months;
        if (later && six_months > as_of)
            return detail::row_fault(of.employed_at_six_months ? "employed_at_six_months" : "improved_at_six_months",
                                     "six months after leaving is " + to_string(six_months) +
                                         ", after the day of the report, " + to_string(as_of) +
                                         "; ask on that day, not before");
        if (as_of < window) ++report.window_open;
        if (as_of >= window && of.after.empty()) ++gaps["after"];
        if (as_of >= six_months && !of.employed_at_six_months) ++gaps["employed_at_six_months"];
        if (as_of >= six_months && of.employed.value_or(false) && !of.improved_at_six_months)
            ++gaps["improved_at_six_months"];
        const feel::value& immediate = detail::entry_of(results, "immediate");
        if (immediate.is(feel::kind::string) && immediate.as_string() != "none")
            count(of, std::string(immediate.as_string()));
        const std::pair<std::string_view, std::string_view> others[] = {{"education", "EECR02"},
                                                                        {"qualified", "EECR03"},
                                                                        {"employed later", "EECR05"},
                                                                        {"improved later", "EECR06"}};
        for (const auto& each : others)
            if (detail::entry_of(results, each.first).is_true()) count(of, std::string(each.second));
        return {};
    }

    detail::pack_decision status_;
    detail::pack_decision groups_;
    detail::pack_decision results_;
};

result<std::vector<indicator_count>> try_read_counts(const feel::value& of, const std::string& source) {
    return json::try_from_value<std::vector<indicator_count>>(of, "/counts", source);
}

/// The members of a JSON document beside its rows.
result<void> read_beside(const feel::context& document, const rows_text& from, indicator_input& into) {
    for (const auto& each : document) {
        if (each.name == "participants") continue;
        const std::string pointer = json::pointer_step(each.name);
        if (each.name == "counts") {
            POLKU_TRY(into.counts, try_read_counts(each.value, from.source));
            continue;
        }
        auto& entity = each.name == "administrations" ? into.entities.administrations : into.entities.enterprises;
        position where = json::position_of(from.text, pointer);
        where.source = from.source;
        if (each.name != "administrations" && each.name != "enterprises")
            return error(error_code::json_unknown_member,
                         "member '" + each.name +
                             "' is not known here, expected participants, counts, administrations or enterprises",
                         std::move(where));
        POLKU_TRY(const std::int64_t count, json::try_from_value<std::int64_t>(each.value, pointer, from.source));
        if (count < 0)
            return error(error_code::figures_refused, "found " + std::to_string(count) + ", expected a count from 0 on",
                         std::move(where));
        entity = count;
    }
    return {};
}

}  // namespace

result<indicator_input> try_read_indicators(const rows_text& from) {
    indicator_input made;
    if (!detail::is_json(from.text)) {
        POLKU_TRY(made.participants, detail::try_read_rows<participant>(from, "participants", check_participant));
        return made;
    }
    json::parse_options options;
    options.source = from.source;
    POLKU_TRY(const feel::value document, json::try_parse(from.text, options));
    const bool counts_only = document.is(feel::kind::context) && document.as_context().find("counts") != nullptr &&
                             document.as_context().find("participants") == nullptr;
    if (document.is(feel::kind::context)) POLKU_CHECK(read_beside(document.as_context(), from, made));
    if (counts_only) return made;
    POLKU_TRY(detail::raw_rows raw, detail::try_read_array(from, document, "participants"));
    if (raw.rows.empty()) return detail::no_rows(from.source);
    POLKU_TRY(made.participants, detail::try_make_rows<participant>(from, std::move(raw), check_participant));
    return made;
}

result<indicator_report> try_count_indicators(std::span<const participant> rows, time::date as_of,
                                              const supported_entities& entities) {
    if (rows.empty()) return detail::no_rows({});
    POLKU_TRY(const detail::indicator_list list, detail::try_read_indicator_list());
    POLKU_TRY(indicator_counter counter, indicator_counter::try_make(as_of));
    std::set<std::string> seen;
    std::vector<error> faults;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        result<void> added = check_participant(rows[at]);
        if (added && !seen.insert(rows[at].id).second)
            added = detail::row_fault("id", "the participant stands twice; give one row, with the last leaving");
        if (added) added = counter.try_add(rows[at], as_of);
        if (!added) faults.push_back(detail::numbered_fault(std::move(added).error(), at, rows[at].id));
    }
    if (!faults.empty()) return detail::refused_rows(std::move(faults), rows.size(), {});
    indicator_report made = std::move(counter.report);
    made.as_of = as_of;
    for (const detail::indicator_info& each : list.indicators) {
        if (each.kind == detail::indicator_kind::entity) continue;
        indicator_count count = counter.counts[each.code];
        count.code = each.code;
        made.counts.push_back(std::move(count));
    }
    if (entities.administrations) made.counts.push_back({"EECO18", *entities.administrations, 0, 0, 0});
    if (entities.enterprises) made.counts.push_back({"EECO19", *entities.enterprises, 0, 0, 0});
    for (const detail::indicator_field& each : list.fields)
        if (const std::int64_t missing = counter.gaps[each.field]; missing > 0)
            made.gaps.push_back({each.field, missing, each.needed, each.source});
    POLKU_TRY(made.findings, try_check_indicators(made.counts));
    return made;
}

}  // namespace polku::inline POLKU_V::report
