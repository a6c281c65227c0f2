using System.Diagnostics;
using EngagementFlows.Benchmarks.Storage;
using Npgsql;

namespace EngagementFlows.Benchmarks.Studio;

/// <summary>Asks the built server for a page over HTTP, one after the other, on a database that was filled.</summary>
/// <remarks>A ratio is the time of a page over that of <c>select 1</c> to the same database in the same run.</remarks>
internal static class PageTimes
{
    /// <summary>What the pages should take, in ms.</summary>
    public const string Wanted = "≤ 100";

    private const int Times = 31;

    /// <summary>Starts a server, fills its database, and measures.</summary>
    /// <param name="fill">Fills the database; then it is settled.</param>
    /// <param name="pages">The pages: name, what is wanted, and how to ask.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(
        Func<NpgsqlDataSource, Task> fill, IEnumerable<(string Name, string? Wanted, Func<HttpClient, Task<HttpResponseMessage>> Ask)> pages, CancellationToken cancellationToken)
    {
        string folder = ServerProcess.MakeFolder();
        try
        {
            await using ServerProcess server = ServerProcess.Start(folder);
            await server.UntilServingAsync(cancellationToken);
            await using NpgsqlDataSource database = NpgsqlDataSource.Create(server.ConnectionString);
            await fill(database);
            foreach (string table in (string[])["instance", "bookmark", "instance_ended_badly", "definition"])
                await RunAsync(database, $"vacuum analyze {table}", null, cancellationToken);
            await RunAsync(database, "checkpoint", null, cancellationToken);
            double floor = await MedianAsync(async () =>
            {
                await using NpgsqlCommand one = database.CreateCommand("select 1");
                await one.ExecuteScalarAsync(cancellationToken);
            });
            List<Figure> figures = [new("studio-select-1", floor, "ms", 1)];
            foreach ((string name, string? wanted, Func<HttpClient, Task<HttpResponseMessage>> ask) in pages)
            {
                double median = await MedianAsync(async () =>
                {
                    using HttpResponseMessage answer = await ask(server.Client);
                    answer.EnsureSuccessStatusCode();
                    await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                });
                figures.Add(new(name, median, "ms", median / floor, wanted));
            }

            return figures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs a statement that may take its time.</summary>
    public static async Task RunAsync(NpgsqlDataSource database, string sql, int? rows, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = database.CreateCommand(sql);
        command.CommandTimeout = 600;
        if (rows is { } count)
            command.Parameters.Add(new() { Value = count });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The first calls compile, plan and warm the caches; a server has been asked before.
    private static async Task<double> MedianAsync(Func<Task> act)
    {
        List<double> taken = [];
        for (int i = -5; i < Times; i++)
        {
            long began = Stopwatch.GetTimestamp();
            await act();
            if (i >= 0)
                taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return taken.Order().ElementAt(Times / 2);
    }
}
