// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_EXPLANATION_FRAMES_HPP
#define POLKU_IMPL_RULES_DETAIL_EXPLANATION_FRAMES_HPP

#include <polku/config.hpp>
#include <polku/rules/pack_definition.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::rules::detail {

/// The fixed texts of a whole explanation.
enum class frame : std::uint8_t {
#define X(name, fi, sv, en, selko) name,
#include <polku/rules/explanation_frames.inc>
};

/// A text of the frame; languages other than `fi`, `sv` and `fi-selko` get the English one.
POLKU_DECL std::string frame_text(frame which, std::string_view language);
/// The words of a figure's unit; a unit that has none stands as it is.
POLKU_DECL std::string unit_words_in(const std::string& unit, std::string_view language);
/// `1.1.2024 alkaen`, `1.1.2024–31.12.2030`: days up to the one before `before`.
POLKU_DECL std::string period_words(time::date from, const std::optional<time::date>& before,
                                    std::string_view language);

}  // namespace polku::inline POLKU_V::rules::detail

#endif
