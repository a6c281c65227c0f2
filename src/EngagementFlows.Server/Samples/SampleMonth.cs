using System.Diagnostics;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Journal;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace EngagementFlows.Server.Samples;

/// <summary>What playing a month came to.</summary>
/// <param name="Played">How many acts took place.</param>
/// <param name="LeftOut">Those that found nothing to act on, with the reason, for the log.</param>
internal sealed record PlayedMonth(int Played, IReadOnlyList<string> LeftOut);

/// <summary>Gives an untouched database the sample firm with a month behind it: the real processes, people's acts and mails, in played time.</summary>
/// <remarks>Uses an engine and a dispatcher of its own that nobody else knows; they are gone when it is done.</remarks>
internal sealed partial class SampleMonth(ServerOptions options, KeyFile keys, Uri expectedAddress, ILoggerFactory loggers)
{
    // Longer than any act of the script lies back, with the longest holidays in between: the firm's clients were there before.
    private static readonly TimeSpan Before = TimeSpan.FromDays(60);

    private readonly ILogger _logger = loggers.CreateLogger<SampleMonth>();

    /// <summary>Gets the file that tells the month.</summary>
    public string ScriptFile => Path.Combine(options.WorkflowsFolder, "samples", "month.json");

    /// <summary>Gets whether there is a month to play, and no mail of it can leave this machine.</summary>
    public bool CanPlay => options.Mail.Transport == MailOptions.ToFolder && File.Exists(ScriptFile);

    /// <summary>Plays into a database that has the schema and nothing else.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="now">Where the month ends.</param>
    /// <param name="mails">Where the mails of the month are put.</param>
    /// <param name="cancellationToken">Ends the playing in the middle.</param>
    /// <exception cref="FormatException">The script cannot be read.</exception>
    /// <exception cref="InvalidOperationException">Something is due and cannot be served, or calls somebody.</exception>
    public async Task<PlayedMonth> PlayAsync(string connectionString, DateTimeOffset now, SampleMails mails, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        MonthScript script = MonthScript.Read(
            await File.ReadAllTextAsync(ScriptFile, cancellationToken), DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, options.Firm.Zone).DateTime));
        Log.Begins(_logger);
        // Each commit may wait for the disk as long as it likes: a month that is cut off is thrown away as a whole.
        await using FlowsDatabase database = new(new NpgsqlConnectionStringBuilder(connectionString) { Options = "-c synchronous_commit=off" }.ConnectionString);
        PlayedTime time = new(now - Before);
        await EnsurePartitionsAsync(database, now, cancellationToken);
        await using ServiceProvider services = Services(database, time, mails);
        await services.GetRequiredService<DefinitionLoader>().LoadAsync(cancellationToken);
        IReadOnlyDictionary<string, Guid> engagements = await services.GetRequiredService<SampleData>().ImportAsync(cancellationToken);
        PlayedMonth played = await services.GetRequiredService<MonthPlayer>().PlayAsync(script, engagements, now, cancellationToken);
        // The server that goes on from here has real senders: what a changed flow wanted of them weeks ago in the story must not be done today.
        if (await FindUnsentEffect.ExecuteAsync(database.Queries, cancellationToken) is { } effect)
            throw new InvalidOperationException($"The month of the sample firm left an effect for the world outside: {effect}. Only mails can be part of it.");
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Log.Played(_logger, seconds, played.Played, played.LeftOut.Count);
        return played;
    }

    private static async Task EnsurePartitionsAsync(FlowsDatabase database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (DateTimeOffset month = now - Before; month < now; month = month.AddDays(28))
            await EnsureJournalPartitions.ExecuteAsync(database.Queries, month, cancellationToken);
        await EnsureJournalPartitions.ExecuteAsync(database.Queries, now, cancellationToken);
    }

    private ServiceProvider Services(FlowsDatabase database, PlayedTime time, SampleMails mails)
    {
        ServiceCollection services = new();
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddSingleton<TimeProvider>(time);
        services.AddEngagementFlowsEngine(options, keys, database);
        services.AddEngagementFlowsDomain(options, keys);
        services.AddSingleton(DatabaseClock.Played(time));
        services.AddSingleton<Func<MailAddresses>>(provider => () => new MailAddresses(
            provider.GetRequiredService<LinkTokens>(), provider.GetRequiredService<AccountTokens>(), provider.GetRequiredService<LinkCodes>(),
            options.PublicUrl ?? expectedAddress, options.ConsoleUrl ?? options.PublicUrl ?? expectedAddress));
        // Nothing leaves the machine while time is played: mails become files, and nobody is called.
        services.RemoveAll<IEffectSender>();
        services.AddSingleton<IEffectSender>(provider => new FolderMailSender(provider.GetRequiredService<LoadOutgoingMail>(), options) { Draft = mails.Folder });
        services.AddSingleton<SampleData>();
        services.AddSingleton<MonthActs>();
        services.AddSingleton<MonthPlayer>();
        return services.BuildServiceProvider();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The sample firm plays a month of its life. --no-samples leaves a database empty.")]
        public static partial void Begins(ILogger logger);

        [LoggerMessage(Level = LogLevel.Information, Message = "The sample firm has a month behind it, played in {Seconds:0.0} s: {Played} acts, {LeftOut} left out.")]
        public static partial void Played(ILogger logger, double seconds, int played, int leftOut);
    }
}
