using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Hosting;

namespace EngagementFlows.Server.CommandLine;

/// <summary>Settings and database of a command that does its work and ends.</summary>
internal sealed class CommandDatabase : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;

    private CommandDatabase(ServerOptions options, ServerDatabase database, ILoggerFactory loggers)
    {
        Options = options;
        Database = database;
        _loggers = loggers;
    }

    public ServerOptions Options { get; }

    public ServerDatabase Database { get; }

    /// <summary>Opens the configured database; the embedded one is started, or joined if a server runs it.</summary>
    public static async Task<CommandDatabase> OpenAsync(SettingArguments settings, CancellationToken cancellationToken)
    {
        ServerOptions options = SettingSources.Read(Environment.CurrentDirectory, settings.Values);
        ILoggerFactory loggers = LoggerFactory.Create(logging =>
        {
            Logs.WriteToStandardError(logging);
            logging.SetMinimumLevel(LogLevel.Warning);
        });
        return new CommandDatabase(options, await ServerDatabase.JoinAsync(options, loggers, cancellationToken), loggers);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _loggers.Dispose();
    }
}
