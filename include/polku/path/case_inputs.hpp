// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CASE_INPUTS_HPP
#define POLKU_PATH_CASE_INPUTS_HPP

#include <polku/config.hpp>
#include <polku/feel/value.hpp>
#include <polku/time/date.hpp>

#include <span>
#include <string_view>

namespace polku::inline POLKU_V::path {

struct case_state;

/// Something that a case itself tells to routing tables, guards and due dates: `days in stage`, `plan agreed`, ... No
/// fact of a definition may have one of these names.
struct case_input {
    std::string_view name;  ///< as FEEL texts spell it
    std::string_view type;  ///< FEEL type name
    feel::value (*read)(const case_state& of,
                        time::date today);  ///< the value on a day; a null where the case does not tell it
};
/// All of them, in a fixed order; static data.
POLKU_DECL std::span<const case_input> case_inputs() noexcept;
/// Null pointer when there is none of that name.
POLKU_DECL const case_input* find_case_input(std::string_view name) noexcept;

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/path/case.hpp>  // which includes the bodies, once a case is a complete type
#endif

#endif
