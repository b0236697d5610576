// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_READ_REPORT_HPP
#define POLKU_DMN_READ_REPORT_HPP

#include <polku/dmn/model.hpp>
#include <polku/error.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// Bounds on reading; passing one is an error of the 5xx family.
struct read_options {
    std::uint32_t max_depth = 256;         ///< nesting of elements
    std::uint64_t max_bytes = 64U << 20U;  ///< size of the XML
    std::size_t max_diagnostics = 100;     ///< findings after which reading stops to report
};

/// What a checker learns of one file: the model as far as it could be read, and all that is wrong with it.
struct read_report {
    model read;                           ///< empty where nothing could be read
    std::vector<diagnostic> diagnostics;  ///< in the order of the file

    /// True when a finding is an error: the model is not to be compiled then.
    bool has_errors() const noexcept {
        for (const diagnostic& each : diagnostics)
            if (each.severity == severity::error) return true;
        return false;
    }
};

}  // namespace polku::inline POLKU_V::dmn

#endif
