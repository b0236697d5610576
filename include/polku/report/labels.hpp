// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_LABELS_HPP
#define POLKU_REPORT_LABELS_HPP

#include <polku/time/date.hpp>

#include <array>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

/// Languages of everything that a person reads, in the order of choice: Finnish, Swedish, English, plain Finnish.
inline constexpr std::array<std::string_view, 4> languages = {"fi", "sv", "en", "fi-selko"};

/// Words of reports and pictures that belong to no path.
enum class label : unsigned char {
#define X(name, fi, sv, en, selko) name,
#include <polku/report/labels.inc>
#undef X
};

/// The word in a language of `languages`; English for others.
std::string_view word(label which, std::string_view language) noexcept;

/// A date as people write it: `2.3.2026` in Finnish and Swedish, `2 March 2026` in English.
std::string date_text(time::date day, std::string_view language);

/// A period such as `P3M` in words: `3 kk`, `3 mån`, `3 months`.
std::string period_text(std::string_view iso, std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
