// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_CASE_SNAPSHOT_HPP
#define POLKU_SRC_WORKSPACE_CASE_SNAPSHOT_HPP

#include <polku/path/case.hpp>
#include <polku/storage/records.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Cases as the store keeps them to open them again: the fold of a case's events and its client's up to a version of
/// each, without the events. A snapshot holds all classes of content, so it has the class that any erasure takes.
namespace polku::inline POLKU_V::detail {

/// What is larger is not kept; such a case is folded from its events.
constexpr std::size_t largest_snapshot = 256 * 1024;

struct kept_case {
    path::case_state state;  ///< without history
    path::hash path_hash{};
};

/// The packed case; empty when it would be larger than `largest_snapshot` or has no packed form.
std::optional<std::string> pack_case(const path::case_state& state, const path::hash& path_hash);

/// The case in the bytes; empty when they are of a version of this library that folds or describes cases differently,
/// or are none of ours. The case is folded from its events then.
std::optional<kept_case> unpack_case(std::string_view bytes);

}  // namespace polku::inline POLKU_V::detail

#endif
