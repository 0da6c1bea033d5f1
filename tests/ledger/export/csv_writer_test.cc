#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ledger/export/export_writer.h"
#include "tests/ledger/export/sample_book.h"

namespace lumbung::ledger_export {
namespace {

auto WriterWith(bool guard_formulas) {
  return [guard_formulas](ChunkSink sink) {
    CsvExportOptions options;
    options.guard_formulas = guard_formulas;
    return NewCsvWriter(std::move(sink), options);
  };
}

TEST(CsvWriterTest, WritesOneRowAPosting) {
  EXPECT_EQ(
      Export(WriterWith(false)),
      "entry,number,date,kind,description,reference,account,account_name,amount,currency,"
      "functional_amount,functional_currency,fund,memo,tags,dimension:grant\r\n"
      "main/7,JU-2026-000007,2026-03-31,adjusting,\"Grant \"\"A\"\", first part; thanks\",BBM 12,"
      "1.1.02,Bank,10.00,USD,150000.00,IDR,main,\"by wire, see note: 3\","
      "donor=%3DUSAID; urgent=,G-1\r\n"
      "main/7,JU-2026-000007,2026-03-31,adjusting,\"Grant \"\"A\"\", first part; thanks\",BBM 12,"
      "Income:Grants,Income:Grants,-150000.00,IDR,-150000.00,IDR,main,,donor=%3DUSAID; urgent=,\r\n"
      "JU-2026-000008,JU-2026-000008,2026-04-30,standard,,,1.1.02,Bank,0.00,USD,500.00,IDR,,,,\r\n"
      "JU-2026-000008,JU-2026-000008,2026-04-30,standard,,,Income:Grants,Income:Grants,-500.00,"
      "IDR,-500.00,IDR,,,,\r\n");
}

TEST(CsvWriterTest, GuardsTextsButNeverNumbers) {
  ExportEntry entry = Revaluation();
  entry.description = "=cmd()";
  entry.postings[0].memo = "-5";
  entry.postings[1].memo = "@home";
  for (const bool guarded : {false, true}) {
    std::string text;
    const auto writer = WriterWith(guarded)([&text](absl::string_view chunk) {
      text.append(chunk.data(), chunk.size());
      return absl::OkStatus();
    });
    EXPECT_THAT(writer->AddAccount({"1.1.02", "+Bank", AccountType::kAsset, false}),
                testing::IsOk());
    EXPECT_THAT(writer->AddAccount({"Income:Grants", "", AccountType::kIncome, false}),
                testing::IsOk());
    EXPECT_THAT(writer->AddEntry(entry), testing::IsOk());
    EXPECT_THAT(writer->Finish(), testing::IsOk());
    const std::string mark = guarded ? "'" : "";
    EXPECT_NE(text.find("," + mark + "=cmd(),"), std::string::npos) << text;
    EXPECT_NE(text.find("," + mark + "-5,"), std::string::npos) << text;
    EXPECT_NE(text.find("," + mark + "@home,"), std::string::npos) << text;
    EXPECT_NE(text.find("," + mark + "+Bank,"), std::string::npos) << text;
    EXPECT_NE(text.find(",-500.00,IDR,"), std::string::npos) << text;
  }
}

TEST(CsvWriterTest, HandsOverChunksOfALimitedSize) {
  std::vector<std::size_t> sizes;
  const auto writer = WriterWith(false)([&sizes](absl::string_view chunk) {
    sizes.push_back(chunk.size());
    return absl::OkStatus();
  });
  EXPECT_THAT(writer->AddAccount({"1.1.02", "", AccountType::kAsset, false}), testing::IsOk());
  EXPECT_THAT(writer->AddAccount({"Income:Grants", "", AccountType::kIncome, false}),
              testing::IsOk());
  ExportEntry entry = Revaluation();
  entry.description = std::string(4000, 'x');
  for (int i = 0; i < 20; ++i) EXPECT_THAT(writer->AddEntry(entry), testing::IsOk());
  EXPECT_THAT(writer->Finish(), testing::IsOk());
  ASSERT_GT(sizes.size(), 2u);
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) EXPECT_EQ(sizes[i], kChunkBytes);
}

TEST(CsvWriterTest, StopsWhenTheSinkDoes) {
  const auto writer = WriterWith(false)(
      [](absl::string_view) { return absl::CancelledError("the reader went away"); });
  EXPECT_EQ(writer->Finish(), absl::CancelledError("the reader went away"));
}

TEST(CsvWriterTest, RefusesWhatWasNotDeclared) {
  EXPECT_THAT(ExportUndeclared(WriterWith(false)),
              testing::RefusesAt("UNKNOWN_ACCOUNT", "postings[0]"));
}

}  // namespace
}  // namespace lumbung::ledger_export
