// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_POPULATION_SIMULATION_HPP
#define POLKU_POPULATION_SIMULATION_HPP

#include <polku/feel/type.hpp>
#include <polku/feel/value.hpp>
#include <polku/population/people.hpp>
#include <polku/rules/pack.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// @file
/// What rules decide of a whole population, and what a change of rules or of figures changes: the decision of each row
/// of a table of people, and totals by day and group (docs/simulation.md). The rules are those that decide of one
/// client, in exact decimals, and each answer is the one that `rules::pack::try_decide` gives.

namespace polku::inline POLKU_V::population {

/// The rules of one side.
struct simulated_rules {
    rules::pack pack;     ///< compiled
    std::string variant;  ///< a version or variant by id; empty: by the day
    /// Figures with other values than the law's, by name: any figure may be tried here, those too that no authority may
    /// change.
    feel::context figures;
    std::optional<time::date> decided;  ///< the law of this day on every day of the simulation
};

/// What municipalities pay of an unemployment benefit while people stay unemployed, to hold beside what the answers
/// come to: by the dated ladder, from each day of the simulation to the next, and for a month from the last day. A
/// comparison and no forecast: it says nothing of who would find work.
struct benefit_question {
    rules::pack ladder;                             ///< the municipal shares (pack `kuntarahoitus`)
    std::string benefit = "labour_market_subsidy";  ///< as the pack calls it
    std::string days;  ///< column of benefit days paid before the first day, whole numbers from 0 to 15 000
    std::optional<feel::number> daily_amount;  ///< euros a benefit day; none: the full amount of the day
};

/// The answer of a side to a row.
struct simulated_answer {
    feel::value value;                 ///< what `rules::pack::try_decide` answers
    bool decided = false;              ///< the outcome has a value
    bool granted = false;              ///< the outcome is true, or a value that is no truth value
    std::vector<std::string> reasons;  ///< ids of the rules that matched, when they were asked for
};

/// A row and a day.
struct simulated_row {
    std::size_t row = 0;                        ///< from 1
    time::date day;                             ///< of the decision
    const people_block* people = nullptr;       ///< the block that has the row; borrowed for the call
    std::size_t at = 0;                         ///< its place in the block
    const simulated_answer* is = nullptr;       ///< null pointer when the row has a fault
    const simulated_answer* against = nullptr;  ///< the other side's; null pointer without one, or with a fault
    bool changed = false;                       ///< both sides answered, and not the same
    const error* fault = nullptr;               ///< a cell that cannot be read, a limit, or that a side did not decide
    /// Euros that the municipality pays of the benefit from this day to the next one; none where nothing is known of it
    /// or it is not asked.
    std::optional<feel::number> municipal_share;
};

/// What is decided, by which rules, and how it is counted.
struct simulation_options {
    std::string decision;                    ///< name of a decision of both sides
    simulated_rules is;                      ///< the rules that are asked
    std::optional<simulated_rules> against;  ///< rules to compare with; none: nothing is compared
    std::vector<time::date> days;            ///< decisions of each of these days, at least one
    std::vector<std::string> by;             ///< columns to count by
    std::vector<std::string> keep;           ///< columns that are neither facts nor counted by
    /// The member of an answer without which a row is not decided; empty: the first one of the decision's type. Where
    /// an answer is no context, it is the answer.
    std::string outcome;
    std::optional<std::string> municipality;  ///< a column whose codes must be in the list of municipalities
    std::optional<benefit_question> benefit;  ///< what unemployment costs meanwhile
    bool reasons = false;                     ///< also find the rules that matched; slower
    std::size_t block = 8192;                 ///< rows that are held at a time
    /// Told how many rows are done; false stops with `cancelled`.
    std::function<bool(std::size_t rows)> progress;
    /// Called for each row and day, by rows and then days. An error ends the simulation.
    std::function<result<void>(const simulated_row&)> each_row;
};

/// How many answers have a number.
struct number_count {
    feel::number value;      ///< without zeros behind the last decimal
    std::int64_t count = 0;  ///< answers
};
BOOST_DESCRIBE_STRUCT(number_count, (), (value, count))

/// What a member of the answers comes to. An answer that is no context has one member without a name.
struct member_total {
    std::string name;                            ///< as the answers spell it
    std::int64_t known = 0;                      ///< answers that have it with a value
    std::optional<feel::number> sum;             ///< of numbers; exact
    std::optional<feel::number> least;           ///< of numbers
    std::optional<feel::number> most;            ///< of numbers
    std::map<std::string, std::int64_t> values;  ///< answers by text or truth value; not of numbers
    /// Answers by number, the least first; none where there are more than 200 different numbers.
    std::vector<number_count> numbers;
};
BOOST_DESCRIBE_STRUCT(member_total, (), (name, known, sum, least, most, values, numbers))

/// What a side decided of the rows of a day and group.
struct side_total {
    std::int64_t decided = 0;                     ///< rows with an outcome
    std::int64_t undecided = 0;                   ///< rows without an outcome; their other members are not counted
    std::vector<member_total> members;            ///< of the decided answers
    std::map<std::string, std::int64_t> reasons;  ///< rows by the id of a rule that matched
};
BOOST_DESCRIBE_STRUCT(side_total, (), (decided, undecided, members, reasons))

/// Rows, and the euros that municipalities pay of their benefit.
struct benefit_part {
    std::int64_t rows = 0;  ///< whose benefit days are known
    feel::number share;     ///< exact
};
BOOST_DESCRIBE_STRUCT(benefit_part, (), (rows, share))

/// What municipalities pay of the benefit from a day to the next one, if nobody of a group finds work.
struct benefit_total {
    std::int64_t days = 0;                ///< benefit days of the time, of all whose days so far are known
    benefit_part all;                     ///< those
    benefit_part is;                      ///< of them, rows whose outcome is true on the first side
    std::optional<benefit_part> against;  ///< rows whose outcome is true on the other side
};
BOOST_DESCRIBE_STRUCT(benefit_total, (), (days, all, is, against))

/// The rows of a day and a group.
struct group_total {
    time::date day;                  ///< of the decisions
    std::vector<std::string> group;  ///< a value for each column to count by
    std::int64_t rows = 0;           ///< all of them, faults included
    std::int64_t faults = 0;   ///< rows with a cell that cannot be read, or that passed a limit; they have no answer
    std::int64_t changed = 0;  ///< rows that both sides decided, and not alike
    side_total is;             ///< of the rules that are asked
    std::optional<side_total> against;     ///< of those compared with
    std::optional<benefit_total> benefit;  ///< where it is asked
};
BOOST_DESCRIBE_STRUCT(group_total, (), (day, group, rows, faults, changed, is, against, benefit))

/// Which rules answered on a day.
struct simulated_day {
    time::date day;                      ///< of the decisions
    std::string version;                 ///< id of the version that answered
    std::optional<std::string> against;  ///< id of the other side's; none without one
};
BOOST_DESCRIBE_STRUCT(simulated_day, (), (day, version, against))

/// What a simulation came to.
struct simulation_report {
    std::string pack;                  ///< id
    std::string decision;              ///< name
    std::vector<std::string> by;       ///< columns that were counted by
    std::vector<std::string> unknown;  ///< facts that the rules ask for and the table has no column of
    std::vector<simulated_day> days;   ///< in their order
    std::int64_t rows = 0;             ///< rows of the table
    std::vector<group_total> totals;   ///< by day and group, in the order of texts
};
BOOST_DESCRIBE_STRUCT(simulation_report, (), (pack, decision, by, unknown, days, rows, totals))

/// The members that an answer of these rules has on a day, by the decision's declared type; none when an answer is no
/// context. Errors as those of `try_simulate`.
result<std::vector<std::string>> try_answer_members(const simulated_rules& rules, const std::string& decision,
                                                    time::date day);

/// The declared type of an answer of these rules on a day. Errors as those of `try_simulate`.
result<feel::type> try_answer_type(const simulated_rules& rules, const std::string& decision, time::date day);

/// Decides for each row of the table and each day, and counts. Columns are bound to facts by name; an empty cell, and a
/// fact without a column, is unknown. A row whose cell cannot be read is counted as a fault and the others go on; the
/// answer for one row never depends on another's. Errors: `simulation_shape` (no days, a decision that the rules do not
/// have, a figure of another name), `people_column` (a column that is neither a fact nor to keep or count by, with the
/// near names; a column to count by that is not there), `pack_not_in_force` with the day, those of the reader and of
/// `each_row`, `cancelled`.
result<simulation_report> try_simulate(const simulation_options& what, people_reader& from);

/// The same simulation block by block, for callers who fetch rows when they want them. One thread at a time; after an
/// error it gives nothing more.
class simulation_run {
public:
    /// Binds columns and rules; errors are those of `try_simulate`.
    static result<simulation_run> try_begin(simulation_options what, std::unique_ptr<people_reader> from);
    simulation_run(simulation_run&&) noexcept;
    simulation_run& operator=(simulation_run&&) noexcept;
    ~simulation_run();

