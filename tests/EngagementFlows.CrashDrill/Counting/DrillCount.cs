using System.Text.Json;
using System.Text.Json.Serialization;

namespace EngagementFlows.CrashDrill.Counting;

/// <summary>What a drill counted; the names are those of its JSON.</summary>
internal sealed record DrillCount
{
    /// <summary>Gets the starts, answers, task outcomes and events for which a caller was given a 2xx (or, by the form, a thank-you).</summary>
    [JsonPropertyName("acknowledged")]
    public long Acknowledged { get; init; }

    /// <summary>Gets the acknowledged facts that the database does not show.</summary>
    [JsonPropertyName("lost")]
    public long Lost { get; init; }

    /// <summary>Gets what has not come to its end: instances, facts in the inbox, mails in the outbox, callers never answered.</summary>
    [JsonPropertyName("stuck")]
    public long Stuck { get; init; }

    /// <summary>Gets what exists more often than once.</summary>
    [JsonPropertyName("doubled")]
    public long Doubled { get; init; }

    /// <summary>Gets the effect keys of mails in the ledger.</summary>
    [JsonPropertyName("mails")]
    public long Mails { get; init; }

    /// <summary>Gets the mails that the sink took more often than once, or that nobody wanted.</summary>
    [JsonPropertyName("mailsDoubled")]
    public long MailsDoubled { get; init; }

    /// <summary>Gets the mails that count as accepted and that the sink does not have, that should have been written, or of which nobody is told.</summary>
    [JsonPropertyName("mailsMissing")]
    public long MailsMissing { get; init; }

    /// <summary>Gets the mails of which nobody knows whether they were taken; each is shown to a person.</summary>
    [JsonPropertyName("uncertain")]
    public long Uncertain { get; init; }

    /// <summary>Gets the violations that <c>doctor</c> counts, without those of uncertain mails, which stand under their own name.</summary>
    [JsonPropertyName("invariantViolations")]
    public long InvariantViolations { get; init; }

    /// <summary>Gets whether everything is zero that must be.</summary>
    [JsonIgnore]
    public bool IsClean => Lost + Stuck + Doubled + MailsDoubled + MailsMissing + InvariantViolations == 0 && Acknowledged > 0;

    public static DrillCount operator +(DrillCount one, DrillCount other) => new()
    {
        Acknowledged = one.Acknowledged + other.Acknowledged,
        Lost = one.Lost + other.Lost,
        Stuck = one.Stuck + other.Stuck,
        Doubled = one.Doubled + other.Doubled,
        Mails = one.Mails + other.Mails,
        MailsDoubled = one.MailsDoubled + other.MailsDoubled,
        MailsMissing = one.MailsMissing + other.MailsMissing,
        Uncertain = one.Uncertain + other.Uncertain,
        InvariantViolations = one.InvariantViolations + other.InvariantViolations,
    };

    /// <summary>Returns the one line for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Returns the figures for people.</summary>
    public override string ToString() =>
        $"acknowledged {Acknowledged:N0}, lost {Lost}, stuck {Stuck}, doubled {Doubled}; mails {Mails:N0}, doubled {MailsDoubled}, missing {MailsMissing}, uncertain {Uncertain}; invariant violations {InvariantViolations}";
}
