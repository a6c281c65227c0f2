namespace EngagementFlows.Server;

/// <summary>What the command line says about one start of the server.</summary>
internal sealed record ServerStart
{
    /// <summary>Gets the folder where the command was typed; file arguments and defaults are meant from it.</summary>
    public string WorkingFolder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Gets settings that win over files and environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Gets the addresses to listen on, separated by semicolons; <see langword="null"/> = as configured.</summary>
    public string? Urls { get; init; }

    /// <summary>Gets whether an empty database stays empty.</summary>
    public bool NoSamples { get; init; }

    /// <summary>Gets what a test changes before the application is built; <see langword="null"/> in production.</summary>
    public Action<WebApplicationBuilder>? Adjust { get; init; }
}
