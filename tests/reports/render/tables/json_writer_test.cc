#include "reports/render/tables/json_writer.h"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "ledger/core/utf8.h"
#include "tests/reports/render/sample_document.h"

namespace lumbung::reports {
namespace {

TEST(JsonWriter, WritesHeadRowsAndFoot) {
  StringSink sink;
  const auto writer = NewJsonWriter(sink);
  DocumentHead head = SampleHead();
  head.columns.resize(3);
  DocumentFoot foot = SampleFoot();
  foot.signatures = {{"Disusun oleh", "Siti", "Bendahara"}};
  WriteDocument(
      *writer, head,
      {Line(RowStyle::kLine, 1, "cash", {"Kas", {}, Amount("1500000.50")}),
       Line(RowStyle::kTotal, 0, "total", {"Jumlah", {}, Amount("-1500000.50")}, {{-1, 0}})},
      foot);
  ASSERT_EQ(writer->Finish(), absl::OkStatus());
  EXPECT_EQ(nlohmann::ordered_json::parse(sink.bytes()), nlohmann::ordered_json::parse(R"json(
{"documents": [{
  "name": "position", "language": "id", "organization": "Yayasan Lumbung Desa",
  "title": "Laporan Posisi Keuangan", "subtitle": "Per 31 Desember 2026",
  "unit": "Dinyatakan dalam rupiah", "marks": [],
  "columns": [{"key": "label", "title": "Uraian", "kind": "label"},
              {"key": "note", "title": "Catatan", "kind": "code"},
              {"key": "amount", "title": "2026", "kind": "amount", "scale": 2}],
  "rows": [
    {"id": "cash", "style": "line", "indent": 1, "cells": ["Kas", null, "1500000.50"]},
    {"id": "total", "style": "total", "indent": 0, "cells": ["Jumlah", null, "-1500000.50"],
     "terms": [{"sign": -1, "row": 0}]}],
  "checks": [
    {"label": "Aset dan sumbernya", "left": "3250000.50", "right": "3250000.5", "holds": true},
    {"label": "Kas dan buku kas", "left": "1500000.50", "right": "1500000", "holds": false}],
  "notes": ["Catatan adalah bagian dari laporan ini."], "place_and_date": "",
  "signatures": [{"role": "Disusun oleh", "name": "Siti", "position": "Bendahara"}],
  "provenance": ["position v1"], "checkpoint": ""}]})json"));
}

TEST(JsonWriter, StaysValidWhateverUsersTyped) {
  StringSink sink;
  const auto writer = NewJsonWriter(sink);
  std::string typed = "\"\\\x01\xff\xed\xa0\x80</script>\n";
  typed.push_back('\0');
  DocumentHead head = SampleHead();
  head.organization = typed;
  DocumentFoot foot;
  foot.notes = {typed};
  WriteDocument(*writer, head, {Line(RowStyle::kLine, 0, typed, {typed})}, foot);
  head.name = "second";
  WriteDocument(*writer, head, {}, foot);
  ASSERT_EQ(writer->Finish(), absl::OkStatus());
  EXPECT_TRUE(IsValidUtf8(sink.bytes()));
  const nlohmann::json json = nlohmann::json::parse(sink.bytes());
  ASSERT_EQ(json["documents"].size(), 2u);
  EXPECT_EQ(json["documents"][0]["rows"][0]["id"], json["documents"][0]["notes"][0]);
  EXPECT_EQ(json["documents"][1]["rows"].size(), 0u);
}

TEST(JsonWriter, WritesAnEmptyListOfDocuments) {
  StringSink sink;
  ASSERT_EQ(NewJsonWriter(sink)->Finish(), absl::OkStatus());
  EXPECT_EQ(nlohmann::json::parse(sink.bytes())["documents"].size(), 0u);
}

TEST(JsonWriter, WritesALargeDocumentWhole) {
  StringSink sink;
  const auto writer = NewJsonWriter(sink);
  ASSERT_EQ(writer->Begin(SampleHead()), absl::OkStatus());
  for (int i = 0; i < 100'000; ++i) {
    ASSERT_EQ(writer->Add(Line(RowStyle::kLine, 0, "", {"Kas", {}, Decimal::FromInteger(i)})),
              absl::OkStatus());
  }
  ASSERT_EQ(writer->End({}), absl::OkStatus());
  ASSERT_EQ(writer->Finish(), absl::OkStatus());
  const nlohmann::json rows = nlohmann::json::parse(sink.bytes())["documents"][0]["rows"];
  ASSERT_EQ(rows.size(), 100'000u);
  EXPECT_EQ(rows.back()["cells"][2], "99999");
}

}  // namespace
}  // namespace lumbung::reports
