#include "reports/render/pdf/qr_squares.h"

#include <memory>

#include <qrencode.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::reports {

absl::StatusOr<QrSquares> MakeQrSquares(absl::string_view text) {
  struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
  };
  // The medium level survives a stamp or a fold across it.
  const std::unique_ptr<QRcode, Free> code(
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (code == nullptr) {
    return InvalidArgument("TEXT_TOO_LONG", "",
                           absl::StrCat("a QR code holds 2,331 bytes; found ", text.size()));
  }
  QrSquares qr;
  qr.per_side = code->width;
  for (int i = 0; i < code->width * code->width; ++i) {
    qr.squares.push_back((code->data[i] & 1) != 0 ? '\1' : '\0');
  }
  return qr;
}

}  // namespace lumbung::reports
