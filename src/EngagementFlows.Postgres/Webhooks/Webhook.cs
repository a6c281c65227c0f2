using Npgsql;

namespace EngagementFlows.Postgres.Webhooks;

/// <summary>Another system that is told facts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name that people gave it.</param>
/// <param name="Url">Where it is told.</param>
/// <param name="Kinds">What it is told: kinds of <see cref="WebhookKinds"/>.</param>
/// <param name="State"><c>active</c> or <c>paused</c>: then its facts wait.</param>
/// <param name="Revision">Counts its changes, from 1.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="ChangedAt">When it was changed last.</param>
/// <param name="ChangedBy">By whom.</param>
public sealed record Webhook(
    Guid Id, string Name, string Url, IReadOnlyList<string> Kinds, string State, long Revision,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ChangedAt, string ChangedBy)
{
    /// <summary>The state in which facts go out.</summary>
    public const string Active = "active";

    /// <summary>The state in which facts wait.</summary>
    public const string Paused = "paused";

    internal static Webhook Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetString(4), reader.GetInt64(5),
        reader.Instant(6), reader.GetString(7), reader.Instant(8), reader.GetString(9));
}

/// <summary>A webhook with how its deliveries stand.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Waiting">Deliveries that are to go out (again).</param>
/// <param name="GivenUp">Deliveries that were given up or refused in the last 7 days: a person should look.</param>
/// <param name="LastAnswer">What the other side said last, or <see langword="null"/>.</param>
/// <param name="LastState">How that delivery stands, or <see langword="null"/>.</param>
public sealed record WebhookLine(Webhook Webhook, long Waiting, long GivenUp, string? LastAnswer, string? LastState);
