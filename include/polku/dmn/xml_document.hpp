// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_XML_DOCUMENT_HPP
#define POLKU_DMN_XML_DOCUMENT_HPP

#include <polku/dmn/model.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// An attribute as written. `space` is its namespace; plain attributes have none.
struct xml_attribute {
    std::string space;
    std::string name;
    std::string value;
};

/// An element of a small XML tree. Text is the character data directly inside it, joined; `text_at` is where its first
/// character stands.
struct xml_element {
    std::string space;
    std::string name;
    std::vector<xml_attribute> attributes;
    std::vector<xml_element> children;
    std::string text;
    place at;
    place text_at;
    std::vector<text_shift> text_shifts;  ///< where the text does not follow from its beginning

    /// The value of the plain attribute of that name, or null pointer.
    const std::string* attribute(std::string_view wanted) const noexcept {
        for (const xml_attribute& each : attributes)
            if (each.space.empty() && each.name == wanted) return &each.value;
        return nullptr;
    }
    const xml_element* child(std::string_view wanted) const noexcept {
        for (const xml_element& each : children)
            if (each.name == wanted) return &each;
        return nullptr;
    }
};

struct xml_options {
    std::uint32_t max_depth = 256;
    std::uint64_t max_bytes = 64U << 20U;
    /// Elements whose namespace is none of these are left out with all that is inside them; empty keeps everything.
    /// The root is always kept.
    std::vector<std::string_view> namespaces;
};

struct xml_document {
    xml_element root;
    /// Prefix and namespace of each declaration on the root element, in order.
    std::vector<std::pair<std::string, std::string>> prefixes;
};

/// Reads well-formed XML 1.0 with namespaces, in UTF-8, UTF-16, ISO-8859-1 or ASCII. Errors: `xml_syntax`,
/// `xml_doctype` (a document type declaration is refused, so no entity can be defined), `limit_depth`, `limit_length`;
/// each with line and column.
POLKU_DECL result<xml_document> try_read_xml(std::string_view text, std::string_view source,
                                             const xml_options& with = {});

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/xml_document.ipp>
#endif

#endif
