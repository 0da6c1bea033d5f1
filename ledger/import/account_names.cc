#include "ledger/import/account_names.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include <re2/re2.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/text_lexer.h"

namespace lumbung::import {
namespace {

constexpr std::size_t kMaxResolvedNames = 100'000;
constexpr std::size_t kMaxNameBytes = 4'096;
constexpr std::size_t kMaxDefinitionBytes = 1'024;
constexpr std::int64_t kMaxPatternMemory = std::int64_t{1} << 17;

absl::Status InvalidAlias(absl::string_view definition, absl::string_view why) {
  return InvalidArgument("PARSE_ERROR", "",
                         absl::StrCat("the alias ", Describe(definition), " ", why));
}

// POSIX, as hledger's are: case does not matter and the longest match wins.
std::shared_ptr<const re2::RE2> Compile(absl::string_view pattern) {
  re2::RE2::Options options;
  options.set_case_sensitive(false);
  options.set_longest_match(true);
  options.set_log_errors(false);
  options.set_max_mem(kMaxPatternMemory);
  return std::make_shared<const re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()),
                                          options);
}

}  // namespace

absl::Status AccountNames::AddAlias(absl::string_view definition) {
  if (aliases_.size() >= kMaxAliases || patterns_ >= kMaxAliasPatterns) {
    return InvalidAlias(definition,
                        absl::StrCat("is one too many; ", kMaxAliases, " are allowed, with ",
                                     kMaxAliasPatterns, " patterns among them"));
  }
  if (definition.size() > kMaxDefinitionBytes) {
    return InvalidAlias(definition, absl::StrCat("has more than ", kMaxDefinitionBytes, " bytes"));
  }
  Alias alias;
  absl::string_view rest = definition;
  const bool is_pattern = TakeChar(&rest, '/');
  const std::size_t end = rest.find(is_pattern ? '/' : '=');
  if (end == absl::string_view::npos || end == 0) {
    return InvalidAlias(definition, "should be OLD = NEW or /REGEX/ = REPLACEMENT");
  }
  const absl::string_view old = rest.substr(0, end);
  rest.remove_prefix(is_pattern ? end + 1 : end);
  SkipSpaces(&rest);
  if (!TakeChar(&rest, '=')) {
    return InvalidAlias(definition, "should be OLD = NEW or /REGEX/ = REPLACEMENT");
  }
  SkipSpaces(&rest);
  if (is_pattern) {
    ++patterns_;
    alias.pattern = Compile(old);
    if (!alias.pattern->ok()) {
      return InvalidAlias(definition,
                          absl::StrCat("has a faulty pattern: ", alias.pattern->error()));
    }
    alias.replacement = std::string(rest);
    std::string error;
    if (!alias.pattern->CheckRewriteString(alias.replacement, &error)) {
      return InvalidAlias(definition, absl::StrCat("has a faulty replacement: ", error));
    }
  } else {
    alias.old_name = std::string(Trimmed(old));
    alias.replacement = std::string(Trimmed(rest));
  }
  aliases_.push_back(std::move(alias));
  resolved_.clear();
  return absl::OkStatus();
}

void AccountNames::ClearAliases() {
  aliases_.clear();
  patterns_ = 0;
  resolved_.clear();
}

void AccountNames::PushParent(absl::string_view parent) {
  parents_.emplace_back(parent);
  resolved_.clear();
}

bool AccountNames::PopParent() {
  if (parents_.empty()) return false;
  parents_.pop_back();
  resolved_.clear();
  return true;
}

absl::StatusOr<std::string> AccountNames::Resolve(absl::string_view name) {
  if (parents_.empty() && aliases_.empty()) return std::string(name);
  const auto it = resolved_.find(name);
  if (it != resolved_.end()) return it->second;
  if (resolved_.size() >= kMaxResolvedNames) resolved_.clear();
  LUMBUNG_ASSIGN_OR_RETURN(std::string full, ResolveAnew(name));
  return resolved_.emplace(name, std::move(full)).first->second;
}

absl::StatusOr<std::string> AccountNames::ResolveAnew(absl::string_view name) const {
  std::string full;
  for (const std::string& parent : parents_) absl::StrAppend(&full, parent, ":");
  absl::StrAppend(&full, name);
  for (auto alias = aliases_.rbegin(); alias != aliases_.rend(); ++alias) {
    Apply(*alias, &full);
    if (!full.empty() && full.size() <= kMaxNameBytes) continue;
    return InvalidArgument("PARSE_ERROR", "",
                           absl::StrCat("the aliases turn the account ", Describe(name), " into ",
                                        full.empty() ? "nothing" : "a name that is too long"));
  }
  return full;
}

void AccountNames::Apply(const Alias& alias, std::string* name) {
  if (alias.pattern != nullptr) {
    re2::RE2::GlobalReplace(name, *alias.pattern, alias.replacement);
    return;
  }
  if (!absl::StartsWith(*name, alias.old_name)) return;
  const bool whole_part =
      name->size() == alias.old_name.size() || (*name)[alias.old_name.size()] == ':';
  if (whole_part) name->replace(0, alias.old_name.size(), alias.replacement);
}

}  // namespace lumbung::import
