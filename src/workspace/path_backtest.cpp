// SPDX-License-Identifier: Apache-2.0
#include <polku/workspace/path_backtest.hpp>

#include "path_history.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace polku::inline POLKU_V {

namespace {

using population::path_figure_kind;

/// A figure by what it is about; an empty municipality is all of them.
using figure_name = std::tuple<std::string, std::string, path_figure_kind, std::string, std::string>;

std::string month_of(time::date day) { return to_string(day).substr(0, 7); }

/// What the store holds of the months that were simulated.
class real_figures {
public:
    real_figures(const detail::path_history& of, time::date first_month, time::date after) {
        for (const detail::seen_stay& each : of.stays) {
            if (each.from >= first_month && each.from < after) add_begin(each);
            if (each.until && *each.until >= first_month && *each.until < after) add_end(each);
            // At the end of each month, whoever has come by then and not left.
            for (time::date next = first_month; next < after;) {
                const time::date month = next;
                next = next.plus_months(1).value_or(after);
                if (each.from >= next || (each.until && *each.until < next)) continue;
                add(month_of(month), each, path_figure_kind::stage, each.stage, "inside");
                add(month_of(month), each, path_figure_kind::path, {}, "on_path");
            }
        }
    }
    const std::map<figure_name, std::int64_t>& all() const { return counts_; }

private:
    void add_begin(const detail::seen_stay& of) {
        add(month_of(of.from), of, path_figure_kind::stage, of.stage, "entered");
        if (of.is_arrival) add(month_of(of.from), of, path_figure_kind::path, {}, "arrived");
    }
    void add_end(const detail::seen_stay& of) {
        add(month_of(*of.until), of, path_figure_kind::stage, of.stage, "left");
        if (!of.to_exit) return;
        add(month_of(*of.until), of, path_figure_kind::exit, of.to, "left");
        add(month_of(*of.until), of, path_figure_kind::path, {}, "left");
    }
    void add(const std::string& month, const detail::seen_stay& of, path_figure_kind kind, const std::string& id,
             const std::string& measure) {
        ++counts_[{month, of.municipality, kind, id, measure}];
        ++counts_[{month, std::string(), kind, id, measure}];
    }

    std::map<figure_name, std::int64_t> counts_;
};

/// Errors of one measure in the making. Medians of counts are whole.
struct error_sums {
    std::int64_t figures = 0, real = 0, error = 0, absolute = 0, covered = 0;

    void add(const backtest_figure& of) {
        const std::int64_t off = of.simulated.median.to_int64().value_or(0) - of.real;
        ++figures;
        real += of.real;
        error += off;
        absolute += off < 0 ? -off : off;
        covered += of.simulated.low <= feel::number(of.real) && feel::number(of.real) <= of.simulated.high;
    }
    /// To a tenth, half away from 0.
    static feel::number tenths(std::int64_t of, std::int64_t by) {
        const std::int64_t size = ((of < 0 ? -of : of) * 10 + by / 2) / by;
        return feel::number::from_scaled(of < 0 ? -size : size, 1).normalized();
    }
    void tell(backtest_measure& into) const {
        into.figures = figures;
        into.real = tenths(real, figures);
        into.error = tenths(error, figures);
        into.absolute = tenths(absolute, figures);
        if (real > 0) into.of_level = tenths(absolute * 100, real);
        into.covered = tenths(covered * 100, figures);
    }
};

void measure(backtest_report& into) {
    std::map<std::tuple<bool, path_figure_kind, std::string, std::string>, error_sums> sums;
    for (const backtest_figure& each : into.figures)
        sums[{!each.municipality.empty(), each.kind, each.of, each.measure}].add(each);
    for (const auto& [name, each] : sums) {
        backtest_measure made;
        std::tie(made.by_municipality, made.kind, made.of, made.measure) = name;
        each.tell(made);
        into.measures.push_back(std::move(made));
    }
}

void compare(backtest_report& into, const population::path_simulation_report& simulated,
             const std::map<figure_name, std::int64_t>& real) {
    std::map<figure_name, backtest_figure> figures;
    for (const auto& [name, count] : real) figures[name].real = count;
    for (const population::path_figure& each : simulated.figures)
        if (each.measure != "moved")
            figures[{each.month, each.municipality, each.kind, each.of, each.measure}].simulated = each.is;
    for (auto& [name, each] : figures) {
        std::tie(each.month, each.municipality, each.kind, each.of, each.measure) = name;
        into.figures.push_back(std::move(each));
    }
}

}  // namespace

result<backtest_report> try_backtest(workspace& of, const backtest_options& options) {
    const auto first = options.until.plus_days(1);
    if (!first || first->day() != 1)
        return error(error_code::invalid_argument, "found " + to_string(options.until) +
                                                       ", expected the last day of a month, after which whole months "
                                                       "are simulated");
    POLKU_TRY(const detail::path_history history, detail::try_read_history(of, options.path, options.progress));
    const time::date last = options.last.value_or(history.last);
    const auto last_month = time::date::from_parts(last.year(), last.month(), 1);
    if (!last_month || *last_month < *first)
        return error(error_code::invalid_argument,
                     "the last move in the store, or the month that is asked for, is of " + to_string(last) +
                         ", and nothing can be compared after " + to_string(options.until) + "; give an earlier day");
    backtest_report made;
    made.path = options.path;
    made.until = options.until;
    made.cases = history.cases;
    made.hidden = history.hidden;
    POLKU_TRY(made.assumptions, detail::try_assume(history, options, *first, *last_month));
    population::path_simulation_options what;
    what.is = {made.assumptions, {history.path}, "the store"};
    what.repeats = options.repeats;
    what.threads = options.threads;
    what.seed = options.seed;
    POLKU_TRY(const auto simulated, population::try_simulate_path(what));
    made.months = simulated.months;
    compare(made, simulated, real_figures(history, *first, last_month->plus_months(1).value_or(last)).all());
    measure(made);
    return made;
}

}  // namespace polku::inline POLKU_V
