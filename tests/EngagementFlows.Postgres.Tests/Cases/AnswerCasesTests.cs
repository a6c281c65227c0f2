using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Cases;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Cases;

/// <summary>Who is asked, by the real staff on a real database.</summary>
public sealed class AnswerCasesTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Client = "C-1001";
    private PlayedHouse _house = null!;

    public async Task InitializeAsync() => _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task NextRung_UpTheLadder_IsOwnerArchitectLastRung()
    {
        List<string?> way = [];
        for (AssigneeExpression? holder = new(AssigneeKind.Owner, ""); holder is not null;)
        {
            NextRung rung = (NextRung)await AskAsync(new NextRungAsked(Engagement, holder), "samuel.osei@linden.example");
            way.Add(rung.Member?.Email);
            holder = rung.Member is { } member ? new(AssigneeKind.Person, member.Email) : null;
        }

        way.Should().Equal("li.wei@linden.example", "samuel.osei@linden.example", null);
    }

    [Fact]
    public async Task NextRung_OwnerIsTheArchitect_IsAskedOnce()
    {
        await ExecuteAsync("update engagement set owner_id = architect_id where id = $1", Engagement);

        NextRung rung = (NextRung)await AskAsync(new NextRungAsked(Engagement, new(AssigneeKind.Owner, "")), "samuel.osei@linden.example");

        rung.Member!.Email.Should().Be("samuel.osei@linden.example");
    }

    [Fact]
    public async Task Owner_Neutral_IsNobodyWhoTouchedTheMatter()
    {
        // The architect of the engagement is out; Clara did a task of this instance.
        Guid instance = await _house.StartAsync("client-intake", Client);
        await TouchAsync(instance, "clara.brandt");

        object nobody = await AskAsync(new OwnerAsked(Engagement, instance, new(AssigneeKind.Role, "architect"), OwnerChoice.LeastLoaded, IsNeutral: true));
        object somebody = await AskAsync(new OwnerAsked(Engagement, instance, new(AssigneeKind.Role, "account-manager"), OwnerChoice.LeastLoaded, IsNeutral: true));

        nobody.Should().BeOfType<Unanswerable>().Which.Reason.Should().Contain("role:architect").And.Contain("not touched");
        somebody.Should().BeOfType<StaffMember>().Which.Email.Should().NotBe("chen.jing@linden.example", "she owns the engagement");
    }

    [Fact]
    public async Task Owner_LeastLoaded_HasTheFewestOpenTasks()
    {
        Guid instance = await _house.StartAsync("client-intake", Client);
        await TouchAsync(instance, "chen.jing");
        await TouchAsync(instance, "mia.novak");

        object owner = await AskAsync(new OwnerAsked(Engagement, Guid.Empty, new(AssigneeKind.Role, "account-manager"), OwnerChoice.LeastLoaded, IsNeutral: false));

        owner.Should().Be(new StaffMember("owen.hughes@linden.example", "Owen Hughes"));
    }

    [Fact]
    public async Task Owner_InTurn_IsWhoWaitedLongest()
    {
        List<string> turns = [];
        for (int turn = 0; turn < 6; turn++)
        {
            StaffMember owner = (StaffMember)await AskAsync(new OwnerAsked(Engagement, Guid.Empty, new(AssigneeKind.Role, "account-manager"), OwnerChoice.InTurn, IsNeutral: false));
            turns.Add(owner.Email);
            await ExecuteAsync(
                """
                insert into engagement_case (id, engagement_id, instance_id, kind, class, subject, raised_by, opened_at, owner_id, owned_at)
                values (gen_random_uuid(), $1, gen_random_uuid(), 'complaint', 'normal', 'Too loud', 'Wang Fang', clock_timestamp(), (select id from person where email = $2), clock_timestamp())
                """,
                Engagement,
                owner.Email);
        }

        turns[..3].Should().OnlyHaveUniqueItems();
        turns[3..].Should().Equal(turns[..3]);
    }

    [Fact]
    public async Task Owner_OfAnEngagementThatIsNone_SaysWhatToDo() =>
        (await AskAsync(new OwnerAsked(Guid.Empty, Guid.Empty, new(AssigneeKind.Owner, ""), OwnerChoice.LeastLoaded, IsNeutral: false)))
            .Should().BeOfType<Unanswerable>().Which.Reason.Should().Contain("does not exist");

    private Guid Engagement => _house.Engagements[Client].EngagementId;

    private async Task<object> AskAsync(Question question, string? lastRung = null)
    {
        Dictionary<Question, object?> answers = [];
        await using NpgsqlConnection connection = await _house.Queries.OpenConnectionAsync();
        await AnswerCases.ExecuteAsync(connection, [question], lastRung, answers, default);
        return answers[question]!;
    }

    private Task TouchAsync(Guid instance, string person) => ExecuteAsync(
        """
        insert into task (id, instance_id, bookmark_id, engagement_id, definition_version_id, kind, title_en, title_zh, outcomes, assignee_person_id, opened_at)
        values (gen_random_uuid(), $1, gen_random_uuid(), $2, 'v', 'work', 'Look', '看', array['Done'], $3, clock_timestamp())
        """,
        instance,
        Engagement,
        _house.Staff[person].Id);

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        foreach (object value in values)
            command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }
}
