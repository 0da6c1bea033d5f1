#include "services/common/request_target.h"

#include <gtest/gtest.h>

#include "lumbung/ledger/v1/books_service.pb.h"
#include "lumbung/ledger/v1/ledger_service.pb.h"

namespace lumbung {
namespace {

namespace v1 = ledger::v1;

TEST(RequestTargetTest, AParentOrANameSaysWhere) {
  v1::CreateAccountRequest create;
  create.set_parent("books/main");
  // What is inside does not count beside it.
  create.mutable_account()->set_name("books/other/accounts/1");
  EXPECT_EQ(TargetOf(create).book, "main");
  EXPECT_EQ(TargetOf(create).resource, "books/main");

  v1::ClosePeriodRequest close;
  close.set_name("books/main/periods/2026-01");
  EXPECT_EQ(TargetOf(close).book, "main");
}

TEST(RequestTargetTest, WithoutEitherTheMessageInsideSaysIt) {
  v1::UpdateBookRequest book;
  book.mutable_book()->set_name("books/main");
  EXPECT_EQ(TargetOf(book).book, "main");
  v1::UpdateFundRequest fund;
  fund.mutable_fund()->set_name("books/main/funds/a%2Fb");
  EXPECT_EQ(TargetOf(fund).book, "main");
  EXPECT_EQ(TargetOf(fund).fund, "a/b");
}

TEST(RequestTargetTest, AFundNarrows) {
  v1::ListBalancesRequest request;
  request.set_parent("books/main");
  EXPECT_EQ(TargetOf(request).fund, "");
  request.set_fund("G1");
  EXPECT_EQ(TargetOf(request).fund, "G1");
}

TEST(RequestTargetTest, WhatIsAboutNoBookHasNone) {
  EXPECT_EQ(TargetOf(v1::ListBooksRequest()).book, "");
  v1::GetOrganizationRequest organization;
  organization.set_name("organizations/melati");
  EXPECT_EQ(TargetOf(organization).organization, "melati");
  EXPECT_EQ(TargetOf(organization).book, "");
}

TEST(RequestTargetTest, NoNameIsTooStrange) {
  for (const char* name : {"", "/", "books", "books/", "//books/main", "books//funds/x", "a/b/c"}) {
    v1::GetBookRequest request;
    request.set_name(name);
    const RequestTarget target = TargetOf(request);
    EXPECT_TRUE(target.book.empty()) << name << ": " << target.book;
  }
}

}  // namespace
}  // namespace lumbung
