// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_SITUATION_HPP
#define POLKU_REPORT_SITUATION_HPP

#include <polku/path/register_book.hpp>
#include <polku/path/service_path.hpp>
#include <polku/report/case_record.hpp>
#include <polku/report/comparison.hpp>
#include <polku/report/suppression.hpp>
#include <polku/result.hpp>

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// @file
/// The situation picture (tilannekuva): counts, durations and changes of all cases on a day, by municipality. Cases go
/// in one at a time as records, and only counters are kept.

namespace polku::inline POLKU_V::report {

/// What a figure is about: the section, the item of it (a stage, a service, ...), for moves and some others a second
/// item, and the measure (`clients`, `periods`, `days`, `score`, ...). docs/reports.md lists them.
struct figure_key {
    std::string section;  ///< of the picture
    std::string item;     ///< id in the definition, for most sections
    std::string to;       ///< second item; empty where there is none
    std::string measure;  ///< what is counted
    auto operator<=>(const figure_key&) const = default;
};

/// Names of the layers that are no municipality: clients under a non-disclosure order, and all together.
inline constexpr std::string_view layer_not_shown = "not_shown";
inline constexpr std::string_view layer_total = "total";  ///< always the last layer

/// One count in each of the picture's layers.
struct count_row {
    figure_key key;                       ///< which figure
    std::vector<protected_count> layers;  ///< in the order of `situation::layers`
};

/// Quartiles: of an even number of values the mean of the two that meet there. Exact.
struct quartiles {
    feel::number lower;   ///< a quarter is not above it
    feel::number median;  ///< half is not above it
    feel::number upper;   ///< three quarters are not above it
    bool operator==(const quartiles&) const = default;
};

/// Quartiles in each of the picture's layers; empty where nobody has a value or fewer clients than the threshold have.
struct spread_row {
    figure_key key;                                ///< which figure
    std::vector<std::optional<quartiles>> layers;  ///< in the order of `situation::layers`
};

/// The clients who are in coaching in an environment now, beside what the definition says of it.
struct caseload_row {
    std::string environment;              ///< id
    std::string municipality;             ///< of the environment; empty when the definition names none
    std::optional<std::int64_t> places;   ///< as the definition says
    std::optional<std::int64_t> coaches;  ///< job coaches, as the definition says
    protected_count clients;              ///< of all municipalities
};

/// The figures of one path.
struct path_situation {
    path::service_path path;             ///< the newest version seen, for names
    std::vector<count_row> counts;       ///< by key
    std::vector<spread_row> spreads;     ///< by key
    std::vector<caseload_row> caseload;  ///< by environment
};

/// A register whose definition says `reported`: its entries in force, by municipality and then in the order of
/// recording.
struct reported_register {
    path::service_path path;                    ///< the version that has the names
    std::string register_;                      ///< id
    std::vector<path::register_entry> entries;  ///< those in force on the day

    /// The register as that version defines it.
    const path::register_definition& says() const { return path.says().registers.at(register_); }
};

/// The picture: `layers` are the municipalities' codes, then `not_shown` where there are such clients, then `total`.
struct situation {
    time::date as_of;            ///< the day
    std::int64_t threshold = 5;  ///< counts below it are not shown; 1 shows all
    std::vector<std::string> layers;
    std::vector<path_situation> paths;         ///< by id
    std::vector<comparison_figure> compared;   ///< published figures to show beside the own ones
    std::vector<reported_register> registers;  ///< what is kept beside the cases; those with entries, by path and id
};

/// The own figure that stands beside a published one, in the picture's last layer (all together, or the only
/// municipality that is shown). Null pointer when the picture does not have it.
const protected_count* find_own(const path_situation& in, const comparison_figure& of) noexcept;

/// What of the counts is shown.
struct situation_options {
    std::int64_t threshold = 5;  ///< the smallest count that is shown; 1 shows all
    std::string municipality;    ///< only this layer is answered; empty: all. What is hidden does not depend on it.
    std::vector<comparison_figure> compared;  ///< published figures to show beside the own ones
};

/// Counts cases. Every record must be of the same day.
class situation_builder {
public:
    /// `as_of` is the day of all records.
    explicit situation_builder(time::date as_of) : as_of_(as_of) {}

    /// Counts one case; the path gives names and duties.
    void add(const path::service_path& path, const case_record& one);
    /// Adds what a store counted under a label (report/case_counts.hpp) on this day: values with their counts, lowest
    /// first. `invalid_argument` for a label of another kind.
    result<void> add_counted(const std::string& label, const std::vector<std::pair<std::int64_t, std::int64_t>>& sums);
    /// Names a path version of which something was counted; the newest gives the names.
    void add_path(const path::service_path& path);
    /// The picture of what was added so far; small counts are hidden in it.
    situation finish(const situation_options& with) const;

private:
    friend class case_levels;
    friend class situation_counter;
    friend class situation_finisher;

    struct values {
        std::map<feel::number, std::int64_t> times;
        std::int64_t clients = 0;
    };
    struct counters {
        path::service_path path;
        std::map<figure_key, std::map<std::string, std::int64_t>> counts;
        std::map<figure_key, std::map<std::string, values>> spreads;
    };
    time::date as_of_;
    std::map<std::string, counters> paths_;
};

}  // namespace polku::inline POLKU_V::report

#endif
