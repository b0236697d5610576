// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_TIME_DEADLINE_IPP
#define POLKU_IMPL_TIME_DEADLINE_IPP

#include <polku/time/deadline.hpp>

#include <polku/time/calendar.hpp>

namespace polku::inline POLKU_V::time {

POLKU_DECL period period_of(months_duration span) noexcept { return {span.months, period_unit::months}; }

POLKU_DECL std::optional<period> period_of(days_duration span) noexcept {
    if (span.nanoseconds != 0 || span.seconds % 86400 != 0) return std::nullopt;
    return period{span.seconds / 86400, period_unit::days};
}

POLKU_DECL std::string_view name_of(roll_rule rule) noexcept {
    return rule == roll_rule::act_150_1930 ? "150/1930" : "none";
}

POLKU_DECL std::optional<roll_rule> parse_roll_rule(std::string_view text) noexcept {
    for (const roll_rule rule : {roll_rule::none, roll_rule::act_150_1930})
        if (text == name_of(rule)) return rule;
    return std::nullopt;
}

POLKU_DECL std::optional<date> nominal_deadline(date start, period length) noexcept {
    constexpr std::int64_t most = 2 * 366 * date::max_year;  // days between the first and the last date there are
    if (length.count > most || length.count < -most) return std::nullopt;
    switch (length.unit) {
        case period_unit::days: return start.plus_days(length.count);
        case period_unit::weeks: return start.plus_days(length.count * 7);
        case period_unit::months: return start.plus_months(length.count);
        case period_unit::years: return start.plus_months(length.count * 12);
    }
    return std::nullopt;
}

POLKU_DECL std::optional<deadline> statutory_deadline(date start, period length, roll_rule rule) noexcept {
    const std::optional<date> nominal = nominal_deadline(start, length);
    if (!nominal) return std::nullopt;
    const std::optional<date> last = rule == roll_rule::act_150_1930 ? business_day_from(*nominal) : nominal;
    if (!last) return std::nullopt;
    return deadline{*nominal, *last, rule};
}

POLKU_DECL std::optional<receipt> receipt_of(const notice& of) noexcept {
    const auto presumed_after = [&of](std::int64_t days) -> std::optional<receipt> {
        const std::optional<date> day = of.sent.plus_days(days);
        if (!day) return std::nullopt;
        return receipt{*day, true};
    };
    if (of.way == notice_way::online_minutes) return presumed_after(7);
    if (of.shown) {
        if (*of.shown < of.sent) return std::nullopt;
        const bool too_late = of.way == notice_way::verifiable_service && of.shown->to_days() - of.sent.to_days() > 7;
        if (too_late) return std::nullopt;
        return receipt{*of.shown, false};
    }
    if (of.way == notice_way::letter) return presumed_after(7);
    if (of.way == notice_way::electronic_message) return presumed_after(3);
    return std::nullopt;
}

}  // namespace polku::inline POLKU_V::time

#endif
