using EngagementFlows.CrashDrill.Children;
using EngagementFlows.CrashDrill.Network;

namespace EngagementFlows.CrashDrill.Faults;

/// <summary>What a round offers to its faults.</summary>
/// <param name="Postgres">The PostgreSQL.</param>
/// <param name="Database">The round's database in it.</param>
/// <param name="Servers">The two servers.</param>
/// <param name="Lines">Their lines to PostgreSQL, in the same order; empty in a round without attacks on the network.</param>
/// <param name="Sink">The sink.</param>
/// <param name="RollOut">New versions of the flow.</param>
/// <param name="Backups">Backups.</param>
internal sealed record Targets(
    DrillPostgres Postgres, DatabaseFaults Database, IReadOnlyList<FlowsServer> Servers, IReadOnlyList<DatabaseLine> Lines, SinkProcess Sink, RollOut RollOut, Backups Backups);
