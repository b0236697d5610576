// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PATH_CHECK_HPP
#define POLKU_SRC_POPULATION_PATH_CHECK_HPP

#include "path_plan.hpp"

namespace polku::inline POLKU_V::population::detail {

/// What can be seen of a plan before anybody walks: that rules get the facts that they ask for, that their tables
/// decide on every combination that may be drawn, that some exit can be reached from everywhere, and that there is room
/// for those who are there at the start. Tables with more combinations than a bound are seen only as clients meet them.
result<void> check_plan(const path_plan& of, const plan_place& root);

}  // namespace polku::inline POLKU_V::population::detail

#endif
