using System.Text;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Links;

/// <summary>Standing links on a real database: who offers one again offers the same, each sheet starts one instance, a day has an end.</summary>
public sealed class StandingLinkStoreTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Client = "C-1001";
    private const string Flow = "complaint-escalation";
    private PlayedHouse _house = null!;

    private Guid Engagement => _house.Engagements[Client].EngagementId;

    private DateTimeOffset Now => _house.Clock.GetUtcNow();

    public async Task InitializeAsync() => _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync(), Flow);

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task Make_AgainAndByManyAtOnce_IsTheSameLinkForLonger()
    {
        MadeStandingLink?[] made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MakeAsync(Now.AddDays(10))));
        MadeStandingLink later = (await MakeAsync(Now.AddDays(20)))!;
        await MakeAsync(Now.AddDays(5));

        made.Select(link => link!.Id).Distinct().Should().Equal(later.Id);
        made.Count(link => link!.IsNew).Should().Be(1);
        (await FindAsync(later.Id)).Link.ExpiresAt.Should().Be(Now.AddDays(20), "it is never cut short by an offer");
        (await TextAsync("select string_agg(act, ' ' order by sequence) from audit where subject = $1", $"standing-link/{later.Id:D}"))
            .Should().StartWith("StandingLinkMade StandingLinkShown");
    }

    [Fact]
    public async Task Make_AfterItWasTakenBack_IsAnotherAndTheOldOneStaysDead()
    {
        Guid old = (await MakeAsync(Now.AddDays(10)))!.Id;
        RevokeStandingLink revoke = new(_house.Queries);

        (await revoke.ExecuteAsync(old, "person:x", "It went astray.", Now, default)).Should().BeTrue();
        (await revoke.ExecuteAsync(old, "person:x", "Twice.", Now, default)).Should().BeFalse();
        Guid anew = (await MakeAsync(Now.AddDays(10)))!.Id;

        anew.Should().NotBe(old);
        (await FindAsync(old)).Link.At(Now).Should().Be(LinkVerdict.Revoked);
        (await FindAsync(anew)).Link.At(Now).Should().Be(LinkVerdict.Open);
        (await new ReadStandingLinks(_house.Queries).OfEngagementAsync(Engagement, null, 1, default)).Next.Should().NotBeNull();
    }

    [Fact]
    public async Task Import_GivesTheContactAnotherAddress_TakesTheLinksBack()
    {
        Guid old = (await MakeAsync(Now.AddDays(10)))!.Id;
        Guid others = (await new MakeStandingLink(_house.Queries).ExecuteAsync(
            _house.Engagements["C-1002"].EngagementId, Flow, "forms/complaint.json", new("a", "b"), Now.AddDays(1), "test", Now, default))!.Id;
        string file = await File.ReadAllTextAsync(Path.Combine(PlayedHouse.Workflows, "samples/clients.csv"));

        await ImportAsync(file.Replace("王芳", "王方", StringComparison.Ordinal));
        (await FindAsync(old)).Link.At(Now).Should().Be(LinkVerdict.Open, "a name that is spelled otherwise is the same person");
        await ImportAsync(file.Replace("wang.fang@", "Wang.Fang@", StringComparison.Ordinal));
        (await FindAsync(old)).Link.At(Now).Should().Be(LinkVerdict.Open, "the same mailbox");
        await ImportAsync(file.Replace("王芳", "李强", StringComparison.Ordinal).Replace("wang.fang@", "li.qiang@", StringComparison.Ordinal));

        (await FindAsync(old)).Link.At(Now).Should().Be(LinkVerdict.Revoked, "it would speak in the name of another person");
        (await FindAsync(others)).Link.At(Now).Should().Be(LinkVerdict.Open);
        (await StartAsync(old, TimeOrderedId.Create(TimeProvider.System.GetUtcNow()))).RefusedBy.Should().Be(StandingLinkRider.Refused);
        (await TextAsync("select string_agg(act || ' ' || actor, ', ' order by sequence) from audit where subject = $1", $"standing-link/{old:D}"))
            .Should().Be("StandingLinkMade test, StandingLinkRevoked import");
        MadeStandingLink anew = (await MakeAsync(Now.AddDays(10)))!;
        anew.IsNew.Should().BeTrue();
        anew.Id.Should().NotBe(old);
    }

    [Fact]
    public async Task Make_ForNobody_IsNothing() =>
        (await new MakeStandingLink(_house.Queries).ExecuteAsync(TimeOrderedId.Create(TimeProvider.System.GetUtcNow()), Flow, "forms/complaint.json", new("a", "b"), Now.AddDays(1), "test", Now, default)).Should().BeNull();

    [Fact]
    public async Task Place_OfALinkThatIsThere_IsThatLink()
    {
        Guid before = (await MakeAsync(Now.AddDays(1)))!.Id;
        await using NpgsqlConnection connection = await _house.Queries.OpenConnectionAsync();

        StandingLinkPlace? place = await AnswerStandingLinks.FindAsync(connection, new(Engagement, Flow), default);

        place!.LinkId.Should().Be(before);
        place.IsNew.Should().BeFalse();
    }

    [Fact]
    public async Task Mail_WithPlaceholders_IsFilledWithItsReadersLinksOnly()
    {
        Guid own = (await MakeAsync(Now.AddDays(1)))!.Id;
        Guid other = (await new MakeStandingLink(_house.Queries).ExecuteAsync(
            _house.Engagements["C-1002"].EngagementId, Flow, "forms/complaint.json", new("a", "b"), Now.AddDays(1), "test", Now, default))!.Id;
        await _house.StartAsync(Flow, Client, new() { ["Subject"] = "x" });
        Guid mail = await ScalarAsync<Guid>("select id from mail where contact_id is not null order by sequence desc limit 1");
        await ExecuteAsync("update mail set text = $2, html = $2 where id = $1", mail, $"https://standing-link.invalid/{own:D} https://standing-link.invalid/{other:D}");

        OutgoingMail outgoing = (await new LoadOutgoingMail(_house.Queries, _house.Settings, () => _house.Addresses).ExecuteAsync(mail, default))!;
        string bytes = Encoding.UTF8.GetString(outgoing.Bytes.Span).Replace("=\r\n", "", StringComparison.Ordinal);

        bytes.Should().Contain("https://clients.example/c/standing/t1.").And.NotContain(own.ToString("D")).And.Contain(other.ToString("D"), "a placeholder that somebody smuggled in stays one");
    }

    [Fact]
    public async Task Use_OneSheet_StartsOnceAndFiveADay()
    {
        Guid link = (await MakeAsync(Now.AddDays(10)))!.Id;
        Guid first = TimeOrderedId.Create(TimeProvider.System.GetUtcNow());

        StimulusResult[] same = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => StartAsync(link, first)));
        StimulusResult[] others = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => StartAsync(link, TimeOrderedId.Create(TimeProvider.System.GetUtcNow()))));
        _house.Clock.Set(Now.AddDays(1));
        StimulusResult tomorrow = await StartAsync(link, TimeOrderedId.Create(TimeProvider.System.GetUtcNow()));

        same.Count(IsApplied).Should().Be(1);
        same.Where(result => !IsApplied(result)).Should().OnlyContain(result => result.RefusedBy == StandingLinkRider.Refused);
        others.Count(IsApplied).Should().Be(StandingLink.MostADay - 1);
        IsApplied(tomorrow).Should().BeTrue("a day has passed since the first");
        (await ScalarAsync<long>("select count(*) from instance")).Should().Be(6);
        (await ScalarAsync<long>("select count(*) from engagement_case")).Should().Be(6);
        (await ScalarAsync<int>("select uses from standing_link where id = $1", link)).Should().Be(6);
        (await new ReadStandingLinks(_house.Queries).UseAsync(link, first, default))!.PromisedAt.Should().BeAfter(Now.AddDays(-1), "the flow promised an answer in the same commit");
    }

    [Fact]
    public async Task Use_OfSeveralLinksInOneCommit_LocksThemInOneOrder()
    {
        Guid[] links = [.. Enumerable.Range(0, 6).Select(_ => TimeOrderedId.Create(TimeProvider.System.GetUtcNow()))];
        Commit commit = new(DefinitionCatalogue.Create(_house.Activities, []), new LiveWebhooks(_house.Queries), Now);
        await using NpgsqlConnection connection = await _house.Queries.OpenConnectionAsync();
        await using NpgsqlBatch batch = new(connection);

        Work[] works = [.. links.Select(link => new Work { Rider = RequestRider.All(new StandingLinkRider(link, TimeOrderedId.Create(TimeProvider.System.GetUtcNow()), TimeOrderedId.Create(TimeProvider.System.GetUtcNow()))) })];
        await commit.AppendAsync(connection, batch, works, domain: null, default);

        ((IEnumerable<NpgsqlBatchCommand>)batch.BatchCommands).Where(command => command.CommandText.Contains("update standing_link", StringComparison.Ordinal)).Select(command => command.Parameters[0].Value)
            .Should().Equal(links.Order().Cast<object>());
    }

    [Fact]
    public async Task Use_OfALinkThatIsOver_StartsNothing()
    {
        Guid revoked = (await MakeAsync(Now.AddDays(10)))!.Id;
        await new RevokeStandingLink(_house.Queries).ExecuteAsync(revoked, "test", "test", Now, default);
        Guid expired = (await MakeAsync(Now.AddDays(1)))!.Id;
        _house.Clock.Set(Now.AddDays(1));

        (await StartAsync(revoked, TimeOrderedId.Create(TimeProvider.System.GetUtcNow()))).RefusedBy.Should().Be(StandingLinkRider.Refused);
        (await StartAsync(expired, TimeOrderedId.Create(TimeProvider.System.GetUtcNow()))).RefusedBy.Should().Be(StandingLinkRider.Refused);
        (await ScalarAsync<long>("select count(*) from instance")).Should().Be(0);
        (await ScalarAsync<long>("select count(*) from standing_link_use")).Should().Be(0, "the sheet stays unsent");
    }

    private static bool IsApplied(StimulusResult result) => result is { Kind: TransitionKind.Applied, RefusedBy: null };

    private Task<MadeStandingLink?> MakeAsync(DateTimeOffset expiresAt) =>
        new MakeStandingLink(_house.Queries).ExecuteAsync(Engagement, Flow, "forms/complaint.json", new("Tell us what is wrong", "问题反馈"), expiresAt, "test", Now, default);

    private async Task ImportAsync(string file) =>
        (await new ImportClients(_house.Queries).ExecuteAsync(Encoding.UTF8.GetBytes(file), "test", Now, default)).Faults.Should().BeEmpty();

    private Task<StimulusResult> StartAsync(Guid link, Guid sheet)
    {
        StartRequested start = new(TimeOrderedId.Create(Now), Flow) { CorrelationId = Engagement.ToString("D"), Input = new() { ["Subject"] = "Too late" } };
        return _house.Engine.Gateway.SubmitAsync(start, new StandingLinkRider(link, sheet, start.InstanceId), default);
    }

    private async Task<StandingLinkLine> FindAsync(Guid id) => (await new ReadStandingLinks(_house.Queries).FindAsync(id, default))!;

    private async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using NpgsqlCommand command = Command(sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private Task<string> TextAsync(string sql, params object[] values) => ScalarAsync<string>(sql, values);

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using NpgsqlCommand command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        foreach (object value in values)
            command.Parameters.AddWithValue(value);
        return command;
    }
}
