#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/values.h"
#include "services/host/cli/voucher_view.h"

namespace lumbung::cli {
namespace {

using vouchers::v1::Attachment;

constexpr std::size_t kEvidenceChunkBytes = 256 << 10;

std::vector<Column> AttachmentColumns(const Invocation& call) {
  return {call.NewColumn("attachment", Label::kAttachments),
          call.NewColumn("file_name", Label::kFile, ColumnKind::kFlexible),
          call.NewColumn("media_type", Label::kMediaType),
          call.NewColumn("byte_count", Label::kBytes, ColumnKind::kAmount),
          call.NewColumn("sha256", Label::kDigest, ColumnKind::kFlexible),
          call.NewColumn("late", Label::kLate)};
}

std::vector<Cell> AttachmentCells(const Invocation& call, const Attachment& attachment) {
  return {attachment.name(),       attachment.file_name(),
          attachment.media_type(), absl::StrCat(attachment.byte_count()),
          attachment.sha256(),     ShowFlag(call, attachment.late())};
}

constexpr RecordLayout<Attachment> kAttachments{AttachmentColumns, AttachmentCells};

// Uploads one file; the server says whether it is evidence.
absl::StatusOr<Attachment> UploadEvidence(Invocation& call, const std::string& voucher,
                                          const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return UsageError("FILE", absl::StrCat("cannot read ", path));
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<grpc::ClientContext> context,
                           call.session().NewContext(absl::Minutes(10)));
  Attachment attachment;
  const auto stream = call.session().vouchers().UploadAttachment(context.get(), &attachment);
  vouchers::v1::UploadAttachmentRequest chunk;
  chunk.set_parent(voucher);
  chunk.set_file_name(std::filesystem::path(path).filename().string());
  while (true) {
    chunk.mutable_data()->resize(kEvidenceChunkBytes);
    file.read(chunk.mutable_data()->data(), static_cast<std::streamsize>(kEvidenceChunkBytes));
    chunk.mutable_data()->resize(static_cast<std::size_t>(file.gcount()));
    // A stream that breaks off says why at its end.
    if (!stream->Write(chunk) || chunk.data().size() < kEvidenceChunkBytes) break;
    chunk.Clear();
  }
  stream->WritesDone();
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return call.session().Failed(status);
  return attachment;
}

void AddVoucherAttach(CLI::App& group, Client& client) {
  const auto typed = std::make_shared<std::string>();
  const auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"attach", "Add evidence to a draft, or late to a posted voucher",
                  "lumbung voucher attach 12 nota.pdf foto.jpg"},
                 Scope::kBook, [typed, files](Invocation& call) -> absl::Status {
                   LUMBUNG_ASSIGN_OR_RETURN(const std::string voucher, VoucherName(call, *typed));
                   RecordWriter writer(call, "attachments", AttachmentColumns(call));
                   for (const std::string& file : *files) {
                     LUMBUNG_ASSIGN_OR_RETURN(const Attachment attachment,
                                              UploadEvidence(call, voucher, file));
                     writer.Add(attachment, AttachmentCells(call, attachment));
                   }
                   writer.Finish();
                   return absl::OkStatus();
                 });
  command->add_option("VOUCHER", *typed, "Its number, its id, or its resource name")->required();
  command->add_option("FILE", *files, "PDF, JPEG or PNG of at most 20 MB each")->required();
}

// books/main/vouchers/12/attachments/3 from "12/3" or the name itself.
absl::StatusOr<std::string> AttachmentName(Invocation& call, const std::string& typed) {
  if (absl::StartsWith(typed, "books/")) return typed;
  const std::size_t slash = typed.rfind('/');
  if (slash == std::string::npos) {
    return UsageError("ATTACHMENT", "written as VOUCHER/ATTACHMENT, for example 12/3");
  }
  LUMBUNG_ASSIGN_OR_RETURN(const std::string voucher, VoucherName(call, typed.substr(0, slash)));
  return absl::StrCat(voucher, "/attachments/", typed.substr(slash + 1));
}

absl::Status DownloadEvidence(Invocation& call, const std::string& typed,
                              const std::string& target) {
  vouchers::v1::DownloadAttachmentRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_name(), AttachmentName(call, typed));
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<grpc::ClientContext> context,
                           call.session().NewContext(absl::Minutes(10)));
  const auto stream = call.session().vouchers().DownloadAttachment(context.get(), request);
  vouchers::v1::DownloadAttachmentResponse response;
  Attachment attachment;
  std::string content;
  while (stream->Read(&response)) {
    if (response.has_attachment()) attachment = response.attachment();
    content += response.data();
  }
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return call.session().Failed(status);
  // The name came from somebody else: it is a name in this folder and nothing more.
  const std::string path =
      target.empty() ? std::filesystem::path(attachment.file_name()).filename().string() : target;
  if (target.empty() && std::filesystem::exists(path)) {
    return UsageError("--to", absl::StrCat(path, " exists; say where to write"));
  }
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  if (!file.flush()) return UsageError("--to", absl::StrCat("cannot write ", path));
  call.WriteNote(absl::Substitute(call.Text(Label::kSavedTo), attachment.name(), path));
  WriteRecord(call, attachment, kAttachments);
  return absl::OkStatus();
}

void AddVoucherDownload(CLI::App& group, Client& client) {
  const auto typed = std::make_shared<std::string>();
  const auto target = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client,
      {"download", "Save an attachment to a file", "lumbung voucher download 12/3 --to nota.pdf"},
      Scope::kBook,
      [typed, target](Invocation& call) { return DownloadEvidence(call, *typed, *target); });
  command->add_option("ATTACHMENT", *typed, "VOUCHER/ATTACHMENT, or its resource name")->required();
  command->add_option("--to", *target, "Default: under its own name, in this folder")
      ->type_name("FILE");
}

void AddVoucherDetach(CLI::App& group, Client& client) {
  const auto typed = std::make_shared<std::string>();
  const auto request = std::make_shared<vouchers::v1::RemoveAttachmentRequest>();
  CLI::App* const command = AddCommand(
      group, client, {"detach", "Remove an attachment from a draft", "lumbung voucher detach 12/3"},
      Scope::kBook, [typed, request](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_name(), AttachmentName(call, *typed));
        EnsureRequestId(*request);
        LUMBUNG_ASSIGN_OR_RETURN(
            const vouchers::v1::Voucher voucher,
            call.session().Call(&VoucherApi::RemoveAttachment, *request, Retry::kWhenUnavailable));
        return WriteVoucher(call, voucher);
      });
  command->add_option("ATTACHMENT", *typed, "VOUCHER/ATTACHMENT, or its resource name")->required();
  AddWriteOptions(command, *request);
}

}  // namespace

void AddVoucherAttachmentCommands(CLI::App& group, Client& client) {
  AddVoucherAttach(group, client);
  AddVoucherDownload(group, client);
  AddVoucherDetach(group, client);
}

}  // namespace lumbung::cli
