// What one beancount directive says, as written: nothing inferred, nothing checked but its grammar.
// Plain data.
#ifndef LUMBUNG_LEDGER_IMPORT_BEANCOUNT_DIRECTIVE_H_
#define LUMBUNG_LEDGER_IMPORT_BEANCOUNT_DIRECTIVE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/core/decimal.h"

namespace lumbung::import::beancount {

// Days since 1970-01-01. Directives that carry no money may be older than an accounting date can
// be: `1792-01-01 commodity USD`.
using Day = std::int32_t;

// Values are kept as text: "2014-05-01", "12.50 USD", "TRUE", "" for NULL.
using Metadata = std::vector<std::pair<std::string, std::string>>;

struct Amount {
  std::optional<Decimal> number;  // Empty: to be interpolated.
  std::string currency;           // Empty: to be inferred.
};

// What stands in `{ }` or `{{ }}`.
struct CostSpec {
  std::optional<Decimal> per_unit;  // Empty: to be found or interpolated.
  // A total is part of the cost: `{{100 USD}}`, or `{10 # 5 USD}` with a cost per unit beside it.
  bool has_total = false;
  std::optional<Decimal> total;  // Empty although has_total: to be interpolated.
  std::string currency;          // Empty: to be inferred.
  std::optional<Day> date;
  std::string label;
};

struct Posting {
  int line = 0;
  char flag = '\0';
  std::string account;
  // Absent when the account stands alone on its line.
  std::optional<Amount> units;
  std::optional<CostSpec> cost;
  std::optional<Amount> price;
  bool price_is_total = false;  // `@@`
  Metadata metadata;
};

struct Transaction {
  char flag = '*';
  std::string payee;
  std::string narration;
  std::vector<std::string> tags;
  std::vector<std::string> links;
  Metadata metadata;
  std::vector<Posting> postings;
};

struct Open {
  std::string account;
  std::vector<std::string> currencies;
  std::string booking;
  Metadata metadata;
};
struct Close {
  std::string account;
};
struct Commodity {
  std::string currency;
  Metadata metadata;
};
struct Balance {
  std::string account;
  Decimal number;
  std::string currency;
  std::optional<Decimal> tolerance;
};
struct Pad {
  std::string account;
  std::string source_account;
};
struct Price {
  std::string currency;
  Decimal number;
  std::string price_currency;
};
// A directive that has no place in a ledger: note, document, event, query, custom, plugin.
struct Other {
  std::string keyword;
  std::string account;  // Of a note or a document.
};

// Directives without a date.
struct SetOption {
  std::string name;
  std::string value;
};
struct Include {
  std::string pattern;
};
struct PushTag {
  std::string tag;
};
struct PopTag {
  std::string tag;
};
struct PushMeta {
  std::string key;
  std::string value;
};
struct PopMeta {
  std::string key;
};

struct Directive {
  int line = 0;
  std::int64_t offset = 0;  // Of its first line in the file.
  // Absent for options and the like.
  std::optional<Day> date;
  std::variant<Transaction, Open, Close, Commodity, Balance, Pad, Price, Other, SetOption, Include,
               PushTag, PopTag, PushMeta, PopMeta>
      body;
};

}  // namespace lumbung::import::beancount

#endif  // LUMBUNG_LEDGER_IMPORT_BEANCOUNT_DIRECTIVE_H_
