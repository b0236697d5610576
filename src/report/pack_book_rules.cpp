// SPDX-License-Identifier: Apache-2.0
#include "report/pack_book_parts.hpp"

#include <polku/report/svg.hpp>

#include <algorithm>
#include <variant>

namespace polku::inline POLKU_V::report::detail {

namespace {

/// From so many columns on a table gets a page on its side when it is printed.
constexpr std::size_t wide_columns = 8;

/// The sentence of a rule, with the places that facts fill in brackets.
std::string sentence(const std::string& text) {
    std::string made;
    std::size_t at = 0;
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', at)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string::npos) break;
        made += escaped(text.substr(at, open - at)) + "<span class=\"slot\" lang=\"en\">[" +
                escaped(text.substr(open + 1, close - open - 1)) + "]</span>";
        at = close + 1;
    }
    return made + escaped(text.substr(at));
}

class version_rules {
public:
    version_rules(std::string& out, const book& of, const book_version& version)
        : out_(out), of_(of), version_(version) {}

    void write() {
        out_ += "<h3 id=\"rules-" + escaped(version_.says->id) + "\">" + escaped(version_.says->id) + "</h3>\n";
        out_ += tagged("p", escaped(of_.day(version_.says->from)) + " – " + of_.last_day(version_.says->before));
        if (!version_.model.description.empty())
            out_ += "<p class=\"soft\" lang=\"en\">" + escaped(version_.model.description) + "</p>\n";
        for (const dmn::decision& each : version_.model.decisions) write_decision(each);
    }

private:
    std::string name_of(const dmn::element_reference& reference) const {
        for (const dmn::input_data& each : version_.model.inputs)
            if (each.id == reference.id)
                return "<a href=\"#" + fact_id(each.name) + "\">" + escaped(each.name) + "</a>";
        for (const dmn::decision& each : version_.model.decisions)
            if (each.id == reference.id) return "<a href=\"#" + anchor(each.id) + "\">" + escaped(each.name) + "</a>";
        return escaped(reference.id);
    }
    std::string anchor(std::string_view id) const { return escaped(version_.says->id + "-" + std::string(id)); }

    void write_references(book_word what, const std::vector<dmn::element_reference>& references) {
        if (references.empty()) return;
        std::string all;
        for (const dmn::element_reference& each : references) all += (all.empty() ? "" : ", ") + name_of(each);
        out_ += "<p class=\"soft\">" + of_.word(what) + ": <span lang=\"en\">" + all + "</span></p>\n";
    }

    void write_decision(const dmn::decision& of) {
        out_ += "<section class=\"decision\">\n<h4 id=\"" + anchor(of.id) + "\" lang=\"en\">" + escaped(of.name) +
                "</h4>\n";
        for (const rules::pack_decision& each : of_.says->decisions)
            if (each.name == of.name) out_ += tagged("p", of_.text(each.text));
        write_references(book_word::rests_on, of.required_decisions);
        write_references(book_word::needs, of.required_inputs);
        if (!of.variable.type_ref.empty())
            out_ +=
                "<p class=\"soft\">" + of_.word(book_word::type) + ": " + feel_code(of.variable.type_ref) + "</p>\n";
        if (of.logic)
            write_logic(*of.logic, of.name);
        else
            out_ += tagged("p", of_.word(book_word::no_logic));
        out_ += "</section>\n";
    }

    void write_logic(const dmn::boxed_expression& of, const std::string& name) {
        if (const auto* literal = std::get_if<dmn::literal_expression>(&of.is)) {
            out_ += "<pre lang=\"en\"><code>" + escaped(literal->text.text) + "</code></pre>\n";
        } else if (const auto* table = std::get_if<dmn::decision_table>(&of.is)) {
            write_table(*table, name);
        } else if (const auto* context = std::get_if<dmn::boxed_context>(&of.is)) {
            write_context(*context, name);
        } else {
            out_ += tagged("p", of_.word(book_word::other_form) + " " + std::to_string(of.at.line) + ".");
        }
    }

    void write_context(const dmn::boxed_context& of, const std::string& name) {
        out_ += "<dl class=\"context\">\n";
        for (const dmn::context_entry& each : of.entries) {
            out_ += each.variable ? "<dt lang=\"en\">" + escaped(each.variable->name) + "</dt>\n"
                                  : tagged("dt", of_.word(book_word::result));
            out_ += "<dd>";
            if (each.value) write_logic(*each.value, each.variable ? each.variable->name : name);
            out_ += "</dd>\n";
        }
        out_ += "</dl>\n";
    }

    static std::string header(const std::string& label, const std::string& expression, const std::string& type,
                              const std::optional<dmn::located_text>& values, std::string_view css_class) {
        std::string made = "<th scope=\"col\" class=\"" + std::string(css_class) + "\" lang=\"en\">";
        if (!label.empty()) made += "<span class=\"label\">" + escaped(label) + "</span>";
        if (!expression.empty()) made += feel_code(expression);
        if (label.empty() && expression.empty()) made += "=";
        if (values)
            made += "<span class=\"values\">" + escaped(values->text) + "</span>";
        else if (!type.empty())
            made += "<span class=\"values\">" + escaped(type) + "</span>";
        return made + "</th>";
    }

