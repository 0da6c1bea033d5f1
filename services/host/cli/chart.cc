#include "services/host/cli/chart.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace lumbung::cli {

Chart::Chart(std::vector<v1::Account> accounts) : accounts_(std::move(accounts)) {
  for (std::size_t i = 0; i < accounts_.size(); ++i) {
    by_id_.emplace(accounts_[i].account_id(), i);
    by_code_[accounts_[i].code()].push_back(i);
  }
}

absl::StatusOr<Chart> Chart::Load(ClientSession& session) {
  v1::ListAccountsRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), session.BookName());
  std::vector<v1::Account> accounts;
  LUMBUNG_RETURN_IF_ERROR(session.ForEachPage(
      &BooksApi::ListAccounts, request, [&accounts](const v1::ListAccountsResponse& page) {
        accounts.insert(accounts.end(), page.accounts().begin(), page.accounts().end());
        return absl::OkStatus();
      }));
  return Chart(std::move(accounts));
}

const v1::Account* Chart::Find(absl::string_view account_id) const {
  const auto found = by_id_.find(account_id);
  return found == by_id_.end() ? nullptr : &accounts_[found->second];
}

std::string Chart::Resolve(absl::string_view typed) const {
  if (by_id_.contains(typed)) return std::string(typed);
  const auto found = by_code_.find(typed);
  if (found == by_code_.end()) return std::string(typed);
  // Codes are unique among postable accounts, not among headers.
  for (const std::size_t i : found->second) {
    if (accounts_[i].postable()) return accounts_[i].account_id();
  }
  return found->second.size() == 1 ? accounts_[found->second.front()].account_id()
                                   : std::string(typed);
}

std::size_t Chart::PositionOf(absl::string_view account_id) const {
  const auto found = by_id_.find(account_id);
  return found == by_id_.end() ? accounts_.size() : found->second;
}

std::vector<std::string> Chart::AncestorsOf(absl::string_view account_id) const {
  std::vector<std::string> ancestors;
  const v1::Account* account = Find(account_id);
  // The bound keeps a chart whose parents form a ring from holding us.
  while (account != nullptr && !account->parent().empty() && ancestors.size() < accounts_.size()) {
    ancestors.push_back(account->parent());
    account = Find(account->parent());
  }
  std::reverse(ancestors.begin(), ancestors.end());
  return ancestors;
}

int Chart::DepthOf(absl::string_view account_id) const {
  return static_cast<int>(AncestorsOf(account_id).size());
}

std::string Chart::CodeOf(absl::string_view account_id) const {
  const v1::Account* const account = Find(account_id);
  return account == nullptr || account->code().empty() ? std::string(account_id) : account->code();
}

std::string Chart::NameOf(absl::string_view account_id, Language language) const {
  const v1::Account* const account = Find(account_id);
  if (account == nullptr) return "";
  const bool indonesian = language == Language::kIndonesian && !account->display_name_id().empty();
  if (indonesian || account->display_name().empty()) return account->display_name_id();
  return account->display_name();
}

std::string Chart::CodeAndName(absl::string_view account_id, Language language) const {
  const std::string code = CodeOf(account_id);
  const std::string name = NameOf(account_id, language);
  return name.empty() || name == code ? code : absl::StrCat(code, " ", name);
}

}  // namespace lumbung::cli
