// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_RETENTION_HPP
#define POLKU_WORKSPACE_RETENTION_HPP

#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V {

/// How long content of a retention class is kept: years from the end of the client relation. The day on which it may be
/// erased is not moved for holidays.
struct retention_rule {
    std::string retention_class;               ///< as parts of events have it
    std::int64_t years = 0;                    ///< full years after the end of the client relation
    time::date in_force;                       ///< first day of the rule
    std::optional<time::date> in_force_until;  ///< last day; empty while it goes on
    std::string source;                        ///< act and section
    std::map<std::string, std::string> name;   ///< by language
    bool operator==(const retention_rule&) const = default;
};
BOOST_DESCRIBE_STRUCT(retention_rule, (), (retention_class, years, in_force, in_force_until, source, name))

/// How long the use log is kept, how far back a client's extract goes and within how many months it is to be given.
struct use_log_rule {
    std::int64_t years = 0;                    ///< full years that an entry is kept
    std::int64_t extract_years = 0;            ///< years before the day of asking
    std::int64_t answer_months = 0;            ///< months after the day of asking
    time::date in_force;                       ///< first day of the rule
    std::optional<time::date> in_force_until;  ///< last day; empty while it goes on
    std::string source;                        ///< act and section
    bool operator==(const use_log_rule&) const = default;
};
BOOST_DESCRIBE_STRUCT(use_log_rule, (), (years, extract_years, answer_months, in_force, in_force_until, source))

/// Dated rules of retention: data, read from JSON (`src/packs/retention/rules.json` is the shipped one).
struct retention_rules {
    std::vector<retention_rule> classes;  ///< by class and day
    std::vector<use_log_rule> use_log;    ///< by day

    /// The rule of a class in force on a day; nothing when there is none.
    const retention_rule* rule_of(std::string_view retention_class, time::date on) const noexcept;
    /// The rule of the use log on a day; nothing when there is none.
    const use_log_rule* log_rule(time::date on) const noexcept;
};
BOOST_DESCRIBE_STRUCT(retention_rules, (), (classes, use_log))

/// Reads rules; `source` names the text in errors. Errors: the 8xx family, with the JSON pointer.
result<retention_rules> try_read_retention_rules(std::string_view text, std::string_view source = {});
/// The rules that come with the library.
const retention_rules& shipped_retention_rules();

}  // namespace polku::inline POLKU_V

#endif
