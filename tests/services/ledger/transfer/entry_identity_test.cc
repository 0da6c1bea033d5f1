#include "services/ledger/transfer/entry_identity.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace lumbung::transfer {
namespace {

import::ParsedTransaction Coffee(){import::ParsedTransaction coffee;
coffee.place = {"a.journal", 1};
coffee.date = *Date::Parse("2026-01-05");
coffee.code = "17";
coffee.payee = "Warung";
coffee.description = "coffee";
for (const char* amount : {"5.00", "-5.00"}) {
  import::ParsedPosting posting;
  posting.place = {"a.journal", 2};
  posting.account = amount[0] == '-' ? "cash" : "coffee";
  posting.amount = {*Decimal::Parse(amount), "IDR"};
  posting.weight = posting.amount;
  coffee.postings.push_back(posting);
}
return coffee;
}  // namespace

TEST(EntryIdentitiesTest, DependOnContentAlone) {
  import::ParsedTransaction moved = Coffee();
  moved.place = {"b.journal", 99};
  moved.postings[0].place = {"b.journal", 100};
  moved.postings[0].amount.quantity = *Decimal::Parse("5");
  moved.postings[0].amount_inferred = true;
  EXPECT_EQ(EntryIdentities().NextRequestId(Coffee()), EntryIdentities().NextRequestId(moved));
}

TEST(EntryIdentitiesTest, AreWrittenAlikeForEver) {
  // Changing this value makes every file new to the books that have it.
  EXPECT_EQ(EntryIdentities().NextRequestId(Coffee()),
            "imp-b5480240febb647d908ea9181aa015567c6fbce9176e61fa9580735cf040b75f");
}

TEST(EntryIdentitiesTest, DifferWithEveryPartOfTheContent) {
  const std::vector<std::function<void(import::ParsedTransaction&)>> changes = {
      [](auto& t) { t.date = t.date.AddDays(1); },
      [](auto& t) { t.code = "18"; },
      [](auto& t) { t.payee = "Toko"; },
      [](auto& t) { t.description = "tea"; },
      [](auto& t) { t.comment = "hot"; },
      [](auto& t) { t.status = '*'; },
      [](auto& t) {
        t.tags = {{"cup", "big"}};
      },
      [](auto& t) {
        t.tags = {{"cup", ""}, {"big", ""}};
      },
      [](auto& t) { t.postings[0].account = "tea"; },
      [](auto& t) { t.postings[0].amount.quantity = *Decimal::Parse("6"); },
      [](auto& t) { t.postings[0].amount.commodity = "USD"; },
      [](auto& t) { t.postings[0].weight.quantity = *Decimal::Parse("6"); },
      [](auto& t) { t.postings[0].status = '!'; },
      [](auto& t) { t.postings[0].comment = "hot"; },
      [](auto& t) {
        t.postings[0].tags = {{"cup", "big"}};
      },
      [](auto& t) { std::swap(t.postings[0], t.postings[1]); },
      [](auto& t) { t.postings.push_back(t.postings[0]); },
  };
  std::vector<std::string> ids = {EntryIdentities().NextRequestId(Coffee())};
  for (const auto& change : changes) {
    import::ParsedTransaction changed = Coffee();
    change(changed);
    ids.push_back(EntryIdentities().NextRequestId(changed));
    for (std::size_t i = 0; i + 1 < ids.size(); ++i) EXPECT_NE(ids[i], ids.back()) << i;
  }
}

TEST(EntryIdentitiesTest, TellEqualTransactionsApartByTheirOrder) {
  EntryIdentities one, two;
  const std::string first = one.NextRequestId(Coffee());
  const std::string second = one.NextRequestId(Coffee());
  EXPECT_NE(first, second);
  EXPECT_EQ(two.NextRequestId(Coffee()), first);
  EXPECT_EQ(two.NextRequestId(Coffee()), second);
}

TEST(EntryIdentitiesTest, DigestTheWholeFileInOrder) {
  import::ParsedTransaction tea = Coffee();
  tea.description = "tea";
  EntryIdentities none, coffee_tea, tea_coffee;
  coffee_tea.NextRequestId(Coffee());
  coffee_tea.NextRequestId(tea);
  tea_coffee.NextRequestId(tea);
  tea_coffee.NextRequestId(Coffee());
  EXPECT_EQ(none.Digest().size(), 64u);
  EXPECT_NE(coffee_tea.Digest(), tea_coffee.Digest());
  EXPECT_NE(coffee_tea.Digest(), none.Digest());
}

}  // namespace lumbung::transfer
}  // namespace lumbung::transfer
