// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_MODEL_IPP
#define POLKU_IMPL_DMN_MODEL_IPP

#include <polku/dmn/model.hpp>

namespace polku::inline POLKU_V::dmn {

POLKU_DECL model::model() = default;
POLKU_DECL model::model(const model& other) = default;
POLKU_DECL model::model(model&& other) noexcept = default;
POLKU_DECL model& model::operator=(const model& other) = default;
POLKU_DECL model& model::operator=(model&& other) noexcept = default;
POLKU_DECL model::~model() = default;

POLKU_DECL place place_behind(place from, std::string_view text) noexcept {
    for (const char byte : text) {
        if (byte == '\n') {
            ++from.line;
            from.column = 1;
        } else if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) {
            ++from.column;
        }
    }
    return from;
}

POLKU_DECL place located_view::in_file(place of) const {
    if (shifts.empty()) return of;
    // The byte that the counted place means; past the end it is the end.
    std::size_t offset = 0;
    for (place counted = at; offset < text.size(); ++offset) {
        const bool starts = (static_cast<unsigned char>(text[offset]) & 0xC0U) != 0x80U;
        if (starts && (counted.line > of.line || (counted.line == of.line && counted.column >= of.column))) break;
        counted = place_behind(counted, text.substr(offset, 1));
    }
    const text_shift* nearest = nullptr;
    for (const text_shift& each : shifts)
        if (each.offset <= offset) nearest = &each;
    if (!nearest) return of;
    return place_behind(nearest->at, text.substr(nearest->offset, offset - nearest->offset));
}

}  // namespace polku::inline POLKU_V::dmn

#endif
