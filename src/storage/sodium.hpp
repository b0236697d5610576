// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SODIUM_HPP
#define POLKU_SRC_STORAGE_SODIUM_HPP

#include <polku/config.hpp>

#include <sodium.h>

namespace polku::inline POLKU_V::storage::detail {

// Picks the processor's fastest code once; safe to call from several threads.
inline void start_sodium() noexcept {
    static const int started = sodium_init();
    (void)started;
}

}  // namespace polku::inline POLKU_V::storage::detail

#endif
