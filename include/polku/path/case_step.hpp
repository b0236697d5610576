// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CASE_STEP_HPP
#define POLKU_PATH_CASE_STEP_HPP

#include <polku/path/case.hpp>

#include <vector>

/// @file
/// Deciding on a case that goes on at once, for walks of many commands.

namespace polku::inline POLKU_V::path {

namespace detail {
/// `evolve` on the case itself.
POLKU_DECL void take_event(case_state& into, const event& happened);
}  // namespace detail

/// The events of `decide`, and the case goes on with them: `evolve(now, decide(...))` without a copy of the case. What
/// is refused leaves it as it was.
POLKU_DECL result<std::vector<event>> decide_and_evolve(const service_path& path, case_state& now, const command& asked,
                                                        const context& with);

}  // namespace polku::inline POLKU_V::path

#endif
