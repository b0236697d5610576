// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DETAIL_OUT_OF_MEMORY_HPP
#define POLKU_DETAIL_OUT_OF_MEMORY_HPP

#include <polku/config.hpp>

#include <cstdlib>
#include <new>

namespace polku::inline POLKU_V::detail {

/// What operator new does when memory runs out, for libraries in C that answer NULL or a code instead. Going on without
/// would give another answer, not a slower one.
[[noreturn]] inline void out_of_memory() {
#if POLKU_EXCEPTIONS
    throw std::bad_alloc();
#else
    std::abort();  // as operator new does there
#endif
}

}  // namespace polku::inline POLKU_V::detail

#endif
