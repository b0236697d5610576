// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_XML_DOCUMENT_HPP
#define POLKU_DMN_XML_DOCUMENT_HPP

#include <polku/dmn/model.hpp>
#include <polku/result.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn {

struct xml_element;

/// An attribute as written. `space` is its namespace; plain attributes have none.
struct xml_attribute {
    std::string_view space;
    std::string_view name;   ///< without prefix
    std::string_view value;  ///< references resolved
};

/// The elements inside an element, in their order. The first of them is `first`, null pointer when there is none.
struct xml_children {
    /// Walks from an element to the next beside it.
    class iterator {
    public:
        /// Null pointer: past the last one.
        explicit iterator(const xml_element* at) noexcept : at_(at) {}
        /// The element.
        const xml_element& operator*() const noexcept { return *at_; }
        /// The element's members.
        const xml_element* operator->() const noexcept { return at_; }
        /// On to the next element beside it.
        inline iterator& operator++() noexcept;
        bool operator==(const iterator&) const = default;

    private:
        const xml_element* at_;
    };
    /// The first element inside.
    iterator begin() const noexcept { return iterator(first); }
    /// Past the last element inside.
    static iterator end() noexcept { return iterator(nullptr); }
    /// True when there is no element inside.
    bool empty() const noexcept { return first == nullptr; }

    const xml_element* first = nullptr;
};

/// An element of a small XML tree; everything in it is a view of memory that the document holds. Text is the character
/// data directly inside it, joined, but for white space in front of child elements and of any other text; `text_at` is
/// where its first character stands.
struct xml_element {
    std::string_view space;                     ///< namespace; empty when there is none
    std::string_view name;                      ///< without prefix
    std::span<const xml_attribute> attributes;  ///< in their order, without declarations of namespaces
    xml_children children;                      ///< elements inside, in their order
    const xml_element* next = nullptr;          ///< the next element inside the same one
    std::string_view text;                      ///< empty when there is none
    place at;                                   ///< of the element
    place text_at;
    std::span<const text_shift> text_shifts;  ///< where the text does not follow from its beginning
    /// What `xml_taker::take` answered for this element; its children and text are not here then.
    std::uint32_t taken = 0;

    /// The value of the plain attribute of that name, or null pointer.
    const std::string_view* attribute(std::string_view wanted) const noexcept {
        for (const xml_attribute& each : attributes)
            if (each.space.empty() && each.name == wanted) return &each.value;
        return nullptr;
    }
    /// The first element inside of that name, in any namespace, or null pointer.
    const xml_element* child(std::string_view wanted) const noexcept {
        for (const xml_element& each : children)
            if (each.name == wanted) return &each;
        return nullptr;
    }
};

inline xml_children::iterator& xml_children::iterator::operator++() noexcept {
    at_ = at_->next;
    return *this;
}

/// Takes elements over as soon as they are closed, so that the tree does not hold what is inside them: a table of many
/// thousand rules is read in the memory of one.
class xml_taker {
public:
    virtual ~xml_taker() = default;
    /// A number other than 0 when it has taken all that it wants of the element, which is then left in the tree with
    /// that number and its attributes only; 0 to leave the element as it is. Views must not be kept.
    virtual std::uint32_t take(const xml_element& closed, const xml_element& parent) = 0;
    /// Everything taken so far is void: the text is read again from its beginning.
    virtual void forget() = 0;
};

/// Bounds on reading, and what is left out.
struct xml_options {
    std::uint32_t max_depth = 256;         ///< nesting of elements
    std::uint64_t max_bytes = 64U << 20U;  ///< at most 4 GB, also where more is said
    /// Elements whose namespace is none of these are left out with all that is inside them; empty keeps everything.
    /// The root is always kept.
    std::vector<std::string_view> namespaces;
    xml_taker* taker = nullptr;  ///< borrowed; null pointer: nothing is taken
    /// Read texts in the plain form that nearly all files have by a scanner, all others by Expat. The result is the
    /// same; tests compare the two.
    bool scan_plain = true;
};

/// The tree of a text, with the memory that all of its views point into.
struct xml_document {
    xml_element root;  ///< the outermost element
    /// Prefix and namespace of each declaration on the root element, in order.
    std::vector<std::pair<std::string, std::string>> prefixes;
    detail::text_arena memory;  ///< of the elements
    detail::text_arena spaces;  ///< of their namespaces
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
