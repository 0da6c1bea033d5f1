#include "ledger/store/etag.h"

#include <algorithm>
#include <vector>

#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::store {
namespace {

// 128 bits are plenty: an etag guards against accidents, not against forgery.
constexpr std::size_t kEtagBytes = 16;

// Collects fields, each behind its length, so that no two lists of fields make the same bytes.
class Digest {
 public:
  Digest& Add(absl::string_view field) {
    absl::StrAppend(&bytes_, field.size(), ":", field);
    return *this;
  }
  template <typename Number>
  Digest& AddNumber(Number number) {
    return Add(absl::StrCat(static_cast<std::int64_t>(number)));
  }
  std::string ToEtag() const {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size(), digest);
    return absl::BytesToHexString(
        absl::string_view(reinterpret_cast<const char*>(digest), kEtagBytes));
  }

 private:
  std::string bytes_;
};

}  // namespace

std::string EtagOf(const Book& book) {
  return Digest().Add(book.uid).Add(book.display_name).ToEtag();
}

std::string EtagOf(const Account& account) {
  Digest digest;
  digest.Add(account.key).Add(account.code).Add(account.display_name).Add(account.display_name_id);
  digest.AddNumber(account.parent.has_value() ? ToInteger(*account.parent) : 0);
  digest.AddNumber(account.type).AddNumber(account.postable).AddNumber(account.contra);
  digest.AddNumber(account.closed).Add(account.note);
  for (const AccountDimensionRule& rule : account.rules) {
    digest.AddNumber(rule.dimension).AddNumber(rule.requirement);
  }
  return digest.ToEtag();
}

std::string EtagOf(const Fund& fund) {
  return Digest()
      .Add(fund.key)
      .Add(fund.display_name)
      .AddNumber(fund.restriction)
      .AddNumber(fund.closed)
      .ToEtag();
}

std::string EtagOf(const Dimension& dimension) {
  return Digest().Add(dimension.key).Add(dimension.display_name).ToEtag();
}

std::string EtagOf(const DimensionValue& value) {
  return Digest().Add(value.key).Add(value.display_name).AddNumber(value.closed).ToEtag();
}

std::string EtagOf(const Currency& currency) {
  return Digest()
      .Add(currency.code)
      .Add(currency.display_name)
      .AddNumber(currency.scale)
      .AddNumber(currency.commodity)
      .ToEtag();
}

absl::Status CheckEtag(absl::string_view given, absl::string_view current) {
  if (given.empty() || given == current) return absl::OkStatus();
  return Refusal(absl::StatusCode::kAborted, "ETAG_MISMATCH", "etag",
                 absl::StrCat("the resource has changed since it was read: its etag is ", current));
}

}  // namespace lumbung::store
