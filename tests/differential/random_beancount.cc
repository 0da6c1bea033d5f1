#include "tests/differential/random_beancount.h"

#include <algorithm>
#include <cstddef>
#include <random>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace lumbung::import {
namespace {

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  std::string Journal() {
    std::vector<std::string> parts = Options();
    const std::size_t options = parts.size();
    for (const char* account :
         {"Assets:Cash", "Assets:Bank", "Assets:Bank:Savings", "Expenses:Food", "Income:Gains",
          "Equity:Opening", "Assets:Strict", "Liabilities:Card"}) {
      parts.push_back(absl::StrCat("2020-01-01 open ", account, "\n"));
    }
    parts.push_back("2020-01-01 open Assets:Fifo \"FIFO\"\n");
    parts.push_back("2020-01-01 open Assets:Lifo \"LIFO\"\n");
    parts.push_back("2020-01-01 open Assets:Free \"NONE\"\n");
    if (Chance(20)) parts.push_back("2020-01-01 open Assets:Euros EUR\n");
    stock_account_ = OneOf("Assets:Strict", "Assets:Fifo", "Assets:Lifo");
    for (int i = Between(1, 5); i > 0; --i) parts.push_back(Early() + Purchase());
    for (int i = Between(0, 3); i > 0; --i) parts.push_back(Late() + Sale());
    for (int i = Between(0, 4); i > 0; --i) parts.push_back(OtherTransaction());
    std::shuffle(parts.begin() + static_cast<std::ptrdiff_t>(options), parts.end(), random_);
    if (Chance(30)) AddPad(&parts);
    if (Chance(10)) parts.push_back("2020-03-01 close Liabilities:Card\n");
    return absl::StrJoin(parts, "\n");
  }

