// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/detail/xml_builder.hpp>
#include <polku/dmn/xml_document.hpp>

#include "property_count.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <string>

using namespace polku;

namespace {

std::string place_text(dmn::place of) { return std::to_string(of.line) + ":" + std::to_string(of.column); }

/// Everything that a tree holds.
void write(const dmn::xml_element& from, std::string& out) {
    out += "<" + std::string(from.space) + "|" + std::string(from.name) + "@" + place_text(from.at);
    for (const dmn::xml_attribute& each : from.attributes)
        out += " " + std::string(each.space) + "|" + std::string(each.name) + "=" + std::string(each.value) + ";";
    out += ">" + std::string(from.text) + "@" + place_text(from.text_at);
    for (const dmn::text_shift& each : from.text_shifts) out += "+" + std::to_string(each.offset) + place_text(each.at);
    for (const dmn::xml_element& each : from.children) write(each, out);
    out += "</>";
}

std::string written(const dmn::xml_document& from) {
    std::string out;
    for (const auto& [prefix, space] : from.prefixes) out += prefix + "=" + space + ";";
    write(from.root, out);
    return out;
}

/// What Expat makes of the text; empty when it refuses.
std::string by_parser(const std::string& text, const dmn::xml_options& with = {}) {
    dmn::xml_options slow = with;
    slow.scan_plain = false;
    const auto read = dmn::try_read_xml(text, "m.xml", slow);
    return read ? written(*read) : std::string();
}

/// What the scanner makes of it; empty when it declines.
std::string by_scanner(const std::string& text, const dmn::xml_options& with = {}) {
    dmn::detail::xml_builder builder(text, with);
    return dmn::detail::scan_plain_xml(text, builder) ? written(builder.made()) : std::string();
}

constexpr const char* sample =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<!-- a model -->\n"
    "<d:model xmlns:d=\"urn:d\" xmlns=\"urn:e\" xmlns:xsi=\"urn:x\" id=\"m1\" xsi:type='t &amp; \"u\"'>\n"
    "  <rule id=\"r1\" d:note=\"a\n b\"><text>&lt; 25</text><text>\xC3\xA4 &gt;= <![CDATA[<5>]]> ]</text></rule>\n"
    "  <d:empty/> mixed <!-- c --> text &quot;q&quot;\n"
    "  <x:far xmlns:x=\"urn:far\" x:a=\"1\" a=\"2\"><x:in>\n text </x:in></x:far >\n"
    "  <none xmlns=\"\">\n</none>\n"
    "  <text>\n    line 1\n    line 2</text>\n"
    "</d:model>\n";

/// One to three small changes: pieces that mean something in XML are put in, bytes are taken out or doubled.
std::string mutated(std::string text, std::mt19937_64& engine) {
    static const std::string pieces[] = {"<",
                                         ">",
                                         "/",
                                         "&",
                                         "&lt;",
                                         "&#10;",
                                         "&amp;",
                                         "\"",
                                         "'",
                                         "=",
                                         " ",
                                         "\n",
                                         "\t",
                                         "\r",
                                         "]]>",
                                         "<![CDATA[",
                                         "-->",
                                         "<!--",
                                         "--",
                                         "<?pi?>",
                                         "<a>",
                                         "</a>",
                                         "<b/>",
                                         " id=\"2\"",
                                         " xmlns:q=\"urn:q\"",
                                         " q:z=\"1\"",
                                         " xmlns:q=\"\"",
                                         " xml:lang=\"fi\"",
                                         "<!DOCTYPE d>",
                                         "\xC3",
                                         "\xC3\xA4",
                                         "\xEF\xBF\xBF",
                                         "\x01",
                                         ":",
                                         "d:",
                                         "1",
                                         "-",
                                         " d:id='3'",
                                         " xmlns:xml=\"urn:e\"",
                                         "\xEF\xBB\xBF",
                                         "]",
                                         "&unknown;"};
    const std::size_t changes = 1 + engine() % 3;
    for (std::size_t each = 0; each < changes; ++each) {
        const std::size_t at = engine() % (text.size() + 1);
        switch (engine() % 4) {
            case 0: text.erase(at, 1 + engine() % 3); break;
            case 1: text.insert(at, text.substr(at, 1 + engine() % 12)); break;
            default: text.insert(at, pieces[engine() % std::size(pieces)]); break;
        }
    }
    return text;
}

}  // namespace

