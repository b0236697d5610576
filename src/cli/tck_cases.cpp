// SPDX-License-Identifier: Apache-2.0
#include "cli/tck_cases.hpp"

#include "cli/session.hpp"

#include <polku/dmn/xml_document.hpp>
#include <polku/feel/operations.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace polku::cli {

namespace {

std::string value_type(const dmn::xml_element& from) {
    for (const dmn::xml_attribute& each : from.attributes)
        if (each.name == "type" && !each.space.empty()) return std::string(each.value.substr(each.value.find(':') + 1));
    return {};
}

bool is_nil(const dmn::xml_element& from) {
    for (const dmn::xml_attribute& each : from.attributes)
        if (each.name == "nil" && !each.space.empty()) return each.value == "true" || each.value == "1";
    return false;
}

template <class Parsed>
feel::value value_or_null(const Parsed& parsed) {
    return parsed ? feel::value(*parsed) : feel::value();
}

/// White space around a value of any type but string is none of it (XML Schema's `collapse`).
std::string collapsed(const std::string& text) {
    constexpr std::string_view white = " \t\r\n";
    const std::size_t first = text.find_first_not_of(white);
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(white) - first + 1);
}

feel::value simple_value(const std::string& type, const std::string& written, const feel::evaluation_context& with) {
    if (type == "string") return feel::value(written);
    const std::string text = type.empty() ? written : collapsed(written);
    if (type == "boolean") return feel::value(text == "true" || text == "1");
    if (type == "date") return value_or_null(time::parse_date(text));
    if (type == "time") return value_or_null(time::parse_time(text, with.zones()));
    if (type == "dateTime") return value_or_null(time::parse_date_time(text, with.zones()));
    if (type == "duration" || type == "yearMonthDuration" || type == "dayTimeDuration") {
        if (const auto months = time::parse_months_duration(text)) return feel::value(*months);
        return value_or_null(time::parse_days_duration(text));
    }
    if (type == "decimal" || type == "double" || type == "integer" || type == "float" || type == "int" ||
        type == "long" || type == "short" || type == "byte")
        return value_or_null(feel::number::parse(text));
    // Some cases leave the type out.
    if (type.empty() && (text == "true" || text == "false")) return feel::value(text == "true");
    if (type.empty() && feel::number::parse(text)) return feel::value(*feel::number::parse(text));
    return feel::value(text);
}

tck_value read_value(const dmn::xml_element& from, const feel::evaluation_context& with);

tck_value read_list(const dmn::xml_element& list, const feel::evaluation_context& with) {
    tck_value out;
    std::vector<feel::value> items;
    for (const dmn::xml_element& each : list.children) {
        if (each.name != "item") continue;
        tck_value item = read_value(each, with);
        items.push_back(item.is);
        out.entries.push_back({"", std::move(item)});
    }
    out.is = feel::value(std::move(items));
    return out;
}

/// The content of a valueType: a value, a list, or components.
tck_value read_value(const dmn::xml_element& from, const feel::evaluation_context& with) {
    tck_value out;
    feel::context entries;
    bool is_context = false;
    for (const dmn::xml_element& each : from.children) {
        if (each.name == "value") {
            const std::string type = value_type(each);
            if (!is_nil(each)) out.is = simple_value(type, std::string(each.text), with);
            out.text = each.text;
            return out;
        }
        if (each.name == "list") return is_nil(each) ? out : read_list(each, with);
        if (each.name != "component") continue;
        is_context = true;
        const std::string_view* name = each.attribute("name");
        tck_value item = is_nil(each) ? tck_value() : read_value(each, with);
        entries.set(name ? *name : std::string_view(), item.is);
        out.entries.push_back({std::string(name ? *name : std::string_view()), std::move(item)});
    }
    if (is_context) out.is = feel::value(std::move(entries));
    return out;
}

std::string attribute_of(const dmn::xml_element& from, std::string_view name) {
    const std::string_view* value = from.attribute(name);
    return std::string(value ? *value : std::string_view());
}

tck_case read_case(const dmn::xml_element& from, const feel::evaluation_context& with) {
    tck_case out;
    out.id = attribute_of(from, "id");
    out.is_service = attribute_of(from, "type") == "decisionService" || attribute_of(from, "type") == "bkm";
    out.invocable = attribute_of(from, "invocableName");
    for (const dmn::xml_element& each : from.children) {
        if (each.name == "inputNode")
            out.inputs.push_back(
                {attribute_of(each, "name"), attribute_of(each, "namespace"), read_value(each, with).is});
        if (each.name != "resultNode") continue;
        tck_result result;
        result.name = attribute_of(each, "name");
        result.model_namespace = attribute_of(each, "namespace");
        result.is_error = attribute_of(each, "errorResult") == "true";
        if (const dmn::xml_element* expected = each.child("expected")) result.expected = read_value(*expected, with);
        out.results.push_back(std::move(result));
    }
    return out;
}

/// Many expected numbers of the kit come from binary arithmetic or are cut, so from seven decimals on a number agrees
/// within its last decimal, at most the eighth.
bool numbers_agree(const tck_value& expected, const feel::value& found) {
    const feel::number wanted = expected.is.as_number();
    const feel::number made = found.as_number();
    if (wanted == made) return true;
    const auto difference = feel::subtract(wanted, made);
    const std::string text = collapsed(expected.text);
    // A small binary number comes in exponent form.
    if (text.find_first_of("eE") != std::string::npos)
        return difference && difference->absolute() < feel::number::from_scaled(1, 8);
    const std::size_t point = text.find('.');
    if (point == std::string::npos) return false;
    const auto decimals = static_cast<std::int32_t>(text.size() - point - 1);
    if (decimals < 7) return false;
    return difference && difference->absolute() < feel::number::from_scaled(1, std::min(decimals, 8));
}

bool entries_agree(const tck_value& expected, const feel::value& found, const feel::evaluation_context& with) {
    if (found.is(feel::kind::list)) {
        if (found.as_list().size() != expected.entries.size()) return false;
        for (std::size_t at = 0; at < expected.entries.size(); ++at)
            if (!agrees(expected.entries[at].value, found.as_list()[at], with)) return false;
        return true;
    }
    if (found.as_context().size() != expected.entries.size()) return false;
    for (const auto& each : expected.entries) {
        const feel::value* made = found.as_context().find(each.name);
        if (!made || !agrees(each.value, *made, with)) return false;
    }
    return true;
}

}  // namespace

result<tck_file> try_read_tck(const std::string& path, const feel::evaluation_context& with) {
    POLKU_TRY(const std::string text, read_file(path));
    POLKU_TRY(const dmn::xml_document document, dmn::try_read_xml(text, path));
    if (document.root.name != "testCases")
        return error(error_code::dmn_structure,
                     "the root is <" + std::string(document.root.name) + ">; expected <testCases>",
                     {.source = path, .line = document.root.at.line, .column = document.root.at.column});
    tck_file out;
    for (const dmn::xml_element& each : document.root.children) {
        if (each.name == "modelName") out.model_name = each.text;
        if (each.name == "testCase") out.cases.push_back(read_case(each, with));
    }
    return out;
}

bool agrees(const tck_value& expected, const feel::value& found, const feel::evaluation_context& with) {
    if (expected.is.kind() != found.kind()) return false;
    switch (found.kind()) {
        case feel::kind::number: return numbers_agree(expected, found);
        case feel::kind::list:
        case feel::kind::context: return entries_agree(expected, found, with);
        default: return expected.is == found || feel::equal(expected.is, found, with).is_true();
    }
}

}  // namespace polku::cli
