// SPDX-License-Identifier: Apache-2.0
#include "cli/error_json.hpp"

#include <polku/json/text.hpp>

#include <utility>
#include <vector>

namespace polku::cli {

namespace {

feel::value position_value(const position& at) {
    feel::context out;
    if (!at.source.empty()) out.set("source", at.source);
    if (!at.element.empty()) out.set("element", at.element);
    if (!at.pointer.empty()) out.set("pointer", at.pointer);
    if (at.line != 0) out.set("line", static_cast<std::int64_t>(at.line));
    if (at.column != 0) out.set("column", static_cast<std::int64_t>(at.column));
    return feel::value(std::move(out));
}

}  // namespace

feel::value error_value(const error& what) {
    feel::context out;
    out.set("code", static_cast<std::int64_t>(what.code()));
    out.set("name", name_of(what.code()));
    out.set("message", what.message());
    if (!what.positions().empty()) {
        std::vector<feel::value> positions;
        for (const position& each : what.positions()) positions.push_back(position_value(each));
        out.set("positions", feel::value(std::move(positions)));
    }
    if (!what.causes().empty()) {
        std::vector<feel::value> causes;
        for (const error& each : what.causes()) causes.push_back(error_value(each));
        out.set("causes", feel::value(std::move(causes)));
    }
    return feel::value(std::move(out));
}

std::string error_json(const error& what) {
    return json::write(feel::value(feel::context{{"error", error_value(what)}}));
}

}  // namespace polku::cli
