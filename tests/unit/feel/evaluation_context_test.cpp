// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/evaluation_context.hpp>

#include <doctest/doctest.h>

using namespace polku;
using namespace polku::feel;

namespace {

limits few_steps(std::uint64_t steps) {
    limits out;
    out.steps = steps;
    return out;
}

int taken(evaluation_context& with, int at_most) {
    int count = 0;
    while (count < at_most && with.step()) ++count;
    return count;
}

}  // namespace

TEST_CASE("feel/evaluation_context: the step limit stops at its very count, however small or large") {
    for (const int bound : {1, 10, 1023, 1024, 1025, 5000}) {
        evaluation_context with;
        with.set_limits(few_steps(static_cast<std::uint64_t>(bound)));
        CHECK(taken(with, 10'000) == bound);
        REQUIRE(with.faulted());
        CHECK(with.fault()->code() == error_code::limit_steps);
    }
}

TEST_CASE("feel/evaluation_context: after a reset the limit counts anew, also a lower one") {
    evaluation_context with;
    CHECK(taken(with, 100'000) == 100'000);
    with.set_limits(few_steps(100'050));
    CHECK(taken(with, 100'000) == 50);
    with.reset();
    CHECK_FALSE(with.faulted());
    with.set_limits(few_steps(7));
    CHECK(taken(with, 100) == 7);
}

TEST_CASE("feel/evaluation_context: a fault stops every later step until a reset") {
    evaluation_context with;
    CHECK(with.step());
    with.set_fault({error_code::cancelled, "first"});
    with.set_fault({error_code::limit_steps, "second"});
    CHECK(with.fault()->code() == error_code::cancelled);
    CHECK_FALSE(with.step());
    CHECK_FALSE(with.enter());
    with.leave();
    with.reset();
    CHECK(with.step());
}

TEST_CASE("feel/evaluation_context: the caller's hook is asked now and then and can stop the work") {
    evaluation_context with;
    int asked = 0;
    with.set_cancel([](void* count) { return ++*static_cast<int*>(count) == 3; }, &asked);
    CHECK(taken(with, 100'000) < 3 * 1024);
    CHECK(asked == 3);
    REQUIRE(with.faulted());
    CHECK(with.fault()->code() == error_code::cancelled);
}

TEST_CASE("feel/evaluation_context: nesting past the depth limit is a fault") {
    evaluation_context with;
    limits shallow;
    shallow.depth = 3;
    with.set_limits(shallow);
    for (int i = 0; i < 3; ++i) CHECK(with.enter());
    CHECK_FALSE(with.enter());
    CHECK(with.fault()->code() == error_code::limit_depth);
}
