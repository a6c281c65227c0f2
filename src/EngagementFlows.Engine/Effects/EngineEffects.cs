using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Effects;

/// <summary>Puts a stimulus into the inbox: a dispatched child's start, a child's end for its parent, an automatic retry.</summary>
/// <param name="Stimulus">The stimulus.</param>
/// <param name="DueAt">Not before this instant; <see langword="null"/> = at once.</param>
public sealed record StimulusSent(Stimulus Stimulus, DateTimeOffset? DueAt = null) : Effect;

/// <summary>Publishes an event: it starts instances by triggers and resumes waits.</summary>
/// <param name="EventId">The event's id.</param>
/// <param name="Name">The event's name, compared exactly.</param>
/// <param name="CorrelationId">Reaches only waits whose instance had this correlation id; <see langword="null"/> = all.</param>
/// <param name="LocalInstanceId">Reaches only waits of this instance; <see langword="null"/> = all.</param>
/// <param name="Payload">A plain value or <see langword="null"/>.</param>
public sealed record EventPublished(Guid EventId, string Name, string? CorrelationId, Guid? LocalInstanceId, object? Payload) : Effect;

/// <summary>A line written by <c>WriteLine</c>; goes to the journal and to the log.</summary>
/// <param name="Text">The text, perhaps of several lines.</param>
public sealed record LineWritten(string Text) : Effect;

/// <summary>Asks the host to carry out a task of that name; the host resumes the bookmark with input <c>RunTaskInput</c>.</summary>
/// <param name="TaskId">The task's id.</param>
/// <param name="BookmarkId">The bookmark to resume.</param>
/// <param name="TaskName">The task's name.</param>
/// <param name="Payload">Arguments, or <see langword="null"/>.</param>
public sealed record TaskRequested(Guid TaskId, Guid BookmarkId, string TaskName, PlainObject? Payload) : Effect;

/// <summary>An outside HTTP call; the dispatcher makes it and resumes the bookmark with the result.</summary>
/// <param name="EffectKey">Unique for ever: instance, activity execution, purpose.</param>
/// <param name="BookmarkId">The bookmark to resume.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">The absolute address; checked against the allow-list when the call is made.</param>
/// <param name="Content">The body as text, or <see langword="null"/>.</param>
/// <param name="ContentType">The body's type, or <see langword="null"/>.</param>
/// <param name="Headers">Request headers: name → text or list of texts.</param>
public sealed record HttpCallRequested(
    string EffectKey, Guid BookmarkId, string Method, string Url, string? Content, string? ContentType, PlainObject Headers) : Effect;

/// <summary>The answer to the HTTP request that began this burst.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="Content">The body, or <see langword="null"/>.</param>
/// <param name="ContentType">The body's type.</param>
/// <param name="Headers">Response headers: name → text or list of texts.</param>
public sealed record HttpResponseWritten(int StatusCode, ReadOnlyMemory<byte>? Content, string? ContentType, PlainObject Headers) : Effect;

/// <summary>A mail by <c>Elsa.SendEmail</c>: addresses, subject and body are the definition's own.</summary>
/// <param name="EffectKey">Unique for ever: instance, activity execution, purpose; the recipient is added per message.</param>
/// <param name="From">Sender, or <see langword="null"/> for the configured one.</param>
/// <param name="To">Recipients.</param>
/// <param name="Cc">Copies.</param>
/// <param name="Bcc">Blind copies.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Body">HTML body.</param>
public sealed record EmailRequested(
    string EffectKey, string? From, IReadOnlyList<string> To, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, string Subject, string Body) : Effect;
