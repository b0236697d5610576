// SPDX-License-Identifier: Apache-2.0
// Any bytes: no JSON, or a value whose canonical text reads back as the same text.
#include <polku/json/text.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace polku;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto value = json::try_parse({reinterpret_cast<const char*>(data), size});
    if (!value) {
        if (value.error().message().empty()) std::abort();
        return 0;
    }
    const std::string text = json::write(*value);
    const auto again = json::try_parse(text);
    if (!again || json::write(*again) != text) std::abort();
    return 0;
}
