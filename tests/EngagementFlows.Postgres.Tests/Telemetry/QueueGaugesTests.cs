using System.Diagnostics.Metrics;
using EngagementFlows.Postgres.Telemetry;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Telemetry;

public sealed class QueueGaugesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly TestClock _time = new();

    [Fact]
    public async Task Read_RowsThatWait_AreCountedWithTheAgeOfTheOldest()
    {
        await FillAsync("now() - interval '2 hours'");
        await FillAsync("now() + interval '1 hour'");

        QueueReading due = new ReadQueues(postgres.DataSource).Execute().Single(reading => reading.Queue == "inbox.due");

        due.Length.Should().Be(await postgres.ScalarAsync<long>("select count(*) from inbox where due_at <= now()"));
        due.OldestAge.Should().BeCloseTo(TimeSpan.FromHours(2), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Gauges_AskedOftenWithinFifteenSeconds_AskTheDatabaseOnce()
    {
        using QueueGauges gauges = new(new ReadQueues(postgres.DataSource), _time);
        Dictionary<string, long> lengths = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, asks) =>
        {
            if (instrument.Meter.Name == FlowsTelemetry.Name && instrument.Name == "engagementflows.queue.length")
                asks.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, length, tags, _) => lengths[(string)tags[0].Value!] = length);
        listener.Start();
        listener.RecordObservableInstruments();
        long before = lengths["inbox.due"];

        await FillAsync("now() - interval '1 minute'");
        listener.RecordObservableInstruments();
        lengths["inbox.due"].Should().Be(before);
        _time.Advance(TimeSpan.FromSeconds(15));
        listener.RecordObservableInstruments();

        lengths["inbox.due"].Should().Be(before + 1);
    }

    private Task<int> FillAsync(string dueAt) =>
        postgres.ExecuteAsync($"insert into inbox (instance_id, id, due_at, kind, payload, created_at) values (gen_random_uuid(), gen_random_uuid(), {dueAt}, 'start', '{{}}', now())");
}
