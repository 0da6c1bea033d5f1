#include "tests/scenarios/vocabulary.h"

#include <algorithm>

namespace lumbung::scenarios {
namespace {

using Words = std::vector<absl::string_view>;

// Who asks, where, and how: a book or organization other than the scenario's own; a role; a request
// id; and whether the command is only to be checked.
constexpr absl::string_view kCommonWords[] = {"organization", "book", "role", "request",
                                              "rehearse"};

const Words kEntryWords = {"date",      "description", "series", "kind",
                           "reference", "source",      "tag",    "copies"};
const Words kEntryColumns = {"account",  "fund",  "debit",      "credit",
                             "currency", "value", "dimensions", "memo"};
const Words kBatchColumns = {"entry",    "account", "fund",       "debit", "credit",
                             "currency", "value",   "dimensions", "memo"};
const Words kAccountWords = {"account", "code",   "name",   "type",  "parent",
                             "header",  "contra", "closed", "rules", "note"};
const Words kAccountChanges = {"account", "code",   "name",  "type", "parent", "header",
                               "contra",  "closed", "rules", "note", "etag",   "field"};
const Words kFundWords = {"fund", "name", "restriction", "closed"};
const Words kCurrencyWords = {"code", "name", "scale", "commodity"};
const Words kDimensionWords = {"dimension", "name"};
const Words kValueWords = {"dimension", "value", "name", "closed"};
const Words kRateWords = {"base", "quote", "date", "rate", "source"};

const Form kForms[] = {
    {"post entry", kEntryWords, kEntryColumns},
    {"post batch", kEntryWords, kBatchColumns},
    {"reverse entry", {"entry", "date", "description"}, {}},
    {"read entry", {"entry"}, {}},
    {"list entries", {"from", "to", "account", "page-size", "page-token"}, {}},
    {"read balance", {"account", "date"}, {}},

    {"soft close", {"month"}, {}},
    {"hard close", {"month"}, {}},
    {"reopen", {"month"}, {}},
    {"close year", {"year", "unrestricted", "restricted"}, {}},
    {"assert balance", {"account", "below", "date", "balance", "currency", "fund", "source"}, {}},

    {"create organization", {"id", "name"}, {}},
    {"create book", {"id", "name", "currency", "first-month", "chart"}, {}},
    {"update book", {"name", "etag", "field"}, {}},
    {"create account", kAccountWords, kAccountWords},
    {"update account", kAccountChanges, {}},
    {"create fund", kFundWords, kFundWords},
    {"update fund", {"fund", "name", "closed", "etag", "field"}, {}},
    {"create currency", kCurrencyWords, kCurrencyWords},
    {"create dimension", kDimensionWords, kDimensionWords},
    {"create value", kValueWords, kValueWords},
    {"update value", {"dimension", "value", "name", "closed", "etag"}, {}},
    {"create rate", kRateWords, kRateWords},

    {"trial balance", {"date"}, {"account", "fund", "currency", "debit", "credit", "value"}, false},
    {"months", {}, {"month", "state"}, false},
};

bool Contains(absl::Span<const absl::string_view> words, absl::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

absl::Span<const Form> Forms() {
  return kForms;
}

const Form* FindForm(absl::string_view command) {
  for (const Form& form : kForms) {
    if (form.command == command) return &form;
  }
  return nullptr;
}

bool Takes(const Form& form, absl::string_view word) {
  return Contains(form.words, word) || (form.has_outcome && Contains(kCommonWords, word));
}

}  // namespace lumbung::scenarios
