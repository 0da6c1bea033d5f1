// Prints a table of ratios: documents as our renderers write them against the bare library that
// draws them, and the log's tree against bare hashing, each in a process of its own, so that its
// peak memory is its own.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cairo-pdf.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ledger/log/canonical_entry.h"
#include "ledger/log/merkle_tree.h"
#include "reports/model/document.h"
#include "reports/render/pdf/pdf_writer.h"
#include "reports/render/xlsx/xlsx_writer.h"

namespace lumbung::bench {
namespace {

using reports::ColumnKind;

struct Run {
  double seconds = 0;
  double megabytes = 0;
};

// The seconds of processor time and the peak memory of `work`, which ends with an error when it
// fails.
Run Measured(const std::function<bool()>& work) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) _exit(work() ? 0 : 1);
  int status = 0;
  rusage usage = {};
  if (wait4(child, &status, 0, &usage) != child || status != 0) {
    std::fprintf(stderr, "a part of the bench failed\n");
    std::exit(1);
  }
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return {seconds(usage.ru_utime) + seconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024};
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void Compare(const char* what, int rounds, double target, const std::function<bool()>& floor,
             const std::function<bool()>& ours) {
  std::vector<double> floor_seconds;
  std::vector<double> our_seconds;
  double floor_memory = 0;
  double our_memory = 0;
  for (int round = 0; round < rounds; ++round) {
    const Run by_floor = Measured(floor);
    const Run by_us = Measured(ours);
    floor_seconds.push_back(by_floor.seconds);
    our_seconds.push_back(by_us.seconds);
    floor_memory = std::max(floor_memory, by_floor.megabytes);
    our_memory = std::max(our_memory, by_us.megabytes);
  }
  const double ratio = Median(our_seconds) / Median(floor_seconds);
  std::printf("%-40s %8.2f %8.2f %7.2f  <= %-4g %-7s %7.0f %7.0f\n", what, Median(floor_seconds),
              Median(our_seconds), ratio, target, ratio <= target ? "met" : "missed", floor_memory,
              our_memory);
}

// Where bytes go that nobody keeps.
class Nowhere final : public reports::ByteSink {
 public:
  absl::Status Write(absl::string_view bytes) override {
    bytes_ += static_cast<std::int64_t>(bytes.size());
    return absl::OkStatus();
  }

