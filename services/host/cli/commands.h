// The user commands of the binary, one function per group. Each talks to a server through the
// public API and never round it.
#ifndef LUMBUNG_SERVICES_HOST_CLI_COMMANDS_H_
#define LUMBUNG_SERVICES_HOST_CLI_COMMANDS_H_

#include <CLI/App.hpp>

#include "services/host/cli/command_line.h"

namespace lumbung::cli {

// `login`, `logout` and `whoami`.
void AddSignInCommands(CLI::App& app, Client& client);
// `user ...`.
void AddPersonCommands(CLI::App& app, Client& client);
void AddRoleCommands(CLI::App& app, Client& client);
void AddApiKeyCommands(CLI::App& app, Client& client);
void AddAuditTrailCommands(CLI::App& app, Client& client);
void AddLogCommands(CLI::App& app, Client& client);
void AddAuditPackCommand(CLI::App& app, Client& client);
// `audit-tests` and `audit-sample`.
void AddAuditTestCommands(CLI::App& app, Client& client);
void AddVerifyCommand(CLI::App& app, Client& client);
void AddOrganizationCommands(CLI::App& app, Client& client);
void AddBookCommands(CLI::App& app, Client& client);
void AddAccountCommands(CLI::App& app, Client& client);
void AddFundCommands(CLI::App& app, Client& client);
void AddDimensionCommands(CLI::App& app, Client& client);
void AddCurrencyCommands(CLI::App& app, Client& client);
void AddEntryCommands(CLI::App& app, Client& client);
// `entry post`, which AddEntryCommands adds to its group.
void AddEntryPostCommand(CLI::App& group, Client& client);
// Vouchers; the parts of the group after it are added by it.
void AddVoucherCommands(CLI::App& app, Client& client);
void AddVoucherWriteCommands(CLI::App& group, Client& client);
void AddVoucherPrintCommand(CLI::App& group, Client& client);
void AddVoucherDecisionCommands(CLI::App& group, Client& client);
void AddVoucherAttachmentCommands(CLI::App& group, Client& client);
void AddVoucherTemplateCommands(CLI::App& group, Client& client);
void AddVoucherSettingsCommands(CLI::App& group, Client& client);
void AddBalanceCommands(CLI::App& app, Client& client);
void AddReportCommands(CLI::App& app, Client& client);
void AddImportCommands(CLI::App& app, Client& client);
void AddExportCommand(CLI::App& app, Client& client);
void AddPeriodCommands(CLI::App& app, Client& client);
void AddAssertionCommands(CLI::App& app, Client& client);
void AddOperationCommands(CLI::App& app, Client& client);

// All of the above, in the order in which help lists them.
void AddUserCommands(CLI::App& app, Client& client);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_COMMANDS_H_
