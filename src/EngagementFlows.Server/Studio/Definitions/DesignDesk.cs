using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Npgsql;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Who acts in the designer, and how he reads.</summary>
/// <param name="Person">The person or program.</param>
/// <param name="Reader">His language and zone.</param>
internal sealed record Designer(CurrentPerson Person, Reader Reader);

/// <summary>Stores what is drawn in the designer. Each act is one transaction with its audit entry; acts on one definition wait for each other.</summary>
/// <remarks>Whatever happens in between – a lost answer, a save sent twice, a second editor, the end of the process –, what somebody saved is stored whole or he is told that it is not.</remarks>
internal sealed class DesignDesk(FlowsDatabase database, LiveCatalogue catalogue, ActivityCatalog activities)
{
    private const int LongestSlug = 60;
    private const int MostTries = 100;

    /// <summary>Shows a version as the Studio reads it.</summary>
    public JsonObject Show(DesignedVersion version, Reader reader) =>
        ShownDefinition.Of(DefinitionNodes.Parse(version.Stored.Json), IdentityOf(version), Known(), reader.Language.Tag);

    /// <summary>Stores a save of the Studio: a new definition, the draft in place, a new draft above a version that stays as it is, or nothing if nothing was changed.</summary>
    public async Task<DesignAnswer> SaveAsync(JsonObject sent, EditorSave editor, Designer designer, CancellationToken cancellationToken)
    {
        if (sent.TextOf("definitionId") is not { Length: > 0 } definitionId)
            return await CreateAsync(sent, editor, designer, cancellationToken);
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockDefinition.ExecuteAsync(transaction, definitionId, cancellationToken);
        if (await ReadDesignedVersion.LatestAsync(connection, definitionId, cancellationToken) is not { } latest)
            return DesignAnswer.Refused(designer.Reader.Say(DesignTexts.Gone, sent.TextOf("name") ?? definitionId));

        LoadedStamp? loaded = KeptDefinition.StampOf(sent);
        SaveDecision decision = editor.On(latest, loaded);
        if (decision == SaveDecision.Late)
            return DesignAnswer.Of(latest, DesignNotice.Late);
        KnownActivities known = Known();
        string language = designer.Reader.Language.Tag;
        JsonObject stored = DefinitionNodes.Parse(latest.Stored.Json);
        JsonObject shown = ShownDefinition.Of(stored, IdentityOf(latest), known, language);
        JsonObject kept = KeptDefinition.Of(stored, shown, sent, known, language);
        if (JsonNode.DeepEquals(stored, kept) || KeptDefinition.IsOnlyMeasured(stored, kept))
            return await UnchangedAsync(transaction, latest, editor, decision, cancellationToken);
        if (decision == SaveDecision.Behind)
            return DesignAnswer.Conflict(WhoWasFirst(latest, loaded, designer.Reader));
        if (KeptDefinition.CountOf(stored) > 1 && KeptDefinition.CountOf(kept) == 0)
            return DesignAnswer.Refused(designer.Reader.Say(DesignTexts.Emptied, KeptDefinition.CountOf(stored)));
        return await StoreAsync(transaction, latest, DefinitionNodes.Write(kept), editor, designer, cancellationToken);
    }

    /// <summary>Makes a new draft of what an older version says; a draft that is there stays as it is, below it.</summary>
    public async Task<DesignAnswer> RevertAsync(string definitionId, int version, Designer designer, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockDefinition.ExecuteAsync(transaction, definitionId, cancellationToken);
        if (await ReadDesignedVersion.NumberedAsync(connection, definitionId, version, cancellationToken) is not { } wanted)
            return DesignAnswer.Refused(designer.Reader.Say(DesignTexts.VersionGone, version));
        return await DraftAsync(transaction, wanted.Stored.Json, wanted.Stored.Id, "DefinitionReverted", EditorSave.Unknown, designer, cancellationToken, new { toVersion = version });
    }

    /// <summary>Brings a definition in from a file that the Studio read: as a new definition, or as a new draft of the one that has its id. What is drawn there stays as it is, below it.</summary>
    public async Task<DesignAnswer> ImportAsync(JsonObject sent, Designer designer, CancellationToken cancellationToken)
    {
        string? definitionId = sent.TextOf("definitionId") ?? sent.TextOf("id");
        if (string.IsNullOrWhiteSpace(definitionId))
            return DesignAnswer.Refused(designer.Reader.Say(DesignTexts.ImportHasNoId));
        string text = DefinitionNodes.Write(KeptDefinition.Fresh(sent, definitionId, Known(), designer.Reader.Language.Tag));
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockDefinition.ExecuteAsync(transaction, definitionId, cancellationToken);
        DesignedVersion? latest = await ReadDesignedVersion.LatestAsync(connection, definitionId, cancellationToken);
        return latest is not null && DefinitionText.Hash(latest.Stored.Json) == DefinitionText.Hash(text)
            ? DesignAnswer.Of(latest, DesignNotice.Unchanged)
            : await DraftAsync(transaction, text, latest?.Stored.Id, "DefinitionImported", EditorSave.Unknown, designer, cancellationToken);
    }

