using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Server.Imports;

/// <summary>Imports confirmed files, one at a time in the whole house.</summary>
/// <remarks>
/// A file is stored in one transaction. A process that dies leaves nothing of it; when its lease has run out, any worker begins anew, and an attempt that was only slow finds itself
/// fenced at its commit. Progress is written beside it, at most once a second. Flows are started after the commit, each by an id of its own that counts once.
/// </remarks>
internal sealed partial class ClientImportWorker(
    ClientImportLease lease, ImportClients import, ClientImportStarts starts, FlowsEngine engine, ClientImportSignal signal, DatabaseClock clock, TimeProvider time,
    ILogger<ClientImportWorker> logger) : BackgroundService
{
    private const string Process = "client-intake";
    private const int StartPortion = 100;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);

    /// <summary>Imports the file that is next; <see langword="false"/> = there is none, or another worker has one under way.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await lease.ClaimAsync(cancellationToken) is not { } claimed)
            return false;
        using CancellationTokenSource lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using CancellationTokenSource ended = new();
        Progress progress = new();
        Task showing = ShowAsync(claimed, progress, lost, ended.Token);
        try
        {
            await RunAsync(claimed, progress, lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Log.Lost(logger, claimed.Id, claimed.Attempt);
        }
        catch (PostgresException failure) when (!failure.IsTransient)
        {
            // The file cannot be stored, now or later: a person has to know. Whatever passes by itself is tried again when the lease has run out.
            Log.Failed(logger, failure, claimed.Id);
            await lease.EndAsync(claimed, "failed", Refused(failure), cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await showing;
        }

        return true;
    }

    // Ends only by shutdown: what a round throws is told and the next round comes.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool isBusy = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!isBusy)
                    await signal.WaitAsync(Poll, stoppingToken);
                isBusy = await RunOnceAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException failure)
            {
                Log.RoundFailed(logger, failure);
                isBusy = false;
            }
        }
    }

    private async Task RunAsync(ClaimedClientImport claimed, Progress progress, CancellationToken cancellationToken)
    {
        if (claimed.State == "running")
        {
            ClientImportWatch watch = new()
            {
                Stored = progress.Set,
                MayCommit = (transaction, engagements, token) => ClientImportLease.StoredAsync(transaction, claimed, engagements, token),
            };
            ClientImportResult? result = await import.ExecuteAsync(claimed.Content, claimed.By, clock.Now, watch, cancellationToken);
            if (result is null)
            {
                Log.Lost(logger, claimed.Id, claimed.Attempt);
                return;
            }

            if (result.Faults.Count > 0)
            {
                // People or roles changed since the preview.
                await lease.EndAsync(claimed, "failed", Changed(result.Faults[0]), cancellationToken);
                return;
            }

            Log.Imported(logger, claimed.Id, result.Engagements.Count);
            if (!claimed.StartsFlows || !result.Engagements.Any(engagement => engagement.IsNew))
                return;
        }

        await StartFlowsAsync(claimed, cancellationToken);
    }

    private async Task StartFlowsAsync(ClaimedClientImport claimed, CancellationToken cancellationToken)
    {
        LocalizedText? refusal = null;
        while (await starts.ListAsync(claimed.Id, StartPortion, cancellationToken) is { Count: > 0 } engagements)
        {
            // A start that was taken before a crash has the same id again, and counts once.
            StimulusResult[] results = await Task.WhenAll(engagements.Select(engagement => engine.Gateway.SubmitAsync(
                new StartRequested(TimeOrderedId.Derive(engagement, "import-intake"), Process) { CorrelationId = engagement.ToString("D") }, rider: null, cancellationToken)));
            if (Array.Find(results, result => result.Kind == TransitionKind.Refused || result.RefusedBy is not null) is { } refused)
                refusal ??= NotStarted(refused.Message ?? refused.RefusedBy);
            await starts.ForgetAsync(claimed.Id, [.. engagements], cancellationToken);
        }

        await lease.EndAsync(claimed, "done", refusal, cancellationToken);
    }

    private async Task ShowAsync(ClaimedClientImport claimed, Progress progress, CancellationTokenSource lost, CancellationToken ended)
    {
        using PeriodicTimer timer = new(ProgressEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                if (await lease.RenewAsync(claimed, progress.Lines, ended))
                    continue;
                await lost.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The attempt has ended.
        }
        catch (NpgsqlException failure)
        {
            // The lease runs out by itself, and the commit asks for it.
            Log.RoundFailed(logger, failure);
        }
    }

    private static LocalizedText Refused(PostgresException failure) => new(
        $"The database refused the lines: {failure.MessageText}. Nothing of the file is stored.", $"数据库拒绝了这些数据（{failure.MessageText}），文件内容未保存。");

    private static LocalizedText Changed(ImportFault fault) => new(
        $"People or their roles have changed since the preview. Line {fault.Line}: {fault.Message} Nothing is stored; upload the file again.",
        $"预览之后，员工或其角色发生了变化。第 {fault.Line} 行：{fault.MessageZh}未保存任何内容，请重新上传文件。");

    private static LocalizedText NotStarted(string? reason) => new(
        $"The clients are imported. Flow '{Process}' was not started for some of them: {reason}", $"客户已导入，但部分客户的流程“{Process}”未能启动：{reason}");

    private sealed class Progress
    {
        private int _lines;

        public int Lines => Volatile.Read(ref _lines);

        public void Set(int lines) => Volatile.Write(ref _lines, lines);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Import {ImportId} is committed: {Clients} clients.")]
        public static partial void Imported(ILogger logger, Guid importId, int clients);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} of import {ImportId} was given up: another worker holds it by now. Nothing of the attempt is stored.")]
        public static partial void Lost(ILogger logger, Guid importId, int attempt);

        [LoggerMessage(Level = LogLevel.Error, Message = "Import {ImportId} failed. Nothing of it is stored.")]
        public static partial void Failed(ILogger logger, Exception failure, Guid importId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The import worker could not reach the database. It tries again.")]
        public static partial void RoundFailed(ILogger logger, Exception failure);
    }
}
