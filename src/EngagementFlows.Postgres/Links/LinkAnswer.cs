using System.Security.Cryptography;
using System.Text;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Scripts;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>What a contact posts through a link.</summary>
/// <param name="LinkId">The link, from a genuine token or a signed cookie.</param>
/// <param name="Outcome"><see cref="LinkDecision.Answered"/> or <see cref="LinkDecision.Declined"/>.</param>
/// <param name="Answers">The answers as they were given; <see langword="null"/> when declining.</param>
/// <param name="Comment">Why the contact declines, or <see langword="null"/>.</param>
/// <param name="Code">The code from the mailbox as it was typed, or <see langword="null"/> if nothing was.</param>
public sealed record LinkAnswer(Guid LinkId, string Outcome, PlainObject? Answers, string? Comment, string? Code = null)
{
    /// <summary>Gets the mark (<see cref="MarkOf"/>) of what the page said that was answered; <see langword="null"/> if the sender does not say.</summary>
    public string? Seen { get; init; }

    /// <summary>Returns a mark of what a link's page says above the form: another text, such as that of a meeting that was moved, has another one.</summary>
    public static string MarkOf(Link link) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(link.Message ?? ""))[..8]);

    /// <summary>Returns whether the page that was answered said something else than the link's page says now.</summary>
    public static bool IsOutdated(string? seen, Link link) => !string.IsNullOrEmpty(seen) && seen != MarkOf(link);
}

/// <summary>How an answer stands to the code that its link asks for.</summary>
public enum CodeVerdict
{
    /// <summary>It is right, or the link asks for none.</summary>
    Right,

    /// <summary>Nothing was typed yet.</summary>
    Missing,

    /// <summary>What was typed cannot be a code; it did not count as a try.</summary>
    NoCode,

    /// <summary>It is wrong, and may be typed again.</summary>
    Wrong,

    /// <summary>There is no code that may be typed: too late, tried too often, replaced, or none was sent.</summary>
    Dead,
}

/// <summary>A contact's answer, checked and ready to be submitted.</summary>
/// <param name="Verdict">Whether it may be; <see langword="null"/> if there is no such link. Anything but <see cref="LinkVerdict.Open"/> comes without stimulus and rider.</param>
/// <param name="Link">The link.</param>
/// <param name="Faults">Answers that cannot be taken; nothing can be submitted while there is any.</param>
/// <param name="Stimulus">What resumes the instance.</param>
/// <param name="Rider">What is stored in the same commit: the link's use (once), its code's, and the answers.</param>
/// <param name="Code">How it stands with the code; nothing can be submitted unless it is right.</param>
public sealed record PreparedLinkAnswer(
    LinkVerdict? Verdict, Link? Link, IReadOnlyList<AnswerFault> Faults, BookmarkResumed? Stimulus = null, RequestRider? Rider = null, CodeVerdict Code = CodeVerdict.Right)
{
    /// <summary>Gets whether the page said something else when it was filled in; nothing can be submitted then.</summary>
    public bool IsOutdated { get; init; }
}

/// <summary>Checks a contact's answer and prepares its commit.</summary>
public sealed class PrepareLinkAnswer(NpgsqlDataSource dataSource, LinkCodes codes)
{
    /// <summary>Checks. It writes nothing but that a code was tried, and asks for the code only when all else is right. The rider checks once more, under lock, when it is committed.</summary>
    /// <exception cref="InvalidOperationException">The link names a form that its process version does not have.</exception>
    public async Task<PreparedLinkAnswer> ExecuteAsync(LinkAnswer answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await FindLink.ReadAsync(connection, answer.LinkId, cancellationToken) is not { } link)
            return new(null, null, []);
        LinkVerdict verdict = LinkDecision.ToAnswer(link, answer.Outcome, now);
        if (verdict != LinkVerdict.Open)
            return new(verdict, link, []);
        if (LinkAnswer.IsOutdated(answer.Seen, link))
            return new(verdict, link, []) { IsOutdated = true };
        string? comment = string.IsNullOrWhiteSpace(answer.Comment) ? null : answer.Comment.Trim();
        if (comment is not null && TextRule.FaultOfText(comment, TextRule.CommentLength) is not null)
            return new(verdict, link, [new("comment", new("Please shorten the text, or type it again.", "请缩短文字或重新输入。"))]);
        EngagementSnapshot engagement = (await LoadEngagements.ExecuteAsync(connection, [link.EngagementId], cancellationToken))[link.EngagementId];
        FormValidation? form = null;
        if (answer.Outcome != LinkDecision.Declined)
        {
            FormDefinition definition = await LoadForm.ExecuteAsync(connection, link.DefinitionVersionId, link.FormPath, cancellationToken);
            form = FormValidator.Validate(definition.On(now, engagement.Contact.Zone), answer.Answers ?? new());
            if (form.Faults.Count > 0)
                return new(verdict, link, form.Faults);
            if (await FaultOfProposalAsync(connection, link, form.Answers, engagement.Contact.Zone, now, cancellationToken) is { } fault)
                return new(verdict, link, [fault]);
        }

