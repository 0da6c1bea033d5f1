// The canonical bytes and leaf hash of an entry: each vector is checked as any entry is, encoded by
// the ledger, and recomputed from the same input by a second implementation.
#include "ledger/log/canonical_entry.h"

#include <algorithm>
#include <set>
#include <string>

#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "ledger/core/entry_validation.h"
#include "tests/goldens/vectors.h"
#include "tests/support/decimals.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::goldens {
namespace {

using nlohmann::json;
using testing::Dec;
using testing::IsOk;

constexpr char kFile[] = "canonical_entry.v1.json";

EntryKind KindNamed(const std::string& name) {
  const std::map<std::string, EntryKind> kinds = {{"standard", EntryKind::kStandard},
                                                  {"opening", EntryKind::kOpening},
                                                  {"adjusting", EntryKind::kAdjusting},
                                                  {"reversal", EntryKind::kReversal},
                                                  {"closing", EntryKind::kClosing}};
  return kinds.at(name);
}

// Handed over in reverse, so that their order is the ledger's own work.
std::vector<std::pair<std::string, std::string>> PairsOf(const json& object) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& [key, value] : object.items()) pairs.emplace_back(key, value);
  std::reverse(pairs.begin(), pairs.end());
  return pairs;
}

PostingDraft PostingOf(const json& line) {
  PostingDraft posting;
  posting.account = line["account"];
  posting.amount = Dec(line["amount"].get<std::string>());
  posting.currency = line["currency"];
  posting.functional = FunctionalAmount{Dec(line["functional_amount"].get<std::string>()),
                                        line["functional_currency"]};
  posting.fund = line["fund"];
  posting.dimensions = PairsOf(line["dimensions"]);
  posting.memo = line["memo"];
  return posting;
}

EntryDraft DraftOf(const json& entry) {
  EntryDraft draft;
  draft.effective_date = Date::Parse(entry["effective_date"].get<std::string>()).value();
  draft.kind = KindNamed(entry["kind"]);
  draft.series = entry["series"];
  draft.description = entry["description"];
  draft.reference = entry["reference"];
  draft.source = entry["source"];
  draft.tags = PairsOf(entry["tags"]);
  draft.request_id = entry["request_id"];
  const std::int64_t reverses = entry["reverses"];
  if (reverses != 0) draft.reverses = EntryId{reverses};
  for (int i = 0; i < entry.value("copies", 1); ++i) {
    for (const json& line : entry["postings"]) draft.postings.push_back(PostingOf(line));
  }
  return draft;
}

Encoding Encode(const BookSnapshot& book, const json& entry) {
  const auto valid = ValidateEntry(book, DraftOf(entry), {});
  EXPECT_THAT(valid, IsOk());
  if (!valid.ok()) return {};
  EXPECT_EQ(valid->fiscal_year, entry["fiscal_year"]);
  absl::Time recorded_at;
  std::string problem;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, entry["recorded_at"].get<std::string>(),
                              &recorded_at, &problem))
      << problem;
  const std::string bytes = log::CanonicalBytes(
      book, *valid, EntryId{entry["sequence"].get<std::int64_t>()}, entry["number"], recorded_at,
      absl::HexStringToBytes(entry["salt"].get<std::string>()));
  return {absl::BytesToHexString(bytes), absl::BytesToHexString(log::LeafHash(bytes))};
}

TEST(CanonicalEntryTest, AgreesWithTheGoldensAndWithTheSecondImplementation) {
  const GoldenFile golden = ReadGoldenFile(kFile);
  const auto recomputed = RecomputeInPython(kFile);
  ASSERT_FALSE(golden.vectors.empty());
  EXPECT_EQ(recomputed.size(), golden.vectors.size()) << "every vector has a name of its own";
  for (const json& vector : golden.vectors) {
    SCOPED_TRACE(vector["name"]);
    ExpectGolden(vector, Encode(*golden.book, vector["entry"]), recomputed);
  }
}

TEST(CanonicalEntryTest, NoTwoVectorsHaveTheSameHash) {
  std::set<std::string> hashes;
  for (const json& vector : ReadGoldenFile(kFile).vectors) {
    EXPECT_TRUE(hashes.insert(vector["hash"]).second) << vector["name"];
  }
}

// What is not in the bytes is not proven: a change of any field of an entry must show in them.
TEST(CanonicalEntryTest, EveryFieldShowsInTheBytes) {
  const GoldenFile golden = ReadGoldenFile(kFile);
  const json* full = nullptr;
  for (const json& vector : golden.vectors) {
    if (vector["name"] == "every field") full = &vector["entry"];
  }
  ASSERT_NE(full, nullptr);
  const std::string original = Encode(*golden.book, *full).hash;
  const json changes = {
      {"salt", "00000000000000000000000000000000"},
      {"sequence", 4712},
      {"series", "JU"},
      {"number", 100},
      {"effective_date", "2026-02-15"},
      {"recorded_at", "2026-02-15T09:10:11.123457Z"},
      {"kind", "adjusting"},
      {"reverses", 1},
      {"request_id", "import-7#13"},
      {"reference", "BKK-015"},
      {"source", ""},
      {"description", "Gaji Januari"},
      {"tags", {{"voucher", "015"}, {"approved-by", "Sri"}}},
      {"copies", 2},
  };
  for (const auto& [field, value] : changes.items()) {
    json changed = *full;
    changed[field] = value;
    EXPECT_NE(Encode(*golden.book, changed).hash, original) << field;
  }
  const json posting_changes = {
      {"account", "4100"},
      {"dimensions", {{"grant", "air"}}},
      {"memo", "Budi"},
  };
  for (const auto& [field, value] : posting_changes.items()) {
    json changed = *full;
    changed["postings"][0][field] = value;
    EXPECT_NE(Encode(*golden.book, changed).hash, original) << field;
  }
  // These change on both sides at once: an entry balances.
  struct Pair {
    const char* field;
    const char* debit;
    const char* credit;
  };
  for (const Pair& pair :
       {Pair{"amount", "1000.01", "-1000.01"}, Pair{"fund", "umum", "umum"},
        Pair{"functional_amount", "16250000.01", "-16250000.01"}, Pair{"currency", "JPY", "JPY"}}) {
    json changed = *full;
    changed["postings"][0][pair.field] = pair.debit;
    changed["postings"][1][pair.field] = pair.credit;
    EXPECT_NE(Encode(*golden.book, changed).hash, original) << pair.field;
  }
}

}  // namespace
}  // namespace lumbung::goldens
