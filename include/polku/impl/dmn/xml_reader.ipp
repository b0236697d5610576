// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_XML_READER_IPP
#define POLKU_IMPL_DMN_XML_READER_IPP

#include <polku/dmn/detail/model_reader.hpp>
#include <polku/dmn/xml_reader.hpp>

namespace polku::inline POLKU_V::dmn {

POLKU_DECL read_report read_model_report(std::string_view xml, std::string source_name, const read_options& with) {
    xml_options xml_with;
    xml_with.max_depth = with.max_depth;
    xml_with.max_bytes = with.max_bytes;
    xml_with.namespaces = detail::model_namespaces();
    const std::string source = source_name;
    detail::model_reader reader(std::move(source_name), with);
    xml_with.taker = &reader;
    auto document = try_read_xml(xml, source, xml_with);
    if (document)
        reader.read(*document);
    else
        reader.found().push_back({severity::error, std::move(document).error()});
    return {std::move(reader.made()), std::move(reader.found())};
}

POLKU_DECL result<model> try_read_model(std::string_view xml, std::string source_name, const read_options& with) {
    read_report read = read_model_report(xml, std::move(source_name), with);
    if (!read.has_errors()) return std::move(read.read);
    error* first = nullptr;
    for (diagnostic& each : read.diagnostics) {
        if (each.severity != severity::error) continue;
        if (first)
            first->because(std::move(each.what));
        else
            first = &each.what;
    }
    return std::move(*first);
}

}  // namespace polku::inline POLKU_V::dmn

#endif
