// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_IDENTIFIERS_HPP
#define POLKU_RULES_IDENTIFIERS_HPP

#include <polku/config.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::rules {

/// A checked Finnish personal identity code (henkilötunnus; Decree 128/2010 section 2 as amended by 690/2022). It has
/// no member for gender: the digit that once told it must not be used as such.
struct identity_code {
    std::string text;          ///< as given: `DDMMYY`, separator, three digits, check character
    time::date birth;          ///< as the digits and the separator say
    std::uint16_t number = 0;  ///< 2 to 999

    /// True for 900 to 999: artificial, test and temporary codes, which are not in the population register.
    bool is_artificial() const noexcept { return number >= 900; }
};

/// Checks form, separator (1800s `+`; 1900s `-` and `Y X W V U`; 2000s `A` to `F`), date, number and check character.
/// Errors: `invalid_identity_code`, which says what is wrong and what would be right. No error repeats the code.
POLKU_DECL result<identity_code> try_parse_identity_code(std::string_view text);
/// The check character of nine digits `DDMMYYNNN`, given as a number.
POLKU_DECL char identity_check_character(std::uint32_t digits) noexcept;

/// A checked Finnish business id (Y-tunnus): seven digits, `-`, check digit.
struct business_id {
    std::string text;  ///< with the dash and the check digit

    /// `FI` and the eight digits.
    POLKU_DECL std::string vat_number() const;
};

/// Checks the form and the check digit (weights 7 9 10 5 8 4 2, modulo 11). Six digits before the dash, as old ids have
/// them, get a zero in front. Errors: `invalid_business_id`, which says what is wrong and what would be right.
POLKU_DECL result<business_id> try_parse_business_id(std::string_view text);

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/identifiers.ipp>
#endif

#endif
