using EngagementFlows.Engine.Bookmarks;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>How an attempt to carry out an effect ended.</summary>
public abstract record SendOutcome;

/// <summary>The other side took it.</summary>
/// <param name="Answer">What it said.</param>
/// <param name="Result">What an instance is told, or <see langword="null"/>; committed with the outcome.</param>
public sealed record SendAccepted(string Answer, Stimulus? Result = null) : SendOutcome;

/// <summary>The other side will never take it, or the rules forbid it.</summary>
/// <param name="Answer">What it said, or why not.</param>
/// <param name="Result">What an instance is told, or <see langword="null"/>; committed with the outcome.</param>
public sealed record SendRejected(string Answer, Stimulus? Result = null) : SendOutcome;

/// <summary>It surely was not taken and may be tried again, until it has failed for too long.</summary>
/// <param name="Reason">Why not.</param>
/// <param name="RetryAfter">The rest that the other side asked for; <see langword="null"/> = as <see cref="SendBackoff"/> says.</param>
public sealed record SendAgain(string Reason, TimeSpan? RetryAfter = null) : SendOutcome;

/// <summary>Nothing was tried: a limit of our own, or the end of the process. It counts for nothing.</summary>
/// <param name="Reason">Why not now.</param>
/// <param name="After">When it may be tried.</param>
public sealed record SendLater(string Reason, TimeSpan After) : SendOutcome;

/// <summary>It may have been taken: a person decides, nothing is sent again by itself.</summary>
/// <param name="Reason">What is known.</param>
public sealed record SendUncertain(string Reason) : SendOutcome;

/// <summary>The lease was lost before anything was sent: somebody else has it.</summary>
public sealed record SendLeft : SendOutcome;
