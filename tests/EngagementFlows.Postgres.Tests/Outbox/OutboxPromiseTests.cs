using System.Collections.Concurrent;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Outbox;

/// <summary>The promise: for each effect key the other side accepts at most one message, whoever is paused, dies or wakes up; the counted rest goes to a person.</summary>
public sealed class OutboxPromiseTests : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly PostgresFixture _postgres;
    private readonly TestClock _time = new();
    private readonly MailServer _server = new();

    public OutboxPromiseTests(PostgresFixture postgres) => _postgres = postgres;

    public Task InitializeAsync() => _postgres.ExecuteAsync("delete from outbox");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task TwoDispatchers_ManyKeys_EachIsAcceptedOnce()
    {
        for (int i = 0; i < 100; i++)
            await InsertAsync();
        using CancellationTokenSource stop = new();
        Task[] running = [.. Enumerable.Range(0, 2).Select(_ => Dispatcher().RunAsync(TimeSpan.FromMilliseconds(50), stop.Token))];

        await Eventually.BecomesAsync(() => CountAsync("accepted"), 100);
        await stop.CancelAsync();
        await IgnoreStopAsync(running);

        _server.Accepted.Should().HaveCount(100).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task PausedBeforeItBegan_WakesAfterAnotherSent_SendsNothingAndSettlesNothing()
    {
        Guid id = await InsertAsync();
        Gate gate = new();
        Task<int> paused = Dispatcher(beforeBegin: gate.PassAsync).RunOnceAsync(default);
        await gate.Reached;
        _time.Advance(Hour);
        await Dispatcher().RunOnceAsync(default);

        gate.Open();
        await paused;

        _server.Accepted.Should().Equal(id);
        (await RowAsync(id)).Should().Be(("accepted", 2, "250 queued"));
    }

    [Fact]
    public async Task PausedBeforeItBegan_WakesWhileAnotherHasClaimed_SendsNothingAndLeavesTheClaim()
    {
        Guid id = await InsertAsync();
        (Gate first, Gate second) = (new(), new());
        Task<int> paused = Dispatcher(beforeBegin: first.PassAsync).RunOnceAsync(default);
        await first.Reached;
        _time.Advance(Hour);
        Task<int> other = Dispatcher(beforeBegin: second.PassAsync).RunOnceAsync(default);
        await second.Reached;

        first.Open();
        await paused;
        (string State, int Attempt, string? Answer) between = await RowAsync(id);
        second.Open();
        await other;

        between.Should().Be(("claimed", 2, null));
        _server.Accepted.Should().Equal(id);
        (await RowAsync(id)).State.Should().Be("accepted");
    }

    [Fact]
    public async Task PausedWhileSending_NobodySendsAgainAndTheLateTruthReplacesTheDoubt()
    {
        Guid id = await InsertAsync();
        Gate gate = new();
        Task<int> paused = Dispatcher(beforeAnswer: gate.PassAsync).RunOnceAsync(default);
        await gate.Reached;
        _time.Advance(Hour);
        await Dispatcher().RunOnceAsync(default);
        (string State, int Attempt, string? Answer) doubt = await RowAsync(id);

        gate.Open();
        await paused;

        doubt.State.Should().Be("uncertain");
        _server.Accepted.Should().Equal(id);
        (await RowAsync(id)).Should().Be(("accepted", 1, "250 queued"), "only that attempt can know, and it does");
    }

    [Fact]
    public async Task PausedWhileSending_APersonHasDecided_WhatHeDecidedStands()
    {
        Guid id = await InsertAsync();
        Gate gate = new();
        Task<int> paused = Dispatcher(beforeAnswer: gate.PassAsync).RunOnceAsync(default);
        await gate.Reached;
        _time.Advance(Hour);
        await Dispatcher().RunOnceAsync(default);
        await _postgres.ExecuteAsync("update outbox set state = 'rejected' where id = $1", id);

        gate.Open();
        await paused;

        (await RowAsync(id)).State.Should().Be("rejected");
    }

    [Fact]
    public async Task KilledBeforeSending_IsSentByAnother()
    {
        Guid id = await InsertAsync();
        Gate gate = new();
        // Never opened: the process is gone.
        _ = Dispatcher(beforeBegin: gate.PassAsync).RunOnceAsync(default);
        await gate.Reached;

        (await Dispatcher().RunOnceAsync(default)).Should().Be(0, "its lease still holds");
        _time.Advance(Hour);
        await Dispatcher().RunOnceAsync(default);

        _server.Accepted.Should().Equal(id);
        (await RowAsync(id)).Should().Be(("accepted", 2, "250 queued"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAfterSendingBegan_GoesToAPersonAndIsNeverSentAgain(bool serverHasIt)
    {
        Guid id = await InsertAsync();
        Gate gate = new();
        _ = Dispatcher(beforeMessage: serverHasIt ? null : gate.PassAsync, beforeAnswer: gate.PassAsync).RunOnceAsync(default);
        await gate.Reached;

        for (int day = 0; day < 5; day++)
        {
            _time.Advance(TimeSpan.FromDays(1));
            await Dispatcher().RunOnceAsync(default);
        }

        _server.Accepted.Should().HaveCount(serverHasIt ? 1 : 0);
        (await RowAsync(id)).Should().Be(("uncertain", 1, "The process that was sending it ended before it recorded an answer."));
    }

    /// <summary>F1: the process is killed at each commit of an attempt, on both sides of it.</summary>
    [Theory]
    [InlineData(Boundary.BeforeClaim, "pending", true)]
    [InlineData(Boundary.AfterClaim, "claimed", true)]
    [InlineData(Boundary.BeforeSending, "claimed", true)]
    [InlineData(Boundary.AfterSending, "sending", false)]
    [InlineData(Boundary.BeforeEnd, "sending", false)]
    [InlineData(Boundary.AfterEnd, "accepted", false)]
    public async Task KilledAtEachCommit_IsAcceptedAtMostOnce(Boundary boundary, string left, bool isSentAgain)
    {
        Guid id = await InsertAsync();
        Guid owner = Guid.CreateVersion7(_time.GetUtcNow());
        NpgsqlDataSource database = _postgres.DataSource;
        if (boundary > Boundary.BeforeClaim)
        {
            ClaimedEffect effect = (await ClaimOutboxEntries.ExecuteAsync(database, 1, owner, TimeSpan.FromMinutes(2), _time.GetUtcNow(), default)).Single();
            if (boundary > Boundary.BeforeSending)
                (await BeginSending.ExecuteAsync(database, effect, owner, TimeSpan.FromMinutes(10), _time.GetUtcNow(), default)).Should().BeTrue();
            if (boundary >= Boundary.BeforeEnd)
                _server.Take(id);
            if (boundary == Boundary.AfterEnd)
            {
                await using NpgsqlBatch end = database.CreateBatch();
                end.BatchCommands.Add(EndSending.Create(effect, owner, "accepted", "250 queued", null, null, _time.GetUtcNow()));
                await end.ExecuteNonQueryAsync();
            }
        }

        (await RowAsync(id)).State.Should().Be(left);
        _time.Advance(Hour);
        await Dispatcher().RunOnceAsync(default);

        _server.Accepted.Should().HaveCount(isSentAgain || boundary >= Boundary.BeforeEnd ? 1 : 0);
        (await RowAsync(id)).State.Should().Be(isSentAgain || boundary == Boundary.AfterEnd ? "accepted" : "uncertain");
    }

    [Fact]
    public async Task SameKeyTwice_IsStoredOnce()
    {
        Guid first = await InsertAsync("the key");
        Guid second = await InsertAsync("the key");

        await Dispatcher().RunOnceAsync(default);

        _server.Accepted.Should().Equal(first);
        (await _postgres.ScalarAsync<long>("select count(*) from outbox where id = $1", second)).Should().Be(0);
    }

    [Fact]
    public async Task RefusedForNow_RestsAsAskedAndIsGivenUpAfterThreeDays()
    {
        Guid id = await InsertAsync();
        _server.Answer = () => new SendAgain("451 later", TimeSpan.FromMinutes(7));
        await Dispatcher().RunOnceAsync(default);
        (await DueInAsync(id)).Should().Be(TimeSpan.FromMinutes(7), "the other side asked for it");

        _server.Answer = () => new SendAgain("451 later");
        List<double> rests = [];
        while ((await RowAsync(id)).State == "pending")
        {
            _time.Advance(await DueInAsync(id));
            await Dispatcher().RunOnceAsync(default);
            rests.Add((await DueInAsync(id)).TotalMinutes);
        }

        rests.Take(3).Should().Equal(7, 14, 28);
        (await RowAsync(id)).Answer.Should().Be("Given up after 3 days of attempts. The last one: 451 later");
    }

    [Fact]
    public async Task Postponed_ManyTimes_IsNeverGivenUp()
    {
        Guid id = await InsertAsync();
        _server.Answer = () => new SendLater("The limit of the hour is reached.", Hour);

        for (int hour = 0; hour < 100; hour++)
        {
            await Dispatcher().RunOnceAsync(default);
            _time.Advance(Hour);
        }

        _server.Answer = null;
        await Dispatcher().RunOnceAsync(default);

        _server.Accepted.Should().Equal(id);
    }

    [Fact]
    public async Task OneThatHangs_DoesNotHoldTheOthers()
    {
        Guid hanging = await InsertAsync();
        for (int i = 0; i < 40; i++)
            await InsertAsync();
        Gate gate = new();
        OutboxDispatcher dispatcher = Dispatcher(beforeMessage: effect => effect.Id == hanging ? gate.PassAsync(effect) : Task.CompletedTask);
        using CancellationTokenSource stop = new();
        Task running = dispatcher.RunAsync(TimeSpan.FromMilliseconds(20), stop.Token);
        await gate.Reached;

        await Eventually.BecomesAsync(() => CountAsync("accepted"), 40);
        await stop.CancelAsync();
        running.IsCompleted.Should().BeFalse("what has begun is carried to its end");
        gate.Open();
        await IgnoreStopAsync(running);

        (await RowAsync(hanging)).State.Should().Be("accepted");
    }

    private static async Task IgnoreStopAsync(params Task[] running)
    {
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException)
        {
            // The ordered end.
        }
    }

    private OutboxDispatcher Dispatcher(Func<ClaimedEffect, Task>? beforeBegin = null, Func<ClaimedEffect, Task>? beforeMessage = null, Func<ClaimedEffect, Task>? beforeAnswer = null)
    {
        DatabaseClock clock = DatabaseClock.Played(_time);
        return new(_postgres.DataSource, [new Sender(_server, beforeBegin, beforeMessage, beforeAnswer)], new CommitSignals(clock), clock, new OutboxOptions(), NullLogger.Instance);
    }

    private async Task<Guid> InsertAsync(string? key = null)
    {
        Guid id = TimeOrderedId.Create(_time.GetUtcNow());
        await using NpgsqlBatch batch = _postgres.DataSource.CreateBatch();
        batch.BatchCommands.Add(InsertOutboxEntries.Create([new(id, null, "mail", key ?? $"key/{id}", _time.GetUtcNow(), "{}")], _time.GetUtcNow()));
        await batch.ExecuteNonQueryAsync();
        return id;
    }

    private async Task<int> CountAsync(string state) => (int)await _postgres.ScalarAsync<long>("select count(*) from outbox where state = $1", state);

    private async Task<TimeSpan> DueInAsync(Guid id) => await _postgres.ScalarAsync<DateTime>("select due_at from outbox where id = $1", id) - _time.GetUtcNow().UtcDateTime;

    private async Task<(string State, int Attempt, string? Answer)> RowAsync(Guid id)
    {
        await using NpgsqlCommand command = _postgres.DataSource.CreateCommand("select state, attempt, answer from outbox where id = $1");
        command.Parameters.Add(new() { Value = id });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetString(0), reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2));
    }

    /// <summary>Where a process is killed.</summary>
    public enum Boundary
    {
        BeforeClaim,
        AfterClaim,
        BeforeSending,
        AfterSending,
        BeforeEnd,
        AfterEnd,
    }

    /// <summary>The oracle: what the other side has taken.</summary>
    private sealed class MailServer
    {
        public ConcurrentQueue<Guid> Accepted { get; } = new();

        public Func<SendOutcome>? Answer { get; set; }

        public void Take(Guid id) => Accepted.Enqueue(id);
    }

    /// <summary>Stops whoever comes, as SIGSTOP would, until it is opened.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public Task PassAsync(ClaimedEffect effect)
        {
            _reached.TrySetResult();
            return _open.Task;
        }

        public void Open() => _open.TrySetResult();
    }

    private sealed class Sender(MailServer server, Func<ClaimedEffect, Task>? beforeBegin, Func<ClaimedEffect, Task>? beforeMessage, Func<ClaimedEffect, Task>? beforeAnswer) : IEffectSender
    {
        public string Kind => "mail";

        public async Task<SendOutcome> SendAsync(ClaimedEffect effect, Func<CancellationToken, Task<bool>> begin, CancellationToken cancellationToken)
        {
            await (beforeBegin?.Invoke(effect) ?? Task.CompletedTask);
            if (server.Answer is { } answer)
                return answer();
            if (!await begin(cancellationToken))
                return new SendLeft();
            await (beforeMessage?.Invoke(effect) ?? Task.CompletedTask);
            server.Take(effect.Id);
            await (beforeAnswer?.Invoke(effect) ?? Task.CompletedTask);
            return new SendAccepted("250 queued");
        }
    }
}
