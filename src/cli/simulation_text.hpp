// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_SIMULATION_TEXT_HPP
#define POLKU_CLI_SIMULATION_TEXT_HPP

#include <polku/population/simulation.hpp>
#include <polku/rules/pack.hpp>

#include <string>

namespace polku::cli {

/// The totals of a simulation for people, in `fi`, `sv`, `en` or `fi-selko`, with the words of the pack for members and
/// values.
std::string simulation_text(const population::simulation_report& of, const rules::pack& by,
                            const std::string& language);

}  // namespace polku::cli

#endif
