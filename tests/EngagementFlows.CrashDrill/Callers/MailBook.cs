using System.Collections.Concurrent;
using System.Text;
using EngagementFlows.CrashDrill.Sink;

namespace EngagementFlows.CrashDrill.Callers;

/// <summary>What the recipients find in their mailboxes: follows the sink's record while it grows.</summary>
internal sealed class MailBook(string file)
{
    private readonly ConcurrentDictionary<Guid, Letters> _byInstance = new();
    private readonly ConcurrentQueue<AcceptedMail> _all = new();
    private readonly byte[] _buffer = new byte[256 * 1024];
    private long _read;

    /// <summary>Gets every message that was taken so far, once for each time.</summary>
    public IReadOnlyCollection<AcceptedMail> All => _all;

    /// <summary>Follows the record until it is stopped.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Read();
            await Task.Delay(TimeSpan.FromMilliseconds(25), CancellationToken.None);
        }

        Read();
    }

    /// <summary>Waits for the mail with the client's link and returns the link's token.</summary>
    public Task<string> LinkOfAsync(Guid instance, CancellationToken cancellationToken) => Of(instance).Link.Task.WaitAsync(cancellationToken);

    /// <summary>Waits for the mail about the owner's task.</summary>
    public Task<Guid> TaskOfAsync(Guid instance, CancellationToken cancellationToken) => Of(instance).TaskId.Task.WaitAsync(cancellationToken);

    private Letters Of(Guid instance) => _byInstance.GetOrAdd(instance, _ => new Letters());

    private void Read()
    {
        if (!File.Exists(file))
            return;
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        while (true)
        {
            stream.Position = _read;
            int length = stream.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
            // The last line may not be whole yet.
            int whole = _buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            if (whole == 0)
                return;
            foreach (string line in Encoding.UTF8.GetString(_buffer, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Take(AcceptedMail.FromLine(line));
            _read += whole;
        }
    }

    private void Take(AcceptedMail mail)
    {
        _all.Enqueue(mail);
        Letters letters = Of(mail.InstanceId);
        if (mail.Link is { } link)
            letters.Link.TrySetResult(link);
        if (mail.TaskId is { } task)
            letters.TaskId.TrySetResult(task);
    }

    private sealed class Letters
    {
        public TaskCompletionSource<string> Link { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<Guid> TaskId { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
