using System.Text;

namespace EngagementFlows.CrashDrill.Sink;

/// <summary>The sink's account of what it took: a file, written through to the disk before anybody is told.</summary>
internal sealed class SinkRecord(string file) : IDisposable
{
    private readonly FileStream _file = new(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
    private readonly Lock _lock = new();

    /// <summary>Writes a line down; when this returns, a kill cannot take it away.</summary>
    public void Add(string text)
    {
        byte[] line = Encoding.UTF8.GetBytes(text + "\n");
        lock (_lock)
        {
            _file.Write(line);
            _file.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => _file.Dispose();
}
