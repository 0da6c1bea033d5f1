#include "services/vouchers/domain/voucher.h"

#include <string>

#include <gmock/gmock.h>

#include "tests/support/refusal_matchers.h"

namespace lumbung::vouchers {
namespace {

using testing::IsOk;
using testing::RefusesAt;

TEST(VoucherTest, KindsHaveTheCodesOfTheirForms) {
  std::string codes;
  for (const VoucherKind kind : kVoucherKinds) {
    codes += std::string(KindCode(kind)) + " ";
    EXPECT_EQ(KindOfCode(KindCode(kind)), kind);
  }
  EXPECT_EQ(codes, "BKM BKK BBM BBK BM ");
  EXPECT_EQ(KindOfCode("XX"), std::nullopt);
}

TEST(VoucherTest, ADraftMayBeUnfinished) {
  EXPECT_THAT(CheckShape({}), IsOk());
}

TEST(VoucherTest, RefusesWhatCannotBeStored) {
  struct Row {
    const char* reason;
    const char* field;
    void (*change)(VoucherContent&);
  };
  const Row kRows[] = {
      {"TEXT_TOO_LONG", "party", [](VoucherContent& c) { c.party = std::string(256, 'x'); }},
      {"INVALID_TEXT", "description", [](VoucherContent& c) { c.description = "\xff"; }},
      {"INVALID_TEXT", "reference", [](VoucherContent& c) { c.reference = "a\nb"; }},
      {"INVALID_ID", "cash_account", [](VoucherContent& c) { c.cash_account = " "; }},
      {"INVALID_ID", "series", [](VoucherContent& c) { c.series = "\n"; }},
      {"TOO_MANY_POSTINGS", "postings", [](VoucherContent& c) { c.postings.resize(1'001); }},
      {"INVALID_ID", "postings[0].account", [](VoucherContent& c) { c.postings.resize(1); }},
      {"INVALID_ID", "postings[0].fund",
       [](VoucherContent& c) {
         c.postings.resize(1);
         c.postings[0].account = "1";
         c.postings[0].fund = " ";
       }},
      {"TOO_MANY_DIMENSIONS", "postings[0].dimensions",
       [](VoucherContent& c) {
         c.postings.resize(1);
         c.postings[0].account = "1";
         c.postings[0].dimensions.resize(65, {"a", "b"});
       }},
  };
  for (const Row& row : kRows) {
    VoucherContent content;
    row.change(content);
    EXPECT_THAT(CheckShape(content), RefusesAt(row.reason, row.field));
  }
}

}  // namespace
}  // namespace lumbung::vouchers
