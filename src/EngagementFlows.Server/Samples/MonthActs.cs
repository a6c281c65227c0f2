using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Milestones;
using EngagementFlows.Postgres.Tasks;

namespace EngagementFlows.Server.Samples;

/// <summary>Does what the people of a month do, by the ways that the pages take.</summary>
internal sealed class MonthActs(
    PlayedTime time, FlowsEngine engine, ListMails listMails, GetMail getMail, PrepareLinkAnswer prepareLinkAnswer, CountLinkOpening countOpening, SendLinkCode sendCode, LinkCodes codes,
    ListTasks listTasks, PrepareTaskAnswer prepareTaskAnswer, ListMilestones listMilestones, ReachMilestone reachMilestone)
{
    // From the wish for a code to its being typed.
    private static readonly TimeSpan ReadingOfACode = TimeSpan.FromSeconds(50);

    /// <summary>Does it; returns why not, or <see langword="null"/> when it is done.</summary>
    public Task<string?> ActAsync(Guid engagement, MonthAct act, IReadOnlyDictionary<string, Person> staff, CancellationToken cancellationToken) => act switch
    {
        MonthAct.Starts starts => StartAsync(engagement, starts, cancellationToken),
        MonthAct.Answers answers => AnswerAsync(engagement, answers, cancellationToken),
        MonthAct.Completes completes => staff.TryGetValue(completes.By, out Person? person)
            ? CompleteAsync(engagement, completes, person, cancellationToken)
            : Task.FromResult<string?>($"nobody is called '{completes.By}'"),
        MonthAct.Reaches reaches => staff.TryGetValue(reaches.By, out Person? person)
            ? ReachAsync(engagement, reaches, person, cancellationToken)
            : Task.FromResult<string?>($"nobody is called '{reaches.By}'"),
        _ => throw new InvalidOperationException($"EngagementFlows bug: an act of type '{act.GetType()}' cannot be played."),
    };

    private async Task<string?> StartAsync(Guid engagement, MonthAct.Starts act, CancellationToken cancellationToken)
    {
        StartRequested start = new(TimeOrderedId.Create(time.GetUtcNow()), act.Process) { CorrelationId = engagement.ToString("D"), Input = act.Input };
        return WhyNot(await engine.Gateway.SubmitAsync(start, rider: null, cancellationToken));
    }

    private async Task<string?> AnswerAsync(Guid engagement, MonthAct.Answers act, CancellationToken cancellationToken)
    {
        if (await LatestAsync(engagement, mail => mail.Line.Template == act.Mail, cancellationToken) is not { LinkId: { } link })
            return "there is no such mail";
        await countOpening.ExecuteAsync(link, time.GetUtcNow(), looksLikeMachine: false, cancellationToken);
        LinkAnswer answer = new(link, act.With is null ? LinkDecision.Declined : LinkDecision.Answered, act.With, act.Comment);
        PreparedLinkAnswer prepared = await prepareLinkAnswer.ExecuteAsync(answer, time.GetUtcNow(), cancellationToken);
        if (prepared.Code == CodeVerdict.Missing && await CodeAsync(engagement, link, cancellationToken) is { } code)
            prepared = await prepareLinkAnswer.ExecuteAsync(answer with { Code = code }, time.GetUtcNow(), cancellationToken);
        return prepared switch
        {
            { Stimulus: { } stimulus } => WhyNot(await engine.Gateway.SubmitAsync(stimulus, prepared.Rider, cancellationToken)),
            { Faults: [var fault, ..] } => $"'{fault.Question}': {fault.Message.En}",
            { Verdict: not LinkVerdict.Open } => $"the link is '{prepared.Verdict}'",
            _ => $"the code is '{prepared.Code}'",
        };
    }

    private async Task<string?> CodeAsync(Guid engagement, Guid link, CancellationToken cancellationToken)
    {
        if (await sendCode.ExecuteAsync(link, time.GetUtcNow(), cancellationToken) != CodeOutcome.Sent)
            return null;
        time.MoveTo(time.GetUtcNow() + ReadingOfACode);
        return await LatestAsync(engagement, mail => mail.Code is not null, cancellationToken) is { Code: { } code } ? codes.TextOf(code) : null;
    }

    private async Task<MailDetail?> LatestAsync(Guid engagement, Func<MailDetail, bool> isWanted, CancellationToken cancellationToken)
    {
        MailFilter filter = new() { EngagementId = engagement, Audience = "client" };
        foreach (MailLine line in (await listMails.ExecuteAsync(filter, after: null, limit: 50, cancellationToken)).Items)
        {
            if (await getMail.ExecuteAsync(line.Id, cancellationToken) is { } mail && isWanted(mail))
                return mail;
        }

        return null;
    }

    private async Task<string?> CompleteAsync(Guid engagement, MonthAct.Completes act, Person person, CancellationToken cancellationToken)
    {
        TaskLine? task = (await listTasks.ExecuteAsync(person, TaskState.Open, engagement, after: null, limit: 50, cancellationToken)).Items.FirstOrDefault(task => task.Title.En == act.Task);
        if (task is null)
            return "there is no such task";
        PreparedTaskAnswer prepared = await prepareTaskAnswer.ExecuteAsync(new(task.Id, act.Outcome, act.Comment, act.With), person, time.GetUtcNow(), cancellationToken);
        return prepared switch
        {
            { Stimulus: { } stimulus } => WhyNot(await engine.Gateway.SubmitAsync(stimulus, prepared.Rider, cancellationToken)),
            { Faults: [var fault, ..] } => $"'{fault.Question}': {fault.Message.En}",
            _ => $"the task says '{prepared.Verdict}'",
        };
    }

    private async Task<string?> ReachAsync(Guid engagement, MonthAct.Reaches act, Person person, CancellationToken cancellationToken)
    {
        Milestone? milestone = (await listMilestones.ExecuteAsync([engagement], cancellationToken)).FirstOrDefault(one => one.Name == act.Milestone);
        if (milestone is null)
            return "there is no such milestone";
        MilestoneMark mark = await reachMilestone.ExecuteAsync(engagement, milestone.Id, on: null, person.Id, person.Email, person.Name, time.GetUtcNow(), cancellationToken);
        return mark is MilestoneMark.Reached ? null : $"the milestone says '{mark}'";
    }

    private static string? WhyNot(StimulusResult result) =>
        result.RefusedBy ?? (result.Kind == TransitionKind.Applied ? null : result.Message ?? $"it was '{result.Kind}'");
}
