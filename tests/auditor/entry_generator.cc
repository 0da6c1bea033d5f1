#include "tests/auditor/entry_generator.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace lumbung::auditor {
namespace {

constexpr char kFirstMonth[] = "2025-01";
constexpr int kMonthsAhead = 14;

constexpr const char* kWords[] = {"gaji",       "honor",     "bibit mangrove", "beras",
                                  "100% lunas", "kas_kecil", "Juni\\Juli",     "perjalanan",
                                  "Kwitansi",   "café",      "don't",          "{a,b}"};
constexpr const char* kNoAmounts[] = {"",      "-",    "+5",  "1e3",
                                      "1,000", " 5",   ".5",  "5.",
                                      "NaN",   "0x10", "--1", "1.0000000000000000000000001",
                                      "五",    "1 000"};
constexpr const char* kNoDates[] = {"",           "2026-02-29", "2026-13-01", "2026-1-05",
                                    "01/02/2026", "2026-00-10", "1899-12-31", "2026-04-31 "};

std::string Opposite(const std::string& amount) {
  return absl::StartsWith(amount, "-") ? amount.substr(1) : "-" + amount;
}

}  // namespace

// ---- Right entries ----

std::string EntryGenerator::SomeMonth() {
  // The book moves on with its closes.
  const std::string first =
      book_->hard_closed_through.empty() ? kFirstMonth : MonthAfter(book_->hard_closed_through, -2);
  return MonthAfter(first, random_->Below(kMonthsAhead));
}

std::string EntryGenerator::SomeDay() {
  const std::string month = SomeMonth();
  if (random_->OneIn(6)) return LastDayOf(month);
  if (random_->OneIn(6)) return FirstDayOf(month);
  return absl::StrFormat("%s-%02d", month, random_->Between(1, 28));
}

std::string EntryGenerator::SomePostable() {
  while (true) {
    const auto& [id, account] = random_->Pick(book_->accounts);
    if (account.postable) return id;
  }
}

std::string EntryGenerator::SomeText() {
  std::string text = random_->Pick(kWords);
  while (random_->OneIn(2)) absl::StrAppend(&text, " ", random_->Pick(kWords));
  return text;
}

std::string EntryGenerator::SomeAmount(const std::string& currency) {
  std::string digits = absl::StrCat(random_->Between(1, 9));
  const int more = random_->OneIn(20) ? random_->Below(16) : random_->Below(7);
  for (int i = 0; i < more; ++i) absl::StrAppend(&digits, random_->Below(10));
  return AmountText(ExactInteger(digits), book_->ScaleOf(currency));
}

v1::Posting* EntryGenerator::AddPosting(const std::string& fund, const std::string& amount,
                                        const std::string& currency, v1::JournalEntry* entry) {
  v1::Posting* posting = entry->add_postings();
  posting->set_account(SomePostable());
  posting->mutable_amount()->set_amount(amount);
  posting->mutable_amount()->set_currency(currency);
  if (fund != book_->default_fund || random_->OneIn(3)) posting->set_fund(fund);
  if (random_->OneIn(4)) posting->set_memo(SomeText());
  const Account& account = book_->accounts.at(posting->account());
  for (const auto& [dimension, values] : book_->dimensions) {
    const auto rule = account.rules.find(dimension);
    const bool required =
        rule != account.rules.end() && rule->second == v1::DIMENSION_REQUIREMENT_REQUIRED;
    const bool allowed = rule == account.rules.end() || required;
    if (required || (allowed && random_->OneIn(4))) {
      (*posting->mutable_dimensions())[dimension] = random_->Pick(values);
    }
  }
  return posting;
}

void EntryGenerator::AddPlain(const std::string& fund, const std::string& currency,
                              v1::JournalEntry* entry) {
  const int scale = book_->ScaleOf(currency);
  ExactInteger rest;
  for (int n = random_->Between(1, 3); n > 0; --n) {
    std::string amount = SomeAmount(currency);
    if (random_->OneIn(2)) amount = Opposite(amount);
    rest -= *UnitsAt(*ReadAmount(amount), scale);
    AddPosting(fund, amount, currency, entry);
  }
  AddPosting(fund, AmountText(rest, scale), currency, entry);
  if (random_->OneIn(15)) AddPosting(fund, "0", currency, entry);
}

void EntryGenerator::AddValued(const std::string& fund, const std::string& currency,
                               const std::string& value_in, v1::JournalEntry* entry) {
  std::string amount = SomeAmount(currency);
  std::string value = SomeAmount(value_in);
  if (random_->OneIn(2)) {
    amount = Opposite(amount);
    value = Opposite(value);
  }
  v1::Posting* valued = AddPosting(fund, amount, currency, entry);
  valued->mutable_functional_amount()->set_amount(value);
  valued->mutable_functional_amount()->set_currency(value_in);
  v1::Posting* other = AddPosting(fund, Opposite(value), value_in, entry);
  if (random_->OneIn(3)) *other->mutable_functional_amount() = other->amount();
}