    /// <summary>Makes a draft of a version that was taken back, so that it can be published again; other versions are returned as they are.</summary>
    public async Task<DesignAnswer> DraftOfRetiredAsync(string definitionId, Designer designer, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockDefinition.ExecuteAsync(transaction, definitionId, cancellationToken);
        DesignedVersion? latest = await ReadDesignedVersion.LatestAsync(connection, definitionId, cancellationToken);
        if (latest is null)
            return DesignAnswer.Refused(designer.Reader.Say(DesignTexts.Gone, definitionId));
        return latest.Stored.State == "retired"
            ? await DraftAsync(transaction, latest.Stored.Json, latest.Stored.Id, "DefinitionReverted", EditorSave.Unknown, designer, cancellationToken, new { toVersion = latest.Stored.Version })
            : DesignAnswer.Of(latest, DesignNotice.Unchanged);
    }

    /// <summary>Returns what the version's identity looks like to the Studio.</summary>
    public static ShownVersion IdentityOf(DesignedVersion version) => new(
        version.Stored.Id, version.Stored.DefinitionId, version.Stored.Version, version.IsLatest, version.Stored.State == "published", version.Stored.CreatedAt, version.Stored.Revision);

    /// <summary>Returns the activities and flows of this moment.</summary>
    public KnownActivities Known() => new(catalogue.Current);

    private async Task<DesignAnswer> CreateAsync(JsonObject sent, EditorSave editor, Designer designer, CancellationToken cancellationToken)
    {
        if (sent.TextOf("name")?.Trim() is not { Length: > 0 } name)
            return DesignAnswer.Refused(designer.Reader.Say(DesignTexts.NoName));
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await FindNewDrawing.WaitAsync(transaction, name, cancellationToken);
        // A copy of a flow keeps what the Studio does not show of it, with its mails and forms.
        DesignedVersion? source = KeptDefinition.StampOf(sent) is { } stamp ? await ReadDesignedVersion.ByIdAsync(connection, stamp.VersionId, cancellationToken) : null;
        IReadOnlyDictionary<string, byte[]> texts = source is null ? new Dictionary<string, byte[]>() : await ListAssets.ExecuteAsync(connection, source.Stored.Id, cancellationToken);
        foreach ((string versionId, string made, string contentHash) in await FindNewDrawing.RecentAsync(transaction, designer.Person.Caller, cancellationToken))
        {
            if (DefinitionReader.Read(New(made), activities).Definition is { } same && DefinitionDesk.HashOf(same, texts) == contentHash)
                return DesignAnswer.Of((await ReadDesignedVersion.ByIdAsync(connection, versionId, cancellationToken))!, DesignNotice.Saved);
        }

        string definitionId = await FreeIdAsync(transaction, name, cancellationToken);
        return await DraftAsync(transaction, New(definitionId), source?.Stored.Id, "DefinitionCreated", editor, designer, cancellationToken);

        string New(string id) => DefinitionNodes.Write(Copy(sent, source, id, designer.Reader.Language.Tag));
    }

    private JsonObject Copy(JsonObject sent, DesignedVersion? source, string definitionId, string language)
    {
        KnownActivities known = Known();
        if (source is null)
            return KeptDefinition.Fresh(sent, definitionId, known, language);
        JsonObject stored = DefinitionNodes.Parse(source.Stored.Json);
        JsonObject shown = ShownDefinition.Of(stored, IdentityOf(source), known, language);
        string? name = sent.TextOf("name");
        bool isRenamed = name != shown.TextOf("name");
        JsonObject kept = KeptDefinition.Of(stored, shown, sent, known, language);
        if (isRenamed)
        {
            kept.Put("name", name);
            (kept.Member("customProperties") as JsonObject)?.Drop("displayName");
        }

        foreach (string identity in (string[])["id", "version", "createdAt", "isLatest", "isPublished"])
            kept.Drop(identity);
        kept.Put("definitionId", definitionId);
        return kept;
    }

