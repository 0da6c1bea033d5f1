// Where the maker of a document says how far it is, and hears that nobody wants it any more.
#ifndef LUMBUNG_SERVICES_REPORTING_JOBS_REPORT_WATCH_H_
#define LUMBUNG_SERVICES_REPORTING_JOBS_REPORT_WATCH_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "reports/model/document.h"

namespace lumbung::reporting {

// Thread-safe.
class ReportWatch {
 public:
  // Another row is written. CANCELLED once the report was asked to end.
  absl::Status OnRow() {
    ++rows_;
    return Check();
  }
  absl::Status Check() const {
    return cancelled_ ? absl::CancelledError("the report was cancelled") : absl::OkStatus();
  }
  void Cancel() { cancelled_ = true; }
  bool cancelled() const { return cancelled_; }
  std::int64_t rows() const { return rows_; }

 private:
  std::atomic<std::int64_t> rows_ = 0;
  std::atomic<bool> cancelled_ = false;
};

// Writes to another writer, under watch.
class WatchedWriter final : public reports::DocumentWriter {
 public:
  // The watch outlives it.
  WatchedWriter(std::unique_ptr<reports::DocumentWriter> writer, ReportWatch* watch)
      : writer_(std::move(writer)), watch_(watch) {}

  absl::Status Begin(const reports::DocumentHead& head) override { return writer_->Begin(head); }
  absl::Status Add(const reports::DocumentRow& row) override {
    const absl::Status status = watch_->OnRow();
    return status.ok() ? writer_->Add(row) : status;
  }
  absl::Status End(const reports::DocumentFoot& foot) override { return writer_->End(foot); }
  absl::Status Finish() override {
    const absl::Status status = watch_->Check();
    return status.ok() ? writer_->Finish() : status;
  }

 private:
  const std::unique_ptr<reports::DocumentWriter> writer_;
  ReportWatch* const watch_;
};

}  // namespace lumbung::reporting

#endif  // LUMBUNG_SERVICES_REPORTING_JOBS_REPORT_WATCH_H_
