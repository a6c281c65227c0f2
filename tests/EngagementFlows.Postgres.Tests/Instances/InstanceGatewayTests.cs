using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Idempotency;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Journal;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Instances;

[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Disposed by the life cycle of xUnit.")]
public sealed class InstanceGatewayTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly TinyEngine _engine = new(postgres.ConnectionString);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task SubmitAsync_Start_StoresInstanceBookmarkAndJournalTogether()
    {
        Guid id = await _engine.StartAsync("wait", "c1");

        WorkflowInstance stored = (await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None))!;
        stored.Status.Should().Be(InstanceStatus.Suspended);
        stored.Revision.Should().Be(1);
        (await postgres.ScalarAsync<long>("select count(*) from bookmark where instance_id = $1", id)).Should().Be(1);
        (await ReadJournal.ExecuteAsync(postgres.DataSource, id, 0, 10, CancellationToken.None)).Should().ContainSingle()
            .Which.Entries.Should().ContainSingle().Which.Text.Should().Be("to 1");
    }

    [Fact]
    public async Task SubmitAsync_SameStartTwice_SecondIsIgnored()
    {
        Guid id = await _engine.StartAsync("wait");

        StimulusResult again = await _engine.Gateway.SubmitAsync(new StartRequested(id, "wait"), null, CancellationToken.None);

        again.Kind.Should().Be(TransitionKind.Ignored);
    }

    [Fact]
    public async Task SubmitAsync_ManyCallersAtOnce_AllAreStored()
    {
        Guid[] ids = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => _engine.StartAsync("wait")));

        (await postgres.ScalarAsync<long>("select count(*) from instance where id = any($1)", ids)).Should().Be(500);
    }

    [Fact]
    public async Task SubmitAsync_OnePoisonedAmongMany_OnlyItFails()
    {
        Task<Guid>[] good = [.. Enumerable.Range(0, 50).Select(_ => _engine.StartAsync("wait"))];
        Func<Task> poisoned = () => _engine.Gateway.SubmitAsync(new StartRequested(_engine.NewId(), "poison"), null, CancellationToken.None);
        Func<Task> throwing = () => _engine.Gateway.SubmitAsync(new StartRequested(_engine.NewId(), "throw"), null, CancellationToken.None);

        await poisoned.Should().ThrowAsync<PostgresException>();
        await throwing.Should().ThrowAsync<InvalidOperationException>();
        (await Task.WhenAll(good)).Should().HaveCount(50);
    }

    [Fact]
    public async Task SubmitAsync_InlineChildren_AreStoredWithTheirParent()
    {
        Guid id = await _engine.StartAsync("children:5");

        (await postgres.ScalarAsync<long>("select count(*) from instance where parent_instance_id = $1", id)).Should().Be(5);
    }

    [Fact]
    public async Task PublishAsync_OneWait_ResumesItAtOnce()
    {
        string correlation = _engine.NewId().ToString();
        Guid id = await _engine.StartAsync("wait", correlation);

        EventResult result = await PublishAsync("Go", correlation);

        result.Resumed.Should().Be(1);
        (await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None))!.Status.Should().Be(InstanceStatus.Finished);
        (await postgres.ScalarAsync<long>("select count(*) from bookmark where instance_id = $1", id)).Should().Be(0);
    }

    [Fact]
    public async Task PublishAsync_SeveralWaits_ReachesEachOnce()
    {
        string correlation = _engine.NewId().ToString();
        Guid[] ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _engine.StartAsync("loop", correlation)));

        EventResult result = await PublishAsync("Go", correlation);
        await _engine.Engine.ServeDueAsync(CancellationToken.None);

        result.Resumed.Should().Be(20);
        foreach (Guid id in ids)
            TinyFlow.Rounds((await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None))!).Should().Be(2);
    }

    [Fact]
    public async Task PublishAsync_Early_IsKeptForTheWaitThatComes()
    {
        string correlation = _engine.NewId().ToString();
        EventResult result = await PublishAsync("Go", correlation);
        Guid id = await _engine.StartAsync("loop", correlation);
        await _engine.Engine.ServeDueAsync(CancellationToken.None);

        result.IsKept.Should().BeTrue();
        TinyFlow.Rounds((await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None))!).Should().Be(2);
    }

    [Fact]
    public async Task PublishAsync_EventsRaceWithTheirWaits_NoneIsLostAndNoneIsUsedTwice()
    {
        string[] correlations = [.. Enumerable.Range(0, 100).Select(_ => _engine.NewId().ToString())];
        await using TinyEngine other = new(postgres.ConnectionString);

        await Task.WhenAll(correlations.SelectMany(correlation => new Task[] { _engine.StartAsync("loop", correlation), Task.Run(() => PublishAsync(other, "Go", correlation)) }));
        await _engine.Engine.ServeDueAsync(CancellationToken.None);
        await other.Engine.ServeDueAsync(CancellationToken.None);

        (await postgres.ScalarAsync<long>("select count(*) from instance where correlation_id = any($1) and revision = 2", [correlations])).Should().Be(100);
    }

    [Fact]
    public async Task SubmitAsync_TwoProcessesMoveOneInstance_EveryMoveCounts()
    {
        await using TinyEngine other = new(postgres.ConnectionString);
        string correlation = _engine.NewId().ToString();
        Guid id = await _engine.StartAsync("loop", correlation);

        EventResult[] results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => PublishAsync(i % 2 == 0 ? _engine : other, "Go", correlation))));
        await ServeAllAsync(_engine, other);

        results.Should().HaveCount(40);
        TinyFlow.Rounds((await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None))!).Should().BeInRange(2, 41);
        (await postgres.ScalarAsync<long>("select count(*) from journal where instance_id = $1", id))
            .Should().Be((await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None))!.Revision);
    }

    [Fact]
    public async Task SubmitAsync_CancelDuringManyResumes_NothingHappensAfterIt()
    {
        string correlation = _engine.NewId().ToString();
        Guid id = await _engine.StartAsync("loop", correlation);
        Task<EventResult>[] resumes = [.. Enumerable.Range(0, 30).Select(_ => Task.Run(() => PublishAsync("Go", correlation)))];

        StimulusResult cancelled = await _engine.Gateway.SubmitAsync(new CancelRequested(id, "test", "test"), null, CancellationToken.None);
        await Task.WhenAll(resumes);
        await _engine.Engine.ServeDueAsync(CancellationToken.None);

        cancelled.Kind.Should().Be(TransitionKind.Applied);
        WorkflowInstance stored = (await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None))!;
        stored.Status.Should().Be(InstanceStatus.Cancelled);
        stored.Revision.Should().Be(cancelled.Instance!.Revision);
    }

    [Fact]
    public async Task SubmitAsync_SameIdempotencyKeyAtOnce_OneIsCommitted()
    {
        byte[] hash = new byte[32];
        StimulusResult[] results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _engine.Gateway.SubmitAsync(
            new StartRequested(_engine.NewId(), "wait") { CorrelationId = "idempotent" },
            new IdempotencyRider("caller", "key-1", hash, result => (201, System.Text.Encoding.UTF8.GetBytes(result.Instance!.Id.ToString()))),
            CancellationToken.None)));

        results.Count(result => result.Kind == TransitionKind.Applied).Should().Be(1);
        results.Where(result => result.Kind != TransitionKind.Applied).Should().OnlyContain(result => result.RefusedBy == IdempotencyRider.Repeated);
        (await postgres.ScalarAsync<long>("select count(*) from instance where correlation_id = 'idempotent'")).Should().Be(1);
        StoredAnswer? answer = await FindAnswer.ExecuteAsync(postgres.DataSource, "caller", "key-1", CancellationToken.None);
        System.Text.Encoding.UTF8.GetString(answer!.Body).Should().Be(results.Single(result => result.RefusedBy is null).Instance!.Id.ToString());
    }

    [Fact]
    public async Task SubmitAsync_OneTakenKeyAmongMany_OnlyItIsRefusedAndEachAnswerIsKept()
    {
        await _engine.Gateway.SubmitAsync(new StartRequested(_engine.NewId(), "wait"), Keep("taken", 0), CancellationToken.None);

        Task<StimulusResult>[] others = [.. Enumerable.Range(0, 50).Select(i => _engine.Gateway.SubmitAsync(new StartRequested(_engine.NewId(), "wait"), Keep($"many-{i}", i), CancellationToken.None))];
        StimulusResult repeated = await _engine.Gateway.SubmitAsync(new StartRequested(_engine.NewId(), "wait"), Keep("taken", 1), CancellationToken.None);

        (await Task.WhenAll(others)).Should().OnlyContain(result => result.Kind == TransitionKind.Applied);
        repeated.RefusedBy.Should().Be(IdempotencyRider.Repeated);
        for (int i = 0; i < others.Length; i++)
        {
            StoredAnswer kept = (await FindAnswer.ExecuteAsync(postgres.DataSource, "many", $"many-{i}", CancellationToken.None))!;
            (kept.Status, kept.RequestHash[0], new Guid(kept.Body)).Should().Be((200 + i, (byte)i, (await others[i]).Instance!.Id));
        }

        static IdempotencyRider Keep(string key, int i) => new("many", key, [(byte)i, .. new byte[31]], result => (200 + i, result.Instance!.Id.ToByteArray()));
    }

    [Fact]
    public async Task SubmitAsync_ManyAuditedStartsAtOnceOneRefused_EachIsAuditedOnceInItsChain()
    {
        await _engine.Gateway.SubmitAsync(new StartRequested(_engine.NewId(), "wait"), new IdempotencyRider("audited", "key", new byte[32], _ => (201, [])), CancellationToken.None);

        Task<StimulusResult>[] starts = [.. Enumerable.Range(0, 60).Select(i => StartAsync(_engine.NewId(), $"engagement/audited-{i % 3}", null))];
        StimulusResult refused = await StartAsync(_engine.NewId(), "engagement/audited-0", new IdempotencyRider("audited", "key", new byte[32], _ => (201, [])));

        refused.RefusedBy.Should().Be(IdempotencyRider.Repeated);
        Guid[] started = [.. (await Task.WhenAll(starts)).Select(result => result.Instance!.Id)];
        for (int chain = 0; chain < 3; chain++)
        {
            IReadOnlyList<AuditRecord> records = await ReadAudit.ExecuteAsync(postgres.DataSource, $"engagement/audited-{chain}", null, 100, CancellationToken.None);
            records.Select(record => record.Sequence).Should().Equal(Enumerable.Range(1, 20).Reverse().Select(number => (long)number));
            records.Select(record => record.Entry.Subject).Should().BeEquivalentTo(started.Where((_, i) => i % 3 == chain).Select(id => id.ToString()));
        }

        (await InvariantChecks.CountAsync(postgres.DataSource, CancellationToken.None)).Single(result => result.Invariant.Name == "audit-gaps").Violations.Should().Be(0);

        Task<StimulusResult> StartAsync(Guid id, string chain, RequestRider? rider)
        {
            AuditRider audit = new(new(chain, "anna", "InstanceStarted", id.ToString(), null));
            return _engine.Gateway.SubmitAsync(new StartRequested(id, "wait"), rider is null ? audit : RequestRider.All(rider, audit), CancellationToken.None);
        }
    }

    [Fact]
    public async Task SubmitAsync_ConnectionsKilledAgainAndAgain_EachStartIsStoredOnce()
    {
        using CancellationTokenSource stop = new();
        Task killer = KillConnectionsAsync(stop.Token);

        Guid[] ids;
        try
        {
            ids = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => _engine.StartAsync("wait", $"killed-{i}")));
        }
        finally
        {
            await stop.CancelAsync();
            await killer;
        }

        (await postgres.ScalarAsync<long>("select count(*) from instance where id = any($1) and revision = 1", ids)).Should().Be(2000);
        (await postgres.ScalarAsync<long>("select count(*) from journal where instance_id = any($1)", ids)).Should().Be(2000);
    }

    private async Task KillConnectionsAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(40));
        long seen = -1;
        while (!cancellationToken.IsCancellationRequested && await pace.WaitForNextTickAsync(CancellationToken.None))
        {
            // Only when something has come on since the last time: on a busy machine no commit might ever come to its end between two kills.
            long stored = await postgres.ScalarAsync<long>("select count(*) from instance where correlation_id like 'killed-%'");
            if (stored == seen)
                continue;
            seen = stored;
            await postgres.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'EngagementFlows engine'");
        }
    }

    private static async Task ServeAllAsync(params TinyEngine[] engines)
    {
        foreach (TinyEngine engine in engines)
            await engine.Engine.ServeDueAsync(CancellationToken.None);
    }

    private Task<EventResult> PublishAsync(string name, string correlation) => PublishAsync(_engine, name, correlation);

    private static Task<EventResult> PublishAsync(TinyEngine engine, string name, string correlation) =>
        engine.Gateway.PublishAsync(new EventPublished(engine.NewId(), name, correlation, null, "payload"), null, CancellationToken.None);
}