 private:
  int Between(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  bool Chance(int percent) { return Between(1, 100) <= percent; }
  template <typename... Texts>
  std::string OneOf(Texts... texts) {
    const std::vector<std::string> all = {texts...};
    return all[static_cast<std::size_t>(Between(0, static_cast<int>(all.size()) - 1))];
  }

  std::vector<std::string> Options() {
    std::vector<std::string> options;
    if (Chance(15)) options.push_back("option \"inferred_tolerance_multiplier\" \"1.1\"\n");
    if (Chance(15)) options.push_back("option \"inferred_tolerance_default\" \"USD:0.02\"\n");
    if (Chance(10)) options.push_back("option \"inferred_tolerance_default\" \"*:0.005\"\n");
    if (Chance(15)) options.push_back("option \"infer_tolerance_from_cost\" \"TRUE\"\n");
    if (Chance(10)) options.push_back("option \"booking_method\" \"FIFO\"\n");
    return options;
  }

  std::string Date() { return absl::StrCat("2020-0", Between(1, 4), "-", Between(10, 28)); }
  std::string Early() { return absl::StrCat("2020-01-", Between(10, 28), " * \"early\"\n"); }
  std::string Late() {
    return absl::StrCat("2020-0", Chance(95) ? 4 : 1, "-", Between(10, 28), " * \"late\"\n");
  }

  // A positive number with up to three decimals.
  std::string Number() {
    const int whole = Between(1, 2000);
    const std::string digits = absl::StrCat(whole);
    switch (Between(0, 9)) {
      case 0:
        return digits;
      case 1:
        return absl::StrCat(digits, ".", Between(100, 999));
      case 2:
        return absl::StrCat("(", digits, " + ", Between(1, 9), ".5) * 2");
      case 3:
        return absl::StrCat(digits, ".50 / 4");
      case 4:
        return absl::StrCat("1,", Between(100, 999), ".", Between(10, 99));
      default:
        return absl::StrCat(digits, ".", Between(10, 99));
    }
  }
  // With at most two decimals, to stand beside a total cost or price. A tie of the third would be
  // decided by the noise of beancount's 28 digits where the cost of one unit has no end.
  std::string Cents() { return absl::StrCat(Between(1, 2000), ".", Between(10, 99)); }
  std::string Account() {
    return OneOf("Assets:Cash", "Assets:Bank", "Assets:Bank:Savings", "Expenses:Food",
                 "Liabilities:Card", "Income:Gains");
  }
  std::string StockAccount() {
    return Chance(90) ? stock_account_ : OneOf("Assets:Strict", "Assets:Fifo", "Assets:Free");
  }
  std::string Currency() { return OneOf("USD", "USD", "EUR", "IDR"); }
  std::string Stock() { return OneOf("ABC", "ABC", "ABC", "ABC", "XYZ"); }
  std::string Units() { return OneOf("2", "3", "4", "5", "10", "2.5"); }
  std::string UnitCost() { return OneOf("10", "12.50", "20", "10.125"); }

  std::string OtherTransaction() {
    std::string text = absl::StrCat(Date(), " ", OneOf("*", "!", "txn"), " \"x\"\n");
    switch (Between(0, 6)) {
      case 0:
      case 1:
        return text + Transfer();
      case 2:
        return text + TwoCurrencies();
      case 3:
      case 4:
        return text + AtPrice();
      case 5:
        return text + Purchase();
      default:
        return text + Incomplete();
    }
  }

  std::string Transfer() {
    const std::string amount = Number();
    const std::string currency = Currency();
    const std::string first = absl::StrCat("  ", Account(), "  ", amount, " ", currency, "\n");
    switch (Between(0, 5)) {
      case 0:
        return absl::StrCat(first, "  ", Account(), "  -(", amount, ") ", currency, "\n");
      case 1:  // Off by a little: within the tolerance or not.
        return absl::StrCat(first, "  ", Account(), "  -(", amount, ") - ",
                            OneOf("0.005", "0.01", "0.003", "0.0005", "0.05"), " ", currency, "\n");
      case 2:  // A missing currency.
        return absl::StrCat(first, "  ", Account(), "  -(", amount, ")\n");
      case 3:  // A missing number.
        return absl::StrCat(first, "  ", Account(), "  ", currency, "\n");
      default:
        return absl::StrCat(first, "  ", Account(), "\n");
    }
  }

  std::string TwoCurrencies() {
    return absl::StrCat("  ", Account(), "  ", Number(), " ", Currency(), "\n  ", Account(), "  -",
                        Units(), " ", Currency(), "\n  ", Account(), "\n",
                        Chance(3) ? "  Assets:Cash\n" : "");
  }

  std::string AtPrice() {
    const std::string total = Cents();
    const std::string units = OneOf("10", "-10", "3", "33.33", "-0.5", "0");
    const std::string sign = units[0] == '-' ? "" : "-";
    switch (Between(0, 5)) {
      case 0:
        return absl::StrCat("  ", Account(), "  ", units, " EUR @@ ", total, " USD\n  ", Account(),
                            "  ", sign, "(", total, ") USD\n");
      case 1:
        return absl::StrCat("  ", Account(), "  ", units, " EUR @ ", OneOf("1.2345", "2", "1.1"),
                            " USD\n  ", Account(), "  ", Number(), " USD\n  ", Account(), "\n");
      case 2:  // A missing price.
        return absl::StrCat("  ", Account(), "  ", units, " EUR @ ", OneOf("", "USD"), "\n  ",
                            Account(), "  ", sign, "(", total, ") USD\n");
      case 3:  // Missing units.
        return absl::StrCat("  ", Account(), "  EUR @ ", OneOf("2 USD", "0.5 USD", "1.25"), "\n  ",
                            Account(), "  -(", total, ") USD\n");
      default:
        return absl::StrCat("  ", Account(), "  ", units, " EUR @@ ", total, " USD\n  ", Account(),
                            "\n");
    }
  }

  std::string Purchase() {
    const std::string units = Units();
    std::string cost;
    switch (Between(0, 7)) {
      case 0:
        cost = absl::StrCat("{{", OneOf("100", "33.33", "7"), " USD}}");
        break;
      case 1:
        cost = absl::StrCat("{", OneOf("10", "20"), " # ", OneOf("9.95", "1"), " USD}");
        break;
      case 2:
        cost = absl::StrCat("{", UnitCost(), " USD, 2020-01-", Between(10, 15), "}");
        break;
      case 3:
        cost = absl::StrCat("{", UnitCost(), " USD, \"", OneOf("a", "b"), "\"}");
        break;
      case 4:
        return absl::StrCat("  ", StockAccount(), "  ", units, " ", Stock(), " ",
                            OneOf("{}", "{USD}", "{# 5 USD}", "{10 # USD}"), "\n  ", Account(),
                            "  -", Number(), " USD\n");
      default:
        cost = absl::StrCat("{", UnitCost(), " USD}");
    }
    const std::string cash = Chance(30) ? absl::StrCat("  Expenses:Food  ", Cents(), " USD\n") : "";
    return absl::StrCat("  ", StockAccount(), "  ", units, " ", Stock(), " ", cost,
                        Chance(20) ? " @ 11 USD" : "", "\n", cash, "  ", Account(), "\n");
  }

  std::string Sale() {
    const std::string cost = OneOf("{}", "{}", "{}", "{}", "{10 USD}", "{12.50 USD}",
                                   "{2020-01-12}", "{\"a\"}", "{20 USD}");
    const std::string account = StockAccount();
    const std::string second =
        Chance(20) ? absl::StrCat("  ", account, "  -1 ABC {}\n") : std::string();
    return absl::StrCat("  ", account, "  -", OneOf("1", "2", "1", "2", "5", "0.5"), " ABC ", cost,
                        Chance(40) ? " @ 30 USD" : "", "\n", second, "  Assets:Cash  ", Cents(),
                        " USD\n  Income:Gains\n");
  }

  std::string Incomplete() {
    switch (Chance(15) ? 2 : Between(0, 1)) {
      case 0:  // Units from a cost.
        return absl::StrCat("  ", StockAccount(), "  ABC {", OneOf("10", "12.50"), " USD}\n  ",
                            Account(), "  -", OneOf("100", "250", "12.50"), " USD\n");
      case 1:  // The currency of a cost.
        return absl::StrCat("  ", StockAccount(), "  ", Units(), " ABC {10}\n  ", Account(),
                            "  USD\n");
      default:
        return absl::StrCat("  ", OneOf("Assets:Unopened", "Assets:Euros"), "  1 USD\n  ",
                            Account(), "\n");
    }
  }

  void AddPad(std::vector<std::string>* parts) {
    const std::string account = OneOf("Assets:Cash", "Assets:Bank", "Assets:Strict");
    parts->push_back(absl::StrCat(Date(), " pad ", account, " Equity:Opening\n"));
    const int balances = Between(1, 2);
    for (int i = 0; i < balances; ++i) {
      parts->push_back(absl::StrCat("2020-0", Between(3, 5), "-", Between(10, 28), " balance ",
                                    Chance(70) ? account : Account(), " ", Number(), " ",
                                    Chance(20) ? "~ 500 " : "", OneOf("USD", "EUR", "ABC"), "\n"));
    }
  }

  std::mt19937_64 random_;
  std::string stock_account_;
};

}  // namespace

std::string RandomBeancountJournal(std::uint64_t seed) {
  return Generator(seed).Journal();
}

}  // namespace lumbung::import
