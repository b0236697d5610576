// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_TEMPORAL_IPP
#define POLKU_IMPL_FEEL_BUILTINS_TEMPORAL_IPP

#include <polku/impl/feel/builtins_support.hpp>

// Date and time built-ins (DMN 1.5 clauses 10.3.4.6, 10.3.4.8 and 10.3.4.11).

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value builtin_day_of_year(evaluation_context&, std::size_t, arguments given) {
    time::date day;
    if (!take_date(given[0], day)) return refuse(given[0]);
    return static_cast<std::int64_t>(day.day_of_year());
}

POLKU_DECL value builtin_day_of_week(evaluation_context&, std::size_t, arguments given) {
    constexpr std::string_view names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    time::date day;
    if (!take_date(given[0], day)) return refuse(given[0]);
    return names[static_cast<std::size_t>(day.weekday()) - 1];
}

POLKU_DECL value builtin_month_of_year(evaluation_context&, std::size_t, arguments given) {
    constexpr std::string_view names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};
    time::date day;
    if (!take_date(given[0], day)) return refuse(given[0]);
    return names[day.month() - 1];
}

POLKU_DECL value builtin_week_of_year(evaluation_context&, std::size_t, arguments given) {
    time::date day;
    if (!take_date(given[0], day)) return refuse(given[0]);
    return static_cast<std::int64_t>(day.iso_week());
}

POLKU_DECL value builtin_now(evaluation_context& with, std::size_t, arguments) {
    return with.has_now() ? value(with.now()) : value(null_reason::unknown_input);
}

POLKU_DECL value builtin_today(evaluation_context& with, std::size_t, arguments) {
    return with.has_now() ? value(with.today()) : value(null_reason::unknown_input);
}

/// Same element of the semantic domain: neither moments nor zones are compared by what they mean.
POLKU_DECL value builtin_is(evaluation_context&, std::size_t, arguments given) { return given[0] == given[1]; }

POLKU_DECL std::span<const builtin> temporal_builtins() noexcept {
    static constexpr signature date[] = {{"date: Any"}};
    static constexpr signature nothing[] = {{""}};
    static constexpr signature two_values[] = {{"value1: Any, value2: Any"}};
    static constexpr builtin family[] = {
        {"day of year", date, builtin_day_of_year, "number"},
        {"day of week", date, builtin_day_of_week, "string"},
        {"month of year", date, builtin_month_of_year, "string"},
        {"week of year", date, builtin_week_of_year, "number"},
        {"now", nothing, builtin_now, "date and time", true},
        {"today", nothing, builtin_today, "date", true},
        {"is", two_values, builtin_is, "boolean"},
    };
    return family;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
