// SPDX-License-Identifier: Apache-2.0
// The same expression by both doors; an error of each is its own.
#include <polku.h>
#include <polku/feel/expression.hpp>

#include <cstdio>
#include <string_view>

namespace {

bool by_cpp() {
    const auto compiled = polku::feel::try_compile("6 * 7", {});
    polku::feel::evaluation_context context;
    return compiled && compiled->evaluate(context, {}) == polku::feel::value(42) &&
           !polku::feel::try_compile("6 *", {});
}

bool by_c() {
    polku_context* ctx = nullptr;
    polku_string* out = nullptr;
    polku_string* none = nullptr;
    polku_error* err = nullptr;
    bool good = polku_context_create(nullptr, &ctx, nullptr) == POLKU_STATUS_OK &&
                polku_feel_evaluate(ctx, "6 * 7", POLKU_NUL_TERMINATED, nullptr, 0, &out, nullptr) == POLKU_STATUS_OK &&
                std::string_view(polku_string_data(out)) == "42";
    good = good &&
           polku_feel_evaluate(ctx, "6 *", POLKU_NUL_TERMINATED, nullptr, 0, &none, &err) == POLKU_STATUS_INVALID &&
           polku_error_code(err) == 200;
    polku_error_destroy(err);
    polku_string_destroy(out);
    polku_context_destroy(ctx);
    return good;
}

}  // namespace

int main() {
    const bool cpp = by_cpp();
    const bool c = by_c();
    if (!cpp || !c) std::fprintf(stderr, "C++: %d, C: %d\n", cpp, c);
    return cpp && c ? 0 : 1;
}
