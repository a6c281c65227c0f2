using System.CommandLine;

namespace EngagementFlows.Server.CommandLine;

/// <summary><c>serve</c>: the whole system in one process, until Ctrl+C or SIGTERM. Also what runs without a command.</summary>
internal static class ServeCommand
{
    public static Command Create(SettingArguments settings)
    {
        Command command = new("serve", "Serves the console, the client pages and the API, and works off what is due (the default).");
        Describe(command, settings);
        return command;
    }

    /// <summary>Gives <paramref name="command"/> the options and the action of serving.</summary>
    public static void Describe(Command command, SettingArguments settings)
    {
        Option<string?> urls = new("--urls") { Description = "Addresses to listen on, separated by semicolons; by default http://localhost:5000." };
        Option<bool> noSamples = new("--no-samples") { Description = "Leaves an empty database empty instead of importing the sample clients." };
        command.Options.Add(urls);
        command.Options.Add(noSamples);
        command.SetAction((result, cancellationToken) => ServerHost.RunAsync(
            new ServerStart { Settings = settings.Values, Urls = result.GetValue(urls), NoSamples = result.GetValue(noSamples) }, cancellationToken));
    }
}
