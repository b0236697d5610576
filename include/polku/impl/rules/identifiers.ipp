// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_IDENTIFIERS_IPP
#define POLKU_IMPL_RULES_IDENTIFIERS_IPP

#include <polku/rules/identifiers.hpp>

#include <algorithm>
#include <cstddef>

namespace polku::inline POLKU_V::rules {

namespace detail {

POLKU_DECL bool all_digits(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char each) { return each >= '0' && each <= '9'; });
}

POLKU_DECL std::uint32_t digits_value(std::string_view digits) noexcept {
    std::uint32_t value = 0;
    for (const char digit : digits) value = value * 10 + static_cast<std::uint32_t>(digit - '0');
    return value;
}

/// A character for a message; what does not print is named by its number.
POLKU_DECL std::string shown(char each) {
    if (each > ' ' && each < '\x7f') return std::string("'") + each + "'";
    return "byte " + std::to_string(static_cast<unsigned char>(each));
}

/// First year of the separator's century, 0 for none.
POLKU_DECL std::int64_t century_of(char separator) noexcept {
    if (separator == '+') return 1800;
    if (separator == '-' || (separator >= 'U' && separator <= 'Y')) return 1900;
    if (separator >= 'A' && separator <= 'F') return 2000;
    return 0;
}

POLKU_DECL error identity_error(const std::string& what) {
    return error(error_code::invalid_identity_code, "personal identity code: " + what);
}

POLKU_DECL error business_id_error(const std::string& what) {
    return error(error_code::invalid_business_id, "business id: " + what);
}

/// Form of the eleven characters: length, digits, separator.
POLKU_DECL result<void> check_identity_form(std::string_view text) {
    if (text.size() != 11)
        return identity_error("its length is " + std::to_string(text.size()) +
                              ", expected 11 characters (DDMMYY, separator, three digits, check character)");
    for (const std::size_t at : {0U, 1U, 2U, 3U, 4U, 5U, 7U, 8U, 9U})
        if (!all_digits(text.substr(at, 1)))
            return identity_error("character " + std::to_string(at + 1) + " is " + shown(text[at]) +
                                  ", expected a digit");
    if (century_of(text[6]) == 0)
        return identity_error("separator " + shown(text[6]) +
                              " is not in use, expected + (1800s), one of -UVWXY (1900s) or one of ABCDEF (2000s)");
    return {};
}

}  // namespace detail

POLKU_DECL char identity_check_character(std::uint32_t digits) noexcept {
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[digits % 31];
}

POLKU_DECL result<identity_code> try_parse_identity_code(std::string_view text) {
    POLKU_CHECK(detail::check_identity_form(text));
    const std::uint32_t day_month_year = detail::digits_value(text.substr(0, 6));
    const std::uint32_t number = detail::digits_value(text.substr(7, 3));
    const std::int64_t year = detail::century_of(text[6]) + day_month_year % 100;
    const std::uint32_t month = day_month_year / 100 % 100;
    const std::uint32_t day = day_month_year / 10000;
    const auto birth = time::date::from_parts(year, month, day);
    if (!birth)
        return detail::identity_error("day " + std::to_string(day) + " of month " + std::to_string(month) + " in " +
                                      std::to_string(year) + " is not a date; check DDMMYY and the separator");
    if (number < 2) return detail::identity_error("its number is below 002, which is not issued; expected 002 to 999");
    const char expected = identity_check_character(day_month_year * 1000 + number);
    if (text[10] != expected)
        return detail::identity_error("its check character is " + detail::shown(text[10]) + ", expected '" + expected +
                                      "' for these digits; check the digits for a slip");
    return identity_code{std::string(text), *birth, static_cast<std::uint16_t>(number)};
}

POLKU_DECL std::string business_id::vat_number() const { return "FI" + text.substr(0, 7) + text.substr(8); }

POLKU_DECL result<business_id> try_parse_business_id(std::string_view text) {
    const std::string padded = (text.size() == 8 ? "0" : "") + std::string(text);
    if (padded.size() != 9)
        return detail::business_id_error("its length is " + std::to_string(text.size()) +
                                         ", expected 9 characters (seven digits, -, check digit)");
    if (padded[7] != '-' || !detail::all_digits(std::string_view(padded).substr(0, 7)) ||
        !detail::all_digits(std::string_view(padded).substr(8)))
        return detail::business_id_error("expected seven digits, '-' and a check digit, as in 1572860-0");
    static constexpr std::uint32_t weights[] = {7, 9, 10, 5, 8, 4, 2};
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < 7; ++i) sum += weights[i] * static_cast<std::uint32_t>(padded[i] - '0');
    const std::uint32_t rest = sum % 11;
    if (rest == 1)
        return detail::business_id_error("a number with these seven digits is never issued; check the digits");
    const auto expected = static_cast<char>('0' + (rest == 0 ? 0 : 11 - rest));
    if (padded[8] != expected)
        return detail::business_id_error("its check digit is " + detail::shown(padded[8]) + ", expected '" + expected +
                                         "' for these digits; check the digits for a slip");
    return business_id{padded};
}

}  // namespace polku::inline POLKU_V::rules

#endif
