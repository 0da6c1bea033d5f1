#include "services/ledger/api/transfer_conversion.h"

#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/time/time.h"
#include "ledger/core/status.h"
#include "services/ledger/transfer/problems.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::ledger::api {
namespace {

using testing::IsOk;
using testing::Refuses;
using testing::RefusesAt;

v1::CsvMapping Parsed(const std::string& text) {
  v1::CsvMapping mapping;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &mapping));
  return mapping;
}

transfer::OperationState StateOf(absl::Status status) {
  transfer::OperationState state;
  state.id = "0a0b";
  state.done = true;
  state.stage = "failed";
  state.created = absl::FromUnixSeconds(1'000);
  state.ended = absl::FromUnixSeconds(1'060);
  state.status = std::move(status);
  return state;
}

TEST(TransferConversionTest, FormatsComeAndGo) {
  EXPECT_EQ(*FormatFromProto(v1::JOURNAL_FORMAT_UNSPECIFIED), std::nullopt);
  for (const v1::JournalFormat format :
       {v1::JOURNAL_FORMAT_HLEDGER, v1::JOURNAL_FORMAT_LEDGER, v1::JOURNAL_FORMAT_BEANCOUNT,
        v1::JOURNAL_FORMAT_CSV}) {
    EXPECT_EQ(FormatToProto(**FormatFromProto(format)), format);
  }
  EXPECT_THAT(FormatFromProto(static_cast<v1::JournalFormat>(99)), Refuses("UNKNOWN_FORMAT"));
}

TEST(TransferConversionTest, AnOperationTellsItsProblems) {
  transfer::ProblemList problems;
  problems.Add(FailedPrecondition("RATE_MISSING", "", "a.journal:4: no rate"));
  problems.Add(FailedPrecondition("RATE_MISSING", "", "a.journal:9: no rate"));
  const v1::Operation operation = OperationToProto(StateOf(problems.ToStatus()));
  EXPECT_EQ(operation.name(), "operations/0a0b");
  EXPECT_EQ(operation.end_time().seconds(), 1'060);
  EXPECT_EQ(operation.error().code(), static_cast<int>(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(operation.error().reason(), "RATE_MISSING");
  EXPECT_EQ(operation.error().place(), "a.journal:4");
  EXPECT_EQ(operation.error().problems_size(), 2);
  EXPECT_FALSE(operation.has_import_summary());
}

TEST(TransferConversionTest, AnOperationKeepsInternalErrorsToItself) {
  const v1::Operation operation =
      OperationToProto(StateOf(absl::InternalError("relation \"secret\" is broken")));
  EXPECT_EQ(operation.error().message(), "internal error");
  EXPECT_EQ(operation.error().problems_size(), 0);
}

TEST(TransferConversionTest, ASummaryShowsTheFirstPlacesAndCountsAll) {
  transfer::ImportReport report;
  report.format = import::JournalFormat::kLedger;
  report.entry_count = 3;
  report.unsupported["automated posting"] = {25, std::vector<std::string>(25, "a:1")};
  report.residues = {{{"a", 7}, {*Decimal::Parse("0.01"), "USD"}}};
  report.residue_count = 1;
  report.totals = {{"cash", "IDR", "IDR", *Decimal::Parse("5.00"), *Decimal::Parse("7.00"),
                    *Decimal::Parse("5.00"), *Decimal::Parse("7.00")}};
  report.first_date = *Date::Parse("2026-01-05");
  const v1::ImportSummary summary = SummaryToProto(report);
  EXPECT_EQ(summary.format(), v1::JOURNAL_FORMAT_LEDGER);
  EXPECT_EQ(summary.unsupported(0).count(), 25);
  EXPECT_EQ(summary.unsupported(0).places_size(), 10);
  EXPECT_EQ(summary.residues(0).place(), "a:7");
  EXPECT_EQ(summary.residues(0).amount().amount(), "0.01");
  EXPECT_EQ(summary.totals(0).balance(), "-2.00");
  EXPECT_EQ(summary.first_date(), "2026-01-05");
  EXPECT_EQ(summary.last_date(), "");
}

constexpr char kMapping[] = R"pb(
  mapping_id: "bank"
  delimiter: ";"
  has_header: true
  date_format: "%d/%m/%Y"
  number_format: "id-ID"
  columns { key: "date" value: "Tanggal" }
  columns { key: "amount" value: "Jumlah" }
  columns { key: "description" value: "Uraian" }
  defaults { key: "account" value: "Assets:Bank" }
  defaults { key: "contra_account" value: "Expenses:Unknown" }
  defaults { key: "currency" value: "IDR" }
)pb";

TEST(TransferConversionTest, AMappingSurvivesTheStore) {
  const v1::CsvMapping mapping = Parsed(kMapping);
  const auto json = CsvMappingToJson(mapping);
  ASSERT_THAT(json, IsOk());
  EXPECT_EQ(json->find("mapping_id"), std::string::npos);
  EXPECT_NE(json->find("\"date_format\":\"%d/%m/%Y\""), std::string::npos) << *json;
  const auto back = CsvMappingFromJson("bank", *json);
  ASSERT_THAT(back, IsOk());
  EXPECT_EQ(back->DebugString(), mapping.DebugString());
}

TEST(TransferConversionTest, AMappingIsCheckedBeforeItIsKept) {
  const auto mapping = CsvMappingFromProto(Parsed(kMapping));
  ASSERT_THAT(mapping, IsOk());
  EXPECT_EQ(mapping->delimiter, ';');
  EXPECT_EQ(mapping->number_locale, NumberLocale::kIndonesian);
  EXPECT_EQ(mapping->columns.at("date"), "Tanggal");
  v1::CsvMapping wrong = Parsed(kMapping);
  wrong.set_number_format("de-DE");
  EXPECT_THAT(CsvMappingFromProto(wrong), RefusesAt("INVALID_MAPPING", "mapping.number_format"));
  wrong = Parsed(kMapping);
  wrong.set_delimiter("::");
  EXPECT_THAT(CsvMappingFromProto(wrong), RefusesAt("INVALID_MAPPING", "mapping.delimiter"));
}

}  // namespace
}  // namespace lumbung::ledger::api