    private static async Task<string> FreeIdAsync(NpgsqlTransaction transaction, string name, CancellationToken cancellationToken)
    {
        string slug = SlugOf(name) ?? $"flow-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        for (int i = 1; i <= MostTries; i++)
        {
            string id = i == 1 ? slug : $"{slug}-{i}";
            await LockDefinition.ExecuteAsync(transaction, id, cancellationToken);
            if (!await FindNewDrawing.IsTakenAsync(transaction, id, cancellationToken))
                return id;
        }

        return $"{slug}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    }

    /// <summary>Returns an id that people can read in addresses and file names; <see langword="null"/> for names that are not written in Latin letters.</summary>
    internal static string? SlugOf(string name)
    {
        if (!name.All(char.IsAscii))
            return null;
        string dashed = new([.. name.Trim().ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]);
        string slug = string.Join('-', dashed.Split('-', StringSplitOptions.RemoveEmptyEntries));
        slug = slug.Length > LongestSlug ? slug[..LongestSlug].TrimEnd('-') : slug;
        return slug.Any(char.IsAsciiLetter) ? slug : null;
    }

    private static async Task<DesignAnswer> UnchangedAsync(
        NpgsqlTransaction transaction, DesignedVersion latest, EditorSave editor, SaveDecision decision, CancellationToken cancellationToken)
    {
        if (decision == SaveDecision.Accept && editor is { Id: { } page, Save: { } save })
        {
            await NoteEditor.ExecuteAsync(transaction, latest.Stored.Id, page, save, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return DesignAnswer.Of(latest, DesignNotice.Unchanged);
    }

    private async Task<DesignAnswer> StoreAsync(NpgsqlTransaction transaction, DesignedVersion latest, string text, EditorSave editor, Designer designer, CancellationToken cancellationToken)
    {
        StoredDefinition before = latest.Stored;
        bool isInPlace = before is { State: "draft", IsDrawn: true };
        bool isPicture = !isInPlace && DefinitionLogic.Hash(before.Json) == DefinitionLogic.Hash(text);
        if (!isInPlace && !isPicture)
            return await DraftAsync(transaction, text, before.Id, "DefinitionDrawn", editor, designer, cancellationToken);
        if (Read(text, designer.Reader, out WorkflowDefinition? definition) is { } refused)
            return refused;
        DrawingSave save = new(await HashAsync(transaction, definition!, before.Id, cancellationToken), designer.Person.Caller, editor.Id, editor.Save);
        bool isStored = isInPlace
            ? await SaveDrawing.UpdateAsync(transaction, before.Id, before.Revision, definition!, save, cancellationToken)
            : await SaveDrawing.UpdatePictureAsync(transaction, before.Id, before.Revision, text, save, cancellationToken);
        // Somebody submitted or published it in this very moment.
        if (!isStored)
            return DesignAnswer.Conflict(designer.Reader.Say(DesignTexts.ChangedMeanwhile));
        await DefinitionDesk.AuditAsync(
            transaction, before.DefinitionId, designer.Person.Caller, isInPlace ? "DefinitionSaved" : "DefinitionPictureMoved", before.Id, cancellationToken,
            JsonSerializer.Serialize(new { revision = before.Revision + 1 }, JsonSerializerOptions.Web));
        return await CommitAsync(transaction, before.Id, cancellationToken);
    }

    private async Task<DesignAnswer> DraftAsync(
        NpgsqlTransaction transaction, string text, string? textsOf, string act, EditorSave editor, Designer designer, CancellationToken cancellationToken, object? detail = null)
    {
        if (Read(text, designer.Reader, out WorkflowDefinition? definition) is { } refused)
            return refused;
        DrawingSave save = new(await HashAsync(transaction, definition!, textsOf, cancellationToken), designer.Person.Caller, editor.Id, editor.Save);
        string versionId = await SaveDrawing.InsertAsync(transaction, definition!, textsOf, save, cancellationToken);
        await DefinitionDesk.AuditAsync(
            transaction, definition!.DefinitionId, designer.Person.Caller, act, versionId, cancellationToken, detail is null ? null : JsonSerializer.Serialize(detail, JsonSerializerOptions.Web));
        return await CommitAsync(transaction, versionId, cancellationToken);
    }

    private static async Task<DesignAnswer> CommitAsync(NpgsqlTransaction transaction, string versionId, CancellationToken cancellationToken)
    {
        DesignedVersion stored = (await ReadDesignedVersion.ByIdAsync(transaction.Connection!, versionId, cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        return DesignAnswer.Of(stored, DesignNotice.Saved);
    }

    // What cannot be read is not stored: it could not be opened again.
    private DesignAnswer? Read(string text, Reader reader, out WorkflowDefinition? definition)
    {
        DefinitionReading reading = DefinitionReader.Read(text, activities);
        definition = reading.Definition;
        return definition is null ? DesignAnswer.Refused([.. reading.Refusals.Select(refusal => reader.Say(DesignTexts.Refused, refusal.In(reader.Language.Tag)))]) : null;
    }

    private static async Task<string> HashAsync(NpgsqlTransaction transaction, WorkflowDefinition definition, string? textsOf, CancellationToken cancellationToken) =>
        DefinitionDesk.HashOf(definition, textsOf is null ? new Dictionary<string, byte[]>() : await ListAssets.ExecuteAsync(transaction.Connection!, textsOf, cancellationToken));

    private static string WhoWasFirst(DesignedVersion latest, LoadedStamp? loaded, Reader reader)
    {
        if (loaded is null)
            return reader.Say(DesignTexts.NoStamp);
        string who = latest.SavedBy;
        string when = reader.Moment(latest.SavedAt ?? latest.Stored.CreatedAt);
        return loaded.VersionId == latest.Stored.Id ? reader.Say(DesignTexts.Behind, who, when) : reader.Say(DesignTexts.NewerVersion, who, when, latest.Stored.Version);
    }
}
