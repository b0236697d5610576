// SPDX-License-Identifier: Apache-2.0
#include <polku/population/assignment.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace polku;
using population::assignment;
using population::assignment_problem;

namespace {

assignment_problem by_chance(std::uint32_t seed, std::uint32_t clients, std::uint32_t places, std::uint32_t highest) {
    std::mt19937 random(seed);
    assignment_problem made;
    for (std::uint32_t i = 0; i < clients; ++i)
        made.clients.push_back(
            {"c" + std::to_string(1000000 + random() % 1000 * 1000 + i), static_cast<std::int64_t>(random() % 3)});
    for (std::uint32_t j = 0; j < places; ++j)
        made.places.push_back(
            {"p" + std::to_string(100000 + random() % 100 * 1000 + j), static_cast<std::int64_t>(random() % 3)});
    for (std::uint32_t i = 0; i < clients; ++i)
        for (std::uint32_t j = 0; j < places; ++j)
            if (random() % 4 > 0)
                made.options.push_back({i, j, static_cast<std::uint32_t>(random() % highest),
                                        static_cast<std::uint32_t>(random() % highest)});
    return made;
}

/// What is better comes first: placed by class, then misfit, then wishes, as the objective is stated.
using value = std::vector<std::int64_t>;

class every_assignment {
public:
    explicit every_assignment(const assignment_problem& of) : of_(of), placed_(3) {
        for (const auto& each : of.places) left_.push_back(each.places);
    }
    value best() {
        try_client(0, 0, 0);
        return best_;
    }

private:
    void try_client(std::uint32_t client, std::int64_t misfit, std::int64_t wish) {
        if (client == of_.clients.size()) {
            const value found{-placed_[0], -placed_[1], -placed_[2], misfit, wish};
            if (best_.empty() || found < best_) best_ = found;
            return;
        }
        try_client(client + 1, misfit, wish);
        for (const auto& each : of_.options) {
            if (each.client != client || left_[each.place] == 0) continue;
            --left_[each.place];
            ++placed_[static_cast<std::size_t>(of_.clients[client].rank)];
            try_client(client + 1, misfit + each.misfit, wish + each.wish);
            --placed_[static_cast<std::size_t>(of_.clients[client].rank)];
            ++left_[each.place];
        }
    }

    const assignment_problem& of_;
    std::vector<std::int64_t> left_;
    value placed_;
    value best_;
};

value value_of(const assignment& of) {
    value made(3);
    for (const auto& each : of.classes) made[static_cast<std::size_t>(each.rank)] = -each.placed;
    made.push_back(of.misfit);
    made.push_back(of.wish);
    return made;
}

assignment solved(const assignment_problem& of) {
    auto made = population::try_assign(of);
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().to_string()));
    return std::move(made).value();
}

error_code refusal(const assignment_problem& of) {
    const auto made = population::try_assign(of);
    return made ? error_code::internal : made.error().code();
}

}  // namespace

TEST_SUITE_BEGIN("population");

TEST_CASE("population/assignment: as good as the best of all assignments, on small problems") {
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        const assignment_problem of = by_chance(seed, 1 + seed % 6, 1 + seed % 4, 1 + seed % 5);
        const assignment found = solved(of);
        CHECK(value_of(found) == every_assignment(of).best());
        const auto proof = population::try_verify_assignment(of, found);
        CHECK_MESSAGE(proof.has_value(), (proof ? std::string() : proof.error().to_string()));
    }
}

TEST_CASE("population/assignment: larger problems carry a proof that nothing better exists") {
    for (std::uint32_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        const assignment_problem of = by_chance(seed, 400, 80, seed % 2 == 0 ? 5 : 1000);
        const assignment found = solved(of);
        const auto proof = population::try_verify_assignment(of, found);
        CHECK_MESSAGE(proof.has_value(), (proof ? std::string() : proof.error().to_string()));
        // A worse answer has no proof: somebody placed stays instead.
        assignment worse = found;
        const auto placed =
            std::find_if(worse.rows.begin(), worse.rows.end(), [](const auto& row) { return row.place.has_value(); });
        REQUIRE(placed != worse.rows.end());
        placed->place.reset();
        CHECK_FALSE(population::try_verify_assignment(of, worse).has_value());
    }
}

TEST_CASE("population/assignment: an earlier class comes before any number of others, misfit before wishes") {
    assignment_problem of;
    of.clients = {{"late a", 7}, {"early", 2}, {"late b", 7}, {"nowhere", 2}};
    of.places = {{"far", 1}, {"near", 1}};
    // The early one fits badly in the only place that the late ones could share.
    of.options = {{0, 0, 0, 0}, {0, 1, 0, 0}, {2, 0, 0, 0}, {2, 1, 0, 1}, {1, 1, 900, 900}};
    const assignment found = solved(of);
    REQUIRE(found.rows.size() == 4);
    CHECK(found.rows[0].client == "early");
    CHECK(found.rows[0].place == "near");
    CHECK(found.rows[0].misfit == 900);
    CHECK(found.rows[3].reason == population::assignment_reason::no_option);
    CHECK(found.classes == std::vector<population::assignment_class>{{2, 2, 1}, {7, 2, 1}});
    const auto waits = std::find_if(found.rows.begin(), found.rows.end(),
                                    [](const auto& row) { return row.reason == population::assignment_reason::full; });
    REQUIRE(waits != found.rows.end());
    CHECK(waits->full_places == std::vector<std::string>{"far", "near"});
    of.options = {{0, 0, 1, 0}, {0, 1, 0, 1000}};
    of.clients = {{"a", 0}};
    CHECK(solved(of).rows[0].place == "near");
}

TEST_CASE("population/assignment: the order of the lists does not matter") {
    const assignment_problem of = by_chance(5, 60, 12, 3);
    assignment_problem turned;
    turned.clients.assign(of.clients.rbegin(), of.clients.rend());
    turned.places.assign(of.places.rbegin(), of.places.rend());
    for (auto each = of.options.rbegin(); each != of.options.rend(); ++each)
        turned.options.push_back({59 - each->client, 11 - each->place, each->misfit, each->wish});
    CHECK(solved(of) == solved(turned));
    CHECK(solved(assignment_problem{}).rows.empty());
}

TEST_CASE("population/assignment: what does not fit together is refused") {
    assignment_problem of;
    of.clients = {{"a", 0}, {"a", 1}};
    of.places = {{"p", 1}};
    CHECK(refusal(of) == error_code::assignment_shape);
    of.clients = {{"a", 0}};
    of.options = {{1, 0, 0, 0}};
    CHECK(refusal(of) == error_code::assignment_shape);
    of.options = {{0, 1, 0, 0}};
    CHECK(refusal(of) == error_code::assignment_shape);
    of.options = {{0, 0, 0, 0}, {0, 0, 1, 1}};
    CHECK(refusal(of) == error_code::assignment_shape);
    of.options = {{0, 0, UINT32_MAX, UINT32_MAX}};
    CHECK(refusal(of) == error_code::assignment_range);
    of.options = {{0, 0, 1000, 1000}};
    of.places = {{"p", -1}};
    CHECK(refusal(of) == error_code::assignment_shape);
}

TEST_SUITE_END();
