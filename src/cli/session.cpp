// SPDX-License-Identifier: Apache-2.0
#include "cli/session.hpp"

#include "cli/error_json.hpp"

#include <polku/time/date_time.hpp>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

namespace polku::cli {

exit_status exit_status_of(const error& what) noexcept {
    // What is wrong in an option is a matter of the command line, whoever finds it.
    if (!what.positions().empty() && what.positions().front().source.rfind("--", 0) == 0) return exit_status::usage;
    switch (status_of(what.code())) {
        case status::conflict:
        case status::busy: return exit_status::conflict;
        case status::misuse:
        case status::no_memory:
        case status::internal: return exit_status::engine;
        default: return exit_status::findings;
    }
}

exit_status fail(const session& in, const error& what) {
    if (in.json)
        std::cerr << error_json(what) << "\n";
    else
        std::cerr << "polku: " << what.to_string() << "\n";
    return exit_status_of(what);
}

exit_status fail_usage(const session& in, const error& what) {
    fail(in, what);
    return exit_status::usage;
}

result<std::string> read_file(const std::string& path) {
    if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return error(error_code::not_found, "the file cannot be opened; check its name and your rights",
                     {.source = path});
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (file.bad()) return error(error_code::not_found, "the file cannot be read to its end", {.source = path});
    return text;
}

result<feel::evaluation_context> make_context(const std::optional<std::string>& as_of) {
    time::zone helsinki;
    helsinki.is = time::zone::kind::named;
    helsinki.name = "Europe/Helsinki";
    if (!as_of) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now);
        const time::moment when{seconds.count(), 0};
        return feel::evaluation_context(time::at_zone(when, helsinki, time::builtin_zones()));
    }
    const auto day = time::parse_date(*as_of);
    if (!day) return error(error_code::invalid_date, "--as-of wants a date such as 2026-01-31, found '" + *as_of + "'");
    time::date_time noon;
    noon.date = *day;
    noon.clock.nanoseconds = time::nanoseconds_per_day / 2;
    noon.clock.zone = helsinki;
    return feel::evaluation_context(noon);
}

}  // namespace polku::cli
