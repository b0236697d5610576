// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_PATH_DIAGRAM_HPP
#define POLKU_REPORT_PATH_DIAGRAM_HPP

#include <polku/path/service_path.hpp>

#include <span>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

/// A path as SVG: its entries, the stages in the order of the definition with their owners and longest stays, every
/// routing between stages, and below each stage the exits that it leads to. `language` is one of the definition's;
/// `way` are the stages that a client went through, in order: each is numbered, the routings between them are drawn
/// thick, and the last one, where the client is, is marked. The drawing takes its look from `drawing_style` (svg.hpp).
std::string path_diagram(const path::service_path& path, std::string_view language,
                         std::span<const std::string> way = {});

}  // namespace polku::inline POLKU_V::report

#endif
