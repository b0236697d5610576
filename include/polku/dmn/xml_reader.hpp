// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_XML_READER_HPP
#define POLKU_DMN_XML_READER_HPP

#include <polku/dmn/read_report.hpp>
#include <polku/result.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::dmn {

/// Reads DMN 1.1 to 1.6 XML (told apart by the namespace) and reports every fault of its structure with line and
/// column. Diagrams, extension elements and foreign attributes are left out. `source_name` stands in every position.
POLKU_DECL read_report read_model_report(std::string_view xml, std::string source_name, const read_options& with = {});

/// As `read_model_report`, for callers who want a sound model or nothing: the first error, with the others as its
/// causes. Errors: `xml_syntax`, `xml_doctype`, `dmn_structure`, `dmn_missing`, `dmn_unexpected`, `dmn_bad_attribute`,
/// `dmn_duplicate`, `dmn_table_shape`, `dmn_hit_policy`, `limit_depth`, `limit_length`.
POLKU_DECL result<model> try_read_model(std::string_view xml, std::string source_name, const read_options& with = {});

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/xml_reader.ipp>
#endif

#endif
