using System.Globalization;
using System.Text;
using EngagementFlows.CrashDrill.Callers;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Migrations;
using Npgsql;

namespace EngagementFlows.CrashDrill;

/// <summary>Fills an empty database with a firm of one owner and with clients, before anything is attacked.</summary>
internal static class Firm
{
    /// <summary>Migrates and fills; returns an intake for each engagement, to be started.</summary>
    public static async Task<IReadOnlyList<DrilledIntake>> FoundAsync(NpgsqlDataSource dataSource, int engagements, CancellationToken cancellationToken)
    {
        await new MigrationRunner(dataSource).RunAsync(cancellationToken);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await new ImportPeople(dataSource).ExecuteAsync(Encoding.UTF8.GetBytes($"name,email,roles,language,zone,phone\nOwen Owner,{DrillSettings.Owner},account-manager,en,UTC,\n"), now, cancellationToken);
        StringBuilder clients = new("external_id,client,industry,tier,contact,email,phone,language,zone,engagement,owner,architect\n");
        for (int i = 0; i < engagements; i++)
        {
            string language = i % 2 == 0 ? "en" : "zh-CN";
            clients.Append(CultureInfo.InvariantCulture, $"D-{i},Client {i},,2,Contact {i},client-{i}@drill.example,,{language},UTC,Engagement {i},{DrillSettings.Owner},\n");
        }

        ClientImportResult imported = await new ImportClients(dataSource).ExecuteAsync(Encoding.UTF8.GetBytes(clients.ToString()), "drill", now, cancellationToken);
        if (imported.Faults.Count > 0)
            throw new InvalidOperationException($"The drill's clients are not taken: {imported.Faults[0].Message}");
        return [.. imported.Engagements.Select(engagement => new DrilledIntake(int.Parse(engagement.ExternalId.AsSpan(2), CultureInfo.InvariantCulture), engagement.EngagementId)).OrderBy(intake => intake.Number)];
    }
}
