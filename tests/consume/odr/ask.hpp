// SPDX-License-Identifier: Apache-2.0
#ifndef CONSUMER_ASK_HPP
#define CONSUMER_ASK_HPP

#include "everything.hpp"

#include <array>

/// 6 * 7 by FEEL, in whichever mode the unit is compiled; each unit has its own.
static polku::feel::value ask_value() {
    polku::feel::scope names;
    names.add("x");
    const auto compiled = polku::feel::try_compile("x * 7", names);
    if (!compiled) return {};
    polku::feel::evaluation_context context;
    const std::array slots{polku::feel::value(6)};
    return compiled->evaluate(context, slots);
}

bool first_answers();
bool second_answers();

#endif
