// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_VERSION_HPP
#define POLKU_VERSION_HPP

/// Product version. It moves apart from the ABI version of `capi/polku.h`.
#define POLKU_VERSION_MAJOR 0
#define POLKU_VERSION_MINOR 1  ///< raised when something is added
#define POLKU_VERSION_PATCH 0  ///< raised when something is put right
/// All three parts with dots between.
#define POLKU_VERSION_STRING "0.1.0"

/// Raised by every change that alters what an evaluation answers; stored with each decision (see docs/storage.md).
#define POLKU_ENGINE_SEMANTICS 2

#endif
