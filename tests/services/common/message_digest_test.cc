#include "services/common/message_digest.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "lumbung/ledger/v1/books_service.pb.h"
#include "lumbung/ledger/v1/resources.pb.h"

namespace lumbung {
namespace {

ledger::v1::Posting Posting() {
  ledger::v1::Posting posting;
  posting.set_account("1.1");
  posting.mutable_amount()->set_amount("100.00");
  posting.mutable_amount()->set_currency("IDR");
  (*posting.mutable_dimensions())["grant"] = "G1";
  (*posting.mutable_dimensions())["unit"] = "U1";
  return posting;
}

// The digests of requests are kept for ever, so that their bytes must never change.
TEST(MessageDigestTest, StaysTheSameForEver) {
  EXPECT_EQ(absl::BytesToHexString(MessageDigest(Posting(), {})),
            "bc21214b1229ef7d2bd178185cd9e519d2c175fe47c59637ed40dfc6c4808746");
}

TEST(MessageDigestTest, EveryFieldCounts) {
  const std::string digest = MessageDigest(Posting(), {});
  EXPECT_EQ(digest.size(), 32u);
  ledger::v1::Posting changed = Posting();
  changed.mutable_amount()->set_amount("100.0");
  EXPECT_NE(MessageDigest(changed, {}), digest);
  changed = Posting();
  (*changed.mutable_dimensions())["unit"] = "U2";
  EXPECT_NE(MessageDigest(changed, {}), digest);
  changed = Posting();
  changed.set_memo("x");
  EXPECT_NE(MessageDigest(changed, {}), digest);
}

TEST(MessageDigestTest, LeavesNamedFieldsOut) {
  ledger::v1::CreateBookRequest first;
  first.set_book_id("main");
  ledger::v1::CreateBookRequest second = first;
  second.set_request_id("again");
  EXPECT_EQ(MessageDigest(first, {"request_id"}), MessageDigest(second, {"request_id"}));
  EXPECT_NE(MessageDigest(first, {}), MessageDigest(second, {}));
}

TEST(MessageDigestTest, NeighbouringFieldsCannotBeConfused) {
  ledger::v1::CreateBookRequest first;
  first.set_book_id("a;2=1:b,");
  ledger::v1::CreateBookRequest second;
  second.set_book_id("a");
  second.set_display_name("b");
  EXPECT_NE(MessageDigest(first, {}), MessageDigest(second, {}));
}

}  // namespace
}  // namespace lumbung
