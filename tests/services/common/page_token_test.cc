#include "services/common/page_token.h"

#include <gmock/gmock.h>

#include "lumbung/ledger/v1/books_service.pb.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung {
namespace {

using testing::Refuses;
using testing::RefusesAt;

ledger::v1::ListAccountsRequest Request(const std::string& root) {
  ledger::v1::ListAccountsRequest request;
  request.set_parent("books/main");
  request.set_root(root);
  return request;
}

TEST(PageTokenTest, GivesThePositionBack) {
  const std::string position("a/b\0\xff", 5);
  ledger::v1::ListAccountsRequest request = Request("1");
  const std::string token = MakePageToken(request, position);
  request.set_page_size(7);
  request.set_page_token(token);
  EXPECT_EQ(*ReadPageToken(request, token), position);
}

TEST(PageTokenTest, AnEmptyTokenIsTheBeginning) {
  EXPECT_EQ(*ReadPageToken(Request("1"), ""), "");
}

TEST(PageTokenTest, BelongsToOneRequestOnly) {
  const std::string token = MakePageToken(Request("1"), "1.1");
  EXPECT_THAT(ReadPageToken(Request("2"), token), RefusesAt("INVALID_PAGE_TOKEN", "page_token"));
  ledger::v1::ListFundsRequest other;
  other.set_parent("books/main");
  EXPECT_THAT(ReadPageToken(other, token), Refuses("INVALID_PAGE_TOKEN"));
}

TEST(PageTokenTest, RefusesDamagedTokens) {
  const std::string token = MakePageToken(Request("1"), "1.1");
  for (const std::string& damaged : {std::string("x"), std::string("!"), token.substr(0, 4),
                                     token.substr(1), "A" + token, std::string(3'000, 'A')}) {
    EXPECT_THAT(ReadPageToken(Request("1"), damaged), Refuses("INVALID_PAGE_TOKEN")) << damaged;
  }
}

TEST(PageSizeTest, HasADefaultAndAMaximum) {
  EXPECT_EQ(*PageSize(0), kDefaultPageSize);
  EXPECT_EQ(*PageSize(1), 1);
  EXPECT_EQ(*PageSize(1'000'000), kMaxPageSize);
  EXPECT_THAT(PageSize(-1), RefusesAt("INVALID_PAGE_SIZE", "page_size"));
}

}  // namespace
}  // namespace lumbung
