// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_DETAIL_XML_BUILDER_HPP
#define POLKU_DMN_DETAIL_XML_BUILDER_HPP

#include <polku/dmn/detail/place_counter.hpp>
#include <polku/dmn/xml_document.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

/// An element that is not closed yet. Kept when it is closed, so that the next one at this depth finds its buffers.
struct open_element {
    xml_element* made = nullptr;
    xml_element* last_child = nullptr;
    text_arena::mark behind{};  ///< behind the element itself and its attributes
    /// The text so far: while it stands in the source as it is, a view of that; else joined.
    std::string_view view;
    std::string joined;
    std::vector<text_shift> shifts;
    std::size_t start = 0;  ///< of the text in the source
    std::size_t end = 0;    ///< of its last piece
    place joined_end;       ///< the same as the text alone counts, where the source cannot be counted
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

/// Makes the tree of what a reader of XML finds, in the order of the source. Offsets are bytes of the source.
class xml_builder {
public:
    xml_builder(std::string_view text, const xml_options& with) : options_(&with), text_(text), places_(text) {}
    /// Makes places come from elsewhere: the source is not UTF-8, or its line ends are not line feeds.
    void ask_places(place (*told)(void*), void* data) noexcept {
        told_ = told;
        told_data_ = data;
    }

    /// False past the limit of depth; then nothing else may be called.
    POLKU_DECL bool enter() noexcept;
    /// After `enter`. False for an element that is left out; then `add_attribute` is not called.
    POLKU_DECL bool begin(std::string_view space, std::string_view name, std::size_t offset);
    POLKU_DECL void add_attribute(std::string_view space, std::string_view name, std::string_view value);
    /// After the attributes, if the element is kept.
    POLKU_DECL void begun();
    POLKU_DECL void end();
    POLKU_DECL void add_text(std::string_view piece, std::size_t offset);
    void add_prefix(std::string_view prefix, std::string_view space) {
        if (depth_ == 0) made_.prefixes.emplace_back(prefix, space);
    }

    /// The name of the innermost open element that is kept; empty when there is none.
    std::string_view inside() const noexcept {
        return open_count_ == 0 ? std::string_view() : open_[open_count_ - 1].made->name;
    }
    xml_document& made() noexcept { return made_; }

private:
    place place_at(std::size_t offset) { return told_ == nullptr ? places_.at(offset) : told_(told_data_); }
    POLKU_DECL bool enter_namespace(std::string_view space);
    POLKU_DECL void settle_text(open_element& of);
    POLKU_DECL void close_text(open_element& of);
    POLKU_DECL void join_text(open_element& owner, std::string_view piece, std::size_t offset);

    const xml_options* options_;
    std::string_view text_;
    place_counter places_;
    place (*told_)(void*) = nullptr;
    void* told_data_ = nullptr;
    xml_document made_;
    std::vector<open_element> open_;  // the first `open_count_` of them
    std::size_t open_count_ = 0;
    std::uint32_t depth_ = 0;
    std::uint32_t skipped_ = 0;  // depth inside a left-out element; 0 when none
    std::string_view last_space_;
    bool keeps_last_space_ = false;
    std::vector<xml_attribute> attributes_;
};

/// Builds the tree of a text in the plain form that nearly all files have: UTF-8 with line feeds, ASCII names, the five
/// predefined entities, namespaces, comments, CDATA. False for any other text, also for one that is not well-formed or
/// passes a limit: then an XML parser decides, with a fresh builder. What it accepts, the parser accepts with the same
/// result.
POLKU_DECL bool scan_plain_xml(std::string_view text, xml_builder& into);
/// True for a text that is surely UTF-8 without a byte order mark and has line feeds as its only line ends: then places
/// can be counted from offsets.
POLKU_DECL bool is_plain_utf8(std::string_view text) noexcept;

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/xml_builder.ipp>
#include <polku/impl/dmn/xml_scanner.ipp>
#endif

#endif
