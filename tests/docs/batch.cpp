// SPDX-License-Identifier: Apache-2.0
// What surrounds the block of docs/batch.md.
#include <polku/dmn/batch.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

void decide(const polku::dmn::program& program, const std::vector<std::int64_t>& ages,
            const std::vector<std::int32_t>& employers, const std::vector<std::string_view>& dictionary,
            const std::vector<std::int32_t>& hired, std::span<const std::uint8_t> hired_known, std::size_t rows) {
    // SNIPPET
    (void)of_row_7;
    (void)done;
}
