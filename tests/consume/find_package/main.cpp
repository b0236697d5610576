// SPDX-License-Identifier: Apache-2.0
// Compiles and evaluates one FEEL expression. Built in compiled mode and in header-only mode.
#include <polku/feel/expression.hpp>

#include <array>
#include <cstdio>

int main() {
    polku::feel::scope names;
    names.add("age in years");
    const auto compiled = polku::feel::try_compile("if age in years >= 18 then \"adult\" else \"child\"", names);
    if (!compiled) {
        std::fprintf(stderr, "%s\n", compiled.error().to_string().c_str());
        return 1;
    }
    polku::feel::evaluation_context context;
    const std::array slots{polku::feel::value(30)};
    const polku::feel::value answer = compiled->evaluate(context, slots);
    return answer == polku::feel::value("adult") ? 0 : 1;
}
