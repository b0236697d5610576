// SPDX-License-Identifier: Apache-2.0
#include "arrow_answers.hpp"
#include "arrow_structs.hpp"

#include <cstring>

using namespace polku_capi;

namespace {

/// What the private_data of our schemas points to.
struct schema_keeper {
    std::string format;
    std::string name;
    std::string metadata;
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> pointers;
    ArrowSchema dictionary{};
};

void release_schema(ArrowSchema* of) {
    auto* const keeper = static_cast<schema_keeper*>(of->private_data);
    for (ArrowSchema& child : keeper->children)
        if (child.release != nullptr) child.release(&child);
    if (keeper->dictionary.release != nullptr) keeper->dictionary.release(&keeper->dictionary);
    delete keeper;
    of->release = nullptr;
}

void release_array(ArrowArray* of) {
    auto* const keeper = static_cast<array_keeper*>(of->private_data);
    for (ArrowArray& child : keeper->children)
        if (child.release != nullptr) child.release(&child);
    if (keeper->dictionary.release != nullptr) keeper->dictionary.release(&keeper->dictionary);
    delete keeper;
    of->release = nullptr;
}

void show_schema(std::unique_ptr<schema_keeper> keeper, std::int64_t flags, ArrowSchema& out) {
    for (ArrowSchema& child : keeper->children) keeper->pointers.push_back(&child);
    out = {};
    out.format = keeper->format.c_str();
    out.name = keeper->name.c_str();
    out.metadata = keeper->metadata.empty() ? nullptr : keeper->metadata.data();
    out.flags = flags;
    out.n_children = static_cast<std::int64_t>(keeper->children.size());
    out.children = keeper->pointers.empty() ? nullptr : keeper->pointers.data();
    out.dictionary = keeper->dictionary.release != nullptr ? &keeper->dictionary : nullptr;
    out.release = release_schema;
    out.private_data = keeper.release();
}

/// Bytes of a schema's metadata: pairs of texts, each with its length in front.
std::size_t metadata_size(const char* metadata) {
    if (metadata == nullptr) return 0;
    std::int32_t pairs = 0;
    std::memcpy(&pairs, metadata, sizeof pairs);
    std::size_t size = sizeof pairs;
    for (std::int64_t text = 0; text < 2 * std::int64_t{pairs}; ++text) {
        std::int32_t length = 0;
        std::memcpy(&length, metadata + size, sizeof length);
        size += sizeof length + static_cast<std::size_t>(length);
    }
    return size;
}

}  // namespace

namespace polku_capi {

void show_array(std::unique_ptr<array_keeper> keeper, std::int64_t rows, std::int64_t nulls, ArrowArray& out) {
    for (ArrowArray& child : keeper->children) keeper->pointers.push_back(&child);
    out = {};
    out.length = rows;
    out.null_count = nulls;
    out.n_buffers = static_cast<std::int64_t>(keeper->buffers.size());
    out.buffers = keeper->buffers.data();
    out.n_children = static_cast<std::int64_t>(keeper->children.size());
    out.children = keeper->pointers.empty() ? nullptr : keeper->pointers.data();
    out.dictionary = keeper->dictionary.release != nullptr ? &keeper->dictionary : nullptr;
    out.release = release_array;
    out.private_data = keeper.release();
}

void make_text_schema(const std::string& name, ArrowSchema& out) {
    auto keeper = std::make_unique<schema_keeper>();
    keeper->format = "u";
    keeper->name = name;
    show_schema(std::move(keeper), ARROW_FLAG_NULLABLE, out);
}

void make_integer_schema(const std::string& name, ArrowSchema& out) {
    auto keeper = std::make_unique<schema_keeper>();
    keeper->format = "l";
    keeper->name = name;
    show_schema(std::move(keeper), 0, out);
}

void make_schema(const answer_column& column, ArrowSchema& out) {
    if (column.form == POLKU_COLUMN_NUMBER) return make_text_schema(column.name, out);
    auto keeper = std::make_unique<schema_keeper>();
    keeper->name = column.name;
    if (column.form == POLKU_COLUMN_DECIMAL) {
        keeper->format = "d:38," + std::to_string(column.scale);
    } else if (column.form == POLKU_COLUMN_BOOLEAN) {
        keeper->format = "b";
    } else if (column.form == POLKU_COLUMN_DATE) {
        keeper->format = "tdD";
    } else {
        keeper->format = "i";
        make_text_schema("", keeper->dictionary);
    }
    show_schema(std::move(keeper), ARROW_FLAG_NULLABLE, out);
}

void make_record_schema(std::vector<ArrowSchema>&& columns, ArrowSchema& out) {
    auto keeper = std::make_unique<schema_keeper>();
    keeper->format = "+s";
    keeper->pointers.reserve(columns.size());
    keeper->children = std::move(columns);
    show_schema(std::move(keeper), 0, out);
}

void make_record(std::vector<ArrowArray>&& columns, std::int64_t rows, ArrowArray& out) {
    auto keeper = std::make_unique<array_keeper>();
    keeper->buffers = {nullptr};
    keeper->pointers.reserve(columns.size());
    keeper->children = std::move(columns);
    show_array(std::move(keeper), rows, 0, out);
}

void copy_schema(const ArrowSchema& from, ArrowSchema& out) {
    auto keeper = std::make_unique<schema_keeper>();
    keeper->format = from.format;
    keeper->name = from.name == nullptr ? "" : from.name;
    keeper->metadata.assign(from.metadata == nullptr ? "" : from.metadata, metadata_size(from.metadata));
    keeper->children.resize(static_cast<std::size_t>(from.n_children));
    for (std::size_t child = 0; child < keeper->children.size(); ++child)
        copy_schema(*from.children[child], keeper->children[child]);
    if (from.dictionary != nullptr) copy_schema(*from.dictionary, keeper->dictionary);
    show_schema(std::move(keeper), from.flags, out);
}

}  // namespace polku_capi
