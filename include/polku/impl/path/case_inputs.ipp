// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_CASE_INPUTS_IPP
#define POLKU_IMPL_PATH_CASE_INPUTS_IPP

#include <polku/path/case.hpp>
#include <polku/path/case_inputs.hpp>

#include <algorithm>
#include <array>

namespace polku::inline POLKU_V::path {

namespace detail {

template <class Range, class Predicate>
feel::value counted(const Range& among, Predicate wanted) {
    return feel::value(static_cast<std::int64_t>(std::count_if(among.begin(), among.end(), wanted)));
}

inline feel::value optional_text(const std::string* text) { return text ? feel::value(*text) : feel::value(); }

/// The placement that counts: the latest that has not ended, else the latest.
inline const placement* current_placement(const case_state& of) {
    for (auto each = of.placements.rbegin(); each != of.placements.rend(); ++each)
        if (each->is_open()) return &*each;
    return of.placements.empty() ? nullptr : &of.placements.back();
}

inline const check_point* latest_follow_up(const case_state& of) {
    const check_point* latest = nullptr;
    for (const check_point& each : of.check_points)
        if (each.done && (!latest || *latest->done <= *each.done)) latest = &each;
    return latest;
}

/// Attended hours of planned ones over all coaching, in per cent; null before there is any plan.
inline feel::value attendance_percent(const case_state& of) {
    feel::number planned;
    feel::number attended;
    for (const coaching& each : of.coachings)
        for (const attendance& period : each.attended) {
            planned = feel::add(planned, period.planned_hours).value_or(planned);
            attended = feel::add(attended, period.attended_hours).value_or(attended);
        }
    const auto share = feel::divide(feel::multiply(attended, 100).value_or(attended), planned);
    const auto rounded = share ? feel::quantize(*share, 0, feel::rounding::half_even) : std::nullopt;
    return rounded ? feel::value(*rounded) : feel::value();
}

inline feel::value completed_assessments(const case_state& of) {
    std::vector<feel::value> kinds;
    for (const assessment& each : of.assessments)
        if (each.completed) kinds.emplace_back(each.kind);
    return feel::value(std::move(kinds));
}

/// The day of the agreed meeting that comes first; null where none is agreed.
inline feel::value next_meeting(const case_state& of, time::date today) {
    std::optional<time::date> next;
    for (const planned_meeting& each : of.planned_meetings)
        if (each.is_open() && today <= each.day && (!next || each.day < *next)) next = each.day;
    return next ? feel::value(*next) : feel::value();
}

inline feel::value days_in_stage(const case_state& of, time::date today) {
    return of.stage ? feel::value(today.to_days() - of.stage->since.to_days()) : feel::value();
}

inline constexpr std::array case_input_table{
    case_input{"today", "date", [](const case_state&, time::date today) { return feel::value(today); }},
    case_input{
        "stage", "string",
        [](const case_state& of, time::date) { return detail::optional_text(of.stage ? &of.stage->stage : nullptr); }},
    case_input{
        "stage since", "date",
        [](const case_state& of, time::date) { return of.stage ? feel::value(of.stage->since) : feel::value(); }},
    case_input{"days in stage", "number", detail::days_in_stage},
    case_input{
        "times in stage", "number",
        [](const case_state& of, time::date) { return of.stage ? feel::value(of.stage->visit) : feel::value(0); }},
    case_input{"entry", "string", [](const case_state& of, time::date) { return feel::value(of.entry); }},
    case_input{"self referral", "boolean",
               [](const case_state& of, time::date) { return feel::value(of.self_referral); }},
    case_input{"reopened times", "number", [](const case_state& of, time::date) { return feel::value(of.reopened); }},
    case_input{"open referrals", "number",
               [](const case_state& of, time::date) {
                   return detail::counted(of.referrals, [](const referral& each) { return is_open(each.state); });
               }},
    case_input{"last referral service", "string",
               [](const case_state& of, time::date) {
                   return detail::optional_text(of.referrals.empty() ? nullptr : &of.referrals.back().service);
               }},
    case_input{"last referral state", "string",
               [](const case_state& of, time::date) {
                   return of.referrals.empty() ? feel::value() : feel::value(name_of(of.referrals.back().state));
               }},
    case_input{"plan agreed", "boolean",
               [](const case_state& of, time::date) { return feel::value(of.plan.has_value()); }},
    case_input{"assessments completed", "list",
               [](const case_state& of, time::date) { return detail::completed_assessments(of); }},
    case_input{"assessments open", "number",
               [](const case_state& of, time::date) {
                   return detail::counted(of.assessments, [](const assessment& each) { return each.is_open(); });
               }},
    case_input{"coaching running", "boolean",
               [](const case_state& of, time::date) {
                   return feel::value(std::any_of(of.coachings.begin(), of.coachings.end(),
                                                  [](const coaching& each) { return each.is_open(); }));
               }},
    case_input{"coaching completed", "boolean",
               [](const case_state& of, time::date) {
                   return feel::value(std::any_of(of.coachings.begin(), of.coachings.end(),
                                                  [](const coaching& each) { return !each.is_open(); }));
               }},
    case_input{
        "goals", "number",
        [](const case_state& of, time::date) { return feel::value(static_cast<std::int64_t>(of.goals.size())); }},
    case_input{"goals met", "number",
               [](const case_state& of, time::date) {
                   return detail::counted(of.goals, [](const goal& each) { return each.is_met(); });
               }},
    case_input{"attendance percent", "number",
               [](const case_state& of, time::date) { return detail::attendance_percent(of); }},
    case_input{"placement kind", "string",
               [](const case_state& of, time::date) {
                   const placement* found = detail::current_placement(of);
                   return detail::optional_text(found ? &found->kind : nullptr);
               }},
    case_input{"placement running", "boolean",
               [](const case_state& of, time::date) {
                   const placement* found = detail::current_placement(of);
                   return feel::value(found != nullptr && found->is_open());
               }},
    case_input{"follow ups open", "number",
               [](const case_state& of, time::date) {
                   return detail::counted(of.check_points, [](const check_point& each) { return each.is_open(); });
               }},
    case_input{"follow ups done", "number",
               [](const case_state& of, time::date) {
                   return detail::counted(of.check_points, [](const check_point& each) { return !each.is_open(); });
               }},
    case_input{"last follow up", "string",
               [](const case_state& of, time::date) {
                   const check_point* found = detail::latest_follow_up(of);
                   return detail::optional_text(found && found->status ? &*found->status : nullptr);
               }},
    case_input{"next meeting", "date",
               [](const case_state& of, time::date today) { return detail::next_meeting(of, today); }},
    case_input{"meetings not held", "number",
               [](const case_state& of, time::date today) {
                   return detail::counted(of.planned_meetings, [&](const planned_meeting& each) {
                       return each.is_open() && each.day < today;
                   });
               }},
    case_input{"responsible worker named", "boolean",
               [](const case_state& of, time::date) { return feel::value(responsible_now(of) != nullptr); }},
};

}  // namespace detail

POLKU_DECL std::span<const case_input> case_inputs() noexcept { return detail::case_input_table; }

POLKU_DECL const case_input* find_case_input(std::string_view name) noexcept {
    for (const case_input& each : case_inputs())
        if (each.name == name) return &each;
    return nullptr;
}

}  // namespace polku::inline POLKU_V::path

#endif
