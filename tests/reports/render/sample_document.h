// A small statement, and where the tests' documents are written to.
#ifndef LUMBUNG_TESTS_REPORTS_RENDER_SAMPLE_DOCUMENT_H_
#define LUMBUNG_TESTS_REPORTS_RENDER_SAMPLE_DOCUMENT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "reports/model/document.h"

namespace lumbung::reports {

class StringSink final : public ByteSink {
 public:
  absl::Status Write(absl::string_view bytes) override {
    absl::StrAppend(&bytes_, bytes);
    return absl::OkStatus();
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

inline Decimal Amount(absl::string_view text) {
  return Decimal::Parse(text).value();
}

inline DocumentRow Line(RowStyle style, int indent, std::string id, std::vector<DocumentCell> cells,
                        std::vector<FormulaTerm> terms = {}) {
  return {style, indent, std::move(id), std::move(cells), std::move(terms), ""};
}

inline DocumentHead SampleHead() {
  DocumentHead head;
  head.name = "position";
  head.organization = "Yayasan Lumbung Desa";
  head.title = "Laporan Posisi Keuangan";
  head.subtitle = "Per 31 Desember 2026";
  head.unit = "Dinyatakan dalam rupiah";
  head.columns = {{"label", "Uraian", ColumnKind::kLabel, 0, 0},
                  {"note", "Catatan", ColumnKind::kCode, 7, 0},
                  {"amount", "2026", ColumnKind::kAmount, 16, 2},
                  {"previous_amount", "2025", ColumnKind::kAmount, 16, 2}};
  return head;
}

inline std::vector<DocumentRow> SampleRows() {
  return {
      Line(RowStyle::kHeading, 0, "assets", {"ASET"}),
      Line(RowStyle::kLine, 1, "cash", {"Kas", "4", Amount("1500000.50"), Amount("900000")}),
      Line(
          RowStyle::kLine, 1, "equipment",
          {"Peralatan dan mesin kantor yang dipakai bersama", "5", Amount("2000000"), Amount("0")}),
      Line(RowStyle::kLine, 1, "depreciation",
           {"Akumulasi penyusutan", "5", Amount("-250000"), {}}),
      Line(RowStyle::kTotal, 0, "total_assets",
           {"Jumlah aset", {}, Amount("3250000.50"), Amount("900000")}, {{1, 1}, {1, 2}, {1, 3}}),
  };
}

inline DocumentFoot SampleFoot() {
  DocumentFoot foot;
  foot.checks = {{"Aset dan sumbernya", Amount("3250000.50"), Amount("3250000.5")},
                 {"Kas dan buku kas", Amount("1500000.50"), Amount("1500000")}};
  foot.notes = {"Catatan adalah bagian dari laporan ini."};
  foot.provenance = {"position v1"};
  return foot;
}

inline void WriteDocument(DocumentWriter& writer, const DocumentHead& head,
                          const std::vector<DocumentRow>& rows, const DocumentFoot& foot) {
  ASSERT_EQ(writer.Begin(head), absl::OkStatus());
  for (const DocumentRow& row : rows) ASSERT_EQ(writer.Add(row), absl::OkStatus());
  ASSERT_EQ(writer.End(foot), absl::OkStatus());
}

}  // namespace lumbung::reports

#endif  // LUMBUNG_TESTS_REPORTS_RENDER_SAMPLE_DOCUMENT_H_
