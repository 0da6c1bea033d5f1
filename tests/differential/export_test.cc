// What we export, read back by our own readers and by the programs it is for: all see one book.
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ledger/export/beancount_names.h"
#include "ledger/export/export_writer.h"
#include "ledger/export/percent_code.h"
#include "ledger/import/readers.h"
#include "tests/differential/peer_output.h"
#include "tests/differential/peer_program.h"
#include "tests/differential/random_book.h"
#include "tests/ledger/import/journal_testing.h"

namespace lumbung::ledger_export {
namespace {

using import::MemoryFiles;
using import::OutputOfPeer;
using import::ParsedPosting;
using import::ParsedTransaction;
using import::RecordingSink;

constexpr int kBooks = 40;
constexpr int kEntries = 12;

std::uint64_t Seed() {
  std::uint64_t seed = 0;
  const char* const given = std::getenv("LUMBUNG_TEST_SEED");
  if (given == nullptr || !absl::SimpleAtoi(given, &seed)) seed = std::random_device()();
  std::cout << "LUMBUNG_TEST_SEED=" << seed << std::endl;
  return seed;
}

// How the names and texts of a format are read back.
struct Decoders {
  std::function<std::string(absl::string_view)> account;
  std::function<std::string(absl::string_view)> currency;
  std::function<std::string(absl::string_view)> key;
  std::function<std::string(absl::string_view)> text;
};

std::string AmountText(const Decimal& quantity, absl::string_view currency) {
  return quantity.IsZero() ? "0" : absl::StrCat(quantity.Trimmed().ToString(), " ", currency);
}

std::string TagText(absl::string_view key, absl::string_view value) {
  return absl::StrCat(" <", key, "=", value, ">");
}

// The postings of a book as text, one line each. What only a revaluation has is left to its tag.
std::string Lines(const RandomBook& book) {
  std::string lines;
  for (const ExportEntry& entry : book.entries) {
    absl::StrAppend(&lines, entry.effective_date.ToString(), " ", entry.number, " ",
                    entry.reference, " ", entry.description, "\n");
    for (const ExportPosting& posting : entry.postings) {
      const bool revaluation =
          posting.amount.quantity.IsZero() && !posting.functional.quantity.IsZero();
      const ExportAmount& amount = revaluation ? posting.functional : posting.amount;
      absl::StrAppend(&lines, "  ", posting.account, " ",
                      AmountText(amount.quantity, amount.currency), " worth ",
                      AmountText(posting.functional.quantity, posting.functional.currency));
      if (revaluation) absl::StrAppend(&lines, TagText("revalues", posting.amount.currency));
      if (!posting.fund.empty()) absl::StrAppend(&lines, TagText("fund", posting.fund));
      for (const auto& [key, value] : posting.dimensions) {
        absl::StrAppend(&lines, TagText(key, value));
      }
      if (!posting.memo.empty()) absl::StrAppend(&lines, TagText("memo", posting.memo));
      absl::StrAppend(&lines, "\n");
    }
  }
  return lines;
}

std::string TagOf(const ParsedTransaction& transaction, absl::string_view name) {
  for (const auto& [key, value] : transaction.tags) {
    if (key == name) return value;
  }
  return "";
}

// The same of what a reader says.
std::string Lines(const std::vector<ParsedTransaction>& transactions, const Decoders& decode) {
  std::string lines;
  for (const ParsedTransaction& transaction : transactions) {
    const std::string reference =
        transaction.code.empty() ? TagOf(transaction, "entry-reference") : transaction.code;
    absl::StrAppend(&lines, transaction.date.ToString(), " ", TagOf(transaction, "entry-number"),
                    " ", decode.text(reference), " ", decode.text(transaction.description), "\n");
    for (const ParsedPosting& posting : transaction.postings) {
      absl::StrAppend(
          &lines, "  ", decode.account(posting.account), " ",
          AmountText(posting.amount.quantity, decode.currency(posting.amount.commodity)), " worth ",
          AmountText(posting.weight.quantity, decode.currency(posting.weight.commodity)));
      for (const auto& [key, value] : posting.tags) {
        absl::StrAppend(&lines, TagText(decode.key(key), decode.text(value)));
      }
      absl::StrAppend(&lines, "\n");
    }
  }
  return lines;
}

std::string Same(absl::string_view text) {
  return std::string(text);
}

const Decoders kHledger = {PercentDecode, PercentDecode, PercentDecode, PercentDecode};
const Decoders kBeancount = {IdOfBeancountAccount, CodeOfBeancountCommodity, KeyOfBeancountKey,
                             Same};

void ExpectRoundTrips(const std::function<std::unique_ptr<ExportWriter>(ChunkSink)>& writer,
                      const import::Reader& reader, const Decoders& decode) {
  const std::uint64_t seed = Seed();
  for (int i = 0; i < kBooks; ++i) {
    const RandomBook book =
        MakeRandomBook(seed + static_cast<std::uint64_t>(i), kEntries, /*one_currency=*/false);
    const std::string text = ExportBook(book, writer);
    RecordingSink sink;
    const absl::Status status = reader(MemoryFiles({{"book", text}}), "book", sink);
    ASSERT_EQ(status, absl::OkStatus()) << text;
    EXPECT_TRUE(sink.unsupported().empty()) << absl::StrJoin(sink.unsupported(), "\n");
    ASSERT_EQ(Lines(sink.transactions(), decode), Lines(book)) << text;
  }
}

TEST(ExportTest, OurHledgerReaderReadsBackWhatWasExported) {
  ExpectRoundTrips(NewHledgerWriter, import::ReadHledger, kHledger);
}

TEST(ExportTest, OurBeancountReaderReadsBackWhatWasExported) {
  ExpectRoundTrips(NewBeancountWriter, import::ReadBeancount, kBeancount);
}

// Balances by account and currency, without zeros. A revaluation moves the functional currency, as
// the exports write it.
using Balances = std::map<std::pair<std::string, std::string>, Decimal>;

void AddTo(const Decimal& quantity, const std::string& account, const std::string& currency,
           Balances* balances) {
  Decimal& balance = (*balances)[{account, currency}];
  balance = *Add(balance, quantity);
}

std::string Text(const Balances& balances) {
  std::string text;
  for (const auto& [key, balance] : balances) {
    if (balance.IsZero()) continue;
    absl::StrAppend(&text, key.first, " ", AmountText(balance, key.second), "\n");
  }
  return text;
}

std::string BalancesOf(const RandomBook& book) {
  Balances balances;
  for (const ExportEntry& entry : book.entries) {
    for (const ExportPosting& posting : entry.postings) {
      const bool revaluation =
          posting.amount.quantity.IsZero() && !posting.functional.quantity.IsZero();
      const ExportAmount& amount = revaluation ? posting.functional : posting.amount;
      AddTo(amount.quantity, posting.account, amount.currency, &balances);
    }
  }
  return Text(balances);
}

using ExportPeerTest = import::PeerTest;

TEST_F(ExportPeerTest, HledgerAcceptsTheExportAndHasTheSameBalances) {
  const RandomBook book = MakeRandomBook(Seed(), 300, /*one_currency=*/false);
  const std::string journal = Save("book.journal", ExportBook(book, NewHledgerWriter));
  OutputOfPeer(absl::StrCat("hledger -f ", journal, " check --strict"));
  const std::string csv =
      OutputOfPeer(absl::StrCat("hledger -f ", journal, " balance --flat -N -O csv --layout=bare"));
  Balances balances;
  for (const std::vector<std::string>& row : import::ParseCsv(csv, '"')) {
    if (row.size() != 3 || row[0] == "account") continue;
    AddTo(*Decimal::Parse(row[2]), PercentDecode(row[0]), PercentDecode(row[1]), &balances);
  }
  EXPECT_EQ(Text(balances), BalancesOf(book));
}

TEST_F(ExportPeerTest, BeancountAcceptsTheExportAndHasTheSameBalances) {
  const RandomBook book = MakeRandomBook(Seed(), 300, /*one_currency=*/false);
  const std::string journal = Save("book.beancount", ExportBook(book, NewBeancountWriter));
  OutputOfPeer(absl::StrCat("bean-check --no-cache ", journal));
  const std::string dump = OutputOfPeer(
      absl::StrCat(LUMBUNG_BEANCOUNT_PYTHON, " ", LUMBUNG_DUMP_BEANCOUNT, " ", journal));
  Balances balances;
  for (const absl::string_view line : absl::StrSplit(dump, '\n')) {
    // Date, account, number, currency, "weighs", number, currency.
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    if (words.size() != 7) continue;
    AddTo(*Decimal::Parse(words[2]), IdOfBeancountAccount(words[1]),
          CodeOfBeancountCommodity(words[3]), &balances);
  }
  EXPECT_EQ(Text(balances), BalancesOf(book));
}

}  // namespace
}  // namespace lumbung::ledger_export
