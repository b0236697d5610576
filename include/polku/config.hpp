// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CONFIG_HPP
#define POLKU_CONFIG_HPP

/// @file
/// Build switches. One text serves two modes: compiled (`polku::polku`) and header-only (`polku::header_only`, which
/// defines POLKU_HEADER_ONLY and so turns every function body into an inline one). The two modes live in different
/// inline namespaces, so that both can meet in one program. `POLKU_DECL` stands before every function whose body is in
/// an `.ipp`, `POLKU_V` is the inline namespace of the mode, `POLKU_EXCEPTIONS` is 1 where exceptions are on and 0
/// where they are off. `POLKU_LIKELY` and `POLKU_UNLIKELY` tell the compiler how a condition mostly is.

#if defined(POLKU_HEADER_ONLY)
#define POLKU_DECL inline
#define POLKU_V v1_ho
#else
#define POLKU_DECL
#define POLKU_V v1
#endif

#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define POLKU_EXCEPTIONS 1
#else
#define POLKU_EXCEPTIONS 0
#endif

#if defined(__GNUC__) || defined(__clang__)
#define POLKU_LIKELY(x) __builtin_expect(!!(x), 1)
#define POLKU_UNLIKELY(x) __builtin_expect(!!(x), 0)
#else
#define POLKU_LIKELY(x) (!!(x))
#define POLKU_UNLIKELY(x) (!!(x))
#endif

#endif
