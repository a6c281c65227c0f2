namespace EngagementFlows.Postgres.Webhooks;

/// <summary>The kinds of facts that webhooks can be told; names are part of the outside contract.</summary>
public static class WebhookKinds
{
    /// <summary>An instance began.</summary>
    public const string InstanceStarted = "instance.started";

    /// <summary>An instance came to its end.</summary>
    public const string InstanceFinished = "instance.finished";

    /// <summary>An instance ended by a failure.</summary>
    public const string InstanceFaulted = "instance.faulted";

    /// <summary>An instance was ended from outside.</summary>
    public const string InstanceCancelled = "instance.cancelled";

    /// <summary>An activity failed and waits for a person.</summary>
    public const string IncidentOpened = "incident.opened";

    /// <summary>A task was given to somebody.</summary>
    public const string TaskCreated = "task.created";

    /// <summary>A task got its outcome.</summary>
    public const string TaskCompleted = "task.completed";

    /// <summary>A contact answered or declined through a link.</summary>
    public const string ClientAnswered = "client.answered";

    /// <summary>A mail will never reach its reader.</summary>
    public const string MailRejected = "mail.rejected";

    /// <summary>A message that a person asked for, to try a webhook; no subscription names it.</summary>
    public const string Test = "webhook.test";

    /// <summary>Gets all kinds that a webhook may name.</summary>
    public static IReadOnlyList<string> All { get; } =
        [InstanceStarted, InstanceFinished, InstanceFaulted, InstanceCancelled, IncidentOpened, TaskCreated, TaskCompleted, ClientAnswered, MailRejected];
}
