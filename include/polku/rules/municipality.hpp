// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_MUNICIPALITY_HPP
#define POLKU_RULES_MUNICIPALITY_HPP

#include <polku/config.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <span>
#include <string_view>

namespace polku::inline POLKU_V::rules {

/// A municipality of the shipped code list: those of Lapland's and North Karelia's paths and a few more, not all of
/// Finland. Codes and names are from the code list of Statistics Finland as a public copy has it; region and wellbeing
/// services county are general knowledge, not read from a source, and are empty where the list has none.
struct municipality {
    std::string_view code;     ///< three digits, such as `698`
    std::string_view name_fi;  ///< as in the code list
    std::string_view name_sv;  ///< the Finnish name where there is no Swedish one
    std::string_view region;   ///< region (maakunta) code, such as `19`
    std::string_view county;   ///< wellbeing services county (hyvinvointialue) code, such as `21`
};

/// A wellbeing services county, or the city of Helsinki or Åland, which have its duties.
struct wellbeing_county {
    std::string_view code;     ///< two digits, such as `21`
    std::string_view name_fi;  ///< in Finnish
    std::string_view name_sv;  ///< in Swedish
};

/// All of the list, by code.
POLKU_DECL std::span<const municipality> municipalities() noexcept;
/// All counties, by code.
POLKU_DECL std::span<const wellbeing_county> wellbeing_counties() noexcept;

/// The entry of a code, or null pointer.
POLKU_DECL const municipality* find_municipality(std::string_view code) noexcept;
/// The entry of a county's code, or null pointer.
POLKU_DECL const wellbeing_county* find_wellbeing_county(std::string_view code) noexcept;
/// Errors: `unknown_municipality`; a name given instead of a code is answered with its code.
POLKU_DECL result<municipality> try_find_municipality(std::string_view code);
/// The region that a municipality belonged to on a day (Heinävesi changed from 10 to 12 on 1.1.2021).
POLKU_DECL std::string_view region_on(const municipality& of, time::date day) noexcept;

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/municipality.ipp>
#endif

#endif