 private:
  std::int64_t bytes_ = 0;
};

reports::DocumentHead LedgerHead() {
  reports::DocumentHead head;
  head.name = "general-ledger";
  head.organization = "Yayasan Contoh";
  head.title = "BUKU BESAR";
  head.columns = {{"date", "Tanggal", ColumnKind::kDate, 10, 0},
                  {"number", "Nomor", ColumnKind::kCode, 15, 0},
                  {"description", "Uraian", ColumnKind::kLabel, 0, 0},
                  {"fund", "Dana", ColumnKind::kCode, 12, 0},
                  {"debit", "Debit", ColumnKind::kAmount, 17, 2},
                  {"credit", "Kredit", ColumnKind::kAmount, 17, 2},
                  {"balance", "Saldo", ColumnKind::kAmount, 17, 2}};
  return head;
}

reports::DocumentRow LedgerRow(int i) {
  reports::DocumentRow row;
  row.cells = {*Date::Parse("2026-03-15"),
               absl::StrFormat("JU-2026-%06d", i),
               "Pembayaran listrik kantor",
               "umum",
               *Decimal::FromUnits(12'345'600 + i, 2),
               std::monostate(),
               *Decimal::FromUnits(98'765'432'100 + i, 2)};
  return row;
}

bool WriteRows(reports::DocumentWriter& writer, int rows) {
  if (!writer.Begin(LedgerHead()).ok()) return false;
  for (int i = 0; i < rows; ++i) {
    if (!writer.Add(LedgerRow(i)).ok()) return false;
  }
  return writer.End({}).ok() && writer.Finish().ok();
}

bool OurPdf(const std::string& dir, int rows) {
  Nowhere sink;
  reports::PdfWriter::Options options;
  options.scratch_dir = dir;
  auto writer = reports::PdfWriter::Create(options, &sink);
  return writer.ok() && WriteRows(**writer, rows);
}

// The same cells at the same places, as fast as cairo draws text without anybody shaping it.
bool BarePdf(int rows, int rows_a_page) {
  cairo_surface_t* const surface = cairo_pdf_surface_create_for_stream(
      [](void*, const unsigned char*, unsigned) { return CAIRO_STATUS_SUCCESS; }, nullptr, 842,
      595);
  cairo_t* const page = cairo_create(surface);
  cairo_select_font_face(page, "Liberation Sans", CAIRO_FONT_SLANT_NORMAL,
                         CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(page, 8.5);
  for (int i = 0; i < rows; ++i) {
    const double y = 60 + 14.0 * (i % rows_a_page);
    double x = 50;
    for (const std::string& cell : {std::string("15/03/2026"), absl::StrFormat("JU-2026-%06d", i),
                                    std::string("Pembayaran listrik kantor"), std::string("umum"),
                                    absl::StrFormat("%d,%02d", 123'456 + i, i % 100),
                                    absl::StrFormat("%d,%02d", 987'654'321 + i, i % 100)}) {
      cairo_move_to(page, x, y);
      cairo_show_text(page, cell.c_str());
      x += 110;
    }
    if (i % rows_a_page == rows_a_page - 1) cairo_show_page(page);
  }
  cairo_destroy(page);
  cairo_surface_finish(surface);
  const bool is_drawn = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy(surface);
  return is_drawn;
}

bool OurXlsx(const std::string& dir, int rows) {
  Nowhere sink;
  const auto writer = reports::NewXlsxWriter(sink, {dir, 1'798'700'000, true});
  return writer.ok() && WriteRows(**writer, rows);
}

bool BareXlsx(std::string dir, int rows) {
  const std::string path = dir + "/bare.xlsx";
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = dir.data();
  lxw_workbook* const workbook = workbook_new_opt(path.c_str(), &options);
  lxw_worksheet* const sheet = workbook_add_worksheet(workbook, nullptr);
  for (int i = 0; i < rows; ++i) {
    const auto row = static_cast<lxw_row_t>(i);
    worksheet_write_number(sheet, row, 0, 46'096, nullptr);
    worksheet_write_string(sheet, row, 1, absl::StrFormat("JU-2026-%06d", i).c_str(), nullptr);
    worksheet_write_string(sheet, row, 2, "Pembayaran listrik kantor", nullptr);
    worksheet_write_string(sheet, row, 3, "umum", nullptr);
    worksheet_write_number(sheet, row, 4, 123'456 + i, nullptr);
    worksheet_write_number(sheet, row, 6, 987'654'321 + i, nullptr);
  }
  const bool is_written = workbook_close(workbook) == LXW_NO_ERROR;
  std::remove(path.c_str());
  return is_written;
}

// The leaves of a log, each hashed once.
bool BareHashes(int leaves) {
  const std::string entry(300, 'e');
  std::size_t sum = 0;
  for (int i = 0; i < leaves; ++i) sum += static_cast<unsigned char>(log::LeafHash(entry)[0]);
  return sum > 0;
}

// The same, and the tree above them.
bool OurTree(int leaves) {
  const std::string entry(300, 'e');
  log::CompactRange tree;
  for (int i = 0; i < leaves; ++i) tree.Append(log::LeafHash(entry));
  return tree.Root().size() == log::kHashBytes;
}

int Main(int argc, char** argv) {
  CLI::App app(
      "Prints what documents and the log's tree cost against the bare libraries below them.\n"
      "Example: report_bench --rounds 3");
  int rounds = 3;
  int pages = 1'000;
  app.add_option("--rounds", rounds, "How often each part runs")->check(CLI::Range(1, 100));
  app.add_option("--pages", pages, "Pages of the general ledger")->check(CLI::Range(1, 100'000));
  CLI11_PARSE(app, argc, argv);
  std::string dir = std::filesystem::temp_directory_path() / "report_bench.XXXXXX";
  if (mkdtemp(dir.data()) == nullptr) return 1;

  std::printf("%-40s %8s %8s %7s  %-15s %7s %7s\n", "", "floor s", "ours s", "ratio", "target",
              "floor M", "ours M");
  // So many rows fit on a page that lies on its side.
  constexpr int kRowsAPage = 31;
  const int rows = pages * kRowsAPage;
  Compare(
      absl::StrCat("ledger of ", pages, " pages as PDF").c_str(), rounds, 2,
      [&] { return BarePdf(rows, kRowsAPage); }, [&] { return OurPdf(dir, rows); });
  Compare(
      "ledger of 200,000 rows as XLSX", rounds, 2, [&] { return BareXlsx(dir, 200'000); },
      [&] { return OurXlsx(dir, 200'000); });
  Compare(
      "tree over 1,000,000 leaves", rounds, 4, [] { return BareHashes(1'000'000); },
      [] { return OurTree(1'000'000); });
  std::filesystem::remove_all(dir);
  return 0;
}

}  // namespace
}  // namespace lumbung::bench

int main(int argc, char** argv) {
  return lumbung::bench::Main(argc, argv);
}
