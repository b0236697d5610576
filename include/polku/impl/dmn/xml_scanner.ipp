// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_XML_SCANNER_IPP
#define POLKU_IMPL_DMN_XML_SCANNER_IPP

#include <polku/dmn/detail/text_arena.hpp>
#include <polku/dmn/detail/xml_builder.hpp>
#include <polku/feel/lexer.hpp>

#include <array>
#include <cstring>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

/// What a byte may be in XML; UTF-8 is checked once for the whole text, so bytes from 0x80 are good as text.
enum xml_byte : unsigned char {
    xml_text_byte = 1,        // character data
    xml_value_byte = 2,       // an attribute's value that needs no work
    xml_character_byte = 4,   // a character at all
    xml_name_start_byte = 8,  // of ASCII names without their colon
    xml_name_byte = 16,
};

constexpr std::array<unsigned char, 256> make_xml_bytes() {
    std::array<unsigned char, 256> made{};
    for (std::size_t at = 0; at < made.size(); ++at) {
        const auto is = [at](char wanted) { return at == static_cast<unsigned char>(wanted); };
        const bool character = at >= 0x20 || is('\t') || is('\n');
        const bool letter = (at >= 'a' && at <= 'z') || (at >= 'A' && at <= 'Z') || is('_');
        unsigned of = 0;
        if (character) of |= xml_character_byte;
        if (character && !is('<') && !is('&') && !is(']')) of |= xml_text_byte;
        if (at >= 0x20 && !is('<') && !is('&') && !is('"') && !is('\'')) of |= xml_value_byte;
        if (letter) of |= xml_name_start_byte;
        if (letter || is('-') || is('.') || (at >= '0' && at <= '9')) of |= xml_name_byte;
        made[at] = static_cast<unsigned char>(of);
    }
    return made;
}
inline constexpr std::array<unsigned char, 256> xml_bytes = make_xml_bytes();

constexpr bool is_xml_byte(char of, xml_byte wanted) noexcept {
    return (xml_bytes[static_cast<unsigned char>(of)] & wanted) != 0;
}

/// Recognises XML that is well-formed beyond doubt; every function answers false where there is doubt.
class xml_scanner {
public:
    xml_scanner(std::string_view text, xml_builder& into)
        : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()), into_(into) {}

    POLKU_DECL bool document();

private:
    struct qualified {
        std::string_view prefix;
        std::string_view local;
    };
    struct raw_attribute {
        qualified name;
        std::string_view value;
    };
    struct binding {
        std::string_view prefix;
        std::string_view space;
    };
    struct open_tag {
        std::string_view written;  // the name with its prefix
        std::size_t bindings;      // that were there in front of it
    };

    std::size_t offset(const char* of) const noexcept { return static_cast<std::size_t>(of - begin_); }
    std::string_view from(const char* start) const noexcept { return {start, static_cast<std::size_t>(at_ - start)}; }
    std::string_view rest() const noexcept { return {at_, static_cast<std::size_t>(end_ - at_)}; }
    bool take(std::string_view wanted) noexcept {
        if (rest().substr(0, wanted.size()) != wanted) return false;
        at_ += wanted.size();
        return true;
    }
    bool take(char wanted) noexcept {
        if (at_ == end_ || *at_ != wanted) return false;
        ++at_;
        return true;
    }
    bool skip_space() noexcept {
        const char* const start = at_;
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t')) ++at_;
        return at_ != start;
    }
    POLKU_DECL bool declaration();
    POLKU_DECL bool between_elements();
    POLKU_DECL bool until(std::string_view closing, std::string_view& inside);
    POLKU_DECL bool comment();
    POLKU_DECL bool cdata();
    POLKU_DECL bool entity(char& out);
    POLKU_DECL bool name(qualified& out);
    POLKU_DECL bool value(std::string_view& out);
    POLKU_DECL bool value_with_work(const char* start, char quote, std::string_view& out);
    POLKU_DECL bool attributes(bool& closes);
    POLKU_DECL bool distinct_attributes() const noexcept;
    POLKU_DECL bool bind(const raw_attribute& each);
    POLKU_DECL bool resolve(const qualified& of, std::string_view& space) const noexcept;
    POLKU_DECL bool start_tag();
    POLKU_DECL bool end_tag();
    POLKU_DECL bool content();
    POLKU_DECL bool markup();

    const char* begin_;
    const char* at_;
    const char* end_;
    xml_builder& into_;
    std::vector<open_tag> open_;
    std::vector<binding> bindings_;
    std::vector<raw_attribute> attributes_;
    text_arena spaces_;   // bound namespaces that do not stand in the source as they are
    text_arena scratch_;  // the same of values, for one tag
};

