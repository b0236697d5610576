// SPDX-License-Identifier: Apache-2.0
// A program that took only the headers of feel/ and of time/ below it: expressions, with PCRE2, utf8proc and headers of
// Boost.
#include <polku/feel/expression.hpp>

#include <array>
#include <cstdio>

#if !defined(POLKU_HEADER_ONLY) || __has_include(<polku/dmn/program.hpp>)
#error "this program has the headers of feel/ and time/ alone, without compiled code"
#endif

int main() {
    polku::feel::scope names;
    names.add("name");
    const auto compiled = polku::feel::try_compile(
        "if matches(name, \"^\\p{Lu}\") then upper case(name) else string(@\"2026-11-24\" + @\"P3M\")", names);
    if (!compiled) {
        std::fprintf(stderr, "%s\n", compiled.error().to_string().c_str());
        return 1;
    }
    polku::feel::evaluation_context context;
    const std::array first{polku::feel::value("Äiti")};
    const std::array second{polku::feel::value("äiti")};
    return compiled->evaluate(context, first) == polku::feel::value("ÄITI") &&
                   compiled->evaluate(context, second) == polku::feel::value("2027-02-24")
               ? 0
               : 1;
}
