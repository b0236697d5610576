// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_SESSION_HPP
#define POLKU_CLI_SESSION_HPP

#include <polku/error.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/result.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace polku::cli {

/// Exit statuses of `polku`, documented in docs/cli.md.
enum class exit_status : int {
    fine = 0,
    findings = 1,  ///< findings, something refuted, or bad rows
    usage = 2,
    engine = 3,  ///< the library could not do the job
    unknown = 4,
    conflict = 5,  ///< conflict or busy
};

/// How store files are opened: options of the whole command too.
struct store_access {
    std::string key_file;  ///< master keys
    std::string ledger;    ///< file of an erasure ledger
    std::string log;       ///< file of the use and disclosure log
    std::string reader;    ///< who reads: JSON, or a file of it
};

/// What the commands share: options of the whole command, and how it ends.
struct session {
    bool json = false;
    bool verbose = false;
    store_access access;
    exit_status ends = exit_status::fine;
    /// The chosen command's body. A command's callback sets it while arguments are read; `main` runs it afterwards.
    std::function<exit_status()> run;
};

/// Prints an error on stderr (as JSON with --json) and answers the status that it means.
exit_status fail(const session& in, const error& what);
exit_status exit_status_of(const error& what) noexcept;
/// The same for what the command line itself says wrongly: always `usage`.
exit_status fail_usage(const session& in, const error& what);

/// The whole text of a file; `-` is standard input.
result<std::string> read_file(const std::string& path);

/// The context that commands evaluate with: `--as-of` (a date, then noon in Europe/Helsinki stands for the time of day)
/// or the system's clock.
result<feel::evaluation_context> make_context(const std::optional<std::string>& as_of);

}  // namespace polku::cli

#endif
