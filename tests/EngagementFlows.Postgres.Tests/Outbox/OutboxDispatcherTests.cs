using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Outbox;

public sealed class OutboxDispatcherTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly TestClock _time = new();

    [Fact]
    public async Task RunOnceAsync_ManyDispatchers_EachEffectIsSentOnce()
    {
        Recorder recorder = new(async (_, begin, token) => await begin(token) ? new SendAccepted("250 ok") : new SendLeft());
        Guid[] ids = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => InsertAsync()));
        OutboxDispatcher[] dispatchers = [Dispatcher(recorder), Dispatcher(recorder), Dispatcher(recorder)];

        await Task.WhenAll(dispatchers.Select(async dispatcher =>
        {
            while (await dispatcher.RunOnceAsync(CancellationToken.None) > 0)
            {
            }
        }));

        recorder.Sent.Where(ids.Contains).Should().HaveCount(60).And.OnlyHaveUniqueItems();
        (await StatesAsync(ids)).Should().OnlyContain(state => state == "accepted");
    }

    [Fact]
    public async Task RunOnceAsync_SurelyNotAccepted_IsTriedAgainAfterItsRest()
    {
        int attempts = 0;
        Recorder recorder = new((_, _, _) => Task.FromResult<SendOutcome>(++attempts == 1 ? new SendAgain("connection refused") : new SendAccepted("250 ok")));
        Guid id = await InsertAsync();
        OutboxDispatcher dispatcher = Dispatcher(recorder);

        await dispatcher.RunOnceAsync(CancellationToken.None);
        (await dispatcher.RunOnceAsync(CancellationToken.None)).Should().Be(0);
        _time.Advance(TimeSpan.FromSeconds(15));
        await dispatcher.RunOnceAsync(CancellationToken.None);

        (await StatesAsync([id])).Should().Equal("accepted");
        attempts.Should().Be(2);
    }

    [Fact]
    public async Task RunOnceAsync_BreaksOffAfterItsBeginning_IsUncertainAndNeverSentAgain()
    {
        Recorder recorder = new(async (_, begin, token) =>
        {
            await begin(token);
            throw new IOException("The line dropped before 250.");
        });
        Guid id = await InsertAsync();

        await Dispatcher(recorder).RunOnceAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromDays(2));
        await Dispatcher(recorder).RunOnceAsync(CancellationToken.None);

        (await StatesAsync([id])).Should().Equal("uncertain");
        recorder.Sent.Should().ContainSingle(sent => sent == id);
    }

    [Fact]
    public async Task RunOnceAsync_DispatcherDied_ClaimsGoBackAndSendingsBecomeUncertain()
    {
        Guid claimed = await InsertAsync("claimed");
        Guid sending = await InsertAsync("sending");
        _time.Advance(TimeSpan.FromHours(1));
        Recorder recorder = new(async (_, begin, token) => await begin(token) ? new SendAccepted("250 ok") : new SendLeft());

        await Dispatcher(recorder).RunOnceAsync(CancellationToken.None);

        (await StatesAsync([claimed])).Should().Equal("accepted");
        (await StatesAsync([sending])).Should().Equal("uncertain");
    }

    [Fact]
    public async Task RunOnceAsync_LeaseLostWhileASleep_NothingIsSent()
    {
        bool? hasBegun = null;
        Guid id = await InsertAsync();
        Recorder recorder = new(async (effect, begin, token) =>
        {
            if (effect.Id != id)
                return new SendAccepted("");
            // The process was stopped (SIGSTOP) beyond its lease, and another one has taken the row since.
            await postgres.ExecuteAsync("update outbox set attempt = attempt + 1, lease_owner = gen_random_uuid() where id = $1", id);
            hasBegun = await begin(token);
            return new SendLeft();
        });

        await Dispatcher(recorder).RunOnceAsync(CancellationToken.None);

        hasBegun.Should().BeFalse();
        (await StatesAsync([id])).Should().Equal("claimed");
    }

    [Fact]
    public async Task RunOnceAsync_ResultForAnInstance_IsCommittedWithTheOutcome()
    {
        Guid instance = TimeOrderedId.Create(_time.GetUtcNow());
        Recorder recorder = new((_, _, _) => Task.FromResult<SendOutcome>(new SendAccepted("200", new BookmarkResumed(instance, instance, new() { ["status"] = 200L }))));
        await InsertAsync();

        await Dispatcher(recorder).RunOnceAsync(CancellationToken.None);

        (await postgres.ScalarAsync<string>("select kind from inbox where instance_id = $1", instance)).Should().Be("resume");
    }

    private OutboxDispatcher Dispatcher(IEffectSender sender)
    {
        DatabaseClock clock = DatabaseClock.Played(_time);
        return new(postgres.DataSource, [sender], new CommitSignals(clock), clock, new(), NullLogger.Instance);
    }

    private async Task<Guid> InsertAsync(string state = "pending")
    {
        Guid id = TimeOrderedId.Create(_time.GetUtcNow());
        await using NpgsqlBatch batch = postgres.DataSource.CreateBatch();
        batch.BatchCommands.Add(InsertOutboxEntries.Create([new(id, null, "mail", $"key/{id}", _time.GetUtcNow(), "{}")], _time.GetUtcNow()));
        await batch.ExecuteNonQueryAsync();
        if (state != "pending")
            await postgres.ExecuteAsync("update outbox set state = $2, attempt = 1, lease_owner = gen_random_uuid(), lease_expires_at = $3 where id = $1", id, state, _time.GetUtcNow().UtcDateTime.AddMinutes(1));
        return id;
    }

    private async Task<List<string>> StatesAsync(Guid[] ids)
    {
        await using NpgsqlCommand command = postgres.DataSource.CreateCommand("select state from outbox where id = any($1)");
        command.Parameters.Add(new() { Value = ids });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> states = [];
        while (await reader.ReadAsync())
            states.Add(reader.GetString(0));
        return states;
    }

    private sealed class Recorder(Func<ClaimedEffect, Func<CancellationToken, Task<bool>>, CancellationToken, Task<SendOutcome>> send) : IEffectSender
    {
        public System.Collections.Concurrent.ConcurrentQueue<Guid> Sent { get; } = new();

        public string Kind => "mail";

        public Task<SendOutcome> SendAsync(ClaimedEffect effect, Func<CancellationToken, Task<bool>> begin, CancellationToken cancellationToken)
        {
            Sent.Enqueue(effect.Id);
            return send(effect, begin, cancellationToken);
        }
    }
}
