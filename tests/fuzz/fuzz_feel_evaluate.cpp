// SPDX-License-Identifier: Apache-2.0
// Any expression that compiles evaluates within its limits, twice to the same value.
#include <polku/feel/expression.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

using namespace polku;

namespace {

feel::limits small_limits() {
    feel::limits bounds;
    bounds.depth = 100;
    bounds.steps = 20'000;
    bounds.list_length = 5'000;
    bounds.text_bytes = 1U << 16U;
    bounds.regex_steps = 10'000;
    return bounds;
}

feel::value run(const feel::expression& expression, std::span<const feel::value> slots, bool& faulted) {
    feel::evaluation_context context;
    context.set_limits(small_limits());
    context.set_now(time::date_time{});
    feel::value out = expression.evaluate(context, slots);
    faulted = context.faulted();
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 2000) return 0;
    feel::scope names;
    for (const char* name : {"a", "b", "text", "list"}) names.add(name);
    const auto expression = feel::try_compile({reinterpret_cast<const char*>(data), size}, names);
    if (!expression) return 0;
    const std::array slots{feel::value(17), feel::value(-3), feel::value("some text"),
                           feel::value(std::vector<feel::value>{1, 2, 2, feel::value("x"), feel::value()})};
    bool first_faulted = false;
    bool second_faulted = false;
    const feel::value first = run(*expression, slots, first_faulted);
    const feel::value second = run(*expression, slots, second_faulted);
    if (first_faulted != second_faulted) std::abort();
    if (first.kind() != second.kind()) std::abort();
    if (!first.is(feel::kind::function) && !first.is(feel::kind::list) && !first.is(feel::kind::context) &&
        !(first == second))
        std::abort();
    return 0;
}
