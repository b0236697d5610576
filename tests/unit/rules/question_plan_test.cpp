// SPDX-License-Identifier: Apache-2.0
// The search for the best order of questions, against dynamic programming without bounds, groups or independent parts.
#include <polku/impl/rules/detail/compiled_pack.hpp>
#include <polku/impl/rules/detail/question_plan.hpp>
#include <polku/impl/rules/detail/regions.hpp>

#include "random_pack.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

using namespace polku;
using rules::detail::diagram;
using rules::detail::diagrams;

TEST_SUITE_BEGIN("rules/question_plan");

namespace {

using chance_table = std::vector<std::vector<double>>;

/// Every order of questions, atom by atom.
class all_orders {
public:
    all_orders(rules::detail::regions& of, std::span<const std::int64_t> costs, const chance_table& chances)
        : of_(of), store_(of.store()), costs_(costs), chances_(chances) {}

    double lowest() {
        std::vector<diagram> parts;
        for (const rules::detail::region_part& each : of_.parts()) parts.push_back(each.of);
        return from(parts, {});
    }
    /// With a question asked first.
    double first(std::uint32_t variable) {
        std::vector<diagram> parts;
        for (const rules::detail::region_part& each : of_.parts()) parts.push_back(each.of);
        return asking(parts, {}, variable);
    }

private:
    using inputs = std::set<std::uint32_t>;

    double price(const inputs& of) const {
        double made = 0;
        for (const std::uint32_t each : of) made += static_cast<double>(costs_[each]);
        return made;
    }
    double asking(const std::vector<diagram>& parts, const inputs& asked, std::uint32_t variable) {
        inputs then = asked;
        for (const std::uint32_t each : of_.variables()[variable].inputs) then.insert(each);
        double made = price(then) - price(asked);
        for (std::uint32_t atom = 0; atom < store_.atoms(variable); ++atom) {
            std::vector<diagram> left;
            for (const diagram each : parts) left.push_back(store_.restricted(each, variable, atom));
            made += chances_[variable][atom] * from(left, then);
        }
        return made;
    }
    double from(const std::vector<diagram>& parts, const inputs& asked) {
        std::vector<bool> open;
        std::vector<diagram> ends;
        for (const diagram each : parts) store_.look(each, open, ends);
        if (std::none_of(open.begin(), open.end(), [](bool each) { return each; })) {
            inputs exact = asked;
            for (const diagram each : ends)
                if (store_.is_opaque(each))
                    for (const std::uint32_t input : of_.term(each).inputs) exact.insert(input);
            return price(exact) - price(asked);
        }
        const auto [at, fresh] = known_.try_emplace({parts, asked}, 1e9);
        if (!fresh) return at->second;
        double made = 1e9;
        for (std::uint32_t each = 0; each < open.size(); ++each)
            if (open[each]) made = std::min(made, asking(parts, asked, each));
        known_[{parts, asked}] = made;
        return made;
    }

    rules::detail::regions& of_;
    diagrams& store_;
    std::span<const std::int64_t> costs_;
    const chance_table& chances_;
    std::map<std::pair<std::vector<diagram>, inputs>, double> known_;
};

}  // namespace

TEST_CASE("rules/question_plan: on random models the best order is the one of all orders, with any chances") {
    std::size_t asking = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        CAPTURE(seed);
        const test_packs::random_pack pack = test_packs::make_wide(seed, 4 + static_cast<std::uint32_t>(seed % 3));
        const rules::detail::compiled_pack& data = rules::detail::compiled_pack::of(pack.is);
        const dmn::program& program = data.programs.begin()->second;
        const dmn::decision_ref what = *program.find("Outcome");
        const rules::detail::region_texts texts(program);
        rules::detail::regions of(texts, what, {});
        const std::vector<std::optional<feel::value>> nothing(program.inputs(what).size());
        of.run(nothing);
        REQUIRE(of.complete());
        test_packs::dice roll(seed);
        std::vector<std::int64_t> costs;
        for (std::size_t each = 0; each < nothing.size(); ++each) costs.push_back(1 + roll.below(9));
        chance_table chances;
        for (const rules::detail::region_variable& each : of.variables()) {
            std::vector<double> shares;
            double all = 0;
            for (std::size_t atom = 0; atom < each.atoms.size(); ++atom) {
                shares.push_back(seed % 2 == 0 ? 1 : 1 + roll.below(20));
                all += shares.back();
            }
            for (double& share : shares) share /= all;
            chances.push_back(std::move(shares));
        }
        all_orders orders(of, costs, chances);
        const double lowest = orders.lowest();
        rules::detail::question_plan plan(of, costs, chances, 10'000'000);
        const rules::detail::question_plan::step step = plan.first();
        REQUIRE(step.optimal);
        CHECK(step.expected == doctest::Approx(lowest));
        if (step.variable == diagrams::none) continue;
        CHECK(orders.first(step.variable) == doctest::Approx(lowest));
        ++asking;
    }
    CHECK(asking > 100);
}

TEST_SUITE_END();
