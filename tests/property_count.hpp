// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_PROPERTY_COUNT_HPP
#define POLKU_TESTS_PROPERTY_COUNT_HPP

#include <cstddef>
#include <cstdlib>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define POLKU_TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define POLKU_TEST_SANITIZED 1
#endif
#endif

/// How many cases a test of random cases takes: what POLKU_PROPERTY_COUNT says, else `usual`. Under a sanitizer each
/// costs some ten times as much, and what a sanitizer finds is on the way and not in the number: a tenth, unless
/// POLKU_ALL_CASES is set, as in `.ci/long.d/asan-gcc`. `is_sampled` says so to a test whose count of what was reached
/// holds for all cases only.
inline std::size_t property_count(std::size_t usual) {
    if (const char* const asked = std::getenv("POLKU_PROPERTY_COUNT")) return std::strtoull(asked, nullptr, 10);
#if defined(POLKU_TEST_SANITIZED)
    if (std::getenv("POLKU_ALL_CASES") == nullptr) return (usual + 9) / 10;
#endif
    return usual;
}

inline bool is_sampled(std::size_t usual) { return property_count(usual) < usual; }

#endif
