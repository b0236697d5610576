// SPDX-License-Identifier: Apache-2.0
#include "ask.hpp"

#if defined(POLKU_HEADER_ONLY)
#error "this unit is the compiled one"
#endif

int main() { return first_answers() && second_answers() && ask_value() == polku::feel::value(42) ? 0 : 1; }