/// Only the declarations that tools write.
POLKU_DECL bool xml_scanner::declaration() {
    if (!take("<?xml")) return true;
    if (!take(" version=\"1.0\"") && !take(" version='1.0'")) return false;
    if (take(" encoding=") && !take("\"UTF-8\"") && !take("'UTF-8'") && !take("\"utf-8\"")) return false;
    if (take(" standalone=") && !take("\"yes\"") && !take("\"no\"") && !take("'yes'") && !take("'no'")) return false;
    skip_space();
    return take("?>");
}

/// What lies in front of `closing`, which is passed.
POLKU_DECL bool xml_scanner::until(std::string_view closing, std::string_view& inside) {
    const std::size_t length = rest().find(closing);
    if (length == std::string_view::npos) return false;
    inside = rest().substr(0, length);
    for (const char each : inside)
        if (!is_xml_byte(each, xml_character_byte)) return false;
    at_ += length + closing.size();
    return true;
}

POLKU_DECL bool xml_scanner::comment() {
    std::string_view inside;
    return take("<!--") && until("--", inside) && take('>');
}

POLKU_DECL bool xml_scanner::cdata() {
    std::string_view inside;
    if (!take("<![CDATA[") || !until("]]>", inside)) return false;
    if (!inside.empty()) into_.add_text(inside, offset(inside.data()));
    return true;
}

/// White space and comments around the root.
POLKU_DECL bool xml_scanner::between_elements() {
    for (;;) {
        skip_space();
        if (rest().substr(0, 4) != "<!--") return true;
        if (!comment()) return false;
    }
}

