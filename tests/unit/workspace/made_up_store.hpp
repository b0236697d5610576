// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_WORKSPACE_MADE_UP_STORE_HPP
#define POLKU_TESTS_UNIT_WORKSPACE_MADE_UP_STORE_HPP

#include <polku/workspace/synthetic.hpp>

#include "unit/storage/temporary_folder.hpp"

#include <memory>

namespace polku_tests {

/// A store of made-up cases on the path `toimi`, from 2026 to June 2027; the same for the same number.
inline std::unique_ptr<polku::workspace> made_up_store(const storage_test::temporary_folder& folder,
                                                       std::uint64_t cases) {
    auto in = polku::workspace::try_open(folder.file("made-up.db")).value();
    polku::synthetic_options options;
    options.cases = cases;
    options.first = *polku::time::date::from_parts(2026, 1, 1);
    options.last = *polku::time::date::from_parts(2027, 6, 30);
    options.recorded_at_ms = 1'800'000'000'000;
    polku::try_generate(in->store(), {polku::try_shipped_path("toimi").value()}, options).value();
    return in;
}

}  // namespace polku_tests

#endif
