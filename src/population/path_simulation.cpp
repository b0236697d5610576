// SPDX-License-Identifier: Apache-2.0
#include <polku/population/path_simulation.hpp>

#include "path_report.hpp"
#include "path_run.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace polku::inline POLKU_V::population {

namespace {

using detail::benefit_ladder;
using detail::path_plan;
using detail::run_counts;

constexpr std::uint32_t most_repeats = 10'000;
/// Counts that all runs of a simulation may hold together: 1.6 GB.
constexpr std::size_t most_counts = 200'000'000;

/// A side that is ready to run.
struct ready_side {
    path_plan plan;
    std::optional<benefit_ladder> ladder;
};

result<ready_side> try_ready(const simulated_path& of, const path_simulation_options& what) {
    ready_side made;
    POLKU_TRY(made.plan, detail::try_plan(of));
    if (!of.assumptions.unemployment) return made;
    const detail::plan_place at{of.source, "/unemployment"};
    if (!what.ladder) return at.fault("unemployment is assumed, and no pack is given that has the shares of it");
    const std::vector<std::int64_t>& so_far = made.plan.days_so_far;
    POLKU_TRY(made.ladder, benefit_ladder::try_make(*what.ladder, *of.assumptions.unemployment, made.plan.months,
                                                    *std::max_element(so_far.begin(), so_far.end()), at));
    return made;
}

/// All runs, each a unit of work: side by side, and repeat by repeat.
class runs {
public:
    runs(const std::vector<const ready_side*>& sides, std::uint64_t seed, const path_simulation_options& what)
        : sides_(sides), seed_(seed), what_(what), counts_(sides.size() * what.repeats), faults_(counts_.size()) {
        for (const ready_side* const each : sides) months_ += (each->plan.months.size() - 1) * what.repeats;
    }

    result<void> run() {
        const std::size_t many = std::clamp<std::size_t>(what_.threads, 1, counts_.size());
        std::vector<std::thread> others;
        for (std::size_t each = 1; each < many; ++each)
            others.emplace_back([this] { work([this] { return end_month(); }); });
        work([this] { return end_month() && tell(); });
        for (std::thread& each : others) each.join();
        if (is_cancelled_)
            return error(error_code::cancelled, "ended by the caller after " + std::to_string(done_) + " of " +
                                                    std::to_string(months_) + " months; there is no result");
        if (first_fault_ < faults_.size()) return *faults_[first_fault_];
        return {};
    }
    const run_counts& counts(std::size_t side, std::size_t repeat) const {
        return counts_[side * what_.repeats + repeat];
    }

private:
    /// Takes one unit after another. After a fault the units before it are still run, so that the first fault is told
    /// whatever the number of threads.
    void work(const std::function<bool()>& go_on) {
        for (;;) {
            const std::size_t unit = next_++;
            if (unit >= counts_.size() || unit > first_fault_ || is_cancelled_) return;
            const ready_side& side = *sides_[unit / what_.repeats];
            auto made = detail::try_run(side.plan, side.ladder ? &*side.ladder : nullptr, seed_,
                                        static_cast<std::uint32_t>(unit % what_.repeats), go_on);
            if (made) {
                counts_[unit] = std::move(made).value();
                continue;
            }
            faults_[unit] = std::move(made).error();
            std::size_t first = first_fault_;
            while (unit < first && !first_fault_.compare_exchange_weak(first, unit)) {
            }
        }
    }
    bool end_month() {
        ++done_;
        return !is_cancelled_;
    }
    /// The calling thread alone tells.
    bool tell() {
        if (what_.progress && !what_.progress(done_, months_)) is_cancelled_ = true;
        return !is_cancelled_;
    }

    const std::vector<const ready_side*>& sides_;
    std::uint64_t seed_;
    const path_simulation_options& what_;
    std::vector<run_counts> counts_;
    std::vector<std::optional<error>> faults_;
    std::size_t months_ = 0;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::size_t> done_ = 0;
    std::atomic<std::size_t> first_fault_ = SIZE_MAX;
    std::atomic<bool> is_cancelled_ = false;
};

result<void> check_options(const path_simulation_options& what) {
    if (what.repeats >= 1 && what.repeats <= most_repeats) return {};
    return error(error_code::invalid_argument,
                 "found " + std::to_string(what.repeats) + " repeats, expected 1 to " + std::to_string(most_repeats));
}

/// Both sides have the same months and municipalities, so that they can be compared.
result<void> check_sides(const simulated_path& is, const simulated_path& other) {
    const detail::plan_place at{other.source, {}};
    const path_assumptions& left = is.assumptions;
    const path_assumptions& right = other.assumptions;
    if (left.from != right.from || left.to != right.to)
        return (at / (left.from != right.from ? "from" : "to"))
            .fault("the other side is from " + right.from + " to " + right.to + ", and this one from " + left.from +
                   " to " + left.to + "; give both the same months");
    for (const auto& each : left.municipalities)
        if (right.municipalities.count(each.first) == 0)
            return (at / "municipalities").fault("the municipality '" + each.first + "' of this side is not there");
    for (const auto& each : right.municipalities)
        if (left.municipalities.count(each.first) == 0)
            return (at / "municipalities" / each.first).fault("the other side does not have this municipality");
    return {};
}

}  // namespace

result<path_simulation_report> try_simulate_path(const path_simulation_options& what) {
    POLKU_CHECK(check_options(what));
    if (what.against) POLKU_CHECK(check_sides(what.is, *what.against));
    POLKU_TRY(const ready_side is, try_ready(what.is, what));
    std::optional<ready_side> against;
    if (what.against) {
        POLKU_TRY(against, try_ready(*what.against, what));
    }
    std::vector<const ready_side*> sides{&is};
    if (against) sides.push_back(&*against);
    std::size_t cells = 0;
    for (const ready_side* const each : sides) cells += detail::run_layout(each->plan).cells();
    if (cells * what.repeats > most_counts)
        return error(error_code::invalid_argument, "the repeats would hold " + std::to_string(cells * what.repeats) +
                                                       " counts, expected at most " + std::to_string(most_counts) +
                                                       "; ask for " + std::to_string(most_counts / cells) + " repeats");
    const std::uint64_t seed = what.seed.value_or(static_cast<std::uint64_t>(what.is.assumptions.seed.value_or(1)));
    runs all(sides, seed, what);
    POLKU_CHECK(all.run());
    detail::report_maker maker(
        is.plan, against ? &against->plan : nullptr, what.repeats,
        [&](std::size_t side, std::size_t repeat) -> const run_counts& { return all.counts(side, repeat); });
    path_simulation_report made = maker.run();
    made.seed = static_cast<std::int64_t>(seed);
    made.repeats = what.repeats;
    if (is.ladder) made.ladders = is.ladder->versions();
    made.clients = all.counts(0, 0).clients;
    return made;
}

}  // namespace polku::inline POLKU_V::population
