#include "services/host/cli/commands.h"

namespace lumbung::cli {

void AddUserCommands(CLI::App& app, Client& client) {
  AddSignInCommands(app, client);
  AddOrganizationCommands(app, client);
  AddBookCommands(app, client);
  AddAccountCommands(app, client);
  AddFundCommands(app, client);
  AddDimensionCommands(app, client);
  AddCurrencyCommands(app, client);
  AddEntryCommands(app, client);
  AddVoucherCommands(app, client);
  AddBalanceCommands(app, client);
  AddReportCommands(app, client);
  AddImportCommands(app, client);
  AddExportCommand(app, client);
  AddPeriodCommands(app, client);
  AddAssertionCommands(app, client);
  AddOperationCommands(app, client);
  AddPersonCommands(app, client);
  AddRoleCommands(app, client);
  AddApiKeyCommands(app, client);
  AddAuditTrailCommands(app, client);
  AddLogCommands(app, client);
  AddVerifyCommand(app, client);
  AddAuditPackCommand(app, client);
  AddAuditTestCommands(app, client);
}

}  // namespace lumbung::cli
