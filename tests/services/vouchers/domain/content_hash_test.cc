#include "services/vouchers/domain/content_hash.h"

#include <functional>
#include <set>

#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "tests/support/decimals.h"

namespace lumbung::vouchers {
namespace {

using testing::Dec;

VoucherContent Rent() {
  VoucherContent content;
  content.kind = VoucherKind::kBankOut;
  content.date = *Date::Parse("2026-03-31");
  content.party = "Ibu Sari";
  content.description = "Sewa kantor";
  content.reference = "CEK 0012";
  content.cash_account = "1.1.21";
  content.series = "BBK";
  content.postings = {
      {"5.3.10", Dec("1500000.00"), "IDR", std::nullopt, "umum", {{"unit", "A"}}, "m"},
      {"1.1.21", Dec("-1500000.00"), "IDR", std::nullopt, "umum", {}, ""}};
  return content;
}

const std::vector<std::string>& Receipts() {
  static const auto* const kReceipts =
      new std::vector<std::string>{std::string(32, '\1'), std::string(32, '\2')};
  return *kReceipts;
}

// Computed by hand in Python from the layout in content_hash.h. Kept hashes must never change.
TEST(ContentHashTest, IsTheHashOfTheLayout) {
  EXPECT_EQ(absl::BytesToHexString(ContentHash(Rent(), Receipts())),
            "2af679a2ae4630ffba932a2fe18dd509c15c72e182a26b40887c4b929481b6d5");
}

TEST(ContentHashTest, ChangesWithEverythingTheVoucherSays) {
  using Change = std::function<void(VoucherContent&)>;
  const Change kChanges[] = {
      [](VoucherContent& c) { c.kind = VoucherKind::kCashOut; },
      [](VoucherContent& c) { c.date = c.date.AddDays(1); },
      [](VoucherContent& c) { c.party = "Ibu Sri"; },
      [](VoucherContent& c) { c.description += "."; },
      [](VoucherContent& c) { c.reference = ""; },
      [](VoucherContent& c) { c.cash_account = "1.1.22"; },
      [](VoucherContent& c) { c.series = ""; },
      [](VoucherContent& c) { c.postings.pop_back(); },
      [](VoucherContent& c) { std::swap(c.postings[0], c.postings[1]); },
      [](VoucherContent& c) { c.postings[0].account = "5.3.11"; },
      [](VoucherContent& c) { c.postings[0].amount = Dec("1500000.01"); },
      [](VoucherContent& c) { c.postings[0].currency = "USD"; },
      [](VoucherContent& c) {
        c.postings[0].functional = FunctionalAmount{Dec("1"), "IDR"};
      },
      [](VoucherContent& c) { c.postings[0].fund = ""; },
      [](VoucherContent& c) { c.postings[0].dimensions[0].second = "B"; },
      [](VoucherContent& c) { c.postings[0].dimensions.clear(); },
      [](VoucherContent& c) { c.postings[0].memo = ""; },
      // What moves from one field to the next is told apart by the lengths.
      [](VoucherContent& c) {
        c.party = "Ibu SariS";
        c.description = "ewa kantor";
      },
  };
  std::set<std::string> hashes = {ContentHash(Rent(), Receipts())};
  for (const Change& change : kChanges) {
    VoucherContent content = Rent();
    change(content);
    EXPECT_TRUE(hashes.insert(ContentHash(content, Receipts())).second) << hashes.size();
  }
  EXPECT_TRUE(hashes.insert(ContentHash(Rent(), {})).second);
  EXPECT_TRUE(hashes.insert(ContentHash(Rent(), {Receipts()[0]})).second);
}

TEST(ContentHashTest, DoesNotDependOnTheOrderOfAttachments) {
  EXPECT_EQ(ContentHash(Rent(), {Receipts()[1], Receipts()[0]}), ContentHash(Rent(), Receipts()));
}

}  // namespace
}  // namespace lumbung::vouchers
