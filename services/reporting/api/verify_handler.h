// The verification of a live book, as callers ask for it.
#ifndef LUMBUNG_SERVICES_REPORTING_API_VERIFY_HANDLER_H_
#define LUMBUNG_SERVICES_REPORTING_API_VERIFY_HANDLER_H_

#include "absl/status/status.h"
#include "ledger/store/connection_pool.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"
#include "services/common/stream_reactors.h"

namespace lumbung::reporting::api {

// Thread-safe.
class VerifyHandler {
 public:
  VerifyHandler(store::ConnectionPool* pool, BookDirectory* directory)
      : pool_(pool), directory_(directory) {}

  absl::Status VerifyBook(CallScope& call, const v1::VerifyBookRequest& request,
                          StreamWriter<v1::VerifyBookResponse>& writer);

 private:
  store::ConnectionPool* const pool_;
  BookDirectory* const directory_;
};

}  // namespace lumbung::reporting::api

#endif  // LUMBUNG_SERVICES_REPORTING_API_VERIFY_HANDLER_H_
