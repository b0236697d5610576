// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_MUNICIPAL_COST_HPP
#define POLKU_REPORT_MUNICIPAL_COST_HPP

#include <polku/feel/number.hpp>
#include <polku/report/figures.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// What unemployment costs a municipality, with a resolution and without one. The shares, what counts towards them and
/// the full amounts are the dated decisions of the shipped pack `kuntarahoitus` (Act 1290/2002 chapter 14 section 3 a,
/// Act 555/1998 section 4, Act 48/2026 sections 51 to 55); no figure of law stands in this room.

namespace polku::inline POLKU_V::report {

/// Benefits as the person has them on the first day; the pack says what becomes of them when a law changes.
enum class benefit_kind : std::uint8_t {
    labour_market_subsidy,       ///< työmarkkinatuki, up to 30.4.2026
    basic_allowance,             ///< peruspäiväraha, up to 30.4.2026
    earnings_related_allowance,  ///< ansiopäiväraha
    fund_only_allowance,         ///< earnings-related for lay-off, weather bar or additional days: no share
    general_support,             ///< yleistuki, from 1.5.2026
};
BOOST_DESCRIBE_ENUM(benefit_kind, labour_market_subsidy, basic_allowance, earnings_related_allowance,
                    fund_only_allowance, general_support)

/// One person's unemployment, from a first day to a horizon.
struct benefit_row {
    std::string id;            ///< the caller's name for the person, once in the rows
    std::string municipality;  ///< code of three digits: the one that pays; a person who moves has a row in each
    benefit_kind benefit = benefit_kind::labour_market_subsidy;  ///< what is paid
    time::date first_day;                                        ///< first day that is reckoned
    time::date horizon;                                          ///< last day that is reckoned, at most ten years on
    /// The day from which unemployment has ended (a job, studies, a pension); none: it has not.
    std::optional<time::date> resolution_day;
    /// Benefit days paid before `first_day`, since 1.1.2015, outside employment-promoting services. A count that has
    /// begun anew begins a row with 0.
    std::int64_t days_so_far = 0;
    std::optional<std::int64_t> service_days_so_far;  ///< those in employment-promoting services
    /// Days of the unemployment allowance that preceded labour market subsidy or general support.
    std::optional<std::int64_t> preceding_allowance_days;
    std::optional<feel::number> daily_amount;  ///< euros; of earnings-related allowance its basic part; none: the full
    std::optional<time::date> service_from;    ///< days in an employment-promoting service, both ends in it
    std::optional<time::date> service_to;      ///< only with `service_from`; none: to the horizon
    std::optional<time::date> state_pays_until;  ///< last day of an integration period, which the State pays
};
BOOST_DESCRIBE_STRUCT(benefit_row, (),
                      (id, municipality, benefit, first_day, horizon, resolution_day, days_so_far, service_days_so_far,
                       preceding_allowance_days, daily_amount, service_from, service_to, state_pays_until))

/// Days at one step of one ladder.
struct cost_step {
    std::string ladder;     ///< version of the pack, such as `kuntarahoitus-2025`
    feel::number percent;   ///< the municipality's part of the benefit
    std::int64_t days = 0;  ///< benefit days at this step
    feel::number amount;    ///< euros, to the cent
};
BOOST_DESCRIBE_STRUCT(cost_step, (), (ladder, percent, days, amount))

/// What a stretch of unemployment costs the municipality. Shares are summed exactly, and each sum is rounded once, half
/// up to the cent; so the steps of a cost can differ from their total by a cent.
struct unemployment_cost {
    std::int64_t days = 0;         ///< benefit days paid
    feel::number amount;           ///< euros, to the cent
    std::vector<cost_step> steps;  ///< by ladder and percent
};
BOOST_DESCRIBE_STRUCT(unemployment_cost, (), (days, amount, steps))

/// One row's costs: as if there were no resolution, and with it.
struct person_cost {
    std::string id;                        ///< as in the row
    std::string municipality;              ///< code
    unemployment_cost without_resolution;  ///< as if unemployment went on to the horizon
    unemployment_cost with_resolution;     ///< up to the day before the resolution
    feel::number difference;               ///< without less with, of the rounded amounts
};
BOOST_DESCRIBE_STRUCT(person_cost, (), (id, municipality, without_resolution, with_resolution, difference))

/// The persons of one municipality, or all.
struct municipality_cost {
    std::string municipality;              ///< empty for all
    std::int64_t people = 0;               ///< rows
    std::int64_t resolved = 0;             ///< those with a resolution up to their horizon
    unemployment_cost without_resolution;  ///< sums of all rows
    unemployment_cost with_resolution;     ///< sums of all rows
    feel::number difference;               ///< euros, to the cent
};
BOOST_DESCRIBE_STRUCT(municipality_cost, (),
                      (municipality, people, resolved, without_resolution, with_resolution, difference))

/// What a calendar month costs.
struct month_cost {
    std::string month;                ///< `2026-05`
    feel::number without_resolution;  ///< euros, to the cent
    feel::number with_resolution;     ///< euros, to the cent
};
BOOST_DESCRIBE_STRUCT(month_cost, (), (month, without_resolution, with_resolution))

/// A version of the pack that the report rests on.
struct ladder_source {
    std::string id;                    ///< version of the pack
    time::date from;                   ///< first day
    std::optional<time::date> to;      ///< last day; none while it goes on
    std::vector<std::string> sources;  ///< acts and sections
};
BOOST_DESCRIBE_STRUCT(ladder_source, (), (id, from, to, sources))

/// Costs by municipality, month and person.
struct cost_report {
    std::vector<municipality_cost> municipalities;  ///< by code
    municipality_cost total;                        ///< all municipalities together
    std::vector<month_cost> months;                 ///< of all, from the first to the last
    std::vector<person_cost> people;                ///< in the order of the rows
    std::vector<ladder_source> ladders;             ///< by first day
    time::date facts_read;                          ///< up to when the law was read
};
BOOST_DESCRIBE_STRUCT(cost_report, (), (municipalities, total, months, people, ladders, facts_read))

/// Reads rows, from JSON under the name `people`. All bad rows are told (at most 20), each with its number, line and
/// member. Errors: those of JSON, `table_syntax`, `row_refused` with the rows as causes.
result<std::vector<benefit_row>> try_read_benefit_rows(const rows_text& from);

/// Reckons the municipality's share day by day, Monday to Friday as the pack says, each day by the ladder in force on
/// it. Errors: `row_refused` (days in the wrong order, a municipality that is no code, an amount that is no benefit),
/// `pack_not_in_force` (a benefit or a day that the pack does not know, and what would be right).
result<cost_report> try_municipal_cost(std::span<const benefit_row> rows);

/// How the report is written.
struct cost_page_options {
    figures_form form = figures_form::text;  ///< which form
    std::string language = "fi";             ///< `fi`, `sv` or `en`; another counts as English
    bool people = false;                     ///< a line for each person, too; without it only sums are written
    /// Which table `csv` holds: `municipalities`, `steps` or `steps_with` (of the ladder, without and with the
    /// resolutions), `months`, or `people` where they are wanted. Another name counts as the first.
    std::string table = "municipalities";
};
/// The report to read or to hand on.
std::string write_municipal_cost(const cost_report& of, const cost_page_options& how);

}  // namespace polku::inline POLKU_V::report

#endif
