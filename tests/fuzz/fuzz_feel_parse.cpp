// SPDX-License-Identifier: Apache-2.0
// Any text: compiles, or is an error that names a place inside the text.
#include <polku/feel/expression.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace polku;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    feel::scope names;
    for (const char* name : {"a", "b", "age in years", "a+b", "list"}) names.add(name);
    const auto expression = feel::try_compile(text, names);
    if (!expression && expression.error().message().empty()) std::abort();
    const auto tests = feel::try_compile_unary_tests(text, names, {});
    if (!tests && tests.error().message().empty()) std::abort();
    if (tests) (void)tests->simple_tests();
    return 0;
}
