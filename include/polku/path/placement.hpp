// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PLACEMENT_HPP
#define POLKU_PATH_PLACEMENT_HPP

#include <polku/config.hpp>
#include <polku/feel/number.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path {

/// A support of one employment: pay subsidy, municipal or employment supplement, coaching at work.
struct support {
    std::string support_;                        ///< id among the definition's supports
    time::date from;                             ///< first day
    std::optional<time::date> until;             ///< last day; for as long as the placement where absent
    std::optional<feel::number> monthly_amount;  ///< euros
    bool operator==(const support&) const = default;
};
BOOST_DESCRIBE_STRUCT(support, (), (support_, from, until, monthly_amount))

/// A job, supported job, work trial, study place, own business, pension or other resolution.
struct placement {
    std::string id;                            ///< chosen by whoever started it
    std::string kind;                          ///< id among the definition's placements
    time::date started;                        ///< first day
    std::optional<std::string> employer;       ///< employer, school or payer
    std::vector<std::string> tasks;            ///< as texts
    std::optional<bool> tailored;              ///< the tasks were cut out for this client
    std::optional<feel::number> weekly_hours;  ///< as agreed
    std::optional<bool> social_procurement;    ///< found through social criteria of a procurement
    std::optional<time::date> until;           ///< agreed end
    std::optional<time::date> ended;           ///< absent while it is open
    std::optional<std::string> end_reason;     ///< of the ending; required for it
    std::vector<support> supports;             ///< of this employment, in the order of recording
    /// True until it is ended.
    bool is_open() const { return !ended; }
    bool operator==(const placement&) const = default;
};
BOOST_DESCRIBE_STRUCT(placement, (),
                      (id, kind, started, employer, tasks, tailored, weekly_hours, social_procurement, until, ended,
                       end_reason, supports))

}  // namespace polku::inline POLKU_V::path

#endif
