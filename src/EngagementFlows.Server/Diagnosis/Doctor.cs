using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Migrations;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Smtp;
using Npgsql;

namespace EngagementFlows.Server.Diagnosis;

/// <summary>Examines a database: the schema, and each promise with the number of its violations.</summary>
internal static class Doctor
{
    /// <summary>Tries the configured mail server without sending anything; <see langword="null"/> if none is configured.</summary>
    public static async Task<MailTrial?> TryMailAsync(MailOptions mail, TimeProvider clock, CancellationToken cancellationToken) => mail.Smtp is { } smtp
        ? new(smtp.Server, mail.Transport == MailOptions.OverSmtp, await SmtpProbe.ProbeAsync(smtp, SmtpAccessTokens.Http, clock, cancellationToken))
        : null;

    /// <summary>Examines; changes nothing.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static async Task<DoctorReport> ExamineAsync(FlowsDatabase database, CancellationToken cancellationToken)
    {
        DatabaseFacts facts;
        await using (NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken))
            facts = new DatabaseFacts(connection.PostgreSqlVersion.ToString(), connection.Database, connection.Host ?? "");
        IReadOnlyList<string> pending = await new MigrationRunner(database.Queries).ListPendingAsync(cancellationToken);
        if (pending.Count > 0)
            return new DoctorReport(facts, pending, []);
        return new DoctorReport(facts, pending, [.. (await InvariantChecks.CountAsync(database.Queries, cancellationToken)).Select(Finding.Of)])
        {
            Life = await new ReadIncarnation(database.Queries).ExecuteAsync(cancellationToken),
        };
    }
}

/// <param name="Database">What was examined.</param>
/// <param name="PendingMigrations">Migrations that the database lacks.</param>
/// <param name="Invariants">Each promise; empty while migrations are missing.</param>
internal sealed record DoctorReport(DatabaseFacts Database, IReadOnlyList<string> PendingMigrations, IReadOnlyList<Finding> Invariants)
{
    /// <summary>Gets the sum of all violations; warnings do not count.</summary>
    public long Violations => Invariants.Where(finding => !finding.IsWarning).Sum(finding => finding.Violations);

    /// <summary>Gets whether nothing is wrong.</summary>
    public bool IsHealthy => PendingMigrations.Count == 0 && Violations == 0 && (Mail is null or { CanSend: true } or { IsUsed: false });

    /// <summary>Gets whether the database was restored, and what waits for release since; <see langword="null"/> while migrations are missing.</summary>
    public IncarnationState? Life { get; init; }

    /// <summary>Gets how a trial of the mail server went; <see langword="null"/> if none is configured.</summary>
    public MailTrial? Mail { get; init; }
}

/// <param name="Server">The mail server's name and port.</param>
/// <param name="IsUsed">Whether mails go there; it may be configured, and tried, before.</param>
/// <param name="Steps">What was done, in order; nothing was sent.</param>
internal sealed record MailTrial(string Server, bool IsUsed, IReadOnlyList<SmtpStep> Steps)
{
    /// <summary>Gets whether every step succeeded.</summary>
    public bool CanSend => Steps.All(step => step.Succeeded);
}

/// <param name="Version">PostgreSQL's version.</param>
/// <param name="Name">The database.</param>
/// <param name="Host">Where it is.</param>
internal sealed record DatabaseFacts(string Version, string Name, string Host);

/// <param name="Name">The promise's name.</param>
/// <param name="Promise">What should hold.</param>
/// <param name="IsWarning">Whether a number above zero is worth a look only.</param>
/// <param name="Violations">How often it does not hold.</param>
/// <param name="Example">One case, if there is any.</param>
internal sealed record Finding(string Name, string Promise, bool IsWarning, long Violations, string? Example)
{
    public static Finding Of(InvariantResult result) =>
        new(result.Invariant.Name, result.Invariant.Promise, result.Invariant.IsWarning, result.Violations, result.Example);
}
