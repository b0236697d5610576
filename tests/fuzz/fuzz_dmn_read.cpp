// SPDX-License-Identifier: Apache-2.0
// Any XML: a model that compiles or findings with places; compiled decisions evaluate without inputs.
#include <polku/dmn/program.hpp>
#include <polku/dmn/xml_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

using namespace polku;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto model = dmn::try_read_model({reinterpret_cast<const char*>(data), size}, "fuzz.dmn");
    if (!model) return 0;
    std::vector<dmn::model> models;
    models.push_back(std::move(*model));
    const auto program = dmn::try_compile(std::move(models));
    if (!program) return 0;
    for (const auto& decision : program->decisions()) {
        const auto found = program->find(decision.name);
        if (!found) continue;
        feel::limits bounds;
        bounds.steps = 20'000;
        bounds.depth = 100;
        bounds.list_length = 5'000;
        bounds.text_bytes = 1U << 16U;
        feel::evaluation_context context;
        context.set_limits(bounds);
        (void)dmn::try_evaluate(*program, *found, feel::context{}, context);
    }
    return 0;
}