POLKU_DECL bool xml_scanner::entity(char& out) {
    struct predefined {
        std::string_view text;
        char meant;
    };
    constexpr predefined all[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (const predefined& each : all) {
        if (!take(each.text)) continue;
        out = each.meant;
        return true;
    }
    return false;
}

POLKU_DECL bool xml_scanner::name(qualified& out) {
    const char* start = at_;
    if (at_ == end_ || !is_xml_byte(*at_, xml_name_start_byte)) return false;
    while (at_ != end_ && is_xml_byte(*at_, xml_name_byte)) ++at_;
    out = {{}, from(start)};
    if (!take(':')) return true;
    start = at_;
    if (at_ == end_ || !is_xml_byte(*at_, xml_name_start_byte)) return false;
    while (at_ != end_ && is_xml_byte(*at_, xml_name_byte)) ++at_;
    out = {out.local, from(start)};
    return true;
}

POLKU_DECL bool xml_scanner::value(std::string_view& out) {
    if (at_ == end_ || (*at_ != '"' && *at_ != '\'')) return false;
    const char quote = *at_++;
    const char* const start = at_;
    while (at_ != end_ && is_xml_byte(*at_, xml_value_byte)) ++at_;
    if (at_ == end_) return false;
    if (*at_ != quote) return value_with_work(start, quote, out);
    out = from(start);
    ++at_;
    return true;
}

/// A value with entities, with white space that becomes a blank, or with the other quote.
POLKU_DECL bool xml_scanner::value_with_work(const char* start, char quote, std::string_view& out) {
    const std::size_t length = std::string_view(start, static_cast<std::size_t>(end_ - start)).find(quote);
    if (length == std::string_view::npos) return false;
    char* const made = static_cast<char*>(scratch_.allocate(length + 1, 1));  // decoding makes it no longer
    std::size_t size = 0;
    for (at_ = start; *at_ != quote; ++size) {
        if (*at_ == '<' || !is_xml_byte(*at_, xml_character_byte)) return false;
        if (*at_ == '&') {
            if (!entity(made[size])) return false;
            continue;
        }
        made[size] = *at_ == '\n' || *at_ == '\t' ? ' ' : *at_;
        ++at_;
    }
    ++at_;
    out = {made, size};
    return true;
}

/// The attributes of a start tag up to its end; `closes` for `/>`.
POLKU_DECL bool xml_scanner::attributes(bool& closes) {
    attributes_.clear();
    for (;;) {
        const bool spaced = skip_space();
        if (take('>')) return true;
        if (take('/')) {
            closes = true;
            return take('>');
        }
        raw_attribute made;
        if (!spaced || !name(made.name) || !take('=') || !value(made.value)) return false;
        attributes_.push_back(made);
    }
}

/// No attribute twice; two with prefixes and the same local name may be the same, which is for the parser to say.
POLKU_DECL bool xml_scanner::distinct_attributes() const noexcept {
    constexpr std::size_t most = 64;
    if (attributes_.size() > most) return false;
    for (std::size_t at = 1; at < attributes_.size(); ++at) {
        const qualified& one = attributes_[at].name;
        for (std::size_t before = 0; before < at; ++before) {
            const qualified& other = attributes_[before].name;
            if (one.local == other.local && one.prefix.empty() == other.prefix.empty()) return false;
        }
    }
    return true;
}

POLKU_DECL bool xml_scanner::bind(const raw_attribute& each) {
    constexpr std::size_t most = 64;
    const bool is_default = each.name.prefix.empty();
    const std::string_view prefix = is_default ? std::string_view() : each.name.local;
    if (bindings_.size() == most || prefix == "xml" || prefix == "xmlns" || (!is_default && each.value.empty()) ||
        each.value == "http://www.w3.org/XML/1998/namespace" || each.value == "http://www.w3.org/2000/xmlns/")
        return false;
    bindings_.push_back({prefix, spaces_.copy(each.value)});
    into_.add_prefix(prefix, each.value);
    return true;
}

/// The namespace of a name with a prefix, or of an element without.
POLKU_DECL bool xml_scanner::resolve(const qualified& of, std::string_view& space) const noexcept {
    for (std::size_t at = bindings_.size(); at-- > 0;) {
        if (bindings_[at].prefix != of.prefix) continue;
        space = bindings_[at].space;
        return true;
    }
    space = of.prefix == "xml" ? "http://www.w3.org/XML/1998/namespace" : "";
    return of.prefix.empty() || of.prefix == "xml";
}

POLKU_DECL bool xml_scanner::start_tag() {
    const char* const start = at_++;
    qualified is;
    bool closes = false;
    scratch_.rewind({});
    if (!name(is)) return false;
    const std::string_view written = from(start + 1);
    if (!attributes(closes) || !distinct_attributes()) return false;
    const std::size_t bindings = bindings_.size();
    const auto binds = [](const raw_attribute& each) {
        return each.name.prefix == "xmlns" || (each.name.prefix.empty() && each.name.local == "xmlns");
    };
    for (const raw_attribute& each : attributes_)
        if (binds(each) && !bind(each)) return false;
    std::string_view space;
    if (!resolve(is, space) || is.prefix == "xml" || !into_.enter()) return false;
    const bool kept = into_.begin(space, is.local, offset(start));
    for (const raw_attribute& each : attributes_) {
        if (binds(each)) continue;
        space = {};
        if (!each.name.prefix.empty() && !resolve(each.name, space)) return false;
        if (kept) into_.add_attribute(space, each.name.local, each.value);
    }
    if (kept) into_.begun();
    if (closes) {
        into_.end();
        bindings_.resize(bindings);
    } else {
        open_.push_back({written, bindings});
    }
    return true;
}

POLKU_DECL bool xml_scanner::end_tag() {
    at_ += 2;
    if (!take(open_.back().written)) return false;
    skip_space();
    if (!take('>')) return false;
    into_.end();
    bindings_.resize(open_.back().bindings);
    open_.pop_back();
    return true;
}

POLKU_DECL bool xml_scanner::markup() {
    if (end_ - at_ < 2) return false;
    if (at_[1] == '/') return end_tag();
    if (at_[1] != '!') return start_tag();
    return rest().substr(0, 4) == "<!--" ? comment() : cdata();
}

/// Everything up to the end tag of the root.
POLKU_DECL bool xml_scanner::content() {
    while (!open_.empty()) {
        const char* const start = at_;
        while (at_ != end_ && is_xml_byte(*at_, xml_text_byte)) ++at_;
        if (at_ != start) into_.add_text(from(start), offset(start));
        if (at_ == end_) return false;
        if (*at_ == '<') {
            if (!markup()) return false;
        } else if (*at_ == '&') {
            const std::size_t place = offset(at_);
            char meant = 0;
            if (!entity(meant)) return false;
            into_.add_text({&meant, 1}, place);
        } else if (*at_ == ']' && rest().substr(0, 3) != "]]>") {
            into_.add_text({at_, 1}, offset(at_));
            ++at_;
        } else {
            return false;
        }
    }
    return true;
}

POLKU_DECL bool xml_scanner::document() {
    if (!declaration() || !between_elements() || at_ == end_ || *at_ != '<') return false;
    return start_tag() && content() && between_elements() && at_ == end_;
}

/// True when all of the text is UTF-8 and made of characters of XML; those below 0x20 are looked at where they stand.
POLKU_DECL bool is_sound_utf8(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t word = 0x80;
        if (text.size() - at >= sizeof word) std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & 0x8080808080808080U) == 0) {
            at += sizeof word;
            continue;
        }
        std::size_t length = 0;
        const char32_t point = feel::detail::decode(text, at, length);
        if (point == feel::detail::no_character || (point & 0xFFFEU) == 0xFFFEU) return false;
        at += length;
    }
    return true;
}

POLKU_DECL bool scan_plain_xml(std::string_view text, xml_builder& into) {
    return is_plain_utf8(text) && is_sound_utf8(text) && xml_scanner(text, into).document();
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

#endif