    void write_table(const dmn::decision_table& of, const std::string& name) {
        const std::size_t columns = of.inputs.size() + of.outputs.size() + of.annotations.size();
        out_ += "<div class=\"scroll\"><table class=\"rules" + std::string(columns >= wide_columns ? " wide" : "") +
                "\">\n<caption><span lang=\"en\">" + escaped(name) + "</span> · " + of_.word(book_word::hit_policy) +
                " " + std::string(dmn::name_of(of.hit_policy)) +
                (of.aggregation == dmn::aggregation::none ? "" : " " + std::string(dmn::name_of(of.aggregation))) +
                "</caption>\n<thead><tr><th scope=\"col\">" + of_.word(book_word::number) + "</th>";
        for (const dmn::input_clause& each : of.inputs)
            out_ += header(each.label, each.expression.text, each.type_ref, each.values, "in");
        for (const dmn::output_clause& each : of.outputs)
            out_ += header(each.label.empty() ? each.name : each.label, "", each.type_ref, each.values, "out");
        for (const std::string& each : of.annotations)
            out_ += each.empty() ? "<th scope=\"col\">" + of_.word(book_word::note) + "</th>"
                                 : "<th scope=\"col\" lang=\"en\">" + escaped(each) + "</th>";
        out_ += "</tr></thead>\n";
        for (std::size_t at = 0; at < of.rules.size(); ++at) write_rule(of, at, columns);
        write_defaults(of);
        out_ += "</table></div>\n";
    }

    void write_rule(const dmn::decision_table& of, std::size_t at, std::size_t columns) {
        const dmn::decision_rule& rule = of.rules[at];
        out_ += "<tbody><tr><th scope=\"rowgroup\" rowspan=\"2\">" + std::to_string(at + 1) + "</th>";
        for (const dmn::table_cell& each : rule.inputs) {
            const bool any = each.text.text.empty() || each.text.text == "-";
            out_ += any ? "<td class=\"any\">–</td>" : "<td>" + feel_code(each.text.text) + "</td>";
        }
        for (const dmn::table_cell& each : rule.outputs)
            out_ += "<td class=\"out\">" + feel_code(each.text.text) + "</td>";
        for (std::size_t note = 0; note < of.annotations.size(); ++note)
            out_ +=
                "<td>" + (note < rule.annotations.size() ? escaped(rule.annotations[note]) : std::string()) + "</td>";
        out_ += "</tr>\n<tr class=\"said\"><td colspan=\"" + std::to_string(columns) + "\">" +
                said_of(std::string(rule.id)) + "</td></tr></tbody>\n";
    }

    /// Id, sentence, sources and number of tests of a rule.
    std::string said_of(const std::string& id) const {
        std::string made = "<code>" + escaped(id) + "</code> ";
        const auto told = of_.says->rules.find(id);
        if (told == of_.says->rules.end()) return made + of_.word(book_word::no_sentence);
        made +=
            sentence(text_of(told->second.text)) + " <span class=\"refs\">" + of_.source_links(told->second.sources);
        if (of_.with->vectors)
            made += " · " + of_.word(book_word::vectors_matching) + " " +
                    std::to_string(of_.tests_of(version_.says->id, id).size());
        return made + "</span>";
    }

    const std::string& text_of(const rules::texts& of) const {
        const auto found = of.find(std::string(of_.language));
        return found != of.end() ? found->second : of.begin()->second;
    }

    void write_defaults(const dmn::decision_table& of) {
        const bool some = std::any_of(of.outputs.begin(), of.outputs.end(),
                                      [](const dmn::output_clause& each) { return each.default_entry.has_value(); });
        if (!some) return;
        out_ += "<tbody><tr><th scope=\"row\" colspan=\"" + std::to_string(of.inputs.size() + 1) + "\">" +
                of_.word(book_word::default_output) + "</th>";
        for (const dmn::output_clause& each : of.outputs)
            out_ += "<td class=\"out\">" + (each.default_entry ? feel_code(each.default_entry->text) : "") + "</td>";
        for (std::size_t note = 0; note < of.annotations.size(); ++note) out_ += "<td></td>";
        out_ += "</tr></tbody>\n";
    }

    std::string& out_;
    const book& of_;
    const book_version& version_;
};

}  // namespace

void write_rules(std::string& out, const book& of) {
    out += "<h2 id=\"rules\">" + of.word(book_word::rules) + "</h2>\n" + tagged("p", of.word(book_word::rules_note));
    for (const book_version& each : of.versions) version_rules(out, of, each).write();
}

}  // namespace polku::inline POLKU_V::report::detail
