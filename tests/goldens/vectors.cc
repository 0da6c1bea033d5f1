#include "tests/goldens/vectors.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace lumbung::goldens {
namespace {

using nlohmann::json;

std::string PathOf(const std::string& name) {
  return absl::StrCat(LUMBUNG_GOLDENS_DIR, "/", name);
}

// The parts of the book; each kind is numbered from 1, in the order of the file.
BookContents ContentsOf(const json& book) {
  BookContents contents;
  contents.book.slug = "golden";
  contents.book.uid = book["uid"];
  contents.book.fiscal_year_start_month = book["fiscal_year_start_month"];
  contents.book.default_fund = FundId{1};
  std::int32_t next = 0;
  for (const std::string key : book["accounts"]) {
    Account account;
    account.id = AccountId{++next};
    account.key = account.code = key;
    account.type = AccountType::kAsset;
    contents.accounts.push_back(std::move(account));
  }
  next = 0;
  for (const std::string key : book["funds"]) {
    contents.funds.push_back({FundId{++next}, key, "", FundRestriction::kWithout, false});
  }
  next = 0;
  // Currencies have no order of their own.
  for (const auto& [code, scale] : book["currencies"].items()) {
    const json& commodities = book["commodities"];
    const bool commodity =
        std::find(commodities.begin(), commodities.end(), code) != commodities.end();
    contents.currencies.push_back({CurrencyId{++next}, code, scale.get<int>(), commodity, ""});
    if (code == book["functional_currency"]) contents.book.functional_currency = CurrencyId{next};
  }
  next = 0;
  for (const json& listed : book["dimensions"]) {
    Dimension dimension;
    dimension.id = DimensionId{++next};
    dimension.key = listed["id"];
    for (const std::string key : listed["values"]) {
      dimension.values.push_back({ValueId{++next}, key, "", false});
    }
    contents.dimensions.push_back(std::move(dimension));
  }
  next = 0;
  for (const std::string code : book["series"]) contents.series.push_back({SeriesId{++next}, code});
  return contents;
}

}  // namespace

GoldenFile ReadGoldenFile(const std::string& name) {
  std::ifstream stream(PathOf(name));
  const json file = json::parse(stream, nullptr, /*allow_exceptions=*/false);
  if (file.is_discarded()) {
    ADD_FAILURE() << PathOf(name) << " cannot be read";
    return {};
  }
  return {std::make_unique<const BookSnapshot>(ContentsOf(file["book"])), file["vectors"]};
}

std::map<std::string, Encoding> RecomputeInPython(const std::string& name) {
  const std::string command =
      absl::StrCat(LUMBUNG_PYTHON, " '", PathOf("recompute.py"), "' '", PathOf(name), "'");
  std::FILE* const pipe = popen(command.c_str(), "r");
  std::string output;
  char buffer[4'096];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) {
    output.append(buffer, count);
  }
  EXPECT_EQ(pclose(pipe), 0) << command;
  std::map<std::string, Encoding> encodings;
  for (const absl::string_view line : absl::StrSplit(output, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    if (fields.size() == 3) encodings[fields[0]] = {fields[1], fields[2]};
  }
  return encodings;
}

void ExpectGolden(const json& vector, const Encoding& found,
                  const std::map<std::string, Encoding>& recomputed) {
  const std::string name = vector["name"];
  EXPECT_EQ(found.canonical, vector.value("canonical", found.canonical)) << name;
  EXPECT_EQ(found.hash, vector["hash"]) << name;
  const auto independent = recomputed.find(name);
  ASSERT_NE(independent, recomputed.end()) << name << " is not recomputed";
  EXPECT_EQ(found.canonical, independent->second.canonical) << name;
  EXPECT_EQ(found.hash, independent->second.hash) << name;
}

}  // namespace lumbung::goldens
