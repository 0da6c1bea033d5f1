#include "tests/differential/random_journal.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace lumbung::import {
namespace {

const std::vector<CommodityLook>& Looks() {
  static const auto* const looks = new std::vector<CommodityLook>{
      {.symbol = "$", .left = true},
      {.symbol = "EUR", .spaced = true, .decimal_mark = ',', .group_mark = '.'},
      {.symbol = "Rp", .left = true, .spaced = true, .decimal_mark = ',', .group_mark = '.'},
      {.symbol = "SEK", .spaced = true, .group_mark = ' ', .decimals = 3},
      {.symbol = "£", .left = true, .declared = false},
      {.symbol = "hari kerja", .spaced = true, .decimals = 1, .declared = false},
      {.symbol = "股", .decimals = 0, .declared = false},
      {.symbol = "", .decimals = 2, .declared = false},
  };
  return *looks;
}

std::string Quoted(const std::string& symbol) {
  return symbol.find(' ') == std::string::npos ? symbol : absl::StrCat("\"", symbol, "\"");
}

}  // namespace

std::string RandomJournal::Write(int transactions) {
  out_.clear();
  has_year_ = false;
  parents_ = 0;
  for (const CommodityLook& look : Looks()) {
    if (look.declared) absl::StrAppend(&out_, "commodity ", Amount(1234567, look), "\n");
  }
  for (int i = 0; i < transactions; ++i) {
    WriteDirectives();
    WriteTransaction();
  }
  return out_;
}

const CommodityLook& RandomJournal::PickCommodity() {
  return Looks()[static_cast<std::size_t>(Below(static_cast<int>(Looks().size())))];
}

void RandomJournal::WriteDirectives() {
  if (Sometimes(12)) absl::StrAppend(&out_, Pick({"; ", "# ", "* "}), "a note of the file\n\n");
  if (Sometimes(30)) absl::StrAppend(&out_, "comment\n2020-01-01 not read\n  a  1\nend comment\n");
  if (Sometimes(25)) {
    absl::StrAppend(&out_, "Y", 2015 + Below(8), "\n");
    has_year_ = true;
  }
  if (Sometimes(25)) {
    absl::StrAppend(&out_, "alias ", Pick({"kas", "bank:giro"}), Pick({"=", " = "}),
                    Pick({"assets:cash", "assets:bank:main office", "bank"}), "\n");
  }
  if (Sometimes(30)) absl::StrAppend(&out_, "alias /^(ex)penses:([^:]+)/ = \\1:\\2 cost\n");
  if (Sometimes(25)) absl::StrAppend(&out_, "end aliases\n");
  if (Sometimes(25) && parents_ < 3) {
    absl::StrAppend(&out_, "apply account ", Pick({"yayasan", "bumdes:unit air"}), "\n");
    ++parents_;
  } else if (parents_ > 0 && Sometimes(5)) {
    absl::StrAppend(&out_, "end apply account\n");
    --parents_;
  }
  if (Sometimes(20)) {
    absl::StrAppend(&out_, "account ", Account(), "  ; a comment\n  ; another, note:1\n");
  }
  if (Sometimes(20)) {
    absl::StrAppend(&out_, "P 2023-0", 1 + Below(9), "-15 EUR $1.", Below(100), "\n");
  }
  if (Sometimes(60)) absl::StrAppend(&out_, "D $1,000.00\n");
  if (Sometimes(40)) absl::StrAppend(&out_, "~ monthly\n  budget  $5\n  income\n\n");
}

void RandomJournal::WriteTransaction() {
  WriteHeader();
  switch (Below(6)) {
    case 0:
      WritePriced();
      break;
    case 1:
      WriteConversion();
      break;
    case 2:
      WriteAssignment();
      break;
    case 3:
      WriteSeveralCommodities();
      break;
    default:
      WritePlain();
      break;
  }
  absl::StrAppend(&out_, Sometimes(4) ? " \n" : "\n");
}

void RandomJournal::WriteHeader() {
  day_ = std::max(0, day_ + Below(9) - 3);
  const int year = 2015 + day_ / 336 % 9;
  const int month = 1 + day_ / 28 % 12;
  const int day = 1 + day_ % 28;
  const absl::string_view separator = Pick({"-", "/", "."});
  const bool padded = Sometimes(2);
  const std::string month_and_day = padded ? absl::StrFormat("%02d%s%02d", month, separator, day)
                                           : absl::StrCat(month, separator, day);
  if (has_year_ && Sometimes(3)) {
    absl::StrAppend(&out_, month_and_day);
  } else {
    absl::StrAppend(&out_, year, separator, month_and_day);
  }
  if (Sometimes(10)) absl::StrAppend(&out_, "=", month_and_day);
  absl::StrAppend(&out_, Pick({"", " *", " !", "  *"}), Pick({"", "", " (A-12)", " (x y)", " ()"}),
                  Pick({"", " Toko Maju", " Pak Budi | gaji", " überweisung 你好 ", "  a  b"}));
  WriteComments();
}

void RandomJournal::WriteComments() {
  if (Sometimes(4)) absl::StrAppend(&out_, "  ; ", Pick({"seen", "unit:north, x:", "a: b c"}));
  absl::StrAppend(&out_, "\n");
  while (Sometimes(6))
    absl::StrAppend(&out_, "    ;", Pick({" more", "", "  k:v", " [not a date]"}), "\n");
}

