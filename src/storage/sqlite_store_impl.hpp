// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SQLITE_STORE_IMPL_HPP
#define POLKU_SRC_STORAGE_SQLITE_STORE_IMPL_HPP

#include "sql_store.hpp"
#include "sqlite_open.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::storage {

class sqlite_store_impl final : public sql_store<sqlite_store> {
public:
    explicit sqlite_store_impl(opened_store opened)
        : sql_store(*opened.on, std::move(opened.keys)),
          file_(std::move(opened.on)),
          on_(*file_),
          major_(opened.major),
          minor_(opened.minor) {}

    result<std::vector<append_answer>> try_append_all(std::span<const append_request> requests) override;
    result<std::uint64_t> try_recount(const recount_step& step) override;
    result<verify_report> try_verify(const verify_options& options) override;
    result<void> try_truncate_log() override;
    std::uint32_t file_layout_major() const noexcept override { return major_; }
    std::uint32_t file_layout_minor() const noexcept override { return minor_; }
    result<std::uint64_t> try_rotate_master(const std::string& id) override;
    result<void> try_finish_filling() override;
    result<erase_answer> try_erase(const erase_request& request) override;
    result<std::uint64_t> try_finish_erasures() override;

private:
    std::unique_ptr<sqlite_connection> file_;
    sqlite_connection& on_;
    std::uint32_t major_;
    std::uint32_t minor_;
    bool filling_ = on_.options().fill;
};

}  // namespace polku::inline POLKU_V::storage

#endif
