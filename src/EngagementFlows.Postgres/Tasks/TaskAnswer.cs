using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Scripts;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>What a person wants to do with a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Outcome">One of the task's outcomes.</param>
/// <param name="Comment">A comment, or <see langword="null"/>.</param>
/// <param name="Answers">The answers of the task's form as they were given; <see langword="null"/> if the task has none.</param>
public sealed record TaskAnswer(Guid TaskId, string Outcome, string? Comment, PlainObject? Answers)
{
    /// <summary>Gets who acts, as the audit writes it; <see langword="null"/> = the person himself, by his mail address. A program that acts for him goes under its own name.</summary>
    public string? Actor { get; init; }
}

/// <summary>A person's answer to a task, checked and ready to be submitted.</summary>
/// <param name="Verdict">Whether it may be; <see langword="null"/> if there is no such task. Anything but <see cref="TaskVerdict.Allowed"/> comes without stimulus and rider.</param>
/// <param name="Task">The task; shown only to those who may read it.</param>
/// <param name="Faults">Answers of the form that cannot be taken; nothing can be submitted while there is any.</param>
/// <param name="Stimulus">What resumes the instance.</param>
/// <param name="Rider">What is stored in the same commit: the task's completion (once), the answers, the audit entry.</param>
public sealed record PreparedTaskAnswer(
    TaskVerdict? Verdict, HumanTask? Task, IReadOnlyList<AnswerFault> Faults, BookmarkResumed? Stimulus = null, RequestRider? Rider = null);

/// <summary>Checks a person's answer to a task and prepares its commit.</summary>
public sealed class PrepareTaskAnswer(NpgsqlDataSource dataSource)
{
    /// <summary>Checks; reads only. The rider checks once more, under lock, when it is committed.</summary>
    /// <exception cref="InvalidOperationException">The task names a form that its process version does not have.</exception>
    public async Task<PreparedTaskAnswer> ExecuteAsync(TaskAnswer answer, Person person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (!(await LoadTasks.ExecuteAsync(connection, [answer.TaskId], cancellationToken)).TryGetValue(answer.TaskId, out HumanTask? task))
            return new(null, null, []);
        TaskVerdict verdict = TaskDecision.ToComplete(task, person, answer.Outcome, answer.Comment);
        if (verdict != TaskVerdict.Allowed)
            return new(verdict, task, []);
        FormValidation? form = null;
        if (task.FormPath is { } path && !TaskDecision.LeavesFormOut(answer.Outcome))
        {
            FormDefinition definition = await StaffForm.ExecuteAsync(connection, task.DefinitionVersionId, path, onlyActive: true, cancellationToken);
            form = FormValidator.Validate(definition.On(now, person.Zone), answer.Answers ?? new());
            if (form.Faults.Count > 0)
                return new(verdict, task, form.Faults);
        }

        string? comment = string.IsNullOrWhiteSpace(answer.Comment) ? null : answer.Comment.Trim();
        PlainObject input = new()
        {
            ["Outcome"] = answer.Outcome,
            ["Comment"] = comment,
            ["CompletedBy"] = person.Email,
            ["CompletedByName"] = person.Name,
            ["Answers"] = form?.Answers,
        };
        return new(verdict, task, [], new(task.InstanceId, task.BookmarkId, input), new Rider(task, answer.Outcome, comment, person, answer.Actor ?? person.Email, form));
    }

    private sealed class Rider(HumanTask task, string outcome, string? comment, Person person, string actor, FormValidation? form) : RequestRider
    {
        public override Guid Locks => task.Id;

        public override void Append(NpgsqlBatch batch, RiderContext context)
        {
            // The wait is gone: there is nothing that the completion could belong to.
            if (context.Result.Kind != TransitionKind.Applied)
                return;
            batch.BatchCommands.Add(CompleteTask.Create(task.Id, outcome, comment, person, context.Now));
            if (form is not null)
            {
                batch.BatchCommands.Add(InsertFormAnswer.Create(
                    new(task.Id, "task", task.EngagementId, null, person.Id, task.DefinitionVersionId, task.FormPath!, form), context.Now));
            }
        }

        public override void Gather(RiderRows rows, RiderContext context)
        {
            if (context.Result.Kind == TransitionKind.Applied)
                rows.Acts.Add(new($"engagement/{task.EngagementId:D}", actor, "TaskCompleted", $"task/{task.Id:D}", JsonSerializer.Serialize(new { title = task.Title.En, outcome, person = person.Email })));
        }

        public override IEnumerable<WebhookFact> FactsOf(RiderContext context) => context.Result.Kind != TransitionKind.Applied ? [] :
        [
            new(WebhookKinds.TaskCompleted, task.Id, [new("taskId", task.Id), new("outcome", outcome), new("instanceId", task.InstanceId), new("engagementId", task.EngagementId)]),
        ];
    }
}
