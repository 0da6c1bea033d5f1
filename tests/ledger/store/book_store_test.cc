#include "ledger/store/book_store.h"

#include <gmock/gmock.h>

#include "ledger/store/book_parts_store.h"
#include "ledger/store/csv_mapping_store.h"
#include "ledger/store/etag.h"
#include "ledger/store/request_store.h"
#include "tests/ledger/store/store_fixture.h"

namespace lumbung::testing {
namespace {

using store::TransactionScope;
using ::testing::ElementsAre;

class BookStoreTest : public StoreTest {
 protected:
  auto Create(const store::NewBook& book) {
    return Do([&](TransactionScope& scope) { return store::CreateBook(scope, book); });
  }
};

TEST_F(BookStoreTest, GivesANewBookItsCurrencyFundAndSeries) {
  const BookContents contents = Contents();
  EXPECT_EQ(contents.book.slug, "main");
  EXPECT_EQ(contents.book.display_name, "Yayasan Contoh");
  ASSERT_EQ(contents.currencies.size(), 1u);
  EXPECT_EQ(contents.currencies[0].id, contents.book.functional_currency);
  EXPECT_EQ(contents.currencies[0].code, "IDR");
  EXPECT_EQ(contents.currencies[0].scale, 2);
  ASSERT_EQ(contents.funds.size(), 1u);
  EXPECT_EQ(contents.funds[0].id, contents.book.default_fund);
  EXPECT_EQ(contents.funds[0].key, "umum");
  EXPECT_EQ(contents.funds[0].restriction, FundRestriction::kWithout);
  std::vector<std::string> series;
  for (const Series& one : contents.series) series.push_back(one.code);
  EXPECT_THAT(series, ElementsAre("JU", "JB", "JT", "IM"));
  EXPECT_EQ(contents.metadata_version, 6);
}

TEST_F(BookStoreTest, StartsFromAChart) {
  store::NewBook book = NewTestBook("bumdes");
  book.chart_template = "bumdes-136@1";
  book.fiscal_year_start_month = 4;
  book.dimensions = {{"unit", "Unit usaha"}};
  book.funds = {{"HIBAH", "Hibah", FundRestriction::kPurpose}};
  book.accounts = {NewTestAccount("1", AccountType::kAsset, "", false),
                   NewTestAccount("1.1", AccountType::kAsset, "1")};
  book.accounts[1].rules = {{"unit", DimensionRequirement::kRequired}};
  const auto created = Create(book);
  ASSERT_THAT(created, IsOk());
  book_ = created->book.key;
  const BookSnapshot snapshot(Contents());
  EXPECT_EQ(snapshot.book().chart_template, "bumdes-136@1");
  EXPECT_EQ(snapshot.book().fiscal_year_start_month, 4);
  const Account* cash = snapshot.FindAccount("1.1");
  ASSERT_NE(cash, nullptr);
  EXPECT_EQ(cash->code, "1.1");
  EXPECT_EQ(cash->parent, snapshot.FindAccount("1")->id);
  ASSERT_EQ(cash->rules.size(), 1u);
  EXPECT_EQ(cash->rules[0].dimension, snapshot.FindDimension("unit")->id);
  EXPECT_EQ(snapshot.FindFund("HIBAH")->restriction, FundRestriction::kPurpose);
}

TEST_F(BookStoreTest, RefusesABookThatCannotBe) {
  store::NewBook book = NewTestBook("Main");
  EXPECT_THAT(Create(book), RefusesAt("INVALID_ID", "book_id"));
  book = NewTestBook("second");
  book.fiscal_year_start_month = 13;
  EXPECT_THAT(Create(book), RefusesAt("INVALID_FISCAL_YEAR", "fiscal_year_start_month"));
  book = NewTestBook("second");
  book.functional_currency.code = "XYZ";
  EXPECT_THAT(Create(book), RefusesAt("INVALID_SCALE", "functional_currency.scale"));
  book = NewTestBook("second");
  book.accounts = {NewTestAccount("1.1", AccountType::kAsset, "1")};
  EXPECT_THAT(Create(book), RefusesAt("UNKNOWN_PARENT", "accounts[0].parent"));
  EXPECT_THAT(Create(NewTestBook("main")), RefusesAt("ALREADY_EXISTS", "book_id"));
}

TEST_F(BookStoreTest, ARefusedBookLeavesNothingBehind) {
  store::NewBook book = NewTestBook("second");
  book.accounts = {NewTestAccount("1.1", AccountType::kAsset, "1")};
  EXPECT_THAT(Create(book), Refuses("UNKNOWN_PARENT"));
  const auto found = Do([&](TransactionScope& scope) { return store::GetBook(scope, "second"); });
  EXPECT_THAT(found, Refuses("BOOK_NOT_FOUND"));
}

TEST_F(BookStoreTest, ListsBooksInPages) {
  CreateBook("zakat");
  CreateBook("alpha");
  const auto list = [&](const std::string& after, int limit) {
    const auto books =
        Do([&](TransactionScope& scope) { return store::ListBooks(scope, after, limit); });
    std::vector<std::string> slugs;
    for (const store::BookRecord& record : *books) slugs.push_back(record.book.slug);
    return slugs;
  };
  EXPECT_THAT(list("", 2), ElementsAre("alpha", "main"));
  EXPECT_THAT(list("main", 2), ElementsAre("zakat"));
}

TEST_F(BookStoreTest, SaysWhereABookStands) {
  const auto record = Do([&](TransactionScope& scope) { return store::GetBook(scope, "main"); });
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->functional_currency, "IDR");
  EXPECT_EQ(record->default_fund, "umum");
  EXPECT_EQ(record->last_entry_id, 0);
  EXPECT_EQ(record->hard_closed_through, std::nullopt);
}

TEST_F(BookStoreTest, RenamesOnlyTheBookThatWasSeen) {
  const std::string etag = store::EtagOf(Contents().book);
  const auto rename = [&](const std::string& seen, const std::string& name) {
    return Do(
        [&](TransactionScope& scope) { return store::RenameBook(scope, "main", seen, name); });
  };
  const auto renamed = rename(etag, "Yayasan Baru");
  ASSERT_THAT(renamed, IsOk());
  EXPECT_EQ(renamed->book.display_name, "Yayasan Baru");
  EXPECT_EQ(Contents().book.display_name, "Yayasan Baru");
  EXPECT_THAT(rename(etag, "Lagi"), RefusesAt("ETAG_MISMATCH", "etag"));
  EXPECT_THAT(rename("", "Lagi"), IsOk());
}

TEST_F(BookStoreTest, EveryChangeRaisesTheMetadataVersionByItsParts) {
  const std::int64_t before = Contents().metadata_version;
  const auto created = Do([&](TransactionScope& scope) {
    return store::CreateFunds(scope, book_, {{"A", "A"}, {"B", "B"}, {"C", "C"}});
  });
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(Contents().metadata_version, before + 3);
  EXPECT_EQ(ToInteger((*created)[0].id), before + 1);
  EXPECT_EQ(ToInteger((*created)[2].id), before + 3);
}

TEST_F(BookStoreTest, CurrenciesTakeTheirScaleFromIso4217) {
  const auto created = Do([&](TransactionScope& scope) {
    return store::CreateCurrencies(scope, book_,
                                   {{"JPY", {}, false, ""},
                                    {"USD", {}, false, ""},
                                    {"EMAS", 3, true, "Emas batangan"},
                                    {"KWD", 4, false, "Dinar"}});
  });
  ASSERT_THAT(created, IsOk());
  const BookSnapshot snapshot(Contents());
  EXPECT_EQ(snapshot.FindCurrency("JPY")->scale, 0);
  EXPECT_EQ(snapshot.FindCurrency("JPY")->display_name, "Yen");
  EXPECT_EQ(snapshot.FindCurrency("USD")->scale, 2);
  EXPECT_EQ(snapshot.FindCurrency("EMAS")->scale, 3);
  EXPECT_TRUE(snapshot.FindCurrency("EMAS")->commodity);
  EXPECT_EQ(snapshot.FindCurrency("KWD")->scale, 4);
}

TEST_F(BookStoreTest, RefusesCurrenciesThatCannotBe) {
  const auto create = [&](store::NewCurrency currency) {
    return Do([&](TransactionScope& scope) {
      return store::CreateCurrencies(scope, book_, {{"USD", {}, false, ""}, currency});
    });
  };
  EXPECT_THAT(create({"", 2, false, ""}), RefusesAt("INVALID_ID", "[1].code"));
  EXPECT_THAT(create({"a\"b", 2, false, ""}), RefusesAt("INVALID_ID", "[1].code"));
  EXPECT_THAT(create({"EMAS", {}, true, ""}), RefusesAt("INVALID_SCALE", "[1].scale"));
  EXPECT_THAT(create({"EMAS", 13, true, ""}), RefusesAt("INVALID_SCALE", "[1].scale"));
  EXPECT_THAT(create({"EMAS", -1, true, ""}), RefusesAt("INVALID_SCALE", "[1].scale"));
  EXPECT_THAT(create({"IDR", {}, false, ""}), RefusesAt("ALREADY_EXISTS", "[1].code"));
  EXPECT_THAT(create({"USD", {}, false, ""}), RefusesAt("ALREADY_EXISTS", "[1].code"));
}

TEST_F(BookStoreTest, FundsCloseButNotTheDefaultOne) {
  ASSERT_THAT(
      Do([&](TransactionScope& scope) {
        return store::CreateFunds(scope, book_, {{"HIBAH", "Hibah", FundRestriction::kPurpose}});
      }),
      IsOk());
  const auto update = [&](const std::string& key, const std::string& etag,
                          store::FundChanges changes) {
    return Do([&](TransactionScope& scope) {
      return store::UpdateFund(scope, book_, key, etag, changes);
    });
  };
  const auto closed = update("HIBAH", "", {std::nullopt, true});
  ASSERT_THAT(closed, IsOk());
  EXPECT_TRUE(BookSnapshot(Contents()).FindFund("HIBAH")->closed);
  EXPECT_THAT(update("umum", "", {std::nullopt, true}), RefusesAt("DEFAULT_FUND_NEEDED", "closed"));
  EXPECT_THAT(update("LAIN", "", {}), RefusesAt("NOT_FOUND", "name"));
  ASSERT_THAT(update("HIBAH", store::EtagOf(*closed), {"Hibah Besar", false}), IsOk());
  EXPECT_THAT(update("HIBAH", store::EtagOf(*closed), {"Hibah Kecil", false}),
              RefusesAt("ETAG_MISMATCH", "etag"));
  EXPECT_EQ(BookSnapshot(Contents()).FindFund("HIBAH")->display_name, "Hibah Besar");
}

TEST_F(BookStoreTest, KeepsDimensionsAndTheirValues) {
  ASSERT_THAT(Do([&](TransactionScope& scope) {
                return store::CreateDimensions(scope, book_,
                                               {{"grant", "Grant"}, {"activity", "Kegiatan"}});
              }),
              IsOk());
  const auto create = [&](std::vector<store::NewDimensionValue> values) {
    return Do([&](TransactionScope& scope) {
      return store::CreateDimensionValues(scope, book_, values);
    });
  };
  ASSERT_THAT(create({{"grant", "G1", "Hibah \"satu\""}, {"activity", "G1", "Kegiatan\\1"}}),
              IsOk());
  const BookSnapshot snapshot(Contents());
  const Dimension* grant = snapshot.FindDimension("grant");
  EXPECT_EQ(snapshot.FindValue(*grant, "G1")->display_name, "Hibah \"satu\"");
  EXPECT_EQ(snapshot.FindValue(*snapshot.FindDimension("activity"), "G1")->display_name,
            "Kegiatan\\1");
  EXPECT_THAT(create({{"grant", "G2", ""}, {"grant", "G1", ""}}),
              RefusesAt("ALREADY_EXISTS", "[1].key"));
  EXPECT_THAT(create({{"grant", "G3", ""}, {"grant", "G3", ""}}),
              RefusesAt("ALREADY_EXISTS", "[1].key"));
  EXPECT_THAT(create({{"place", "P1", ""}}), RefusesAt("UNKNOWN_DIMENSION", "[0].dimension"));
  EXPECT_THAT(create({{"grant", " G4", ""}}), RefusesAt("INVALID_ID", "[0].key"));
}

TEST_F(BookStoreTest, TheFundIsNoDimension) {
  const auto created = Do([&](TransactionScope& scope) {
    return store::CreateDimensions(scope, book_, {{"fund", "Dana"}});
  });
  EXPECT_THAT(created, RefusesAt("INVALID_ID", "[0].key"));
}

TEST_F(BookStoreTest, KeepsExchangeRates) {
  ASSERT_THAT(Do([&](TransactionScope& scope) {
                return store::CreateCurrencies(scope, book_, {{"USD", {}, false, ""}});
              }),
              IsOk());
  const auto create = [&](store::NewExchangeRate rate) {
    return Do(
        [&](TransactionScope& scope) { return store::CreateExchangeRates(scope, book_, {rate}); });
  };
  const Date day = *Date::Parse("2026-03-31");
  const Decimal price = *Decimal::Parse("16234.500");
  ASSERT_THAT(create({"USD", "IDR", day, price, "BI-JISDOR"}), IsOk());
  const BookSnapshot snapshot(Contents());
  const ExchangeRate* rate = snapshot.FindRate(snapshot.FindCurrency("USD")->id,
                                               snapshot.book().functional_currency, day.AddDays(5));
  ASSERT_NE(rate, nullptr);
  EXPECT_EQ(rate->rate.ToString(), "16234.500");
  EXPECT_EQ(rate->source, "BI-JISDOR");
  EXPECT_GT(rate->recorded_at, absl::UnixEpoch());
  EXPECT_THAT(create({"USD", "IDR", day, Decimal(), ""}), RefusesAt("INVALID_RATE", "[0].rate"));
  EXPECT_THAT(create({"USD", "IDR", day, price.Negated(), ""}),
              RefusesAt("INVALID_RATE", "[0].rate"));
  EXPECT_THAT(create({"USD", "USD", day, price, ""}), RefusesAt("INVALID_RATE", "[0].quote"));
  EXPECT_THAT(create({"EUR", "IDR", day, price, ""}), RefusesAt("UNKNOWN_CURRENCY", "[0].base"));
  EXPECT_THAT(create({"USD", "EUR", day, price, ""}), RefusesAt("UNKNOWN_CURRENCY", "[0].quote"));
}

TEST_F(BookStoreTest, AnswersARequestTheSameWayForEver) {
  const store::RequestKey request{"CreateFund", "r-1", std::string(32, '\1')};
  const auto find = [&](const store::RequestKey& key) {
    return Do([&](TransactionScope& scope) { return store::FindAnswer(scope, key); });
  };
  ASSERT_THAT(find(request), IsOk());
  EXPECT_EQ(*find(request), std::nullopt);
  const std::string answer("\0binary\xff", 8);
  ASSERT_THAT(store::RunInTransaction(database_.pool(), {organization_},
                                      [&](TransactionScope& scope) {
                                        store::SaveAnswer(scope, request, answer);
                                        return absl::OkStatus();
                                      }),
              IsOk());
  EXPECT_EQ(*find(request), answer);
  EXPECT_EQ(*find({"CreateAccount", "r-1", request.body_hash}), std::nullopt);
  EXPECT_THAT(find({"CreateFund", "r-1", std::string(32, '\2')}),
              RefusesAt("REQUEST_ID_REUSED", "request_id"));
}

TEST_F(BookStoreTest, ReplacesACsvMapping) {
  const auto save = [&](const std::string& key, const std::string& json) {
    return store::RunInTransaction(database_.pool(), {organization_}, [&](TransactionScope& scope) {
      return store::SaveCsvMapping(scope, book_, {key, json});
    });
  };
  ASSERT_THAT(save("bank", R"({"delimiter": ";"})"), IsOk());
  ASSERT_THAT(save("bank", R"({"delimiter": ","})"), IsOk());
  EXPECT_THAT(save("", "{}"), RefusesAt("INVALID_ID", "mapping_id"));
  const auto found =
      Do([&](TransactionScope& scope) { return store::FindCsvMapping(scope, book_, "bank"); });
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->definition, R"({"delimiter": ","})");
  EXPECT_THAT(
      Do([&](TransactionScope& scope) { return store::FindCsvMapping(scope, book_, "kas"); }),
      Refuses("CSV_MAPPING_NOT_FOUND"));
  const auto listed = Do([&](TransactionScope& scope) {
    return absl::StatusOr<std::vector<store::StoredCsvMapping>>(
        store::ListCsvMappings(scope, book_, "", 10));
  });
  EXPECT_EQ(listed->size(), 1u);
}

TEST_F(BookStoreTest, ADryRunLeavesNoTrace) {
  const auto created = store::InTransaction(
      database_.pool(), {organization_, store::Access::kDryRun},
      [&](TransactionScope& scope) { return store::CreateBook(scope, NewTestBook("trial")); });
  EXPECT_THAT(created, IsOk());
  EXPECT_THAT(Do([&](TransactionScope& scope) { return store::FindBook(scope, "trial"); }),
              Refuses("BOOK_NOT_FOUND"));
}

}  // namespace
}  // namespace lumbung::testing
