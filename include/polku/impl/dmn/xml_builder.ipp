// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_XML_BUILDER_IPP
#define POLKU_IMPL_DMN_XML_BUILDER_IPP

#include <polku/dmn/detail/xml_builder.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL bool is_blank_xml(std::string_view text) noexcept {
    for (const char each : text)
        if (each != ' ' && each != '\n' && each != '\t' && each != '\r') return false;
    return true;
}

POLKU_DECL bool xml_builder::enter() noexcept { return ++depth_ <= options_->max_depth; }

/// Remembers the namespace, which hardly ever changes from one element to the next, and says whether it is kept.
POLKU_DECL bool xml_builder::enter_namespace(std::string_view space) {
    const auto& wanted = options_->namespaces;
    if (space != last_space_ || depth_ == 1) {
        last_space_ = made_.spaces.copy(space);
        keeps_last_space_ = wanted.empty() || std::find(wanted.begin(), wanted.end(), space) != wanted.end();
    }
    return depth_ == 1 || keeps_last_space_;
}

/// Text in front of a child: white space there means nothing; of other text the place is counted while it is near.
POLKU_DECL void xml_builder::settle_text(open_element& of) {
    const std::string_view text = of.text();
    if (text.empty()) return;
    if (is_blank_xml(text)) {
        of.made->text_at = {};
        return of.clear();
    }
    if (of.made->text_at.line == 0) of.made->text_at = places_.at(of.start);
}

POLKU_DECL bool xml_builder::begin(std::string_view space, std::string_view name, std::size_t offset) {
    if (skipped_ != 0) {
        ++skipped_;
        return false;
    }
    if (!enter_namespace(space)) {
        skipped_ = 1;
        return false;
    }
    if (open_count_ != 0) settle_text(open_[open_count_ - 1]);
    xml_element* made = made_.memory.make<xml_element>();
    made->space = last_space_;
    made->name = made_.memory.copy(name);
    made->at = place_at(offset);
    if (open_count_ == open_.size()) open_.emplace_back();
    open_element& open = open_[open_count_++];
    open.made = made;
    open.last_child = nullptr;
    open.clear();
    attributes_.clear();
    return true;
}

POLKU_DECL void xml_builder::add_attribute(std::string_view space, std::string_view name, std::string_view value) {
    attributes_.push_back({made_.memory.copy(space), made_.memory.copy(name), made_.memory.copy(value)});
}

POLKU_DECL void xml_builder::begun() {
    open_element& open = open_[open_count_ - 1];
    open.made->attributes = made_.memory.copy_all(std::span<const xml_attribute>(attributes_));
    open.behind = made_.memory.here();
}

POLKU_DECL void xml_builder::close_text(open_element& of) {
    const std::string_view text = of.text();
    if (text.empty()) return;
    if (!of.made->children.empty() && is_blank_xml(text)) {
        of.made->text_at = {};
        return;
    }
    if (of.made->text_at.line == 0) of.made->text_at = places_.at(of.start);
    of.made->text = made_.memory.copy(text);
    if (of.is_joined) of.made->text_shifts = made_.memory.copy_all(std::span<const text_shift>(of.shifts));
}

POLKU_DECL void xml_builder::end() {
    --depth_;
    if (skipped_ != 0) {
        --skipped_;
        return;
    }
    open_element& closed = open_[--open_count_];
    xml_element& made = *closed.made;
    close_text(closed);
    if (open_count_ == 0) {
        made_.root = made;
        return;
    }
    open_element& parent = open_[open_count_ - 1];
    if (options_->taker != nullptr) made.taken = options_->taker->take(made, *parent.made);
    if (made.taken != 0) {
        made.children = {};
        made.text = {};
        made.text_shifts = {};
        made_.memory.rewind(closed.behind);
    }
    if (parent.last_child == nullptr)
        parent.made->children.first = &made;
    else
        parent.last_child->next = &made;
    parent.last_child = &made;
}

/// Joins a piece to a text that is not, or no longer, a part of the source.
POLKU_DECL void xml_builder::join_text(open_element& owner, std::string_view piece, std::size_t offset) {
    if (!owner.is_joined) {
        owner.joined.assign(owner.view);
        owner.shifts.clear();
        owner.is_joined = true;
        if (!owner.joined.empty() && owner.made->text_at.line == 0) owner.made->text_at = places_.at(owner.start);
    }
    const place at = place_at(offset);
    const bool follows = told_ == nullptr ? offset == owner.end
                                          : at.line == owner.joined_end.line && at.column == owner.joined_end.column;
    if (owner.joined.empty())
        owner.made->text_at = at;
    else if (!follows)
        owner.shifts.push_back({owner.joined.size(), at});
    if (told_ != nullptr) owner.joined_end = place_behind(at, piece);
    owner.joined += piece;
    owner.end = offset + piece.size();
}

POLKU_DECL void xml_builder::add_text(std::string_view piece, std::size_t offset) {
    if (skipped_ != 0 || open_count_ == 0) return;
    open_element& owner = open_[open_count_ - 1];
    const bool follows = owner.view.empty() || offset == owner.end;
    if (told_ == nullptr && !owner.is_joined && follows && text_.substr(offset, piece.size()) == piece) {
        if (owner.view.empty()) owner.start = offset;
        owner.end = offset + piece.size();
        owner.view = text_.substr(owner.start, owner.end - owner.start);
        return;
    }
    join_text(owner, piece, offset);
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
