// `lumbung audit-trail`: who did what, and what was refused.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

using identity_v1::AuditEvent;

std::vector<Column> EventColumns(const Invocation& call) {
  return {call.NewColumn("event", Label::kEvent),
          call.NewColumn("record_time", Label::kRecorded),
          call.NewColumn("user_name", Label::kUserName),
          call.NewColumn("from_address", Label::kAddress),
          call.NewColumn("action", Label::kAction),
          call.NewColumn("resource", Label::kResource, ColumnKind::kFlexible),
          call.NewColumn("reason", Label::kReason)};
}

std::vector<Cell> EventCells(const Invocation& call, const AuditEvent& event) {
  return {absl::StrCat(event.event_id()),
          ShowInstant(call, event.record_time()),
          event.user_name(),
          event.from_address(),
          event.action(),
          event.resource(),
          event.reason()};
}

constexpr RecordLayout<AuditEvent> kEvents{EventColumns, EventCells};

struct TrailFilter {
  identity_v1::AuditFilter filter;
  std::string from;
  std::string to;
  bool platform = false;
};

void AddTrailFilterOptions(CLI::App* command, TrailFilter& options) {
  command->add_option("--from", options.from, "Not before this date or instant")->type_name("TIME");
  command->add_option("--to", options.to, "Not after this date or instant")->type_name("TIME");
  command->add_option("--user", *options.filter.mutable_user_name(), "Only what this person did")
      ->type_name("NAME");
  command
      ->add_option("--action", *options.filter.mutable_action(), "Only this: grant_role, sign_in")
      ->type_name("WORD");
  command
      ->add_option("--resource", *options.filter.mutable_resource(),
                   "Only what was done to this and below: people/siti, books/main")
      ->type_name("NAME");
  command->add_option("--call", *options.filter.mutable_request_id(), "Only this call")
      ->type_name("ID");
  command->add_flag_callback(
      "--refused", [&options] { options.filter.set_only_refused(true); }, "Only what was refused");
  command->add_flag("--platform", options.platform, "The platform's trail, not an organization's");
}

absl::Status ResolveTrailFilter(Invocation& call, TrailFilter& options) {
  if (options.platform) call.session().UsePlatform();
  if (!options.from.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(*options.filter.mutable_from_time(),
                             ParseInstant("--from", options.from));
  }
  if (!options.to.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(*options.filter.mutable_to_time(), ParseInstant("--to", options.to));
  }
  return absl::OkStatus();
}

void AddTrailList(CLI::App& group, Client& client) {
  const auto options = std::make_shared<TrailFilter>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"list", "Show what was done and refused, newest first",
                  "lumbung audit-trail list --refused"},
                 Scope::kOrganization, [options](Invocation& call) -> absl::Status {
                   LUMBUNG_RETURN_IF_ERROR(ResolveTrailFilter(call, *options));
                   identity_v1::ListAuditEventsRequest request;
                   *request.mutable_filter() = options->filter;
                   return WriteList(call, &IdentityApi::ListAuditEvents, request, "events",
                                    &identity_v1::ListAuditEventsResponse::events, kEvents);
                 });
  AddTrailFilterOptions(command, *options);
}

void AddTrailExport(CLI::App& group, Client& client) {
  const auto options = std::make_shared<TrailFilter>();
  CLI::App* const command = AddCommand(
      group, client,
      {"export", "Write the trail as CSV, with what was before and after",
       "lumbung audit-trail export --from 2026-01-01 > trail.csv"},
      Scope::kOrganization, [options](Invocation& call) -> absl::Status {
        LUMBUNG_RETURN_IF_ERROR(ResolveTrailFilter(call, *options));
        identity_v1::ExportAuditEventsRequest request;
        *request.mutable_filter() = options->filter;
        LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<grpc::ClientContext> context,
                                 call.session().NewContext(absl::InfiniteDuration()));
        const auto reader = call.session().identity().ExportAuditEvents(context.get(), request);
        identity_v1::ExportAuditEventsResponse chunk;
        while (reader->Read(&chunk)) call.console().out << chunk.data();
        return call.session().Failed(reader->Finish());
      });
  AddTrailFilterOptions(command, *options);
}

}  // namespace

void AddAuditTrailCommands(CLI::App& app, Client& client) {
  CLI::App* const group =
      AddGroup(app, "audit-trail", "The trail of what was done and what was refused");
  AddTrailList(*group, client);
  AddTrailExport(*group, client);
}

}  // namespace lumbung::cli
