// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_MATCHING_HPP
#define POLKU_PATH_MATCHING_HPP

#include <polku/feel/number.hpp>
#include <polku/path/case.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// @file
/// Which work of the catalogue fits the client, by levels of ability and nothing else. An answer to look at together
/// with the client; it decides nothing.

namespace polku::inline POLKU_V::path {

/// Whether a level is reached. An unknown level is no misfit: it is to be found out. The names are `fits`, `unknown`
/// and `misfit`.
enum class task_fit : std::uint8_t { fits, unknown, misfit };
BOOST_DESCRIBE_ENUM(task_fit, fits, unknown, misfit)

/// One demand of a task beside what is known of the client.
struct ability_match {
    std::string ability;                ///< id in the catalogue
    std::int64_t needed = 0;            ///< lowest level that does
    std::optional<feel::number> level;  ///< the client's; none when it is unknown on the day
    task_fit fit = task_fit::unknown;   ///< of this ability
    bool operator==(const ability_match&) const = default;
};
BOOST_DESCRIBE_STRUCT(ability_match, (), (ability, needed, level, fit))

/// A task fits as badly as its worst ability. `spare` sums the levels that the client has above those needed (a
/// shortfall counts as zero): the smaller, the better the task uses what the client can do.
struct task_match {
    std::string task;               ///< id in the catalogue
    task_fit fit = task_fit::fits;  ///< that of its worst ability
    feel::number spare;
    std::vector<ability_match> abilities;   ///< one for each demand
    std::vector<std::string> environments;  ///< where it can be done on the day
    bool operator==(const task_match&) const = default;
};
BOOST_DESCRIBE_STRUCT(task_match, (), (task, fit, spare, abilities, environments))

/// An environment fits as well as the best of its tasks.
struct environment_match {
    std::string environment;         ///< id in the definition
    task_fit fit = task_fit::fits;   ///< that of its best task
    feel::number spare;              ///< that of its best task
    std::vector<std::string> tasks;  ///< best first
    bool operator==(const environment_match&) const = default;
};
BOOST_DESCRIBE_STRUCT(environment_match, (), (environment, fit, spare, tasks))

/// Both lists with the best first.
struct catalogue_matches {
    std::vector<task_match> tasks;                ///< that are in force on the day
    std::vector<environment_match> environments;  ///< that have one of them
    bool operator==(const catalogue_matches&) const = default;
};
BOOST_DESCRIBE_STRUCT(catalogue_matches, (), (tasks, environments))

/// The tasks in force on the day, and the environments in force that have at least one of them. Both are ranked: those
/// that fit, those of which something is unknown, misfits; among equals by the smallest `spare`, then by id.
POLKU_DECL catalogue_matches match_catalogue(const service_path& path, const case_state& of, time::date on);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/matching.ipp>
#endif

#endif
