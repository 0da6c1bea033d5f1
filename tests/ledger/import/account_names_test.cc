#include "ledger/import/account_names.h"

#include <string>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

std::string Resolve(AccountNames& names, absl::string_view name) {
  const absl::StatusOr<std::string> full = names.Resolve(name);
  return full.ok() ? *full : ReasonOf(full.status());
}

TEST(AccountNamesTest, AreWhatIsWritten) {
  AccountNames names;
  EXPECT_EQ(Resolve(names, "assets:cash"), "assets:cash");
}

TEST(AccountNamesTest, GetTheirParentsFirst) {
  AccountNames names;
  names.PushParent("yayasan");
  names.PushParent("unit a");
  EXPECT_EQ(Resolve(names, "cash"), "yayasan:unit a:cash");
  EXPECT_TRUE(names.PopParent());
  EXPECT_EQ(Resolve(names, "cash"), "yayasan:cash");
  EXPECT_TRUE(names.PopParent());
  EXPECT_FALSE(names.PopParent());
}

TEST(AccountNamesTest, AreRewrittenByWholePartsFromTheStart) {
  AccountNames names;
  ASSERT_TRUE(names.AddAlias("kas = assets:cash ").ok());
  EXPECT_EQ(Resolve(names, "kas"), "assets:cash");
  EXPECT_EQ(Resolve(names, "kas:kecil"), "assets:cash:kecil");
  EXPECT_EQ(Resolve(names, "kasbon"), "kasbon");
  EXPECT_EQ(Resolve(names, "x:kas"), "x:kas");
}

TEST(AccountNamesTest, AreRewrittenByTheLatestAliasFirst) {
  AccountNames names;
  ASSERT_TRUE(names.AddAlias("b=c").ok());
  ASSERT_TRUE(names.AddAlias("a=b").ok());
  EXPECT_EQ(Resolve(names, "a"), "c");
  ASSERT_TRUE(names.AddAlias("c=d").ok());
  EXPECT_EQ(Resolve(names, "a"), "c");
  names.ClearAliases();
  EXPECT_EQ(Resolve(names, "a"), "a");
}

TEST(AccountNamesTest, AreRewrittenWherePatternsMatch) {
  AccountNames names;
  ASSERT_TRUE(names.AddAlias("/^(.+):BANK:([^:]+):(.*)/ = \\1:\\2 \\3").ok());
  EXPECT_EQ(Resolve(names, "assets:bank:wells:checking"), "assets:wells checking");
  names.ClearAliases();
  ASSERT_TRUE(names.AddAlias("/(a|ab)/=<\\1>").ok());
  EXPECT_EQ(Resolve(names, "abxa"), "<ab>x<a>");
}

TEST(AccountNamesTest, OfAnIncludedFileStayThere) {
  AccountNames outer;
  ASSERT_TRUE(outer.AddAlias("a=b").ok());
  AccountNames inner(outer);
  ASSERT_TRUE(inner.AddAlias("b=c").ok());
  EXPECT_EQ(Resolve(inner, "a"), "b");
  EXPECT_EQ(Resolve(inner, "b"), "c");
  EXPECT_EQ(Resolve(outer, "b"), "b");
}

TEST(AccountNamesTest, RefuseFaultyAliases) {
  AccountNames names;
  for (const char* const alias : {"", "a", "=b", "/x", "/x/", "/(/=b", "/x/=\\1", "//=x"}) {
    EXPECT_EQ(ReasonOf(names.AddAlias(alias)), "PARSE_ERROR") << alias;
  }
  EXPECT_EQ(ReasonOf(names.AddAlias("a=" + std::string(2'000, 'b'))), "PARSE_ERROR");
}

TEST(AccountNamesTest, RefuseToVanishOrToGrowWithoutEnd) {
  AccountNames names;
  ASSERT_TRUE(names.AddAlias("/.*/=").ok());
  EXPECT_EQ(Resolve(names, "a"), "PARSE_ERROR");
  names.ClearAliases();
  ASSERT_TRUE(names.AddAlias("/./=" + std::string(1'000, 'x')).ok());
  EXPECT_EQ(Resolve(names, "abcde"), "PARSE_ERROR");
}

TEST(AccountNamesTest, RefuseTooManyPatterns) {
  AccountNames names;
  for (int i = 0; i < kMaxAliasPatterns; ++i) {
    ASSERT_TRUE(names.AddAlias(absl::StrCat("/x", i, "/=y")).ok());
  }
  EXPECT_EQ(ReasonOf(names.AddAlias("/x/=y")), "PARSE_ERROR");
}

}  // namespace
}  // namespace lumbung::import