    /// Decides the next block of the table, each row told to `each_row`; false, with nothing decided, after the last.
    result<bool> try_next();
    /// What `try_simulate` gives, once the last block is decided; the run has nothing more to give.
    simulation_report take_report();
    /// Those of the table of people.
    const std::vector<std::string>& columns() const noexcept;

private:
    struct parts;
    explicit simulation_run(std::unique_ptr<parts> made) noexcept;
    std::unique_ptr<parts> parts_;
};

/// A day, and the same day of each month after it up to `last`. `invalid_argument` where `last` is before it or more
/// than 1200 months away.
result<std::vector<time::date>> try_simulated_days(time::date first, std::optional<time::date> last);

/// Reads what a simulation is asked as the object of JSON that docs/simulation.md describes: `decision` and `decided`,
/// and where wanted `until`, `variant`, `figures`, `against`, `by`, `keep`, `outcome`, `municipality`, `reasons` and
/// `block`. `other` is the pack of the other side; null pointer: the same pack, if `against` is there. Errors:
/// `simulation_shape` with the pointer of a member that is missing, unknown or of another type.
result<simulation_options> try_read_simulation(const feel::value& says, const rules::pack& pack,
                                               const rules::pack* other);

}  // namespace polku::inline POLKU_V::population

#endif