        (CodeVerdict code, Guid? codeId) = link.ConfirmByCode ? await CheckAsync(connection, link.Id, answer.Code, now, cancellationToken) : (CodeVerdict.Right, null);
        if (code != CodeVerdict.Right)
            return new(verdict, link, [], Code: code);
        PlainObject input = new()
        {
            ["Outcome"] = form is null ? LinkDecision.Declined : LinkDecision.Answered,
            ["Answers"] = form?.Answers,
            ["Comment"] = comment,
            ["AnsweredBy"] = engagement.Contact.Name,
            ["Confirmed"] = link.ConfirmByCode,
        };
        return new(verdict, link, [], new(link.InstanceId, link.BookmarkId, input), new Rider(link, form, codeId));
    }

    // What no meeting can keep would use the link up, and stop the flow.
    private static async Task<AnswerFault?> FaultOfProposalAsync(NpgsqlConnection connection, Link link, PlainObject answers, string zone, DateTimeOffset now, CancellationToken cancellationToken) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? local) && MeetingProposal.FaultOf(answers, local, now) is { } fault && await ReadInvitation.IsOneAsync(connection, link, cancellationToken)
            ? fault
            : null;

    private async Task<(CodeVerdict Verdict, Guid? Code)> CheckAsync(NpgsqlConnection connection, Guid link, string? typed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return (CodeVerdict.Missing, null);
        if (LinkCodes.Read(typed) is not { } digits)
            return (CodeVerdict.NoCode, null);
        if (await TryLinkCode.ExecuteAsync(connection, link, now, cancellationToken) is not var (code, left))
            return (CodeVerdict.Dead, null);
        if (codes.IsRight(code, digits))
            return (CodeVerdict.Right, code.Id);
        return (left > 0 ? CodeVerdict.Wrong : CodeVerdict.Dead, null);
    }

    private sealed class Rider(Link link, FormValidation? form, Guid? code) : RequestRider
    {
        public override Guid Locks => link.Id;

        public override void Append(NpgsqlBatch batch, RiderContext context)
        {
            // The wait is gone: there is nothing that the answer could belong to.
            if (context.Result.Kind != TransitionKind.Applied)
                return;
            batch.BatchCommands.Add(ConsumeLink.Create(link.Id, form is null ? LinkDecision.Declined : LinkDecision.Answered, code, link.Message, context.Now));
            if (form is not null)
            {
                batch.BatchCommands.Add(InsertFormAnswer.Create(
                    new(link.Id, "link", link.EngagementId, link.ContactId, null, link.DefinitionVersionId, link.FormPath, form), context.Now));
            }
        }

        // Whether, never what: the answers stay here.
        public override IEnumerable<WebhookFact> FactsOf(RiderContext context) => context.Result.Kind != TransitionKind.Applied ? [] :
        [
            new(WebhookKinds.ClientAnswered, link.Id,
                [
                    new("linkId", link.Id), new("outcome", form is null ? LinkDecision.Declined : LinkDecision.Answered), new("instanceId", link.InstanceId),
                    new("engagementId", link.EngagementId), new("contactId", link.ContactId),
                ]),
        ];
    }
}