std::string RandomJournal::Account() {
  return std::string(Pick({"kas", "kas:kecil", "bank:giro", "assets:cash", "expenses:food",
                           "expenses:office supplies", "income:donations", "équité", "账户:现金"}));
}

void RandomJournal::WritePosting(absl::string_view amount) {
  absl::StrAppend(&out_, Pick({"  ", "    ", "\t"}), Pick({"", "", "", "* ", "!", "! "}),
                  Account());
  if (!amount.empty()) absl::StrAppend(&out_, Pick({"  ", "     ", " \t"}), amount);
  WriteComments();
}

std::int64_t RandomJournal::Units() {
  const std::int64_t size[] = {10, 1'000, 100'000, 10'000'000'000};
  const auto units =
      static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(size[Below(4)]));
  return Sometimes(3) ? -units : units;
}

std::string RandomJournal::Amount(std::int64_t units, const CommodityLook& look) {
  std::string digits = std::to_string(std::abs(units));
  const auto decimals = static_cast<std::size_t>(look.decimals);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  std::string number = digits.substr(0, digits.size() - decimals);
  if (look.declared && Sometimes(2)) {
    for (std::size_t i = number.size(); i > 3; i -= 3) number.insert(i - 3, 1, look.group_mark);
  }
  absl::StrAppend(&number, std::string{look.decimal_mark}, digits.substr(digits.size() - decimals));
  const absl::string_view sign = units < 0 ? "-" : Sometimes(8) ? "+" : "";
  if (look.symbol.empty()) return absl::StrCat(sign, number);
  const absl::string_view space = look.spaced ? " " : "";
  if (!look.left) return absl::StrCat(sign, number, space, Quoted(look.symbol));
  if (Sometimes(2)) return absl::StrCat(sign, Quoted(look.symbol), space, number);
  return absl::StrCat(Quoted(look.symbol), space, sign, number);
}

void RandomJournal::WritePlain() {
  const CommodityLook& look = PickCommodity();
  std::int64_t sum = 0;
  for (int i = Below(4); i >= 0; --i) {
    const std::int64_t units = Units();
    sum += units;
    std::string assertion;
    if (Sometimes(6)) {
      assertion = absl::StrCat(" ", Pick({"=", "==", "=*", "==*"}), " ", Amount(Units(), look));
    }
    WritePosting(Amount(units, look) + assertion);
  }
  if (Sometimes(8)) absl::StrAppend(&out_, "  (budget)  ", Amount(Units(), look), "\n");
  if (Sometimes(8)) {
    absl::StrAppend(&out_, "  [saved]  ", Amount(Units(), look), "\n  [kas]\n");
  }
  WritePosting(Sometimes(2) ? "" : Amount(-sum, look));
}

// At a price, balanced by hand to the decimals that are shown: a residue may be left.
void RandomJournal::WritePriced() {
  const CommodityLook dollars{.symbol = "$", .left = true};
  const CommodityLook precise{.symbol = "$", .left = true, .decimals = 4};
  const std::int64_t hours = 1 + Below(500);  // Tenths.
  const bool sold = Sometimes(3);
  const CommodityLook work{
      .symbol = "hari kerja", .spaced = true, .decimals = 1, .declared = false};
  const std::string quantity = Amount(sold ? -hours : hours, work);
  const std::int64_t price = 1 + Below(99'999);
  if (Sometimes(2)) {
    WritePosting(absl::StrCat(quantity, Pick({" @ ", "@", " (@) "}), Amount(price, precise)));
    const std::int64_t total = (hours * price + 500) / 1'000;  // To cents, half up.
    WritePosting(Sometimes(2) ? "" : Amount(sold ? total : -total, dollars));
  } else {
    WritePosting(absl::StrCat(quantity, Pick({" @@ ", " (@@) ", " @@ "}), Amount(price, dollars),
                              Pick({"", " {$3.00}", " [2020-01-31]"})));
    WritePosting(Sometimes(2) ? "" : Amount(sold ? price : -price, dollars));
  }
}

// Two commodities and no price.
void RandomJournal::WriteConversion() {
  const CommodityLook pounds{.symbol = "£", .left = true, .declared = false};
  const CommodityLook shares{.symbol = "股", .decimals = 0, .declared = false};
  WritePosting(Amount(1 + Below(100'000), pounds));
  for (int i = Below(3); i >= 0; --i) WritePosting(Amount(-1 - Below(50), shares));
  if (Sometimes(3)) {
    const CommodityLook& cancelled = Looks()[0];
    const std::int64_t units = Units();
    WritePosting(Amount(units, cancelled));
    WritePosting(Amount(-units, cancelled));
  }
}

void RandomJournal::WriteAssignment() {
  const CommodityLook& look = PickCommodity();
  absl::StrAppend(&out_, "  ", Account(), "  ", Pick({"=", "= ", "== ", "=* ", "==* "}),
                  Amount(Units(), look), "\n");
  if (Sometimes(3)) WritePosting(Amount(Units(), look));
  if (Sometimes(4)) {
    absl::StrAppend(&out_, "  ", Account(), "  = ", Amount(Units(), look), "\n");
  }
  WritePosting("");
}

void RandomJournal::WriteSeveralCommodities() {
  for (int i = 1 + Below(4); i >= 0; --i) WritePosting(Amount(Units(), PickCommodity()));
  WritePosting("");
}

}  // namespace lumbung::import
