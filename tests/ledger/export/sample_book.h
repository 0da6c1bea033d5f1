// A small book that shows everything a writer has to write.
#ifndef LUMBUNG_TESTS_LEDGER_EXPORT_SAMPLE_BOOK_H_
#define LUMBUNG_TESTS_LEDGER_EXPORT_SAMPLE_BOOK_H_

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "ledger/export/export_writer.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::ledger_export {

inline ExportAmount AmountOf(absl::string_view quantity, std::string currency) {
  return {*Decimal::Parse(quantity), std::move(currency)};
}

inline ExportPosting PostingOf(std::string account, const ExportAmount& amount) {
  ExportPosting posting;
  posting.account = std::move(account);
  posting.amount = amount;
  posting.functional = amount;
  return posting;
}

inline ExportEntry GrantReceived() {
  ExportEntry entry;
  entry.number = "JU-2026-000007";
  entry.uid = "main/7";
  entry.effective_date = *Date::Parse("2026-03-31");
  entry.description = "Grant \"A\", first part; thanks";
  entry.reference = "BBM 12";
  entry.kind = EntryKind::kAdjusting;
  entry.tags = {{"donor", "=USAID"}, {"urgent", ""}};
  ExportPosting bank = PostingOf("1.1.02", AmountOf("10.00", "USD"));
  bank.functional = AmountOf("150000.00", "IDR");
  bank.fund = "main";
  bank.dimensions = {{"grant", "G-1"}};
  bank.memo = "by wire, see note: 3";
  ExportPosting income = PostingOf("Income:Grants", AmountOf("-150000.00", "IDR"));
  income.fund = "main";
  entry.postings = {bank, income};
  return entry;
}

inline ExportEntry Revaluation() {
  ExportEntry entry;
  entry.number = "JU-2026-000008";
  entry.effective_date = *Date::Parse("2026-04-30");
  ExportPosting bank = PostingOf("1.1.02", AmountOf("0.00", "USD"));
  bank.functional = AmountOf("500.00", "IDR");
  entry.postings = {bank, PostingOf("Income:Grants", AmountOf("-500.00", "IDR"))};
  return entry;
}

// Feeds the book to a writer made by `make`, which is given a sink, and returns what it wrote.
template <typename Make>
std::string Export(const Make& make) {
  std::string text;
  const auto writer = make([&text](absl::string_view chunk) {
    text.append(chunk.data(), chunk.size());
    return absl::OkStatus();
  });
  EXPECT_THAT(writer->AddDimension("grant"), testing::IsOk());
  EXPECT_THAT(writer->AddCurrency({"IDR", 2, "Rupiah"}), testing::IsOk());
  EXPECT_THAT(writer->AddCurrency({"USD", 2, ""}), testing::IsOk());
  EXPECT_THAT(writer->AddAccount({"1.1.02", "Bank", AccountType::kAsset, false}), testing::IsOk());
  EXPECT_THAT(writer->AddAccount({"Income:Grants", "Income:Grants", AccountType::kIncome, true}),
              testing::IsOk());
  EXPECT_THAT(writer->AddEntry(GrantReceived()), testing::IsOk());
  EXPECT_THAT(writer->AddEntry(Revaluation()), testing::IsOk());
  EXPECT_THAT(writer->Finish(), testing::IsOk());
  return text;
}

// What a writer made by `make` answers to an entry when it knows nothing.
template <typename Make>
absl::Status ExportUndeclared(const Make& make) {
  const auto writer = make([](absl::string_view) { return absl::OkStatus(); });
  return writer->AddEntry(GrantReceived());
}

}  // namespace lumbung::ledger_export

#endif  // LUMBUNG_TESTS_LEDGER_EXPORT_SAMPLE_BOOK_H_
