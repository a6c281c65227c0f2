using EngagementFlows.Engagements.Mail;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Mail;

public sealed class SettleMailTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);

    private SettleMail Settle => new(postgres.DataSource);

    [Theory]
    [InlineData("uncertain", MailDecision.Arrived, "accepted")]
    [InlineData("uncertain", MailDecision.SendAgain, "pending")]
    [InlineData("uncertain", MailDecision.LetBe, "rejected")]
    [InlineData("rejected", MailDecision.SendAgain, "pending")]
    [InlineData("rejected", MailDecision.LetBe, "rejected")]
    public async Task ExecuteAsync_MailThatStandsAsSeen_IsSettledAndAuditedOnce(string state, MailDecision decision, string ends)
    {
        Guid mail = await MailAsync(state, attempt: 3);

        bool isDone = await Settle.ExecuteAsync(mail, 3, decision, "I rang.", "person:1", Now, default);

        isDone.Should().BeTrue();
        (await StateAsync(mail)).Should().Be(ends);
        (await AuditedAsync(mail)).Should().Equal($"person:1 {decision} I rang.");
    }

    [Theory]
    [InlineData("accepted", MailDecision.SendAgain)]
    [InlineData("pending", MailDecision.Arrived)]
    [InlineData("rejected", MailDecision.Arrived)]
    public async Task ExecuteAsync_WhatNobodyMayDecide_ChangesNothing(string state, MailDecision decision)
    {
        Guid mail = await MailAsync(state, attempt: 1);

        (await Settle.ExecuteAsync(mail, 1, decision, "I want to.", "person:1", Now, default)).Should().BeFalse();

        (await StateAsync(mail)).Should().Be(state);
        (await AuditedAsync(mail)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task ExecuteAsync_AnotherAttemptThanSeen_ChangesNothing(int seen)
    {
        Guid mail = await MailAsync("uncertain", attempt: 3);

        (await Settle.ExecuteAsync(mail, seen, MailDecision.SendAgain, "I saw another one.", "person:1", Now, default)).Should().BeFalse();

        (await StateAsync(mail)).Should().Be("uncertain");
        (await AuditedAsync(mail)).Should().BeEmpty();
    }

    [Fact]
    public async Task ExecuteAsync_ManyPeopleAtOnce_OneDecidesAndOneEntryStands()
    {
        for (int round = 0; round < 10; round++)
        {
            Guid mail = await MailAsync("uncertain", attempt: 1);
            MailDecision[] wishes = [MailDecision.Arrived, MailDecision.LetBe, MailDecision.SendAgain, MailDecision.Arrived];

            bool[] done = await Task.WhenAll(wishes.Select((wish, person) => Task.Run(() => Settle.ExecuteAsync(mail, 1, wish, "Mine.", $"person:{person}", Now, default))));

            done.Count(isDone => isDone).Should().Be(1);
            MailDecision won = wishes[Array.IndexOf(done, true)];
            (await StateAsync(mail)).Should().Be(won switch { MailDecision.Arrived => "accepted", MailDecision.LetBe => "rejected", _ => "pending" });
            (await AuditedAsync(mail)).Should().Equal($"person:{Array.IndexOf(done, true)} {won} Mine.");
        }
    }

    [Fact]
    public async Task ExecuteAsync_SendAgain_IsDueAtOnceAndFailsAnew()
    {
        Guid mail = await MailAsync("rejected", attempt: 2);
        await postgres.ExecuteAsync("update outbox set failing_since = now() - interval '3 days' where id = $1", mail);

        await Settle.ExecuteAsync(mail, 2, MailDecision.SendAgain, "Mended.", "person:1", Now, default);

        (await postgres.ScalarAsync<bool>("select due_at = $2 and failing_since is null and ended_at is null from outbox where id = $1", mail, Now.UtcDateTime)).Should().BeTrue();
    }

    [Theory]
    [InlineData("uncertain")]
    [InlineData("rejected")]
    public async Task ExecuteAsync_LetBe_IsCountedAsWrongNoMore_AndCanStillBeSentAgain(string state)
    {
        Guid mail = await MailAsync(state, attempt: 1);
        long before = await RefusedAsync();

        await Settle.ExecuteAsync(mail, 1, MailDecision.LetBe, "He knows by telephone.", "person:1", null, default);

        (await RefusedAsync()).Should().Be(state == "rejected" ? before - 1 : before);
        (await new ReadHomePage(postgres.DataSource).ExecuteAsync(default)).RejectedMails.Should().Be(await RefusedAsync());
        (await Settle.ExecuteAsync(mail, 2, MailDecision.LetBe, "Twice.", "person:2", null, default)).Should().BeFalse("it is decided");
        (await Settle.ExecuteAsync(mail, 2, MailDecision.SendAgain, "After all.", "person:2", null, default)).Should().BeTrue();
        (await postgres.ScalarAsync<bool>("select let_be_at is null from outbox where id = $1", mail)).Should().BeTrue();
    }

    private async Task<long> RefusedAsync() => (await InvariantChecks.CountAsync(postgres.DataSource, default)).Single(result => result.Invariant.Name == "refused-mails").Violations;

    /// <summary>Stores a mail as a person may find it.</summary>
    private async Task<Guid> MailAsync(string state, int attempt)
    {
        await postgres.ExecuteAsync(
            "insert into person (id, name, email, roles, language, zone, is_active) values ($1, 'Ann', 'ann@firm.example', '{}', 'en', 'UTC', true) on conflict do nothing", Guid.Parse("0198c0de-0000-7000-8000-0000000000aa"));
        WriteTestMail write = new(postgres.DataSource, new(new Firm("Firm", null, "office@firm.example"), "office@firm.example", "Firm", null));
        Guid mail = await write.ExecuteAsync(Guid.Parse("0198c0de-0000-7000-8000-0000000000aa"), "Ann", "ann@firm.example", "en", "person:0", Now, default);
        await postgres.ExecuteAsync(
            "update outbox set state = $2, attempt = $3, ended_at = case when $2 in ('accepted', 'rejected', 'uncertain') then now() end where id = $1", mail, state, attempt);
        return mail;
    }

    private Task<string?> StateAsync(Guid mail) => postgres.ScalarAsync<string>("select state from outbox where id = $1", mail);

    private async Task<string[]> AuditedAsync(Guid mail) => await postgres.ScalarAsync<string[]>(
        "select coalesce(array_agg(actor || ' ' || (detail ->> 'decision') || ' ' || (detail ->> 'reason')), '{}') from audit where act = 'MailSettled' and subject = 'mail/' || $1", mail) ?? [];
}
