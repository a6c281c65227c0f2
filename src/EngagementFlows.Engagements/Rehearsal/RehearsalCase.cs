using System.Text.Json;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>A case file: definitions, what happens from outside, and what is expected.</summary>
public sealed record RehearsalCase
{
    /// <summary>Gets the name: the field <c>name</c>, else the file's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the definition under test, as JSON text.</summary>
    public required string Definition { get; init; }

    /// <summary>Gets further definitions, published before it.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>Gets whether only the fields that <see cref="Expected"/> names are compared; so it is where the definition is given as a path.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Gets whether flowcharts run in counter mode.</summary>
    public bool CounterMode { get; init; }

    /// <summary>Gets whether an incident ends the instance unless the definition says otherwise.</summary>
    public bool FaultOnIncident { get; init; }

    /// <summary>Gets whether conversion is strict.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>Gets whether nothing is started: instances come from triggers.</summary>
    public bool NoStart { get; init; }

    /// <summary>Gets whether the states between the stimuli are not compared.</summary>
    public bool IsAsync { get; init; }

    /// <summary>Gets where the clock begins.</summary>
    /// <value>Default 2026-01-01T00:00Z.</value>
    public DateTimeOffset Now { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Gets where firm and client are, as <see cref="RehearsedHouse"/> reads it, or <see langword="null"/>.</summary>
    public PlainObject? House { get; init; }

    /// <summary>Gets the inputs of the start.</summary>
    public PlainObject Input { get; init; } = new();

    /// <summary>Gets the correlation id of the start, or <see langword="null"/>.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the trigger activity of the start, or <see langword="null"/>.</summary>
    public string? Trigger { get; init; }

    /// <summary>Gets what happens after the start, in order.</summary>
    public PlainList Stimuli { get; init; } = [];

    /// <summary>Gets the fields whose order does not count.</summary>
    public IReadOnlyList<string> Unordered { get; init; } = [];

    /// <summary>Gets what is expected: <c>wantedExpected</c> if given, else <c>expected</c>; <see langword="null"/> if the file expects nothing.</summary>
    public PlainObject? Expected { get; init; }

    /// <summary>Gets ids of <c>Elsa.Fault</c> activities, whose messages are compared.</summary>
    public IReadOnlySet<string> FaultIds { get; init; } = new HashSet<string>();

    /// <summary>Reads a case file.</summary>
    /// <exception cref="RehearsalException">The file, or a definition that it names, cannot be read or is no case.</exception>
    public static RehearsalCase Load(string path)
    {
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { MaxDepth = 600 });
            return Read(document.RootElement, Path.GetFileNameWithoutExtension(path), reference => File.ReadAllText(Path.Combine(folder, reference)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RehearsalException($"The case '{path}' cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Reads a case.</summary>
    /// <param name="json">The case.</param>
    /// <param name="name">The name if the case does not give one.</param>
    /// <param name="readDefinition">Returns the text of a definition that is given as a path.</param>
    /// <exception cref="RehearsalException">The element is no case.</exception>
    public static RehearsalCase Read(JsonElement json, string name, Func<string, string> readDefinition)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("definition", out JsonElement definition))
            throw new RehearsalException($"The case '{name}' has no 'definition'. Give a definition, or the path of one relative to the case file.");
        PlainObject fields = (PlainObject)PlainJson.Read(json)!;
        HashSet<string> faults = [];
        string main = Text(definition, readDefinition, faults);
        List<string> also = [];
        if (json.TryGetProperty("also", out JsonElement others) && others.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement other in others.EnumerateArray())
                also.Add(Text(other, readDefinition, faults));
        }

        return new RehearsalCase
        {
            Name = fields["name"] as string ?? name,
            Definition = main,
            Also = also,
            IsPartial = definition.ValueKind == JsonValueKind.String,
            CounterMode = fields["mode"] is "counter",
            FaultOnIncident = fields["incident"] is "fault",
            Strict = fields["strict"] is not false,
            NoStart = fields["noStart"] is true,
            IsAsync = fields["async"] is true,
            Now = fields["now"] is string now ? Instant(now, name) : new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            House = fields["house"] as PlainObject,
            Input = fields["input"] as PlainObject ?? new(),
            CorrelationId = fields["correlationId"] as string,
            Trigger = fields["trigger"] as string,
            Stimuli = fields["stimuli"] as PlainList ?? [],
            Unordered = [.. (fields["unordered"] as PlainList ?? []).OfType<string>()],
            Expected = fields["wantedExpected"] as PlainObject ?? fields["expected"] as PlainObject,
            FaultIds = faults,
        };
    }

    private static DateTimeOffset Instant(string text, string name) => DataConversion(text, out DateTimeOffset instant)
        ? instant
        : throw new RehearsalException($"The case '{name}' begins at '{text}', which is no instant. Write it as 2026-01-31T09:00:00Z.");

    private static bool DataConversion(string text, out DateTimeOffset instant)
    {
        bool isInstant = ValueConversion.TryConvert(text, new DataType(DataKind.DateTimeOffset), out object? value);
        instant = value as DateTimeOffset? ?? default;
        return isInstant && value is not null;
    }

    private static string Text(JsonElement definition, Func<string, string> readDefinition, HashSet<string> faults)
    {
        string text = definition.ValueKind == JsonValueKind.String ? readDefinition(definition.GetString()!) : definition.GetRawText();
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 600 });
        CollectFaults(document.RootElement, faults);
        return text;
    }

    private static void CollectFaults(JsonElement element, HashSet<string> faults)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.GetString() == "Elsa.Fault"
                && element.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String)
            {
                faults.Add(id.GetString()!);
            }

            foreach (JsonProperty member in element.EnumerateObject())
                CollectFaults(member.Value, faults);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
                CollectFaults(item, faults);
        }
    }
}