void EntryGenerator::AddGroup(const std::string& fund, v1::JournalEntry* entry) {
  const std::string& home = book_->functional_currency;
  switch (random_->Below(8)) {
    case 0:
      return AddPlain(fund, "USD", entry);
    case 1:
      return AddPlain(fund, "JPY", entry);
    case 2:
      return AddPlain(fund, "beras", entry);
    case 3:
      return AddValued(fund, random_->OneIn(2) ? "USD" : "JPY", home, entry);
    case 4:
      return random_->OneIn(3) ? AddValued(fund, "emas", "beras", entry)
                               : AddValued(fund, "emas", home, entry);
    default:
      return AddPlain(fund, home, entry);
  }
}

v1::JournalEntry EntryGenerator::NextEntry() {
  v1::JournalEntry entry;
  entry.set_effective_date(SomeDay());
  entry.set_description(SomeText());
  if (random_->OneIn(3)) entry.set_reference(SomeText());
  if (random_->OneIn(3)) entry.set_source(random_->OneIn(2) ? "manual" : "kasir");
  if (random_->OneIn(4)) entry.set_series(random_->OneIn(2) ? "JU" : "IM");
  if (random_->OneIn(3)) entry.set_kind(v1::EntryKind(random_->Between(1, 3)));
  if (random_->OneIn(8)) (*entry.mutable_tags())[SomeText()] = SomeText();
  for (int funds = random_->OneIn(4) ? 2 : 1; funds > 0; --funds) {
    AddGroup(random_->Pick(book_->funds).first, &entry);
  }
  return entry;
}

// ---- The same entry, nearly ----

void EntryGenerator::Alter(v1::JournalEntry* entry) {
  switch (random_->Below(4)) {
    case 0:
      return entry->set_description(entry->description() + "!");
    case 1:
      return entry->set_effective_date(SomeDay());
    case 2:
      return entry->set_reference(entry->reference() + "x");
    default:
      if (entry->postings_size() > 0) entry->mutable_postings(0)->set_memo("lain");
  }
}

void EntryGenerator::Respell(v1::JournalEntry* entry) {
  for (v1::Posting& posting : *entry->mutable_postings()) {
    const std::string& amount = posting.amount().amount();
    if (!ReadAmount(amount).has_value()) continue;
    const std::string zeros = absl::StrContains(amount, ".") ? "0" : ".00";
    posting.mutable_amount()->set_amount(amount + zeros);
  }
}

// ---- Spoilt entries ----

void EntryGenerator::SpoilHeading(v1::JournalEntry* entry) {
  switch (random_->Below(6)) {
    case 0:
      return entry->set_effective_date(random_->Pick(kNoDates));
    case 1:
      return entry->set_kind(v1::EntryKind(random_->OneIn(2) ? random_->Between(4, 5) : 77));
    case 2:
      return entry->set_series(random_->OneIn(2) ? "XX" : "ju");
    case 3:
      return entry->set_description(std::string(4'097, 'x'));
    case 4:
      while (entry->postings_size() > 1) entry->mutable_postings()->RemoveLast();
      return;
    default:
      entry->mutable_postings()->RemoveLast();
  }
}

void EntryGenerator::SpoilAmount(v1::Posting* posting) {
  v1::Money* amount = posting->mutable_amount();
  switch (random_->Below(7)) {
    case 0:
      return amount->set_amount(random_->Pick(kNoAmounts));
    case 1:
      return amount->set_amount(
          AmountText(1, book_->ScaleOf(book_->functional_currency) + random_->Between(1, 5)));
    case 2:
      return amount->set_currency(random_->OneIn(2) ? "EUR" : "idr");
    case 3:
      return amount->set_amount(SomeAmount("USD"));
    case 4:
      return amount->set_amount(Opposite(amount->amount()));
    case 5:
      *posting->mutable_functional_amount() = *amount;
      posting->mutable_functional_amount()->set_amount(Opposite(amount->amount()));
      return;
    default:
      posting->mutable_functional_amount()->set_amount(SomeAmount("USD"));
      posting->mutable_functional_amount()->set_currency(random_->OneIn(4) ? "EUR" : "USD");
  }
}

void EntryGenerator::SpoilPosting(v1::Posting* posting) {
  auto& dimensions = *posting->mutable_dimensions();
  switch (random_->Below(9)) {
    case 0:
      return posting->set_account("9.9");
    case 1:
      return posting->set_account("");
    case 2:
      return posting->set_account(random_->OneIn(2) ? "1.1" : "5");
    case 3:
      return posting->set_fund("tidak-ada");
    case 4:
      return posting->set_fund(random_->Pick(book_->funds).first);
    case 5:
      dimensions["cuaca"] = "hujan";
      return;
    case 6:
      dimensions["mitra"] = "tidak-ada";
      return;
    case 7:
      dimensions.clear();
      return;
    default:
      dimensions["kegiatan"] = "sekolah";
      dimensions["mitra"] = "tani";
  }
}

void EntryGenerator::Spoil(v1::JournalEntry* entry) {
  const int kind = random_->Below(10);
  if (kind < 2 || entry->postings().empty()) return SpoilHeading(entry);
  v1::Posting* posting = entry->mutable_postings(random_->Below(entry->postings_size()));
  kind < 6 ? SpoilAmount(posting) : SpoilPosting(posting);
}

}  // namespace lumbung::auditor
