// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_XML_DOCUMENT_IPP
#define POLKU_IMPL_DMN_XML_DOCUMENT_IPP

#include <polku/dmn/xml_document.hpp>

#include <expat.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <type_traits>

namespace polku::inline POLKU_V::dmn::detail {

/// Expat joins namespace and name with this character, which no namespace name contains.
inline constexpr char xml_separator = '\n';

/// State of one parse. `open` holds the elements that are not closed yet; a closed one moves into its parent.
struct xml_builder {
    XML_Parser parser = nullptr;
    std::string source;
    const xml_options* options = nullptr;
    xml_document made;
    std::vector<xml_element> open;
    std::uint32_t depth = 0;
    place text_end;             // behind the last piece of text, as the text alone counts
    std::uint32_t skipped = 0;  // depth inside a left-out element; 0 when none
    std::optional<error> failed;

    place here() const {
        return {static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser)),
                static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser)) + 1U};
    }
    void fail(error_code code, std::string message) {
        if (failed) return;
        const place at = here();
        failed = error(code, std::move(message), {.source = source, .line = at.line, .column = at.column});
        XML_StopParser(parser, XML_FALSE);
    }
};

POLKU_DECL std::pair<std::string_view, std::string_view> split_xml_name(std::string_view joined) {
    const std::size_t cut = joined.find(xml_separator);
    if (cut == std::string_view::npos) return {{}, joined};
    return {joined.substr(0, cut), joined.substr(cut + 1)};
}

POLKU_DECL bool keeps_namespace(const xml_builder& into, std::string_view space) {
    const auto& wanted = into.options->namespaces;
    return into.depth == 1 || wanted.empty() || std::find(wanted.begin(), wanted.end(), space) != wanted.end();
}

POLKU_DECL void xml_start(void* data, const XML_Char* joined, const XML_Char** attributes) {
    auto& into = *static_cast<xml_builder*>(data);
    if (into.failed) return;
    if (++into.depth > into.options->max_depth) {
        into.fail(error_code::limit_depth,
                  "elements are nested deeper than " + std::to_string(into.options->max_depth) + " levels");
        return;
    }
    const auto [space, name] = split_xml_name(joined);
    if (into.skipped != 0 || !keeps_namespace(into, space)) {
        ++into.skipped;
        return;
    }
    xml_element& made = into.open.emplace_back();
    made.space = space;
    made.name = name;
    made.at = into.here();
    for (; *attributes != nullptr; attributes += 2) {
        const auto [attribute_space, attribute_name] = split_xml_name(attributes[0]);
        made.attributes.push_back({std::string(attribute_space), std::string(attribute_name), attributes[1]});
    }
}

POLKU_DECL void xml_end(void* data, const XML_Char*) {
    auto& into = *static_cast<xml_builder*>(data);
    if (into.failed) return;
    --into.depth;
    if (into.skipped != 0) {
        --into.skipped;
        return;
    }
    xml_element closed = std::move(into.open.back());
    into.open.pop_back();
    if (into.open.empty())
        into.made.root = std::move(closed);
    else
        into.open.back().children.push_back(std::move(closed));
}

POLKU_DECL void xml_characters(void* data, const XML_Char* text, int length) {
    auto& into = *static_cast<xml_builder*>(data);
    if (into.failed || into.skipped != 0 || into.open.empty()) return;
    xml_element& owner = into.open.back();
    const std::string_view piece(text, static_cast<std::size_t>(length));
    const place at = into.here();
    if (owner.text_at.line == 0)
        owner.text_at = at;
    else if (at.line != into.text_end.line || at.column != into.text_end.column)
        owner.text_shifts.push_back({owner.text.size(), at});
    into.text_end = place_behind(at, piece);
    owner.text += piece;
}

POLKU_DECL void xml_namespace(void* data, const XML_Char* prefix, const XML_Char* uri) {
    auto& into = *static_cast<xml_builder*>(data);
    if (into.depth == 0) into.made.prefixes.emplace_back(prefix ? prefix : "", uri ? uri : "");
}

POLKU_DECL void xml_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<xml_builder*>(data)->fail(
        error_code::xml_doctype, "found a document type declaration (DOCTYPE); a DMN file has none, remove it");
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

POLKU_DECL error xml_failure(xml_builder& from) {
    if (from.failed) return std::move(*from.failed);
    const XML_Error what = XML_GetErrorCode(from.parser);
    const place at = from.here();
    std::string message = std::string("the XML is not well-formed: ") + XML_ErrorString(what);
    if (!from.open.empty()) message += " (inside <" + from.open.back().name + ">)";
    message += xml_hint(what);
    return error(error_code::xml_syntax, std::move(message),
                 {.source = from.source, .line = at.line, .column = at.column});
}

}  // namespace polku::inline POLKU_V::dmn::detail

namespace polku::inline POLKU_V::dmn {

POLKU_DECL result<xml_document> try_read_xml(std::string_view text, std::string_view source, const xml_options& with) {
    if (text.size() > with.max_bytes) {
        return error(error_code::limit_length,
                     "the XML has " + std::to_string(text.size()) + " bytes, more than the limit of " +
                         std::to_string(with.max_bytes),
                     {.source = std::string(source)});
    }
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
        XML_ParserCreateNS(nullptr, detail::xml_separator), &XML_ParserFree);
    if (!parser) return error(error_code::no_memory, "no memory for an XML parser");
    detail::xml_builder builder;
    builder.parser = parser.get();
    builder.source = source;
    builder.options = &with;
    XML_SetUserData(parser.get(), &builder);
    XML_SetElementHandler(parser.get(), &detail::xml_start, &detail::xml_end);
    XML_SetCharacterDataHandler(parser.get(), &detail::xml_characters);
    XML_SetNamespaceDeclHandler(parser.get(), &detail::xml_namespace, nullptr);
    XML_SetStartDoctypeDeclHandler(parser.get(), &detail::xml_doctype);
    // Expat takes an int length, so long texts go in parts.
    constexpr std::size_t part = 1U << 20U;
    do {
        const std::string_view now = text.substr(0, part);
        text.remove_prefix(now.size());
        if (XML_Parse(parser.get(), now.data(), static_cast<int>(now.size()), text.empty()) != XML_STATUS_OK)
            return detail::xml_failure(builder);
    } while (!text.empty());
    return std::move(builder.made);
}

}  // namespace polku::inline POLKU_V::dmn

#endif
