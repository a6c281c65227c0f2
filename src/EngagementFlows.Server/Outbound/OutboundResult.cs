using System.Net;

namespace EngagementFlows.Server.Outbound;

/// <summary>How an outside call ended.</summary>
public abstract record OutboundResult;

/// <summary>The other side answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body's bytes.</param>
/// <param name="ContentType">The body's type as the answer named it, or <see langword="null"/>.</param>
/// <param name="Headers">All headers of the answer.</param>
public sealed record OutboundAnswered(HttpStatusCode Status, byte[] Body, string? ContentType, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Headers)
    : OutboundResult;

/// <summary>The rules forbid the call; nothing was sent.</summary>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record OutboundRefused(string Reason) : OutboundResult;

/// <summary>No connection came about, or it broke before an answer.</summary>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record OutboundFailed(string Reason) : OutboundResult;

/// <summary>The answer did not come in time; whether the other side acted is unknown.</summary>
/// <param name="After">The time that was allowed.</param>
public sealed record OutboundTimedOut(TimeSpan After) : OutboundResult
{
    /// <summary>Gets the setting that allowed it.</summary>
    public string Setting { get; init; } = "EngagementFlows:Outbound:Timeout";
}

/// <summary>The answer is larger than allowed; it was not read to its end.</summary>
/// <param name="LimitBytes">The bytes that were allowed.</param>
public sealed record OutboundTooLarge(int LimitBytes) : OutboundResult;

/// <summary><c>onSending</c> said no: nothing was sent.</summary>
public sealed record OutboundWithheld : OutboundResult;
