using System.Globalization;
using System.Text.Json;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Studio.Rehearsal;

/// <summary>What a person has done in a rehearsal so far: a case that travels with the page, so that the server keeps nothing and every step can be taken back.</summary>
/// <param name="Fields">The case's fields but its definition: <c>now, house, input, correlationId, language, stimuli</c>.</param>
public sealed record RehearsalScript(PlainObject Fields)
{
    /// <summary>The greatest length of the text in which it travels, in characters.</summary>
    public const int MostCharacters = 400_000;

    private const int MostStimuli = 300;

    /// <summary>Gets the acts so far.</summary>
    public PlainList Stimuli => Fields["stimuli"] as PlainList ?? [];

    /// <summary>Gets the client's language.</summary>
    public string Language => Fields["language"] as string ?? "en";

    /// <summary>Begins one.</summary>
    /// <param name="now">Where its clock begins.</param>
    /// <param name="engagementId">The engagement that the flow is about.</param>
    /// <param name="zone">The zone of the client; that of the firm stands beside it.</param>
    /// <param name="firmZone">The zone of the firm.</param>
    /// <param name="language">The client's language.</param>
    /// <param name="input">The inputs of the start.</param>
    public static RehearsalScript Begin(DateTimeOffset now, Guid engagementId, string zone, string firmZone, string language, PlainObject input) => new(new PlainObject
    {
        ["now"] = PlainJson.Iso(now.ToUniversalTime()),
        ["correlationId"] = engagementId.ToString("D", CultureInfo.InvariantCulture),
        ["house"] = new PlainObject { ["firm"] = new PlainObject { ["zone"] = firmZone }, ["client"] = new PlainObject { ["zone"] = zone } },
        ["language"] = language,
        ["input"] = input,
        ["stimuli"] = new PlainList(),
    });

    /// <summary>Reads the text in which it travelled; <see langword="null"/> if it is none.</summary>
    public static RehearsalScript? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MostCharacters)
            return null;
        try
        {
            return PlainJson.Parse(text) is PlainObject fields && fields["stimuli"] is PlainList { Count: <= MostStimuli } ? new(fields) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Returns the script with one act more.</summary>
    public RehearsalScript With(PlainObject stimulus) => Stimuli.Count >= MostStimuli ? this : WithStimuli(new PlainList(Stimuli.Append(stimulus)));

    /// <summary>Returns the script without its last act.</summary>
    public RehearsalScript WithoutLast() => WithStimuli(new PlainList(Stimuli.Take(Math.Max(Stimuli.Count - 1, 0))));

    /// <summary>Returns the text in which it travels.</summary>
    public string Write() => PlainJson.Write(Fields);

    /// <summary>Returns the case of a definition.</summary>
    /// <param name="name">The case's name.</param>
    /// <param name="definition">The definition's text.</param>
    /// <param name="also">Further definitions.</param>
    /// <exception cref="RehearsalException">A field is not as a case has it.</exception>
    public RehearsalCase CaseOf(string name, string definition, IReadOnlyList<string> also)
    {
        PlainObject fields = new();
        foreach ((string field, object? value) in Fields)
            fields[field] = value;
        fields["definition"] = "definition";
        using JsonDocument document = JsonDocument.Parse(PlainJson.Write(fields), new JsonDocumentOptions { MaxDepth = StudioJson.MaxDepth });
        return RehearsalCase.Read(document.RootElement, name, _ => definition) with { Also = also };
    }

    private RehearsalScript WithStimuli(PlainList stimuli)
    {
        PlainObject fields = new();
        foreach ((string field, object? value) in Fields)
            fields[field] = field == "stimuli" ? stimuli : value;
        return new(fields);
    }
}
