using System.Text;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Calendars;

/// <summary>Waits in working time, through the store: a request's path and that of a due fact ask for the same calendars.</summary>
public sealed class WorkingTimeTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime, IDisposable
{
    private const string InShanghai = "C-1001";
    private const string InHamburg = "C-1002";

    // Good Friday 2026 is an ordinary day in China, whose Qingming holidays are the Saturday to Monday after it; in Germany Easter Monday is off too.
    private static readonly DateTimeOffset GoodFriday = new(2026, 4, 3, 2, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-times-").FullName;
    private PlayedHouse _house = null!;

    public async Task InitializeAsync()
    {
        _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        _house.Clock.Set(GoodFriday);
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Wait_OfEachClient_EndsByHisOwnHolidays()
    {
        await PublishAsync("wait", Wait("First", "2 working days"));

        Guid[] instances = await Task.WhenAll(_house.StartAsync("wait", InShanghai), _house.StartAsync("wait", InHamburg));

        (await DueAsync(instances[0])).Should().Be(new DateTimeOffset(2026, 4, 8, 2, 0, 0, TimeSpan.Zero));
        (await DueAsync(instances[1])).Should().Be(new DateTimeOffset(2026, 4, 8, 7, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Wait_ReachedByADueFact_AsksAsWell()
    {
        await PublishAsync("wait", Wait("First", "1 working day"), Wait("Second", "4 working hours", "firm"));
        Guid instance = await _house.StartAsync("wait", InShanghai);

        await _house.PassAsync(TimeSpan.FromDays(4.25));

        // Tuesday 10:00 in Shanghai is 02:00 UTC; the firm's hours begin at 09:00 UTC here, with a pause from 12 to 13.
        (await DueAsync(instance)).Should().Be(new DateTimeOffset(2026, 4, 7, 14, 0, 0, TimeSpan.Zero));
        await _house.PassAsync(TimeSpan.FromDays(1));
        (await StatusAsync(instance)).Should().Be("finished");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Wait_ByTheCountryOfTheClient_GoesBeforeTheZone()
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(PlayedHouse.Workflows, "samples/clients.csv"));
        string line = lines.Single(line => line.StartsWith(InHamburg, StringComparison.Ordinal));
        await new ImportClients(_house.Queries).ExecuteAsync(Encoding.UTF8.GetBytes($"{lines[0]},country\n{line},CN\n"), "test", GoodFriday, default);
        await PublishAsync("wait", Wait("First", "1 working day"));

        Guid instance = await _house.StartAsync("wait", InHamburg);

        (await DueAsync(instance)).Should().Be(new DateTimeOffset(2026, 4, 7, 7, 0, 0, TimeSpan.Zero), "Saturday to Monday are off in China; the hours are those of his zone");
    }

    [Fact]
    public async Task Wait_ByTheFirmsOwnDays_PassesThemOver()
    {
        await ExecuteAsync("insert into calendar_day (calendar_id, date, is_working_day, name_en, name_zh) values ('firm', $1, false, 'Outing', '团建')", new DateOnly(2026, 4, 6));
        await PublishAsync("wait", Wait("First", "1 working day", "firm"));

        Guid instance = await _house.StartAsync("wait", InShanghai);

        (await DueAsync(instance)).Should().Be(new DateTimeOffset(2026, 4, 7, 9, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_ByACalendarThatDoesNotExist_IsAnIncidentThatNamesTheWayOut(bool byADueFact)
    {
        await PublishAsync("wait", byADueFact ? [Wait("First", "1 working hour", "firm"), Wait("Second", "1 working day", "moon")] : [Wait("Second", "1 working day", "moon")]);

        Guid instance = await _house.StartAsync("wait", InShanghai);
        await _house.PassAsync(TimeSpan.FromDays(5));

        (await ScalarAsync("select activity_id || ' ' || message from incident where instance_id = $1", instance) as string).Should().StartWith("Second ").And.Contain("no calendar 'moon'").And.Contain("CN");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    private static string Wait(string id, string time, string calendar = "client") => $$"""
        { "id": "{{id}}", "type": "EngagementFlows.WaitWorkingTime",
          "time": { "typeName": "String", "expression": { "type": "Literal", "value": "{{time}}" } },
          "calendar": { "typeName": "String", "expression": { "type": "Literal", "value": "{{calendar}}" } } }
        """;

    private async Task PublishAsync(string id, params string[] waits)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, id)).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, $"{id}.json"),
            $$"""{ "definitionId": "{{id}}", "id": "{{id}}-v1", "name": "{{id}}", "version": 1, "root": { "id": "Root", "type": "Elsa.Sequence", "activities": [{{string.Join(",", waits)}}] } }""");
        await _house.PublishAsync(folder);
    }

    private async Task<DateTimeOffset?> DueAsync(Guid instance) => await ScalarAsync("select due_at from bookmark where instance_id = $1", instance) is DateTime due ? new DateTimeOffset(due, TimeSpan.Zero) : null;

    private async Task<string?> StatusAsync(Guid instance) => await ScalarAsync("select status from instance where id = $1", instance) as string;

    private async Task<object?> ScalarAsync(string sql, Guid instance)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        command.Parameters.Add(new() { Value = instance });
        return await command.ExecuteScalarAsync();
    }

    private async Task ExecuteAsync(string sql, object value)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
