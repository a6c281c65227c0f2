using System.Text.Json;
using EngagementFlows.CrashDrill.Callers;
using EngagementFlows.CrashDrill.Children;
using EngagementFlows.CrashDrill.Sink;
using Npgsql;

namespace EngagementFlows.CrashDrill.Counting;

/// <summary>Compares, when all is quiet, what callers were told, what the database holds, and what the sink took.</summary>
internal sealed class Auditor(DrillPlace place, IReadOnlyDictionary<string, string> settings, Caller caller, Action<string> say)
{
    private const string UncertainEffects = "uncertain-effects";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    // Longer than the longest rest between two tries of a mail that is met here, and than the reminder's.
    private static readonly TimeSpan NoProgress = TimeSpan.FromSeconds(60);

    /// <summary>Waits until every instance has ended, nothing is due and nothing is on its way, or nothing has moved for a minute.</summary>
    public async Task WaitForQuietAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        Ledger ledger = new(dataSource);
        string last = "";
        long since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            (string fingerprint, bool isQuiet) = await ledger.LookAsync();
            if (isQuiet)
                return;
            if (fingerprint != last)
                (last, since) = (fingerprint, TimeProvider.System.GetTimestamp());
            else if (TimeProvider.System.GetElapsedTime(since) > NoProgress)
                return;
            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <summary>Counts a round.</summary>
    public async Task<DrillCount> CountAsync(NpgsqlDataSource dataSource, IReadOnlyList<DrilledIntake> intakes, IReadOnlyCollection<AcceptedMail> accepted, CancellationToken cancellationToken)
    {
        Ledger ledger = new(dataSource);
        long unanswered = intakes.Count(intake => intake.Acknowledged < 4);
        if (unanswered > 0)
            say($"{unanswered} intake(s) whose callers were not answered to the end, for example number {intakes.First(intake => intake.Acknowledged < 4).Number}");
        DrillCount mails = await CountMailsAsync(await ledger.ReadMailsAsync(), accepted, cancellationToken);
        return mails with
        {
            MailsMissing = mails.MailsMissing + await ledger.SumAsync("MAIL MISSING", LedgerQueries.Unwritten, say),
            Acknowledged = intakes.Sum(intake => intake.Acknowledged),
            Lost = await ledger.CountLostAsync(intakes, say),
            Stuck = await ledger.SumAsync("STUCK", LedgerQueries.Stuck, say),
            Doubled = await ledger.SumAsync("DOUBLED", LedgerQueries.Doubled, say),
            InvariantViolations = await ledger.SumAsync("VIOLATED", LedgerQueries.Violated, say) + await AskDoctorAsync(cancellationToken),
        };
    }

    private async Task<DrillCount> CountMailsAsync(Dictionary<string, (Guid Id, string State)> ledger, IReadOnlyCollection<AcceptedMail> accepted, CancellationToken cancellationToken)
    {
        Dictionary<string, int> taken = accepted.GroupBy(mail => mail.EffectKey, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        long doubled = 0;
        foreach ((string key, int times) in taken)
        {
            // What is uncertain may have been taken once; twice it may not.
            bool isWanted = ledger.TryGetValue(key, out (Guid Id, string State) row) && row.State is "accepted" or "uncertain";
            int tooMany = isWanted ? times - 1 : times;
            if (tooMany > 0)
                say($"MAIL DOUBLED: {key} was taken {times} time(s); the ledger says '{(row.State ?? "nothing")}'");
            doubled += tooMany;
        }

        string[] missing = [.. ledger.Where(row => row.Value.State == "accepted" && !taken.ContainsKey(row.Key)).Select(row => row.Key)];
        foreach (string key in missing)
            say($"MAIL MISSING: {key} counts as accepted, but the sink has never taken it");
        HashSet<Guid> uncertain = [.. ledger.Values.Where(row => row.State == "uncertain").Select(row => row.Id)];
        HashSet<Guid> shown = await ListUncertainAsync(cancellationToken);
        Guid[] hidden = [.. uncertain.Except(shown)];
        foreach (Guid mail in hidden)
            say($"MAIL MISSING: {mail} is uncertain, but nobody is shown it");
        int rejected = ledger.Values.Count(row => row.State == "rejected");
        if (rejected > 0)
            say($"{rejected} mail(s) were refused for good and stand so in the mailbox");
        return new() { Mails = ledger.Count, MailsDoubled = doubled, MailsMissing = missing.Length + hidden.Length, Uncertain = uncertain.Count };
    }

    /// <summary>Reads the list in which a person finds the mails to decide about.</summary>
    private async Task<HashSet<Guid>> ListUncertainAsync(CancellationToken cancellationToken)
    {
        HashSet<Guid> shown = [];
        string after = "";
        while (await caller.GetAsync($"/api/mails?state=uncertain&limit=100{after}", cancellationToken) is { } page)
        {
            foreach (JsonElement mail in page.GetProperty("items").EnumerateArray())
                shown.Add(mail.GetProperty("id").GetGuid());
            if (page.GetProperty("next").GetString() is not { } next)
                break;
            after = $"&after={Uri.EscapeDataString(next)}";
        }

        return shown;
    }

    private async Task<long> AskDoctorAsync(CancellationToken cancellationToken)
    {
        await using Child doctor = Child.Start(place, place.ServerAssembly, ["doctor", "--json"], settings, "doctor");
        string report = await doctor.Output.ReadToEndAsync(cancellationToken);
        await doctor.WaitAsync(cancellationToken);
        long sum = 0;
        foreach (JsonElement finding in JsonDocument.Parse(report).RootElement.GetProperty("invariants").EnumerateArray())
        {
            long count = finding.GetProperty("violations").GetInt64();
            string name = finding.GetProperty("name").GetString()!;
            if (count == 0 || finding.GetProperty("isWarning").GetBoolean() || name == UncertainEffects)
                continue;
            say($"VIOLATED: {name}: {count}, for example {finding.GetProperty("example").GetString()}");
            sum += count;
        }

        return sum;
    }
}
