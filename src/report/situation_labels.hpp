// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_SITUATION_LABELS_HPP
#define POLKU_SRC_REPORT_SITUATION_LABELS_HPP

#include <polku/report/situation.hpp>

#include <array>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

/// The word of an id of situation_words.inc, English for a language that is none of `languages`; empty for an id that
/// has no word.
std::string_view situation_word(std::string_view id, std::string_view language) noexcept;

std::string layer_name(const situation& of, const std::string& layer, std::string_view language);
/// Names of the two places of a move.
std::string move_from(const path_situation& in, const figure_key& of, std::string_view language);
std::string move_to(const path_situation& in, const figure_key& of, std::string_view language);
/// What a figure is about, without its section.
std::string figure_name(const path_situation& in, const figure_key& of, std::string_view language);

/// A number with a decimal comma in Finnish and Swedish.
std::string number_text(const feel::number& of, std::string_view language);
/// A count as it is shown: `12`, `under 5` or a dash.
std::string count_text(const protected_count& of, std::int64_t threshold, std::string_view language);

bool is_move(const figure_key& of) noexcept;
/// Where a move begins and ends.
walk_place kind_from(const figure_key& move) noexcept;
walk_place kind_to(const figure_key& move) noexcept;

/// The order in which people read the figures of a section: as the definition has stages and exits, as the table of
/// words has the fixed items, by id for all else.
class reading_order {
public:
    explicit reading_order(const path_situation& in) : says_(in.path.says()) {}
    bool operator()(const figure_key& left, const figure_key& right) const { return rank(left) < rank(right); }
    int rank(walk_place kind, const std::string& id) const;

private:
    struct ranks {
        int from = 0;
        int to = 0;
        auto operator<=>(const ranks&) const = default;
    };
    ranks rank(const figure_key& of) const;

    const path::definition& says_;
};

/// Sections of counts in the order in which they are read; all moves are the section `transitions`.
inline constexpr std::array<std::string_view, 22> count_sections = {
    "clients", "stage",       "owner",           "entry",     "target_group", "waiting",
    "overdue", "transitions", "outcome",         "exit",      "service",      "assessment",
    "package", "environment", "environment_now", "placement", "check",        "support_needed",
    "coping",  "feedback",    "feedback_aspect", "goal"};

}  // namespace polku::inline POLKU_V::report

#endif
