// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_TIME_CALENDAR_IPP
#define POLKU_IMPL_TIME_CALENDAR_IPP

#include <polku/time/calendar.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::time {

namespace detail {

/// `year` must be in range and the day in the month.
POLKU_DECL date day_in_year(std::int64_t year, unsigned month, unsigned day) noexcept {
    return date::from_parts(year, month, day).value_or(date());
}

/// The first day of a week day on or after a day of the year's middle, where no end of the range is near.
POLKU_DECL date first_from(weekday wanted, date day) noexcept {
    const int ahead = (static_cast<int>(wanted) - static_cast<int>(day.weekday()) + 7) % 7;
    return day.plus_days(ahead).value_or(day);
}

}  // namespace detail

POLKU_DECL holiday_names names_of(holiday which) noexcept {
    static constexpr holiday_names names[holiday_count] = {
        {"uudenvuodenpäivä", "nyårsdagen", "New Year's Day"},
        {"loppiainen", "trettondagen", "Epiphany"},
        {"pitkäperjantai", "långfredagen", "Good Friday"},
        {"pääsiäispäivä", "påskdagen", "Easter Sunday"},
        {"toinen pääsiäispäivä", "annandag påsk", "Easter Monday"},
        {"vapunpäivä", "första maj", "May Day"},
        {"helatorstai", "Kristi himmelsfärdsdag", "Ascension Day"},
        {"helluntaipäivä", "pingstdagen", "Pentecost"},
        {"juhannusaatto", "midsommarafton", "Midsummer Eve"},
        {"juhannuspäivä", "midsommardagen", "Midsummer Day"},
        {"pyhäinpäivä", "alla helgons dag", "All Saints' Day"},
        {"itsenäisyyspäivä", "självständighetsdagen", "Independence Day"},
        {"jouluaatto", "julafton", "Christmas Eve"},
        {"joulupäivä", "juldagen", "Christmas Day"},
        {"tapaninpäivä", "annandag jul", "Second Christmas Day"},
    };
    return names[static_cast<std::size_t>(which)];
}

POLKU_DECL date easter_sunday(std::int64_t year) noexcept {
    // Gauss's reckoning as Butcher stated it, in the quantities of the Gregorian computus. The calendar of Easter
    // repeats every 5 700 000 years, so any year can be brought to a positive one.
    constexpr std::int64_t cycle = 5'700'000;
    const std::int64_t y = (year % cycle + cycle) % cycle;
    const std::int64_t golden = y % 19;
    const std::int64_t century = y / 100;
    const std::int64_t in_century = y % 100;
    const std::int64_t moon_correction = (century - (century + 8) / 25 + 1) / 3;
    const std::int64_t epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    const std::int64_t to_sunday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    const std::int64_t late = (golden + 11 * epact + 22 * to_sunday) / 451;
    const std::int64_t sum = epact + to_sunday - 7 * late + 114;
    return detail::day_in_year(year, static_cast<unsigned>(sum / 31), static_cast<unsigned>(sum % 31 + 1));
}

POLKU_DECL date holiday_in(holiday which, std::int64_t year) noexcept {
    using detail::day_in_year;
    const auto from_easter = [year](std::int64_t days) {
        const date easter = easter_sunday(year);
        return easter.plus_days(days).value_or(easter);
    };
    switch (which) {
        case holiday::new_year: return day_in_year(year, 1, 1);
        case holiday::epiphany: return day_in_year(year, 1, 6);
        case holiday::good_friday: return from_easter(-2);
        case holiday::easter_sunday: return from_easter(0);
        case holiday::easter_monday: return from_easter(1);
        case holiday::may_day: return day_in_year(year, 5, 1);
        case holiday::ascension_day: return from_easter(39);
        case holiday::pentecost: return from_easter(49);
        case holiday::midsummer_eve: return detail::first_from(weekday::friday, day_in_year(year, 6, 19));
        case holiday::midsummer_day: return detail::first_from(weekday::saturday, day_in_year(year, 6, 20));
        case holiday::all_saints_day: return detail::first_from(weekday::saturday, day_in_year(year, 10, 31));
        case holiday::independence_day: return day_in_year(year, 12, 6);
        case holiday::christmas_eve: return day_in_year(year, 12, 24);
        case holiday::christmas_day: return day_in_year(year, 12, 25);
        case holiday::second_christmas_day: return day_in_year(year, 12, 26);
    }
    return day_in_year(year, 1, 1);
}

POLKU_DECL std::optional<holiday> holiday_of(date day) noexcept {
    for (std::size_t i = 0; i < holiday_count; ++i) {
        const auto which = static_cast<holiday>(i);
        if (holiday_in(which, day.year()) == day) return which;
    }
    return std::nullopt;
}

POLKU_DECL std::vector<dated_holiday> holidays_of(std::int64_t year) {
    std::vector<dated_holiday> found;
    if (year < -date::max_year || year > date::max_year) return found;
    found.reserve(holiday_count);
    for (std::size_t i = 0; i < holiday_count; ++i) {
        const auto which = static_cast<holiday>(i);
        found.push_back({holiday_in(which, year), which});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const dated_holiday& left, const dated_holiday& right) { return left.day < right.day; });
    return found;
}

POLKU_DECL bool is_business_day(date day) noexcept { return day.weekday() <= weekday::friday && !holiday_of(day); }

POLKU_DECL std::optional<date> business_day_from(date day) noexcept {
    std::optional<date> at = day;
    while (at && !is_business_day(*at)) at = at->plus_days(1);
    return at;
}

POLKU_DECL std::optional<date> plus_business_days(date day, std::int64_t count) noexcept {
    constexpr std::int64_t most = 1'000'000;
    if (count > most || count < -most) return std::nullopt;
    const std::int64_t step = count < 0 ? -1 : 1;
    std::optional<date> at = day;
    for (std::int64_t left = count; at && left != 0;) {
        at = at->plus_days(step);
        if (at && is_business_day(*at)) left -= step;
    }
    return at;
}

}  // namespace polku::inline POLKU_V::time

#endif
