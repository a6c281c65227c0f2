using System.Text.Json;

namespace EngagementFlows.CrashDrill.Callers;

/// <summary>Everybody who has to do with one instance: who starts it, the client, the owner, and the program that publishes the event.</summary>
/// <remarks>Each says what he has to say until he is told that it was taken; the next one begins when the mail to him has come.</remarks>
internal sealed class IntakeCallers(Caller caller, MailBook mails, Chance chance)
{
    // By then whoever looks into his inbox sees the task whose mail did not come.
    private static readonly TimeSpan MailPatience = TimeSpan.FromSeconds(6);

    /// <summary>Gets whether nobody is early and nobody presses twice: the same steps each time.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Plays one instance to its last acknowledged fact.</summary>
    public async Task PlayAsync(DrilledIntake intake, CancellationToken cancellationToken)
    {
        bool isEarly = !IsPlain && chance.Percent(25);
        bool isDoubled = !IsPlain && chance.Percent(10);
        object start = new { definitionId = "crash-drill", correlationId = intake.EngagementId.ToString("D") };
        if (await caller.PostAsync("/api/instances", $"start-{intake.Number}", start, cancellationToken) is not { } started)
            return;
        Guid instance = started.GetProperty("instance").GetProperty("id").GetGuid();
        intake.Started = instance;
        // Before anybody waits for it: it must be kept for the wait that comes.
        if (isEarly)
            await PublishAsync(intake, cancellationToken);
        string link = await mails.LinkOfAsync(instance, cancellationToken);
        intake.IsAnswered = await caller.AnswerAsync(link, intake.Word, isDoubled, cancellationToken);
        if (!intake.IsAnswered)
            return;
        await CompleteAsync(intake, instance, cancellationToken);
        if (!isEarly)
            await PublishAsync(intake, cancellationToken);
    }

    private async Task CompleteAsync(DrilledIntake intake, Guid instance, CancellationToken cancellationToken)
    {
        Guid task = await FindTaskAsync(intake, instance, cancellationToken);
        object body = new { outcome = "Done", comment = intake.Note };
        if (await caller.PostAsync($"/api/tasks/{task:D}/complete", $"task-{intake.Number}", body, cancellationToken) is not null)
            intake.Completed = task;
    }

    private async Task PublishAsync(DrilledIntake intake, CancellationToken cancellationToken)
    {
        object body = new { name = "DrillGo", correlationId = intake.EngagementId.ToString("D"), payload = new { word = intake.Go } };
        if (await caller.PostAsync("/api/events", $"event-{intake.Number}", body, cancellationToken) is { } published)
            intake.Published = published.GetProperty("id").GetGuid();
    }

    private async Task<Guid> FindTaskAsync(DrilledIntake intake, Guid instance, CancellationToken cancellationToken)
    {
        Task<Guid> told = mails.TaskOfAsync(instance, cancellationToken);
        while (true)
        {
            if (await Task.WhenAny(told, Task.Delay(MailPatience, cancellationToken)) == told)
                return await told;
            JsonElement? list = await caller.GetAsync($"/api/tasks?state=open&engagementId={intake.EngagementId:D}", cancellationToken);
            if (list?.GetProperty("items") is { } items && items.GetArrayLength() > 0)
                return items[0].GetProperty("id").GetGuid();
        }
    }
}
