// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_COMMAND_ENVELOPE_HPP
#define POLKU_SRC_WORKSPACE_COMMAND_ENVELOPE_HPP

#include <polku/path/case.hpp>
#include <polku/path/commands.hpp>
#include <polku/result.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace polku::inline POLKU_V::detail {

/// A command document (workspace.hpp, `try_execute`), read and checked.
struct command_envelope {
    path::stream_id case_id;
    std::string command_id;
    path::context context;
    std::optional<std::uint64_t> expected_version;
    std::string path_id;  ///< of `open_case`; empty otherwise
    path::command command;
    path::hash content{};  ///< hash of the canonical document
};

result<command_envelope> read_envelope(const feel::value& document);

/// The civil date of a moment in Finland.
time::date civil_date(time::moment when);

}  // namespace polku::inline POLKU_V::detail

#endif
