// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CASE_ON_HPP
#define POLKU_PATH_CASE_ON_HPP

#include <polku/path/case.hpp>

#include <cstdint>
#include <string>
#include <vector>

/// @file
/// A case as it stood on an earlier day, for reports.

namespace polku::inline POLKU_V::path {

/// The case as it stood at the end of a day, by what is known now: the events whose effective day is that day or
/// before, as later corrections leave them, without those that were entered in error. The history of the answer holds
/// these events only; before the case was opened it is a case that has not been opened.
POLKU_DECL case_state case_on(const case_state& of, time::date day);

/// The same by what was recorded up to a moment (UTC milliseconds), corrections among it.
POLKU_DECL case_state case_on(const case_state& of, time::date day, std::int64_t known_ms);

/// The events of a case and its client that stand, in the order of their recording and as later corrections leave them:
/// without those that were entered in error, without the corrections themselves.
POLKU_DECL std::vector<event> standing_events(const case_state& of);

/// Ids of the definition's target groups that the client belongs to by the facts known on that day, in the order of
/// their ids. A group without a `when` says nothing of a client and is left out.
POLKU_DECL std::vector<std::string> target_groups(const service_path& path, const case_state& of, time::date on);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/case_on.ipp>
#endif

#endif
