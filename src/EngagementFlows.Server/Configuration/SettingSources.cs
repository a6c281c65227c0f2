namespace EngagementFlows.Server.Configuration;

/// <summary>Where settings come from; later ones win: a file beside the program, one in the working folder, the environment, the command line.</summary>
internal static class SettingSources
{
    public const string FileName = "appsettings.json";

    public static void AddTo(ConfigurationManager configuration, string workingFolder, IReadOnlyDictionary<string, string?> arguments)
    {
        configuration.Sources.Clear();
        configuration.AddEnvironmentVariables("ASPNETCORE_");
        configuration.AddEnvironmentVariables("DOTNET_");
        configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, FileName), optional: true, reloadOnChange: false);
        configuration.AddJsonFile(Path.Combine(workingFolder, FileName), optional: true, reloadOnChange: false);
        configuration.AddEnvironmentVariables();
        configuration.AddInMemoryCollection(arguments);
    }

    /// <summary>Reads the options for a command that has no web host.</summary>
    /// <exception cref="SettingsException">At least one setting is wrong.</exception>
    public static ServerOptions Read(string workingFolder, IReadOnlyDictionary<string, string?> arguments)
    {
        using ConfigurationManager configuration = new();
        AddTo(configuration, workingFolder, arguments);
        return ServerOptionsReader.Read(configuration, workingFolder);
    }
}
