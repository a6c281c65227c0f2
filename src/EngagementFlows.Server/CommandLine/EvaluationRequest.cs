using EngagementFlows.Scripts;

namespace EngagementFlows.Server.CommandLine;

/// <summary>What is to be evaluated.</summary>
internal sealed record EvaluationRequest
{
    public const string JavaScript = "javascript";
    public const string Liquid = "liquid";

    /// <summary>Gets the name that the answer repeats, or <see langword="null"/>.</summary>
    public string? Name { get; init; }

    public required string Source { get; init; }

    public required string Language { get; init; }

    public required PlainObject Variables { get; init; }

    /// <summary>Gets what runs before the source, or <see langword="null"/>; places in faults do not count it.</summary>
    public string? Prelude { get; init; }

    /// <summary>Reads a line of a suite; what it leaves out is taken from <paramref name="defaults"/>.</summary>
    /// <exception cref="FormatException">A member is missing, unknown or of the wrong kind.</exception>
    public static EvaluationRequest Of(PlainObject line, EvaluationRequest defaults)
    {
        foreach ((string member, _) in line)
        {
            if (member is not ("name" or "source" or "language" or "variables" or "prelude"))
                throw new FormatException($"The request has an unknown member '{member}'; there are name, source, language, variables and prelude.");
        }

        string language = Text(line, "language") ?? defaults.Language;
        if (language is not (JavaScript or Liquid))
            throw new FormatException($"The request's language '{language}' is not known: write '{JavaScript}' or '{Liquid}'.");
        return new EvaluationRequest
        {
            Name = Text(line, "name"),
            Source = Text(line, "source") ?? throw new FormatException("The request has no 'source'."),
            Language = language,
            Variables = line["variables"] switch
            {
                null => defaults.Variables.DeepClone(),
                PlainObject variables => variables,
                _ => throw new FormatException("The request's 'variables' must be an object."),
            },
            Prelude = Text(line, "prelude"),
        };
    }

    private static string? Text(PlainObject line, string member) => line[member] switch
    {
        null => null,
        string text => text,
        _ => throw new FormatException($"The request's '{member}' must be a text."),
    };
}
