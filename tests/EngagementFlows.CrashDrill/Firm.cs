using System.Globalization;
using System.Text;
using EngagementFlows.CrashDrill.Callers;
using EngagementFlows.CrashDrill.Children;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Migrations;
using Npgsql;

namespace EngagementFlows.CrashDrill;

/// <summary>A firm of one owner and of clients in a database that nothing attacks; rounds and lanes work on copies of it.</summary>
internal sealed class Firm
{
    private const string Name = "firm";
    // For each of these a schedule starts an instance every few seconds.
    private const int OfFirstTier = 5;

    private readonly DrillPostgres _postgres;
    private readonly IReadOnlyList<Guid> _engagements;

    private Firm(DrillPostgres postgres, IReadOnlyList<Guid> engagements)
    {
        _postgres = postgres;
        _engagements = engagements;
    }

    /// <summary>Migrates a database and fills it.</summary>
    public static async Task<Firm> FoundAsync(DrillPostgres postgres, int engagements, CancellationToken cancellationToken)
    {
        await using NpgsqlDataSource dataSource = House.Open(await postgres.CreateDatabaseAsync(Name, template: null, cancellationToken));
        await new MigrationRunner(dataSource).RunAsync(cancellationToken);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await new ImportPeople(dataSource).ExecuteAsync(Encoding.UTF8.GetBytes($"name,email,roles,language,zone,phone\nOwen Owner,{DrillSettings.Owner},account-manager,en,UTC,\n"), now, cancellationToken);
        StringBuilder clients = new("external_id,client,industry,tier,contact,email,phone,language,zone,engagement,owner,architect\n");
        for (int i = 0; i < engagements; i++)
        {
            string language = i % 2 == 0 ? "en" : "zh-CN";
            int tier = i < OfFirstTier ? ScheduleKeeper.Tier : 2;
            clients.Append(CultureInfo.InvariantCulture, $"D-{i},Client {i},,{tier},Contact {i},client-{i}@drill.example,,{language},UTC,Engagement {i},{DrillSettings.Owner},\n");
        }

        ClientImportResult imported = await new ImportClients(dataSource).ExecuteAsync(Encoding.UTF8.GetBytes(clients.ToString()), "drill", now, cancellationToken);
        if (imported.Faults.Count > 0)
            throw new InvalidOperationException($"The drill's clients are not taken: {imported.Faults[0].Message}");
        return new(postgres, [.. imported.Engagements.OrderBy(engagement => int.Parse(engagement.ExternalId.AsSpan(2), CultureInfo.InvariantCulture)).Select(engagement => engagement.EngagementId)]);
    }

    /// <summary>Makes a copy and returns its connection string.</summary>
    public Task<string> CopyAsync(string name, CancellationToken cancellationToken) => _postgres.CreateDatabaseAsync(name, Name, cancellationToken);

    /// <summary>Returns an intake for each engagement, to be started in a copy of its own.</summary>
    public IReadOnlyList<DrilledIntake> NewIntakes() => [.. _engagements.Select((engagement, number) => new DrilledIntake(number, engagement))];
}
