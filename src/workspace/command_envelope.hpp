// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_COMMAND_ENVELOPE_HPP
#define POLKU_SRC_WORKSPACE_COMMAND_ENVELOPE_HPP

#include <polku/feel/value.hpp>
#include <polku/path/case.hpp>
#include <polku/path/commands.hpp>
#include <polku/path/event.hpp>
#include <polku/result.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace polku::inline POLKU_V::detail {

/// A command document (workspace.hpp, `try_execute`), read and checked. `command` is that of a case; a command to
/// another stream is left as it came, since each kind of stream has commands of its own.
struct command_envelope {
    path::stream_id stream;
    path::stream_kind kind = path::stream_kind::case_;
    std::string command_id;
    path::context context;
    std::optional<std::uint64_t> expected_version;
    std::string path_id;  ///< of `open_case`; empty otherwise
    path::command command;
    std::string type;              ///< of a command to another stream
    feel::value data;              ///< and its members, `on` taken out
    std::optional<time::date> on;  ///< the day that it tells of
    path::hash content{};          ///< hash of the canonical document
};

/// The member of a command document that names a stream of that kind: `case`, `environment`, ...
std::string_view name_of(path::stream_kind kind) noexcept;

result<command_envelope> read_envelope(const feel::value& document);

/// The civil date of a moment in Finland.
time::date civil_date(time::moment when);

}  // namespace polku::inline POLKU_V::detail

#endif
