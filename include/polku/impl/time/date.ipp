// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_TIME_DATE_IPP
#define POLKU_IMPL_TIME_DATE_IPP

#include <polku/time/date.hpp>

#include <polku/impl/time/text_cursor.hpp>

namespace polku::inline POLKU_V::time {

namespace detail {

/// Reads a date at the cursor; what follows it is the caller's.
POLKU_DECL std::optional<date> take_date(text_cursor& from) noexcept {
    const bool negative = from.take('-');
    const std::size_t digits = from.digits_ahead();
    if (digits < 4 || digits > 9 || (digits > 4 && from.peek() == '0')) return std::nullopt;
    std::int64_t year = 0;
    std::int64_t month = 0;
    std::int64_t day = 0;
    if (!from.take_digits(digits, year) || !from.take('-') || !from.take_digits(2, month) || !from.take('-') ||
        !from.take_digits(2, day))
        return std::nullopt;
    return date::from_parts(negative ? -year : year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

}  // namespace detail

POLKU_DECL unsigned date::iso_week() const noexcept {
    // The week belongs to the year of its Thursday. At both ends of the range that Thursday may lie outside of it, so
    // the count is made on days, not on dates.
    const auto day = static_cast<std::int64_t>(weekday());
    const std::int64_t thursday_of_year = static_cast<std::int64_t>(day_of_year()) + 4 - day;
    const std::int64_t length = is_leap_year(year()) ? 366 : 365;
    if (thursday_of_year > length) return 1;
    if (thursday_of_year > 0) return static_cast<unsigned>((thursday_of_year - 1) / 7 + 1);
    const std::int64_t length_before = is_leap_year(year() - 1) ? 366 : 365;
    return static_cast<unsigned>((thursday_of_year + length_before - 1) / 7 + 1);
}

POLKU_DECL std::optional<date> parse_date(std::string_view text) noexcept {
    // Nearly every date has these ten bytes.
    if (POLKU_LIKELY(text.size() == 10 && text[4] == '-' && text[7] == '-')) {
        bool are_digits = true;
        const auto digit = [&](std::size_t at) {
            const unsigned found = static_cast<unsigned char>(text[at]) - unsigned{'0'};
            are_digits &= found <= 9;
            return found;
        };
        const unsigned year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
        const unsigned month = digit(5) * 10 + digit(6);
        const unsigned day = digit(8) * 10 + digit(9);
        if (are_digits) return date::from_parts(year, month, day);
    }
    detail::text_cursor from(text);
    const std::optional<date> found = detail::take_date(from);
    if (!from.at_end()) return std::nullopt;
    return found;
}

POLKU_DECL std::string to_string(date value) {
    std::string out;
    const std::int64_t year = value.year();
    if (year < 0) out += '-';
    detail::append_padded(out, static_cast<std::uint64_t>(year < 0 ? -year : year), 4);
    out += '-';
    detail::append_padded(out, value.month(), 2);
    out += '-';
    detail::append_padded(out, value.day(), 2);
    return out;
}

}  // namespace polku::inline POLKU_V::time

#endif
