// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PATH_REPORT_HPP
#define POLKU_SRC_POPULATION_PATH_REPORT_HPP

#include "path_run.hpp"

#include <functional>

namespace polku::inline POLKU_V::population::detail {

/// Makes figures with their spreads of the counts of all repeats.
class report_maker {
public:
    using counts_of = std::function<const run_counts&(std::size_t side, std::size_t repeat)>;

    report_maker(const path_plan& is, const path_plan* against, std::uint32_t repeats, counts_of counts)
        : is_(is), against_(against), repeats_(repeats), counts_(std::move(counts)), layouts_{run_layout(is)} {
        if (against != nullptr) layouts_.emplace_back(*against);
    }

    path_simulation_report run();

private:
    /// Where a figure stands on each side; none: that side does not have it.
    struct place {
        std::optional<std::size_t> on[2];
    };
    /// The figure of a repeat, in hundredths for cost and tenths for waiting.
    enum class measured : std::uint8_t { count, cost, wait };

    void add_month(std::size_t month, std::optional<std::size_t> municipality);
    void add_path();
    void add_rooms();
    void add_exits_and_moves();
    void add(path_figure_kind kind, const std::string& of, const std::string& to, std::string_view measure,
             const place& at, measured how, const place& divided_by);
    void add(path_figure_kind kind, const std::string& of, const std::string& to, std::string_view measure,
             const place& at, measured how = measured::count) {
        add(kind, of, to, measure, at, how, {});
    }
    std::int64_t value(std::size_t side, std::size_t repeat, const place& at, measured how,
                       const place& divided_by) const;
    std::int64_t sum(std::size_t side, std::size_t repeat, std::optional<std::size_t> figure) const;
    figure_spread spread(std::vector<std::int64_t>& values, measured how) const;

    const path_plan& is_;
    const path_plan* against_;
    std::uint32_t repeats_;
    counts_of counts_;
    std::vector<run_layout> layouts_;
    path_simulation_report made_;
    std::size_t month_ = 0;
    std::optional<std::size_t> municipality_;
};

}  // namespace polku::inline POLKU_V::population::detail

#endif
