using System.Text;
using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Values;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Definitions;
using Npgsql;
using MailLanguages = EngagementFlows.Engagements.Clients.Languages;

namespace EngagementFlows.Server.Studio.Rehearsal;

/// <summary>A flow that is rehearsed: its newest version with the texts that belong to it.</summary>
/// <param name="Stored">The version.</param>
/// <param name="Definition">What it says; <see langword="null"/> if it cannot be read.</param>
/// <param name="Assets">Mails, forms and files.</param>
public sealed record RehearsedFlow(StoredDefinition Stored, WorkflowDefinition? Definition, IReadOnlyDictionary<string, byte[]> Assets);

/// <summary>Plays drafts in memory: nothing of it reaches the database, a mailbox or the world, except a case that somebody keeps.</summary>
internal sealed class RehearsalDesk(FlowsDatabase database, ActivityCatalog activities, LiveCatalogue catalogue, ServerOptions options, Firm firm)
{
    private static readonly Person Owner = Somebody("owner", "Olivia Owner", StaffRoles.AccountManager);
    private static readonly Person Architect = Somebody("architect", "Arno Architect", StaffRoles.Architect);

    /// <summary>Gets the people of a rehearsal, for forms that ask for one.</summary>
    public static IReadOnlyList<Person> People { get; } = [Owner, Architect, Somebody("last", "Lara Last", StaffRoles.Administrator), Somebody("neutral", "Nils Neutral", StaffRoles.AccountManager)];

    /// <summary>Finds the newest version of a flow, or <see langword="null"/>.</summary>
    public async Task<RehearsedFlow?> FindAsync(string definitionId, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredDefinition> versions = await ListDefinitions.ExecuteAsync(database.Queries, definitionId, onlyPublished: false, cancellationToken);
        if (versions.Count == 0)
            return null;
        StoredDefinition newest = versions[0];
        DefinitionReading reading = DefinitionReader.Read(Encoding.UTF8.GetBytes(newest.Json), activities);
        return new(newest, reading.Definition, await ListAssets.ExecuteAsync(database.Queries, newest.Id, cancellationToken));
    }

    /// <summary>Plays a script from its beginning.</summary>
    /// <exception cref="RehearsalException">The flow cannot be started, or an act of the script is none; the message says why.</exception>
    public PlayedCase Play(RehearsedFlow flow, RehearsalScript script) => Player().Rehearse(CaseOf(flow, script, flow.Stored.DefinitionId));

    /// <summary>Composes a mail of the flow as its reader would get it.</summary>
    /// <returns>The mail, or what is wrong with it; neither for mails that are not of the flow.</returns>
    public (ComposedMail? Mail, string? Fault) Compose(RehearsedFlow flow, RehearsalScript script, RehearsedMail mail)
    {
        if (mail.Effect is not ClientMailRequested letter)
            return (null, null);
        EngagementSnapshot snapshot = Snapshot(script, letter.EngagementId);
        TimeZoneInfo zone = TimeZoneInfo.TryFindSystemTimeZoneById(snapshot.Contact.Zone, out TimeZoneInfo? known) ? known : TimeZoneInfo.Utc;
        MailFrame frame = new(firm.Name, Owner.Name, Owner.Phone, firm.Email) { Now = mail.At, DueAt = letter.DueAt, DueIsProvisional = letter.DueIsProvisional, Zone = zone };
        Dictionary<string, string> sources = MailLanguages.All.Where(language => flow.Assets.ContainsKey(VersionTexts.PathOf(letter.Template, language)))
            .ToDictionary(language => language, language => AssetText.Of(flow.Assets[VersionTexts.PathOf(letter.Template, language)]));
        try
        {
            return (MailComposer.Compose(MailTemplateSet.Parse(letter.Template, sources), script.Language, MailModel.OfClient(snapshot, firm, letter), frame), null);
        }
        catch (MailTemplateException fault)
        {
            return (null, fault.Message);
        }
    }

    /// <summary>Keeps a rehearsal as a case of the flow's newest version, with what came of it as what is expected; one of the same name is replaced.</summary>
    /// <returns>The file's path below the flow's folder.</returns>
    public async Task<string> KeepAsync(RehearsedFlow flow, RehearsalScript script, string name, string by, CancellationToken cancellationToken)
    {
        string path = $"{WorkflowFolder.Cases}{SlugOf(name)}.json";
        PlainObject outcome = Player().Play(CaseOf(flow, script, name));
        PlainObject kept = new() { ["about"] = name, ["definition"] = $"../{flow.Stored.DefinitionId}.json" };
        foreach ((string field, object? value) in script.Fields)
        {
            // The language is that of the preview; a case names templates, not letters.
            if (field != "language")
                kept[field] = value;
        }

        PlainObject expected = new();
        foreach (string field in (string[])["status", "subStatus", "activities", "mails", "incidents"])
        {
            if (outcome.ContainsKey(field))
                expected[field] = outcome[field];
        }

        kept["expected"] = expected;
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await KeepAsset.ExecuteAsync(transaction, flow.Stored.Id, path, Encoding.UTF8.GetBytes(PlainJson.Write(kept) + "\n"), cancellationToken);
        await DefinitionDesk.AuditAsync(transaction, flow.Stored.DefinitionId, by, "CaseKept", flow.Stored.Id, cancellationToken, PlainJson.Write(new PlainObject { ["path"] = path }));
        await transaction.CommitAsync(cancellationToken);
        return path;
    }

    private CasePlayer Player() => new(activities, options.Firm.Zone);

    private RehearsalCase CaseOf(RehearsedFlow flow, RehearsalScript script, string name)
    {
        StoredDefinition stored = flow.Stored;
        // Only flows that this one names can be begun by it; an event may begin others, which are another rehearsal.
        string[] also = [.. catalogue.Current.All.Where(other => other.IsPublished && other.DefinitionId != stored.DefinitionId && Names(stored.Json, other)).Select(other => other.Json)];
        return script.CaseOf(name, DefinitionText.WithIdentity(stored.Json, stored.Id, stored.Version, isLatest: true, isPublished: true), also);
    }

    private static bool Names(string json, WorkflowDefinition other) =>
        json.Contains($"\"{other.DefinitionId}\"", StringComparison.Ordinal) || (other.ActivityTypeName is { } type && json.Contains($"\"{type}\"", StringComparison.Ordinal));

    private static EngagementSnapshot Snapshot(RehearsalScript script, Guid engagement)
    {
        bool chinese = script.Language == "zh-CN";
        string zone = ((script.Fields["house"] as PlainObject)?["client"] as PlainObject)?["zone"] as string ?? "UTC";
        Client client = new(Guid.Empty, "REHEARSAL", chinese ? "演练客户有限公司" : "Rehearsal Client Ltd", null, 2);
        Contact contact = new(Guid.Empty, Guid.Empty, chinese ? "王芳" : "Clara Client", "contact@rehearsal.example", null, script.Language, zone);
        return new(new(engagement, Guid.Empty, Guid.Empty, Owner.Id, Architect.Id, "intake", chinese ? "演练项目" : "A rehearsed engagement"), client, contact, Owner, Architect);
    }

    private static Person Somebody(string rung, string name, string role) => new(Guid.Empty, name, $"{rung}@rehearsal.example", [role], "en", "UTC", "+00 000 000");

    // A file's name: letters, digits and hyphens; a name that has none of them is numbered by its own hash.
    private static string SlugOf(string name)
    {
        string slug = string.Join('-', string.Concat(name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length > 0 ? slug[..Math.Min(slug.Length, 60)] : "case-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];
    }
}
