// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_XML_DOCUMENT_IPP
#define POLKU_IMPL_DMN_XML_DOCUMENT_IPP

#include <polku/dmn/detail/place_counter.hpp>
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

/// An element that is not closed yet. Kept when it is closed, so that the next one at this depth finds its buffers.
struct open_element {
    xml_element* made = nullptr;
    xml_element* last_child = nullptr;
    text_arena::mark behind;  // behind the element itself and its attributes
    /// The text so far: while it stands in the source as it is, a view of that; else joined.
    std::string_view view;
    std::string joined;
    std::vector<text_shift> shifts;
    std::size_t start = 0;  // of the text in the source
    std::size_t end = 0;    // of its last piece
    place joined_end;       // the same as the text alone counts, where the source cannot be counted
    bool is_joined = false;

    std::string_view text() const noexcept { return is_joined ? std::string_view(joined) : view; }
    void clear() {
        view = {};
        if (!is_joined) return;
        joined.clear();
        shifts.clear();
        is_joined = false;
    }
};

/// State of one parse. The first `depth` of `open` are the elements that are not closed.
struct xml_builder {
    XML_Parser parser = nullptr;
    std::string_view text;
    std::string source;
    const xml_options* options = nullptr;
    xml_document made;
    std::vector<open_element> open;
    std::size_t open_count = 0;
    std::uint32_t depth = 0;
    std::uint32_t skipped = 0;  // depth inside a left-out element; 0 when none
    place_counter places;
    bool counts_places = false;  // the source is UTF-8 as Expat hands it over, so places follow from it
    std::string_view last_space;
    bool keeps_last_space = false;
    std::vector<xml_attribute> attributes;
    std::optional<error> failed;

    place told() const {
        return {static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser)),
                static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser)) + 1U};
    }
    std::size_t offset() const { return static_cast<std::size_t>(XML_GetCurrentByteIndex(parser)); }
    place here() { return counts_places ? places.at(offset()) : told(); }
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

/// Remembers the namespace, which hardly ever changes from one element to the next, and says whether it is kept.
POLKU_DECL bool enter_namespace(xml_builder& into, std::string_view space) {
    const auto& wanted = into.options->namespaces;
    if (space != into.last_space || into.depth == 1) {
        into.last_space = into.made.spaces.copy(space);
        into.keeps_last_space = wanted.empty() || std::find(wanted.begin(), wanted.end(), space) != wanted.end();
    }
    return into.depth == 1 || into.keeps_last_space;
}

POLKU_DECL bool is_blank_xml(std::string_view text) noexcept {
    for (const char each : text)
        if (each != ' ' && each != '\n' && each != '\t' && each != '\r') return false;
    return true;
}

/// Text in front of a child: white space there means nothing; of other text the place is counted while it is near.
POLKU_DECL void settle_text(xml_builder& into, open_element& of) {
    const std::string_view text = of.text();
    if (text.empty()) return;
    if (is_blank_xml(text)) {
        of.made->text_at = {};
        return of.clear();
    }
    if (of.made->text_at.line == 0) of.made->text_at = into.places.at(of.start);
}

POLKU_DECL void read_xml_attributes(xml_builder& into, const XML_Char** attributes, xml_element& made) {
    into.attributes.clear();
    for (; *attributes != nullptr; attributes += 2) {
        const auto [space, name] = split_xml_name(attributes[0]);
        into.attributes.push_back(
            {into.made.memory.copy(space), into.made.memory.copy(name), into.made.memory.copy(attributes[1])});
    }
    made.attributes = into.made.memory.copy_all(std::span<const xml_attribute>(into.attributes));
}

POLKU_DECL void xml_start(void* data, const XML_Char* joined, const XML_Char** attributes) {
    auto& into = *static_cast<xml_builder*>(data);
    if (into.failed) return;
    if (++into.depth > into.options->max_depth) {
        into.fail(error_code::limit_depth,
                  "elements are nested deeper than " + std::to_string(into.options->max_depth) + " levels");
        return;
    }
    if (into.skipped != 0) {
        ++into.skipped;
        return;
    }
    const auto [space, name] = split_xml_name(joined);
    if (!enter_namespace(into, space)) {
        into.skipped = 1;
        return;
    }
    if (into.open_count != 0) settle_text(into, into.open[into.open_count - 1]);
    xml_element* made = into.made.memory.make<xml_element>();
    made->space = into.last_space;
    made->name = into.made.memory.copy(name);
    made->at = into.here();
    read_xml_attributes(into, attributes, *made);
    if (into.open_count == into.open.size()) into.open.emplace_back();
    open_element& open = into.open[into.open_count++];
    open.made = made;
    open.last_child = nullptr;
    open.behind = into.made.memory.here();
    open.clear();
}

POLKU_DECL void close_element(xml_builder& into, open_element& closed) {
    xml_element& made = *closed.made;
    const std::string_view text = closed.text();
    if (text.empty()) return;
    if (!made.children.empty() && is_blank_xml(text)) {
        made.text_at = {};
        return;
    }
    if (made.text_at.line == 0) made.text_at = into.places.at(closed.start);
    made.text = into.made.memory.copy(text);
    if (closed.is_joined) made.text_shifts = into.made.memory.copy_all(std::span<const text_shift>(closed.shifts));
}

