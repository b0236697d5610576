// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TIME_CALENDAR_HPP
#define POLKU_TIME_CALENDAR_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// @file
/// The Finnish calendar of public holidays and business days, computed and not tabled; meant for the years 1900 to
/// 2200. The present-day rules hold for every year. Older law is not reproduced: before 1955 Midsummer and All Saints'
/// Day were not on Saturdays, and from 1973 to 1990 Epiphany and Ascension Day were. Deadlines of those years need a
/// look.

namespace polku::inline POLKU_V::time {

/// The days that end no deadline: public holidays (pyhäpäivä), Independence Day, May Day, and the two eves that section
/// 5 of Act 150/1930 names. Ordinary Sundays and Saturdays are not in the list.
enum class holiday : std::uint8_t {
    new_year,              ///< 1 January
    epiphany,              ///< 6 January
    good_friday,           ///< Easter - 2
    easter_sunday,         ///< the Sunday from 22 March to 25 April
    easter_monday,         ///< Easter + 1
    may_day,               ///< 1 May
    ascension_day,         ///< Easter + 39
    pentecost,             ///< Easter + 49
    midsummer_eve,         ///< the Friday of 19 to 25 June
    midsummer_day,         ///< the Saturday of 20 to 26 June
    all_saints_day,        ///< the Saturday of 31 October to 6 November
    independence_day,      ///< 6 December
    christmas_eve,         ///< 24 December
    christmas_day,         ///< 25 December
    second_christmas_day,  ///< 26 December
};
constexpr std::size_t holiday_count = 15;  ///< number of enumerators of `holiday`

/// What a holiday is called. Each in its language, as it stands within a sentence.
struct holiday_names {
    std::string_view fi;  ///< in Finnish
    std::string_view sv;  ///< in Swedish
    std::string_view en;  ///< in English
};
/// Static texts in Finnish, Swedish and English.
POLKU_DECL holiday_names names_of(holiday which) noexcept;

/// Easter Sunday of the Gregorian calendar, for any year that a date can have.
POLKU_DECL date easter_sunday(std::int64_t year) noexcept;
/// The day of a holiday in a year from -`date::max_year` to `date::max_year`.
POLKU_DECL date holiday_in(holiday which, std::int64_t year) noexcept;
/// Which holiday a day is; empty for other days. Where two fall on one day (May Day and Ascension Day do in 2008), the
/// first of the list above is given.
POLKU_DECL std::optional<holiday> holiday_of(date day) noexcept;

/// A holiday and its date.
struct dated_holiday {
    date day;       ///< of one year
    holiday which;  ///< what it is
};
/// All holidays of a year in order of date.
POLKU_DECL std::vector<dated_holiday> holidays_of(std::int64_t year);

/// True for Monday to Friday that are no holiday: the days on which a deadline can end under section 5 of Act 150/1930.
POLKU_DECL bool is_business_day(date day) noexcept;
/// The day itself when it is a business day, otherwise the first one after it. Empty past the last year.
POLKU_DECL std::optional<date> business_day_from(date day) noexcept;
/// Moves by business days: 1 is the first business day after `day`, -1 the last before it, 0 the day itself. Empty out
/// of the range of years, or for more than 1 000 000 days.
POLKU_DECL std::optional<date> plus_business_days(date day, std::int64_t count) noexcept;

}  // namespace polku::inline POLKU_V::time

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/time/calendar.ipp>
#endif

#endif
