#include "reports/render/tables/csv_writer.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "ledger/core/status.h"
#include "ledger/core/utf8.h"
#include "tests/reports/render/sample_document.h"

namespace lumbung::reports {
namespace {

TEST(CsvWriter, WritesALinePerRowUnderTheKeysOfTheColumns) {
  StringSink sink;
  const auto writer = NewCsvWriter(sink, {});
  WriteDocument(*writer, SampleHead(), SampleRows(), SampleFoot());
  ASSERT_EQ(writer->Finish(), absl::OkStatus());
  EXPECT_EQ(sink.bytes(),
            "row,style,indent,id,label,note,amount,previous_amount\r\n"
            "0,heading,0,assets,ASET,,,\r\n"
            "1,line,1,cash,Kas,4,1500000.50,900000\r\n"
            "2,line,1,equipment,Peralatan dan mesin kantor yang dipakai bersama,5,2000000,0\r\n"
            "3,line,1,depreciation,Akumulasi penyusutan,5,-250000,\r\n"
            "4,total,0,total_assets,Jumlah aset,,3250000.50,900000\r\n");
}

TEST(CsvWriter, QuotesAndDisarmsWhatUsersTyped) {
  const struct {
    std::string typed;
    std::string field;
  } cases[] = {
      {"=1+1", "'=1+1"},
      {"+62 811", "'+62 811"},
      {"-sisa", "'-sisa"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\t=1", "'\t=1"},
      {"\r=1", "\"'\r=1\""},
      {"=A1,\"x\"", "\"'=A1,\"\"x\"\"\""},
      {"Beras, 5 kg", "\"Beras, 5 kg\""},
      {"dua\nbaris", "\"dua\nbaris\""},
      {"a=b", "a=b"},
      {"rusak\xff", "rusak\uFFFD"},
  };
  for (const auto& c : cases) {
    StringSink sink;
    const auto writer = NewCsvWriter(sink, {});
    DocumentHead head;
    head.columns = {{"label", "", ColumnKind::kLabel, 0, 0}};
    ASSERT_EQ(writer->Begin(head), absl::OkStatus());
    ASSERT_EQ(writer->Add(Line(RowStyle::kLine, 0, c.typed, {c.typed})), absl::OkStatus());
    EXPECT_EQ(sink.bytes(),
              "row,style,indent,id,label\r\n0,line,0," + c.field + "," + c.field + "\r\n");
    EXPECT_TRUE(IsValidUtf8(sink.bytes()));
  }
}

TEST(CsvWriter, RefusesASecondDocumentUnlessRowsNameTheirs) {
  StringSink sink;
  const auto one = NewCsvWriter(sink, {});
  WriteDocument(*one, SampleHead(), {}, {});
  EXPECT_EQ(ReasonOf(one->Begin(SampleHead())), "ONE_DOCUMENT_ONLY");

  StringSink many;
  const auto writer = NewCsvWriter(many, {.several_documents = true});
  DocumentHead first;
  first.name = "first";
  first.columns = {{"label", "", ColumnKind::kLabel, 0, 0}};
  DocumentHead second = first;
  second.name = "second";
  DocumentHead third = first;
  third.name = "third";
  third.columns.push_back({"date", "", ColumnKind::kDate, 0, 0});
  WriteDocument(*writer, first, {Line(RowStyle::kLine, 0, "a", {"A"})}, {});
  WriteDocument(*writer, second, {Line(RowStyle::kLine, 0, "b", {"B"})}, {});
  WriteDocument(*writer, third,
                {Line(RowStyle::kLine, 0, "c", {"C", Date::Parse("2026-11-23").value()})}, {});
  EXPECT_EQ(many.bytes(),
            "document,row,style,indent,id,label\r\n"
            "first,0,line,0,a,A\r\n"
            "second,0,line,0,b,B\r\n"
            "document,row,style,indent,id,label,date\r\n"
            "third,0,line,0,c,C,2026-11-23\r\n");
}

TEST(CsvWriter, WritesALargeDocumentWhole) {
  StringSink sink;
  const auto writer = NewCsvWriter(sink, {});
  ASSERT_EQ(writer->Begin(SampleHead()), absl::OkStatus());
  for (int i = 0; i < 100'000; ++i) {
    ASSERT_EQ(writer->Add(Line(RowStyle::kLine, 0, "", {"Kas", {}, Decimal::FromInteger(i)})),
              absl::OkStatus());
  }
  EXPECT_EQ(std::count(sink.bytes().begin(), sink.bytes().end(), '\n'), 100'001);
  EXPECT_NE(sink.bytes().find("\r\n99999,line,0,,Kas,,99999,\r\n"), std::string::npos);
}

}  // namespace
}  // namespace lumbung::reports
