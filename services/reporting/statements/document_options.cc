#include "services/reporting/statements/document_options.h"

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::reporting {
namespace {

constexpr int kMaxSignatures = 4;
constexpr std::size_t kMaxTextBytes = 200;

absl::Status CheckText(const std::string& text, absl::string_view field) {
  if (text.size() <= kMaxTextBytes) return absl::OkStatus();
  return InvalidArgument("TEXT_TOO_LONG", field,
                         absl::StrCat("found ", text.size(), " bytes; at most ", kMaxTextBytes,
                                      " fit below a document"));
}

}  // namespace

absl::Status CheckOptions(const v1::DocumentOptions& options) {
  if (options.signatures_size() > kMaxSignatures) {
    return InvalidArgument("INVALID_FILTER", "options.signatures",
                           absl::StrCat("found ", options.signatures_size(), "; at most ",
                                        kMaxSignatures, " sign a document"));
  }
  LUMBUNG_RETURN_IF_ERROR(CheckText(options.place_and_date(), "options.place_and_date"));
  for (int i = 0; i < options.signatures_size(); ++i) {
    const v1::DocumentSignature& signature = options.signatures(i);
    const std::string field = absl::StrCat("options.signatures[", i, "]");
    LUMBUNG_RETURN_IF_ERROR(CheckText(signature.role(), field + ".role"));
    LUMBUNG_RETURN_IF_ERROR(CheckText(signature.name(), field + ".name"));
    LUMBUNG_RETURN_IF_ERROR(CheckText(signature.position(), field + ".position"));
  }
  return absl::OkStatus();
}

bool IsEnglish(const v1::DocumentOptions& options) {
  return options.language() == v1::DOCUMENT_LANGUAGE_ENGLISH;
}

reports::DocumentFrame FrameOf(const v1::DocumentOptions& options, const std::string& organization,
                               bool small_organization) {
  reports::DocumentFrame frame;
  frame.language =
      IsEnglish(options) ? reports::Language::kEnglish : reports::Language::kIndonesian;
  frame.organization = organization;
  if (small_organization) {
    frame.marks.emplace_back(
        IsEnglish(options)
            ? "Small organization: the same person may write and approve a voucher."
            : "Organisasi kecil: orang yang sama boleh membuat dan menyetujui bukti.");
  }
  frame.place_and_date = options.place_and_date();
  for (const v1::DocumentSignature& signature : options.signatures()) {
    frame.signatures.push_back({signature.role(), signature.name(), signature.position()});
  }
  return frame;
}

}  // namespace lumbung::reporting