POLKU_DECL void xml_end(void* data, const XML_Char*) {
    auto& into = *static_cast<xml_builder*>(data);
    if (into.failed) return;
    --into.depth;
    if (into.skipped != 0) {
        --into.skipped;
        return;
    }
    open_element& closed = into.open[--into.open_count];
    xml_element& made = *closed.made;
    close_element(into, closed);
    if (into.open_count == 0) {
        into.made.root = made;
        return;
    }
    open_element& parent = into.open[into.open_count - 1];
    if (into.options->taker != nullptr) made.taken = into.options->taker->take(made, *parent.made);
    if (made.taken != 0) {
        made.children = {};
        made.text = {};
        made.text_shifts = {};
        into.made.memory.rewind(closed.behind);
    }
    if (parent.last_child == nullptr)
        parent.made->children.first = &made;
    else
        parent.last_child->next = &made;
    parent.last_child = &made;
}

/// Joins a piece to a text that is not, or no longer, a part of the source.
POLKU_DECL void join_text(xml_builder& into, open_element& owner, std::string_view piece, std::size_t offset) {
    if (!owner.is_joined) {
        owner.joined.assign(owner.view);
        owner.shifts.clear();
        owner.is_joined = true;
        if (!owner.joined.empty() && into.counts_places && owner.made->text_at.line == 0)
            owner.made->text_at = into.places.at(owner.start);
    }
    const place at = into.here();
    const bool follows = into.counts_places ? offset == owner.end
                                            : at.line == owner.joined_end.line && at.column == owner.joined_end.column;
    if (owner.joined.empty())
        owner.made->text_at = at;
    else if (!follows)
        owner.shifts.push_back({owner.joined.size(), at});
    if (!into.counts_places) owner.joined_end = place_behind(at, piece);
    owner.joined += piece;
    owner.end = offset + piece.size();
}

POLKU_DECL void xml_characters(void* data, const XML_Char* text, int length) {
    auto& into = *static_cast<xml_builder*>(data);
    if (into.failed || into.skipped != 0 || into.open_count == 0) return;
    open_element& owner = into.open[into.open_count - 1];
    const std::string_view piece(text, static_cast<std::size_t>(length));
    const std::size_t offset = into.offset();
    const bool in_source = into.counts_places && into.text.substr(offset, piece.size()) == piece;
    if (in_source && !owner.is_joined && (owner.view.empty() || offset == owner.end)) {
        if (owner.view.empty()) owner.start = offset;
        owner.end = offset + piece.size();
        owner.view = into.text.substr(owner.start, owner.end - owner.start);
        return;
    }
    join_text(into, owner, piece, offset);
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
    const place at = from.told();
    std::string message = std::string("the XML is not well-formed: ") + XML_ErrorString(what);
    if (from.open_count != 0) message += " (inside <" + std::string(from.open[from.open_count - 1].made->name) + ">)";
    message += xml_hint(what);
    return error(error_code::xml_syntax, std::move(message),
                 {.source = from.source, .line = at.line, .column = at.column});
}

/// True for a text that is surely UTF-8 without a byte order mark and has line feeds as its only line ends: then Expat
/// hands over the bytes of the source, and places can be counted from their offsets.
POLKU_DECL bool is_plain_utf8(std::string_view text) noexcept {
    if (text.size() < 2 || text[0] == '\0' || text[1] == '\0' || static_cast<unsigned char>(text[0]) >= 0x80)
        return false;
    if (text.find('\r') != std::string_view::npos) return false;
    if (text.substr(0, 5) != "<?xml") return true;
    const std::string_view declaration = text.substr(0, text.find("?>"));
    const std::size_t encoding = declaration.find("encoding");
    if (encoding == std::string_view::npos) return true;
    return declaration.find("\"UTF-8\"", encoding) != std::string_view::npos ||
           declaration.find("'UTF-8'", encoding) != std::string_view::npos ||
           declaration.find("\"utf-8\"", encoding) != std::string_view::npos;
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
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
        XML_ParserCreateNS(nullptr, detail::xml_separator), &XML_ParserFree);
    if (!parser) return error(error_code::no_memory, "no memory for an XML parser");
    detail::xml_builder builder;
    builder.parser = parser.get();
    builder.text = text;
    builder.source = source;
    builder.options = &with;
    builder.places = detail::place_counter(text);
    builder.counts_places = detail::is_plain_utf8(text);
    XML_SetUserData(parser.get(), &builder);
    XML_SetElementHandler(parser.get(), &detail::xml_start, &detail::xml_end);
    XML_SetCharacterDataHandler(parser.get(), &detail::xml_characters);
    XML_SetNamespaceDeclHandler(parser.get(), &detail::xml_namespace, nullptr);
    XML_SetStartDoctypeDeclHandler(parser.get(), &detail::xml_doctype);
    // Expat takes an int length, so very long texts go in parts.
    constexpr std::size_t part = 1U << 30U;
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
