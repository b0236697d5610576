// SPDX-License-Identifier: Apache-2.0
#include <polku/fwd.hpp>

namespace {

// What a header may do with names alone.
struct mentions {
    const polku::feel::value* value;
    const polku::dmn::program* program;
    const polku::path::service_path* path;
    const polku::result<polku::feel::value>* answer;
    const polku::workspace* store;
    polku::feel::kind kind;
    polku::path::stage_kind stage;
};

}  // namespace

#include <polku/polku.hpp>

#include <doctest/doctest.h>

TEST_CASE("fwd: what is named first and defined later is the same type") {
    const mentions none{};
    CHECK(none.value == nullptr);
    CHECK(none.kind == polku::feel::kind::null);
    CHECK(sizeof(*none.value) == 16);
    CHECK(none.stage == polku::path::stage_kind::referral);
}
