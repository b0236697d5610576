// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_XML_DOCUMENT_IPP
#define POLKU_IMPL_DMN_XML_DOCUMENT_IPP

#include <polku/dmn/detail/xml_builder.hpp>
#include <polku/dmn/xml_document.hpp>

#include <expat.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

namespace polku::inline POLKU_V::dmn::detail {

/// Expat joins namespace and name with this character, which no namespace name contains.
inline constexpr char xml_separator = '\n';

/// One parse by Expat.
struct xml_parse {
    XML_Parser parser = nullptr;
    std::string source;
    const xml_options* options = nullptr;
    xml_builder builder;
    std::optional<error> failed;

    place told() const {
        return {static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser)),
                static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser)) + 1U};
    }
    std::size_t offset() const { return static_cast<std::size_t>(XML_GetCurrentByteIndex(parser)); }
    void fail(error_code code, std::string message) {
        if (failed) return;
        const place at = told();
        failed = error(code, std::move(message), {.source = source, .line = at.line, .column = at.column});
        XML_StopParser(parser, XML_FALSE);
    }
};

POLKU_DECL std::pair<std::string_view, std::string_view> split_xml_name(std::string_view joined) {
    const std::size_t cut = joined.find(xml_separator);
    if (cut == std::string_view::npos) return {{}, joined};
    return {joined.substr(0, cut), joined.substr(cut + 1)};
}

POLKU_DECL void xml_start(void* data, const XML_Char* joined, const XML_Char** attributes) {
    auto& into = *static_cast<xml_parse*>(data);
    if (into.failed) return;
    if (!into.builder.enter()) {
        into.fail(error_code::limit_depth,
                  "elements are nested deeper than " + std::to_string(into.options->max_depth) + " levels");
        return;
    }
    const auto [space, name] = split_xml_name(joined);
    if (!into.builder.begin(space, name, into.offset())) return;
    for (; *attributes != nullptr; attributes += 2) {
        const auto [attribute_space, attribute_name] = split_xml_name(attributes[0]);
        into.builder.add_attribute(attribute_space, attribute_name, attributes[1]);
    }
    into.builder.begun();
}

POLKU_DECL void xml_end(void* data, const XML_Char*) {
    auto& into = *static_cast<xml_parse*>(data);
    if (!into.failed) into.builder.end();
}

POLKU_DECL void xml_characters(void* data, const XML_Char* text, int length) {
    auto& into = *static_cast<xml_parse*>(data);
    if (!into.failed) into.builder.add_text({text, static_cast<std::size_t>(length)}, into.offset());
}

POLKU_DECL void xml_namespace(void* data, const XML_Char* prefix, const XML_Char* uri) {
    static_cast<xml_parse*>(data)->builder.add_prefix(prefix ? prefix : "", uri ? uri : "");
}

POLKU_DECL void xml_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<xml_parse*>(data)->fail(error_code::xml_doctype,
                                        "found a document type declaration (DOCTYPE); a DMN file has none, remove it");
}

/// What Expat's short sentence leaves out: what was found or expected, and what to do.
POLKU_DECL std::string_view xml_hint(XML_Error what) {
    switch (what) {
        case XML_ERROR_INVALID_TOKEN:
            return "; found a character that cannot stand here: write &lt; and &amp; for < and &, quote attributes";
        case XML_ERROR_TAG_MISMATCH: return "; expected the end tag of the element that is open";
        case XML_ERROR_NO_ELEMENTS: return "; found the end of the text, expected an element and its end tag";
        case XML_ERROR_UNCLOSED_TOKEN: return "; found the end of the text inside a tag, a comment or an instruction";
        case XML_ERROR_UNDEFINED_ENTITY: return "; expected &lt; &gt; &amp; &quot; &apos; or a character's number";
        case XML_ERROR_UNBOUND_PREFIX: return "; declare the prefix by an attribute xmlns:prefix";
        case XML_ERROR_DUPLICATE_ATTRIBUTE: return "; keep one of the two";
        case XML_ERROR_JUNK_AFTER_DOC_ELEMENT: return "; expected the end of the text behind the root element";
        case XML_ERROR_UNKNOWN_ENCODING: return "; save the text as UTF-8";
        default: return "";
    }
}

POLKU_DECL error xml_failure(xml_parse& from) {
    if (from.failed) return std::move(*from.failed);
    const XML_Error what = XML_GetErrorCode(from.parser);
    if (what == XML_ERROR_NO_MEMORY) return error(error_code::no_memory, "memory ran out while reading XML");
    const place at = from.told();
    std::string message = std::string("the XML is not well-formed: ") + XML_ErrorString(what);
    if (const std::string_view name = from.builder.inside(); !name.empty())
        message += " (inside <" + std::string(name) + ">)";
    message += xml_hint(what);
    return error(error_code::xml_syntax, std::move(message),
                 {.source = from.source, .line = at.line, .column = at.column});
}

POLKU_DECL result<xml_document> parse_xml(std::string_view text, std::string_view source, const xml_options& with) {
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
        XML_ParserCreateNS(nullptr, xml_separator), &XML_ParserFree);
    if (!parser) return error(error_code::no_memory, "no memory for an XML parser");
    xml_parse run{parser.get(), std::string(source), &with, xml_builder(text, with), {}};
    if (!is_plain_utf8(text))
        run.builder.ask_places([](void* data) { return static_cast<const xml_parse*>(data)->told(); }, &run);
    XML_SetUserData(parser.get(), &run);
    XML_SetElementHandler(parser.get(), &xml_start, &xml_end);
    XML_SetCharacterDataHandler(parser.get(), &xml_characters);
    XML_SetNamespaceDeclHandler(parser.get(), &xml_namespace, nullptr);
    XML_SetStartDoctypeDeclHandler(parser.get(), &xml_doctype);
    // Expat takes an int length, so very long texts go in parts.
    constexpr std::size_t part = 1U << 30U;
    do {
        const std::string_view now = text.substr(0, part);
        text.remove_prefix(now.size());
        if (XML_Parse(parser.get(), now.data(), static_cast<int>(now.size()), text.empty()) != XML_STATUS_OK)
            return xml_failure(run);
    } while (!text.empty());
    return std::move(run.builder.made());
}

}  // namespace polku::inline POLKU_V::dmn::detail

namespace polku::inline POLKU_V::dmn {

POLKU_DECL result<xml_document> try_read_xml(std::string_view text, std::string_view source, const xml_options& with) {
    const std::uint64_t most = std::min<std::uint64_t>(with.max_bytes, std::numeric_limits<std::uint32_t>::max());
    if (text.size() > most) {
        return error(
            error_code::limit_length,
            "the XML has " + std::to_string(text.size()) + " bytes, more than the limit of " + std::to_string(most),
            {.source = std::string(source)});
    }
    if (with.scan_plain) {
        detail::xml_builder builder(text, with);
        if (detail::scan_plain_xml(text, builder)) return std::move(builder.made());
        if (with.taker != nullptr) with.taker->forget();
    }
    return detail::parse_xml(text, source, with);
}

}  // namespace polku::inline POLKU_V::dmn

#endif
