#include "tests/differential/random_book.h"

#include <random>
#include <utility>

#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace lumbung::ledger_export {
namespace {

constexpr absl::string_view kFunctional = "IDR";
constexpr absl::string_view kCommodity = "kg";  // Balances by itself.

class Generator {
 public:
  Generator(std::uint64_t seed, bool one_currency) : random_(seed), one_currency_(one_currency) {}

  RandomBook Book(int entry_count) {
    RandomBook book;
    book.dimensions = {"grant", "Cost centre", "date"};
    book.currencies = {{"IDR", 2, "Rupiah"},
                       {"USD", 2, "US Dollar"},
                       {"€", 2, ""},
                       {"kg", 3, "kilograms of rice"},
                       {"a;b", 0, ""}};
    book.accounts = {{"1.1.01.01", "Kas \"kecil\"", AccountType::kAsset, false},
                     {"Assets:Petty cash", "", AccountType::kAsset, false},
                     {"Assets:two  blanks", "", AccountType::kAsset, true},
                     {"aset:bank: BRI", "Bank; BRI", AccountType::kAsset, false},
                     {"Liabilities:Owed (to staff)", "", AccountType::kLiability, false},
                     {"(odd)", "", AccountType::kNetAsset, false},
                     {"Equity:Opening-Balances", "", AccountType::kNetAsset, false},
                     {"Income:Xerox;copies", "", AccountType::kIncome, false},
                     {"4.2.01.91", "", AccountType::kIncome, false},
                     {"Expenses:50% off::%41", "", AccountType::kExpense, false},
                     {"Beban:Ünïcode\xC2\xA0x", "", AccountType::kExpense, false}};
    for (int i = 1; i <= entry_count; ++i) book.entries.push_back(Entry(i, book));
    return book;
  }

 private:
  int Between(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  bool Chance(int percent) { return Between(1, 100) <= percent; }
  template <typename T>
  const T& OneOf(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(Between(0, static_cast<int>(all.size()) - 1))];
  }

  // A text of awkward pieces, without blanks at its ends.
  std::string Text() {
    static const std::vector<std::string> kPieces = {
        "rent", " ", "; ", "\"",  "\\",         "%41", "%", ",",     ":",  "(",
        ")",    "[", "]",  "#a",  "date:2020",  "  ",  "=", "@@",    "\n", "ü",
        "*",    "!", "'",  "a b", "2020-01-01", "\\n", "^", "^link", "{"};
    std::string text;
    for (int n = Between(0, 5); n > 0; --n) text += OneOf(kPieces);
    return std::string(absl::StripAsciiWhitespace(text));
  }

  ExportEntry Entry(int number, const RandomBook& book) {
    ExportEntry entry;
    entry.number = absl::StrCat("JU-2026-", number);
    if (Chance(50)) entry.uid = absl::StrCat("main/", number);
    day_ = day_.AddDays(Between(0, 2));
    entry.effective_date = day_;
    entry.description = Text();
    if (Chance(30)) entry.reference = Text();
    if (Chance(20)) entry.kind = EntryKind::kOpening;
    for (const char* key : {"date", "entry-x", "link", "cost centre", "plain", "fund"}) {
      if (Chance(15)) entry.tags.emplace_back(key, Text());
    }
    AddPostings(book, &entry);
    return entry;
  }

  ExportPosting Posting(const RandomBook& book, const ExportAmount& amount) {
    ExportPosting posting;
    posting.account = OneOf(book.accounts).id;
    posting.amount = amount;
    posting.functional = amount;
    if (Chance(40)) posting.fund = OneOf<std::string>({"main", "Dana Desa", "grant; A"});
    for (const std::string& dimension : book.dimensions) {
      if (Chance(20)) {
        posting.dimensions.emplace_back(dimension, OneOf<std::string>({"G-1", "a, b", "x:y"}));
      }
    }
    if (Chance(30)) posting.memo = Text();
    return posting;
  }

  static ExportAmount Amount(std::int64_t units, int scale, absl::string_view currency) {
    return {*Decimal::FromUnits(units, scale), std::string(currency)};
  }

  void AddPostings(const RandomBook& book, ExportEntry* entry) {
    std::int64_t sum = 0;
    for (int n = Between(1, 4); n > 0; --n) {
      const std::int64_t units = Between(-1'000'000, 1'000'000);
      sum += units;
      ExportPosting posting = Posting(book, Amount(units, 2, kFunctional));
      if (!one_currency_ && Chance(40)) {
        // The amount has the sign of what it is worth. Now and then one of them is nothing.
        const std::int64_t magnitude = Chance(10) ? 0 : Between(1, 9999);
        posting.amount = Amount(units < 0 ? -magnitude : magnitude, 2, Chance(50) ? "USD" : "€");
      }
      entry->postings.push_back(std::move(posting));
    }
    if (!one_currency_ && Chance(15)) {
      const std::int64_t units = Between(1, 9999);
      entry->postings.push_back(Posting(book, Amount(units, 3, kCommodity)));
      entry->postings.push_back(Posting(book, Amount(-units, 3, kCommodity)));
    }
    entry->postings.push_back(Posting(book, Amount(-sum, 2, kFunctional)));
  }

  std::mt19937_64 random_;
  const bool one_currency_;
  Date day_ = *Date::FromCivil(2026, 1, 1);
};

}  // namespace

RandomBook MakeRandomBook(std::uint64_t seed, int entry_count, bool one_currency) {
  return Generator(seed, one_currency).Book(entry_count);
}

std::string ExportBook(const RandomBook& book,
                       const std::function<std::unique_ptr<ExportWriter>(ChunkSink)>& make) {
  std::string text;
  const std::unique_ptr<ExportWriter> writer = make([&text](absl::string_view chunk) {
    text.append(chunk.data(), chunk.size());
    return absl::OkStatus();
  });
  for (const std::string& dimension : book.dimensions) {
    EXPECT_EQ(writer->AddDimension(dimension), absl::OkStatus());
  }
  for (const ExportCurrency& currency : book.currencies) {
    EXPECT_EQ(writer->AddCurrency(currency), absl::OkStatus());
  }
  for (const ExportAccount& account : book.accounts) {
    EXPECT_EQ(writer->AddAccount(account), absl::OkStatus());
  }
  for (const ExportEntry& entry : book.entries) {
    EXPECT_EQ(writer->AddEntry(entry), absl::OkStatus());
  }
  EXPECT_EQ(writer->Finish(), absl::OkStatus());
  return text;
}

}  // namespace lumbung::ledger_export
