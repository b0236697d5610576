// SPDX-License-Identifier: Apache-2.0
// Built with -fno-exceptions, header-only, every header of floors 1 to 5: the `try_` surface works and its errors
// arrive.
#include "everything.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

#if defined(__cpp_exceptions)
#error "this program is to be built with -fno-exceptions"
#endif

#if __has_include(<boost/throw_exception.hpp>)
#include <boost/throw_exception.hpp>
// What Boost calls in place of a throw; polku never lets it come to that.
void boost::throw_exception(std::exception const&) { std::abort(); }
void boost::throw_exception(std::exception const&, boost::source_location const&) { std::abort(); }
#endif

int main() {
    polku::feel::scope names;
    names.add("amount");
    const auto compiled = polku::feel::try_compile("amount * 1.24 > 100", names);
    if (!compiled) {
        std::fprintf(stderr, "%s\n", compiled.error().to_string().c_str());
        return 1;
    }
    polku::feel::evaluation_context context;
    const std::array slots{polku::feel::value(100)};
    const bool answered = compiled->evaluate(context, slots).is_true();
    const auto refused = polku::feel::try_compile("amount *", names);
    return answered && !refused && !refused.error().message().empty() ? 0 : 1;
}
