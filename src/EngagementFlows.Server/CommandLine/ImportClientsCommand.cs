using System.CommandLine;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Clients;
using Npgsql;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>import-clients FILE</c>: tells what the file would do, then does it; all or nothing, and twice is the same as once.</summary>
internal static class ImportClientsCommand
{
    /// <summary>Who acts for the command in the audit.</summary>
    public const string Actor = "command:import-clients";

    private static readonly LocalizedText Missing = new(
        "The file '{0}' does not exist. Paths are meant from the folder where the command is typed.", "文件“{0}”不存在。路径以输入命令时所在的文件夹为准。");
    private static readonly LocalizedText Faulty = new("{0}: {1} fault(s); nothing was imported.", "{0}：有 {1} 处问题，未导入任何内容。");
    private static readonly LocalizedText People = new("{0}: {1} people.", "{0}：{1} 名员工。");
    private static readonly LocalizedText Outlook = new("{0}: {1}, {2}, {3} lines: {4} new, {5} changed, {6} unchanged.", "{0}：{1}，{2}，{3} 行：新增 {4}，变更 {5}，未变 {6}。");
    private static readonly LocalizedText Dry = new("Nothing was imported: this was a dry run.", "试运行，未导入任何内容。");
    private static readonly LocalizedText Done = new("Imported: {0} new clients of {1} lines.", "导入完成：共 {1} 行，新增 {0} 个客户。");

    public static Command Create(SettingArguments settings)
    {
        Argument<FileInfo> file = new("file") { Description = "A CSV file; workflows/samples/clients.csv shows the columns." };
        Option<FileInfo?> people = new("--people") { Description = "A CSV file of staff that is imported with it; workflows/samples/people.csv shows the columns." };
        Option<bool> dryRun = new("--dry-run") { Description = "Only tells what the files would do." };
        Option<string?> language = CommandLanguage.Option();
        Command command = new("import-clients", "Tells what a CSV file of clients, contacts and engagements would do, then imports it; exit code 1 and nothing imported if it has faults.")
        {
            file, people, dryRun, language,
        };
        command.SetAction((result, cancellationToken) => RunAsync(
            settings, new(result.GetRequiredValue(file), result.GetValue(people), result.GetValue(dryRun)),
            CommandLanguage.Of(result.GetValue(language), Environment.GetEnvironmentVariable), Console.Out, Console.Error, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(
        SettingArguments settings, ClientImportOrder order, Language language, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        foreach (FileInfo file in new[] { order.People, order.Clients }.OfType<FileInfo>().Where(file => !file.Exists))
        {
            await errors.WriteLineAsync(language.Say(Missing, file.FullName));
            return 1;
        }

        PeopleImportReading staff = order.People is null ? new([], []) : PeopleImport.Read(await File.ReadAllBytesAsync(order.People.FullName, cancellationToken));
        if (order.People is not null)
        {
            if (await ReportAsync(order.People, staff.Faults, language, errors))
                return 1;
            await output.WriteLineAsync(language.Say(People, order.People.Name, staff.People.Count));
        }

        await using CommandDatabase opened = await CommandDatabase.OpenAsync(settings, cancellationToken);
        await opened.Database.MigrateAsync(cancellationToken);
        NpgsqlDataSource database = opened.Database.Flows.Queries;
        byte[] content = await File.ReadAllBytesAsync(order.Clients.FullName, cancellationToken);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        ClientImportOutlook outlook = await new PreviewClients(database).ExecuteAsync(content, staff.People, now, cancellationToken);
        if (await ReportAsync(order.Clients, outlook.Reading.Faults, language, errors))
            return 1;
        FileText text = outlook.Reading.Text!;
        await output.WriteLineAsync(language.Say(
            Outlook, order.Clients.Name, text.Encoding, language.Say(ClientImportTexts.SeparatorOf(text.Separator)), outlook.Reading.Lines, outlook.Made, outlook.Changed, outlook.Same));
        if (order.IsDryRun)
        {
            await output.WriteLineAsync(language.Say(Dry));
            return 0;
        }

        ClientImportWatch watch = new() { People = staff.People, MayCommit = (transaction, engagements, token) => AuditAsync(transaction, order, staff.People.Count, engagements.Count, token) };
        ClientImportResult result = (await new ImportClients(database).ExecuteAsync(content, "import-clients", now, watch, cancellationToken))!;
        // Only if somebody changed the staff between the two looks.
        if (await ReportAsync(order.Clients, result.Faults, language, errors))
            return 1;
        await output.WriteLineAsync(language.Say(Done, result.Engagements.Count(engagement => engagement.IsNew), result.Engagements.Count));
        return 0;
    }

    private static async Task<bool> AuditAsync(NpgsqlTransaction transaction, ClientImportOrder order, int people, int lines, CancellationToken cancellationToken)
    {
        string detail = JsonSerializer.Serialize(new { file = order.Clients.Name, lines, people });
        await AppendAudit.ExecuteAsync(transaction, new AuditEntry(AuditEntry.Administration, Actor, "ClientsImported", "clients", detail), now: null, cancellationToken);
        return true;
    }

    private static async Task<bool> ReportAsync(FileInfo file, IReadOnlyList<ImportFault> faults, Language language, TextWriter errors)
    {
        foreach (ImportFault fault in faults)
            await errors.WriteLineAsync($"{file.Name}({fault.Line}){(fault.Column is null ? "" : $" {fault.Column}")}: {language.Say(new LocalizedText(fault.Message, fault.MessageZh))}");
        if (faults.Count > 0)
            await errors.WriteLineAsync(language.Say(Faulty, file.Name, faults.Count));
        return faults.Count > 0;
    }
}

/// <summary>What the command is to import.</summary>
/// <param name="Clients">The file of clients.</param>
/// <param name="People">A file of staff that goes with it, in the same transaction; or <see langword="null"/>.</param>
/// <param name="IsDryRun">Whether to look only.</param>
internal sealed record ClientImportOrder(FileInfo Clients, FileInfo? People, bool IsDryRun);