TEST_CASE("dmn/xml_document: the scanner makes the tree that Expat makes") {
    CHECK(by_scanner(sample) == by_parser(sample));
    CHECK_FALSE(by_scanner(sample).empty());
    dmn::xml_options some;
    some.namespaces = {"urn:e"};
    CHECK(by_scanner(sample, some) == by_parser(sample, some));
    CHECK(by_scanner(sample, some).find("far") == std::string::npos);
}

TEST_CASE("dmn/xml_document: what the scanner is not sure of is Expat's, faults first of all") {
    const auto declines = [](const std::string& text, bool sound) {
        CAPTURE(text);
        CHECK(by_scanner(text).empty());
        CHECK(by_parser(text).empty() != sound);
        CHECK(dmn::try_read_xml(text, "m.xml").has_value() == sound);
    };
    for (const char* sound : {"<a>\r\n</a>", "\xEF\xBB\xBF<a/>", "<a b = \"1\"/>", "<a>&#65;</a>", "<?pi x?><a/>",
                              "<\xC3\xA4/>", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE4</a>"})
        declines(sound, true);
    for (const char* bad : {"",
                            "<a>",
                            "<a></b>",
                            "<a b=\"1\" b=\"2\"/>",
                            "<a b=\"<\"/>",
                            "<a b=1/>",
                            "<a b=\"1\"c=\"2\"/>",
                            "<a>]]></a>",
                            "<a>\x01</a>",
                            "<a>\xC3</a>",
                            "<a>&no;</a>",
                            "<a/><a/>",
                            "<a/>x",
                            "<p:a/>",
                            "<a p:b=\"1\"/>",
                            "<a:b:c xmlns:a=\"u\"/>",
                            "<!DOCTYPE a><a/>",
                            "<a><!-- -- --></a>",
                            " <?xml version=\"1.0\"?><a/>",
                            "<a xmlns:p=\"\"/>",
                            "< a/>",
                            "<a/ >",
                            "<a xmlns:p=\"u\" xmlns:q=\"u\" p:x=\"1\" q:x=\"2\"/>",
                            "<1a/>",
                            "<a>\xEF\xBF\xBF</a>",
                            "<a"})
        declines(bad, false);
}

TEST_CASE("dmn/xml_document: the scanner keeps the limit of depth") {
    dmn::xml_options shallow;
    shallow.max_depth = 2;
    CHECK_FALSE(by_scanner("<a><b/></a>", shallow).empty());
    CHECK(by_scanner("<a><b><c/></b></a>", shallow).empty());
    const auto deep = dmn::try_read_xml("<a>\n<b><c/></b></a>", "m.xml", shallow);
    REQUIRE_FALSE(deep);
    CHECK(deep.error().code() == error_code::limit_depth);
    CHECK(deep.error().positions().front().line == 2);
}

TEST_CASE("dmn/xml_document: whatever the scanner accepts of changed texts, Expat accepts with the same tree") {
    std::mt19937_64 engine(20261121);
    const std::size_t count = property_count(10'000);
    std::size_t accepted = 0;
    for (std::size_t each = 0; each < count; ++each) {
        const std::string text = mutated(sample, engine);
        const std::string scanned = by_scanner(text);
        if (scanned.empty()) continue;
        ++accepted;
        CAPTURE(text);
        REQUIRE(scanned == by_parser(text));
    }
    CHECK(accepted > count / 20);
}

namespace {

/// Takes every `<text>`, and counts.
class counting_taker final : public dmn::xml_taker {
public:
    std::uint32_t take(const dmn::xml_element& closed, const dmn::xml_element&) override {
        if (closed.name != "text") return 0;
        seen += std::string(closed.text) + "|";
        return ++taken;
    }
    void forget() override {
        seen.clear();
        taken = 0;
    }
    std::string seen;
    std::uint32_t taken = 0;
};

}  // namespace

TEST_CASE("dmn/xml_document: a taker gets each element once, also when the scanner gives up half way") {
    for (const std::string end : {"</a>", "&#33;</a>"}) {
        counting_taker taker;
        dmn::xml_options with;
        with.taker = &taker;
        const std::string text = "<a><text id=\"1\">x &lt; y</text><text>z</text><b/>" + end;
        const auto read = dmn::try_read_xml(text, "m.xml", with);
        REQUIRE(read);
        CHECK(taker.seen == "x < y|z|");
        CHECK(taker.taken == 2);
        const dmn::xml_element& first = *read->root.children.begin();
        CHECK(first.taken == 1);
        CHECK(first.text.empty());
        REQUIRE(first.attribute("id"));
        CHECK(*first.attribute("id") == "1");
    }
}
