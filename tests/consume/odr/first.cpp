// SPDX-License-Identifier: Apache-2.0
#include "ask.hpp"

#if !defined(POLKU_HEADER_ONLY)
#error "this unit is the header-only one"
#endif

bool first_answers() { return ask_value() == polku::feel::value(42); }
